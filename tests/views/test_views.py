"""Maps and charts as pure functions: what is in them, and that nothing is loaded from elsewhere."""

import math
import re

import pandas as pd
import pyarrow as pa
import pytest

from drillsim.comparison import compare
from drillsim.metrics import evaluate
from drillsim.roads import RoadNetwork
from drillsim.study import run_batch
from drillsim.views import page, run_map
from drillsim.views.charts import arrivals_chart, difference_chart, interval_chart, unit_timeline
from drillsim.views.names import Names, names_of
from drillsim.views.offline import outside_links, safe
from tests.engine.conftest import engine, fire, plan, run, scenario, station, task

UGLY = "</script><script>alert(1)</script> `${x}` {{ y }} \"'"
CLOSED = {"id": "shut", "at_s": 60, "text": "Shut", "road": {"between": ["p5", "p6"], "road": "G1"}}


def world(title="Market on fire"):
    return scenario(
        [
            fire("inc-1", "p2", title={"en": title, "zh": "市场火灾"}),
            fire("inc-2", "p3", tasks=[task(capabilities=["ladder"])]),
        ],
        plan(
            station(
                "west", "p0", engine(title={"en": "Engine One", "zh": "一号车"}), title={"en": "West", "zh": "西站"}
            )
        ),
        injects=[CLOSED],
    )


def html(lang="en", **more):
    town = world(**more)
    trace = run(town)
    return page(run_map(trace, town.roads, names=names_of(town, town.plan(), trace), lang=lang))


def rows_of(chart) -> list[dict]:
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_a_map_shows_incidents_units_times_and_closed_roads():
    text = html()

    for said in (
        "Market on fire",
        "Engine One",
        "West",
        "Call 12:00",
        "First arrival 12:22",
        "not reached by ENDEX",
        "G1: closed",
    ):
        assert said in text


def key_of(text):
    return re.sub(r"<[^>]+>", "|", text[text.rindex('<div class="dm-legend">') :].split("</div></div>")[0])


def test_the_key_of_a_map_lists_what_is_on_it_and_nothing_else():
    key = key_of(html())

    for there in ("Stations", "Reached", "Not reached by ENDEX", "To incidents", "Closed during the exercise"):
        assert there in key
    for absent in ("Staging areas", "March and assembly"):
        assert absent not in key


def test_a_map_says_that_its_roads_are_straight_lines_only_where_they_are():
    town = world()
    bent = RoadNetwork.from_columns("bent", town.roads.place_columns, _bent(town.roads.section_columns))
    straight_key, bent_key = (key_of(page(run_map(run(town), roads))) for roads in (town.roads, bent))

    assert "Straight lines between places; not for navigation." in straight_key
    assert "Straight lines" not in bent_key
    assert "Not for navigation." in bent_key


def _bent(sections):
    """Return sections of which the first has a point between its ends."""
    at = sections.schema.get_field_index("geometry")
    courses = [[360_000_000, 1_010_000_000], *([] for _ in range(sections.num_rows - 1))]
    return sections.set_column(at, sections.schema.field(at), pa.array(courses, sections.schema.field(at).type))


def test_a_map_speaks_chinese():
    text = html("zh")

    for said in ("市场火灾", "一号车", "西站", "接警 12:00", "首个力量到场", "演练结束时无力量到场"):
        assert said in text


def test_a_map_loads_nothing_from_elsewhere():
    text = html()

    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", text)
    assert all(link.startswith(("http://www.w3.org/", "https://leafletjs.com")) for link in outside_links(text))


def test_a_page_that_would_load_something_is_refused():
    import folium  # noqa: PLC0415

    drawn = run_map(run(world()), world().roads)
    drawn.get_root().header.add_child(folium.Element('<script src="https://example.org/x.js"></script>'))

    with pytest.raises(ValueError, match="would load from elsewhere"):
        page(drawn)


def test_names_are_only_text_however_ugly():
    text = html(title=UGLY)

    assert "alert(1)</script>" not in text
    assert safe(UGLY) in text


def test_without_names_ids_are_shown():
    assert Names().unit("engine", "en") == "engine"
    assert "inc-1" in page(run_map(run(world()), world().roads))


def test_the_interval_chart_stacks_the_steps_and_says_who_was_never_reached():
    town = world()
    chart = interval_chart(evaluate(run(town)), Names(incidents={}), "en", limit_s=600)
    rows = [r for r in rows_of(chart) if "part" in r]

    first = {r["part"]: r["minutes"] for r in rows if r["incident"] == "inc-1"}
    assert first == pytest.approx({"Alarm handling": 1, "Waiting, turnout and travel": 21, "Initiating action": 0})
    assert [r["never"] for r in rows if r["incident"] == "inc-2"] == [True, False, False]
    assert [r["minutes"] for r in rows_of(chart) if "part" not in r] == [10]


def test_the_arrival_curve_counts_people_once():
    rows = rows_of(arrivals_chart({"today": run(world())}, "zh"))

    assert [(round(r["hours"] * 60), r["people"]) for r in rows] == [(0, 0), (22, 1), (24 * 60, 1)]


def test_the_timeline_shows_turnout_driving_work_and_return():
    rows = rows_of(unit_timeline(run(world()), Names(), "en"))

    assert [r["state"] for r in rows] == [
        "Standing by",
        "Turnout and preparation",
        "Under way",
        "On scene",
        "Under way",
        "Standing by",
    ]
    assert rows[2]["clock"] == "12:02 – 12:22"


def test_the_difference_chart_shows_means_and_intervals_in_minutes():
    town = scenario(
        [fire("inc-1", "p2")],
        plan(station("west", "p0", engine())),
        plan(station("west", "p1", engine())) | {"id": "nearer"},
        travel_time_cv=0.1,
    )
    batch = run_batch(town, [town.plan("plan"), town.plan("nearer")], replications=5, seed=1)
    difference = compare(batch["plan"], batch["nearer"]).of("first_arrival_s")
    rows = [r for r in rows_of(difference_chart([("nearer", difference)], "en")) if "label" in r]

    assert rows[0]["mean"] == pytest.approx(difference.mean_difference / 60)
    assert rows[0]["low"] < rows[0]["mean"] < rows[0]["high"] < 0


def test_charts_with_nothing_in_them_can_still_be_drawn():
    empty = scenario([], plan(station("west", "p0", engine())))
    trace = run(empty)

    for chart in (
        interval_chart(evaluate(trace), Names(), "en"),
        unit_timeline(trace, Names(), "en"),
        difference_chart([], "zh"),
    ):
        assert chart.to_dict()
    assert math.isclose(pd.DataFrame(rows_of(arrivals_chart({"x": trace}, "en")))["people"].sum(), 0)


def test_a_map_tells_when_a_section_was_really_driven():
    """It leaves at 12:02; at 12:05 it has 7 km to go to p1, which take 14 minutes, and 20 minutes more to p2."""
    half = {"id": "half", "at_s": "5 min", "text": "Slow", "road": {"between": ["p0", "p1"], "speed_factor": 0.5}}
    town = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())), injects=[half])
    text = page(run_map(run(town), town.roads))

    assert "engine 12:02–12:19" in text
    assert "engine 12:19–12:29" in text
    assert "12:12" not in text
