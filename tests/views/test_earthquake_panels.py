"""Panels of an earthquake: what they count, and that they draw in both languages."""

import altair as alt
import pytest

from drillsim import load_scenario, simulate
from drillsim.metrics.casualties import trapped_at_first
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.trace.events import (
    HazardChanged,
    IncidentClosed,
    IncidentStarted,
    PeopleChanged,
    SectionChanged,
    SectionReported,
    UnitArrived,
    UnitOnDuty,
    UnitReleased,
)
from drillsim.views.offline import outside_links
from drillsim.views.panels import panels_for
from drillsim.views.panels.closures import closures
from drillsim.views.panels.people import few, telling
from drillsim.views.panels.rescue import RescuePanel, on_scene
from drillsim.views.panels.sites import sites_by_state
from tests.metrics.conftest import trace


@pytest.fixture(scope="module")
def planned():
    world = load_scenario(find_scenario("xining-winter-night"))
    quake = world.incidents[0].model_copy(update={"magnitude": 7.2, "slope_safety": 1.3})
    world = world.model_copy(update={"incidents": (quake,)})
    return world, simulate(world, world.plan("helicopter-recon"), seed=1, replication=1)


def test_closed_and_known_to_be_closed_are_counted_apart():
    found = trace(
        SectionChanged(60.0, "a", 0.0, "quake"), SectionChanged(90.0, "b", 0.5, "snow"),
        SectionReported(120.0, "a", 0.0, "unit"), SectionChanged(200.0, "a", 0.5, "quake"), ends_at_s=300.0,
    )  # fmt: skip

    assert list(closures(found)) == [(0, 0, 0), (60, 1, 0), (90, 1, 0), (120, 1, 1), (200, 0, 1), (300, 0, 1)]


def test_people_on_scene_are_those_of_units_between_arrival_and_release():
    duty = UnitOnDuty(0.0, "u", "s", "p0", "national_team", 6, 6, 1, ("rescue",))
    found = trace(duty, UnitArrived(60.0, "u", "i", "p1"), UnitReleased(120.0, "u", "i"), ends_at_s=300.0)

    assert list(on_scene(found)) == [(0, 0), (60, 6), (120, 0), (300, 0)]


def test_sites_are_counted_by_the_state_they_are_in():
    found = trace(
        HazardChanged(0.0, "a", "waiting", "onset"), HazardChanged(0.0, "b", "waiting", "onset"),
        HazardChanged(100.0, "a", "neighbours_digging", "course"), HazardChanged(200.0, "b", "crews_digging", "x"),
        HazardChanged(0.0, "fire", "growing", "onset"), ends_at_s=400.0,
    )  # fmt: skip
    by_time = dict(sites_by_state(found))

    assert by_time[0.0] == {"waiting": 2}
    assert by_time[400.0] == {"neighbours_digging": 1, "crews_digging": 1}


def test_a_site_at_which_nobody_has_dug_by_endex_waits_and_is_not_left_out():
    states = ("trapped", "dead_in_rubble", "recovered_dead")
    found = trace(
        HazardChanged(0.0, "a", "waiting", "onset"), PeopleChanged(0.0, "a", states, (1, 0, 0)), ends_at_s=400.0,
    )  # fmt: skip

    assert dict(sites_by_state(found))[400.0] == {"waiting": 1}


def test_as_many_worksites_are_counted_as_the_map_has_collapses(planned):
    found = planned[1]
    on_the_map = sum(e.type.startswith("collapse_") for e in found.of(IncidentStarted))

    assert sum(dict(sites_by_state(found))[found.header.ends_at_s].values()) == on_the_map > 0


def test_the_curves_of_the_rescue_add_up_to_all_who_were_trapped_alive(planned):
    world, found = planned
    data = RescuePanel().draw(found, world, "en").to_dict()["datasets"]
    rows = [row for rows in data.values() for row in rows if "state" in row]
    totals = {row["h"]: sum(r["people"] for r in rows if r["h"] == row["h"]) for row in (rows[0], rows[-1])}

    assert set(totals.values()) == {trapped_at_first(found)["all"]}


def test_a_site_that_is_closed_is_cleared_even_where_nobody_was_left_to_dig_for():
    found = trace(
        HazardChanged(0.0, "site-1", "neighbours_digging", "course"), IncidentClosed(200.0, "site-1"),
        HazardChanged(300.0, "site-1", "neighbours_digging", "course"), ends_at_s=400.0,
    )  # fmt: skip

    assert dict(sites_by_state(found))[400.0] == {"cleared": 1}


def test_states_that_never_change_have_no_curve():
    assert telling([{"trapped": 5, "unhurt": 90_000}, {"trapped": 4, "unhurt": 90_000}]) == ["trapped"]
    assert telling([{"unhurt": 9}]) == ["unhurt"]
    assert telling([{"trapped": 5, "unhurt": 90_000}, {"trapped": 4, "unhurt": 90_001}]) == ["trapped"]


def test_of_many_moments_a_few_are_kept_and_the_last_is_one_of_them():
    many = [(float(i), {"trapped": 5000 - i}) for i in range(5000)]

    assert len(few(many)) <= 301
    assert few(many)[-1] == many[-1]
    assert few(many[:10]) == many[:10]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_panel_of_an_earthquake_draws_in_both_languages(planned, lang):
    world, found = planned
    shown = {type(panel).__name__: panel.draw(found, world, lang) for panel in panels_for(found, world)}

    assert set(shown) >= {"IsoseismalPanel", "RescuePanel", "SitesPanel", "ClosuresPanel", "PeoplePanel", "LawsPanel"}
    for name, picture in shown.items():
        if isinstance(picture, str):
            assert ("(median)" in picture) == (lang == "en")
            assert all("leafletjs" in link or "w3.org" in link for link in outside_links(picture))
        else:
            assert isinstance(picture, alt.TopLevelMixin), name
            picture.to_json()
