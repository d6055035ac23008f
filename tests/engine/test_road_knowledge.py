"""The truth about the roads in layers."""

import numpy as np

from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.roads import HeavyVehicleSpeed, network_from_tables, router_of
from drillsim.world.exclusion import Exclusion
from tests.engine.conftest import places, straight


def test_saying_the_same_of_a_road_again_changes_nothing_however_many_hazards_slow_it():
    network = network_from_tables(places(2), straight(2), id="two")
    book = RoadKnowledge(network, router_of(network, HeavyVehicleSpeed()), np.ones(1))
    (section,) = network.section_ids.names(np.arange(1))
    for layer, factor in (("snow", 0.1), ("slide", 0.2), ("crowd", 0.3)):  # 0.1 · 0.2 · 0.3 is not 0.2 · 0.3 · 0.1
        assert book.set_layer(layer, {section: factor}) == (section,)

    assert book.set_layer("snow", {section: 0.1}) == ()
    assert book.set_layer("snow", {}) == (section,)


def test_roads_with_zones_are_worked_out_once_for_what_is_known_now_and_not_kept_for_what_was_known():
    network = network_from_tables(places(3), straight(3), id="three")
    book = RoadKnowledge(network, router_of(network, HeavyVehicleSpeed()), np.ones(2))
    first, second = network.section_ids.names(np.arange(2))
    book.zones.put("gas", Exclusion({}, {first: 3}, {}, {first: 3}))

    seen = book.zones.seen(book.known, 0, "p1")
    assert seen.is_closed(first)
    assert book.zones.seen(book.known, 0, "p1") is seen
    book.set_layer("slide", {second: 0.0})
    book.learn([second])
    now = book.zones.seen(book.known, 0, "p1")
    assert (now.is_closed(first), now.is_closed(second)) == (True, True)
