"""The truth about the roads in layers."""

import numpy as np

from drillsim.engine.road_book import RoadBook
from drillsim.roads import HeavyVehicleSpeed, network_from_tables, router_of
from tests.engine.conftest import places, straight


def test_saying_the_same_of_a_road_again_changes_nothing_however_many_hazards_slow_it():
    network = network_from_tables(places(2), straight(2), id="two")
    book = RoadBook(network, router_of(network, HeavyVehicleSpeed()), np.ones(1))
    (section,) = network.section_ids.names(np.arange(1))
    for layer, factor in (("snow", 0.1), ("slide", 0.2), ("crowd", 0.3)):  # 0.1 · 0.2 · 0.3 is not 0.2 · 0.3 · 0.1
        assert book.set_layer(layer, {section: factor}) == (section,)

    assert book.set_layer("snow", {section: 0.1}) == ()
    assert book.set_layer("snow", {}) == (section,)
