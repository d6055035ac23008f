"""Pictures of a fire in a building: what stands in them is what the trace says."""

from dataclasses import replace

import altair as alt
import pytest

from drillsim.trace.trace import Trace
from drillsim.views.panels import panels_for
from drillsim.views.panels.arrival_ladder import ladder_rows
from drillsim.views.panels.building_section import floor_rows
from drillsim.views.panels.crew_timeline import crew_rows
from tests.engine.conftest import engine, fire, plan, scenario, station
from tests.incidents.test_high_rise import run, world
from tests.metrics.conftest import trace as short_trace

FIRE = run(
    floor=4,
    tower={"people": 60, "storeys": 8, "room_m2": 300, "spandrel_m": 5},
    tactics={"cylinder_l": 700},
    growth="fast",
)
WORLD = world(floor=4)


def test_the_section_shows_fire_water_people_and_crews_on_their_floors():
    rows = floor_rows(FIRE)
    floors = {
        layer: {row["floor"] for row in rows if row["layer"] == layer} for layer in ("kw", "l_s", "people", "crew")
    }

    assert 4 in floors["kw"]
    assert 4 in floors["l_s"] & floors["crew"]
    assert floors["people"] == set(range(2, 9))
    assert all(row["from"] < row["to"] and row["value"] > 0 for row in rows)


def test_before_the_first_arrival_nobody_is_at_work_in_the_section():
    first_h = min(row["from"] for row in floor_rows(FIRE) if row["layer"] == "crew")

    assert first_h >= (5.5 + 1 + 4 + 1) / 60 - 0.05


def test_a_unit_is_on_its_tasks_and_rests_after_its_air_is_used_up():
    rows = crew_rows(FIRE)

    assert {row["group"] for row in rows} >= {"line", "search", "rest", "other"}
    assert all(row["from"] <= row["to"] for row in rows)


def test_work_that_goes_on_at_endex_ends_there_in_the_pictures():
    events = tuple(e for e in FIRE.events if e.t_s <= 1200.0)
    cut = Trace(replace(FIRE.header, ends_at_s=1200.0), events)
    rows = [row for row in floor_rows(cut) if row["layer"] == "crew"]

    assert max(row["to"] for row in rows) == pytest.approx(1200.0 / 3600, abs=0.01)
    assert max(row["to"] for row in crew_rows(cut)) == pytest.approx(1200.0 / 3600)


def test_the_ladder_climbs_to_everybody_who_came():
    rows = ladder_rows(FIRE)

    assert next(row["people"] for row in rows) == 0
    assert max(row["people"] for row in rows) == 5 * 6 + 4 + 2
    assert rows[1]["min"] == pytest.approx(1 + 1 + 4)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_of_a_fire_is_drawn_in_the_language_asked_for(lang):
    shown = panels_for(FIRE, WORLD)
    names = [type(panel).__name__ for panel in shown]

    assert names[:3] == ["SectionPanel", "ArrivalLadderPanel", "CrewTimelinePanel"]
    for panel in shown:
        chart = panel.draw(FIRE, WORLD, lang)
        assert isinstance(chart, alt.TopLevelMixin)
        text = chart.to_json(ensure_ascii=False)
        assert ("楼层" in text or "接警后" in text or "小时" in text) == (lang == "zh")


def test_a_run_without_such_a_fire_has_none_of_these_pictures():
    town = scenario([fire("fire", "p1")], plan(station("west", "p0", engine())))

    assert panels_for(short_trace(), town) == ()
