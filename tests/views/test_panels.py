"""Panels: found by reading their folder, shown where they have something to show."""

import altair as alt
import pytest

from drillsim.trace.events import IncidentClosed, PeopleChanged, SupplyChanged
from drillsim.views.panels import panels, panels_for
from drillsim.views.panels.people import people_over_time
from drillsim.views.panels.supplies import supply_curves
from tests.engine.conftest import engine, fire, plan, scenario, station
from tests.metrics.conftest import trace

TOWN = scenario([fire("fire", "p1")], plan(station("west", "p0", engine())))
PEOPLE = (
    PeopleChanged(0.0, "a", ("trapped", "alive"), (3, 0)),
    PeopleChanged(600.0, "b", ("trapped", "dead"), (1, 1)),
    PeopleChanged(1200.0, "a", ("trapped", "alive"), (1, 2)),
)
FOAM = (SupplyChanged(60.0, "fire", "foam_l", 600.0, -1.0), SupplyChanged(360.0, "fire", "foam_l", 300.0, 0.0))


def test_people_of_all_hazards_are_added_up_by_state():
    assert people_over_time(trace(*PEOPLE)) == [
        (0.0, {"trapped": 3, "alive": 0}),
        (600.0, {"trapped": 4, "alive": 0, "dead": 1}),
        (1200.0, {"trapped": 2, "alive": 2, "dead": 1}),
    ]


def test_a_supply_dwindles_between_its_changes_and_stays_to_the_end():
    corners = [(t_s, amount) for _, _, t_s, amount in supply_curves(trace(*FOAM, ends_at_s=900.0))]

    assert corners == [(60, 0), (60, 600), (360, 300), (360, 300), (900, 300)]


def test_the_curve_of_a_supply_ends_with_its_incident():
    pumped = SupplyChanged(60.0, "fire", "water_l", 0.0, 10.0)
    corners = [(t_s, amount) for *_, t_s, amount in supply_curves(trace(pumped, IncidentClosed(360.0, "fire")))]

    assert corners[-1] == (360, 3000)


def test_a_panel_is_shown_only_where_it_applies():
    assert panels_for(trace(), TOWN) == ()
    shown = [type(panel).__name__ for panel in panels_for(trace(*PEOPLE, *FOAM), TOWN)]
    assert shown == ["PeoplePanel", "SuppliesPanel"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_panel_draws_a_chart_that_says_what_it_shows_in_the_language_asked_for(lang):
    for panel in panels_for(trace(*PEOPLE, *FOAM), TOWN):
        chart = panel.draw(trace(*PEOPLE, *FOAM), TOWN, lang)
        assert isinstance(chart, alt.TopLevelMixin)
        assert ("小时" in chart.to_json(ensure_ascii=False)) == (lang == "zh")


def test_every_panel_has_a_title_in_both_languages():
    assert all(panel.title.en and panel.title.zh for panel in panels())
