"""Pictures of chemical accidents: zones on a map, reach, tanks, entry teams."""

import altair as alt
import pytest

from drillsim.trace.events import HazardMeasured, PeopleRelieved, TaskFinished, TaskStarted
from drillsim.views.offline import outside_links
from drillsim.views.panels import panels_for
from drillsim.views.panels.danger_zones import DangerZonesPanel, segments_of
from drillsim.views.panels.entry_teams import AT_WORK, RESTING, spells
from drillsim.views.panels.tank_timeline import tank_stages
from drillsim.views.panels.zone_reach import affected
from tests.engine.conftest import run
from tests.incidents.test_chemical import WEST, brigade, leak, tanks, town
from tests.metrics.conftest import trace

GAS = town(
    WEST,
    incident=leak(
        cloud={"settlements": [{"id": "v", "node": "e1", "people": 900, "outdoors": 1.0, "protect": "nothing"}]}
    ),
)
FARM = town(brigade("o", foam_l=20_000), incident=tanks(2))


def test_the_panels_of_a_leak_and_of_a_farm_are_shown():
    of_gas = {type(p).__name__ for p in panels_for(run(GAS), GAS)}
    of_farm = {type(p).__name__ for p in panels_for(run(FARM), FARM)}

    assert {"DangerZonesPanel", "ZoneReachPanel", "EntryTeamsPanel", "PeoplePanel", "SuppliesPanel"} <= of_gas
    assert {"TankTimelinePanel", "SuppliesPanel"} <= of_farm


@pytest.mark.parametrize("world", [GAS, FARM], ids=["leak", "farm"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_panel_draws(world, lang):
    happened = run(world)
    for panel in panels_for(happened, world):
        drawn = panel.draw(happened, world, lang)
        if isinstance(drawn, str):
            assert "<html" in drawn
            assert not [link for link in outside_links(drawn) if "leafletjs" not in link and "w3.org" not in link]
        else:
            assert isinstance(drawn, alt.TopLevelMixin)
            drawn.to_json()


def test_the_map_outlines_warm_and_hot_zones_in_the_language_asked_for():
    happened = run(GAS)

    assert "Hot zone" in DangerZonesPanel().draw(happened, GAS, "en")
    assert "重危区" in DangerZonesPanel().draw(happened, GAS, "zh")


def test_plumes_are_read_back_from_the_measures():
    names = ("airborne_kg_s", "cloud_wind_ms", "cloud_from_deg", "stability")
    happened = trace(
        HazardMeasured(0.0, "x", names, (1.0, 2.0, 270.0, 6.0)),
        HazardMeasured(60.0, "x", names, (1.0, 2.0, 270.0, 6.0)),
        HazardMeasured(600.0, "x", names, (0.5, 2.0, 90.0, 4.0)),
    )

    first, second = segments_of(happened, "x")
    assert (first.from_s, first.until_s, first.stability) == (0.0, 600.0, "F")
    assert (second.from_s, second.rate_kg_s, second.stability) == (600.0, 0.5, "D")


def test_stretches_of_a_tank_follow_each_other_to_the_end():
    happened = trace(
        HazardMeasured(0.0, "x", ("tank_a",), (1.0,)),
        HazardMeasured(600.0, "x", ("tank_a",), (1.0,)),
        HazardMeasured(1200.0, "x", ("tank_a",), (3.0,)),
        ends_at_s=3600.0,
    )

    assert tank_stages(happened) == [("a", "burning", 0.0, 1200.0), ("a", "down", 1200.0, 3600.0)]


def test_people_who_come_out_are_shown_as_they_rest():
    happened = trace(
        TaskStarted(0.0, "x", "plug", 4, ("u",), 3600.0, 4),
        PeopleRelieved(900.0, "x", "plug", "u", 4, 2100.0),
        TaskFinished(1800.0, "x", "plug", 3600.0),
        ends_at_s=3600.0,
    )

    assert spells(happened, frozenset({("x", "plug")})) == [
        ("plug", RESTING, 900.0, 2100.0, 4),
        ("plug", AT_WORK, 0.0, 1800.0, 4),
    ]


def test_road_and_places_in_the_zones_come_and_go():
    counted = affected(run(GAS), GAS)

    assert max(km for _, km, _ in counted) > 0.5
    assert counted[-1][1:] == (0.0, 0)
