"""Every field of an earthquake at, inside and outside its range: it runs and counts everybody, or is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillsim.base.errors import ScenarioError
from drillsim.base.quantities import LONGEST_S
from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.incidents.earthquake import Earthquake
from drillsim.incidents.earthquake.input import Settlement
from drillsim.scenario.files import read_scenario
from tests.incidents.test_earthquake import people, quake, world

SITES = [{"id": "v", "node": "village", "population": 3000, "stock": "rural"}, {"id": "s", "node": "seat", "population": 1000, "stock": {"D": 1.0}}]  # fmt: skip
PEOPLE = 4000
BY_THEMSELVES = {"lat", "lon"}
"""Fields whose range is that of the ground: they are refused far from it."""


def bounds(model):
    """Return (least, most, whether least is out, whether most is out, whole) by field, of all fields that have both."""
    found = {}
    for name, field in model.model_json_schema()["properties"].items():
        for one in [field, *field.get("anyOf", [])]:
            least, most = (one.get(k, one.get(f"exclusive{k.title()}")) for k in ("minimum", "maximum"))
            if least is not None and most is not None:
                found[name] = (least, most, "exclusiveMinimum" in one, "exclusiveMaximum" in one, one["type"] == "integer")  # fmt: skip
    return found


FIELDS = {name: b for name, b in bounds(Earthquake).items() if name not in BY_THEMSELVES}
OF_SETTLEMENTS = {name: b for name, b in bounds(Settlement).items() if name not in BY_THEMSELVES | {"population"}}


def at_the_ends(least, most, out_least, out_most, whole):
    """Return the values at the ends of a range, or next to those that are not in it, and one inside."""
    near = 1 if whole else (most - least) * 1e-9
    middle = (least + most) // 2 if whole else (least + most) / 2.0
    return least + near * out_least, middle, most - near * out_most


ENDS = [(name, value) for name, b in FIELDS.items() for value in at_the_ends(*b)]
LONG = {"median_s": LONGEST_S, "cv": 10.0}


def test_the_schema_bounds_every_number_that_decides_shaking_and_toll():
    assert {"magnitude", "depth_km", "strike_deg", "vs30_ms", "site_factor", "rupture_km", "rupture_begins", "people_per_site", "most_sites", "survival_scale", "slope_safety", "halts_from"} <= set(FIELDS)  # fmt: skip
    assert {"indoors", "elevation_m"} <= set(OF_SETTLEMENTS)


@pytest.mark.parametrize(("field", "value"), ENDS)
def test_at_and_inside_its_range_every_field_brings_about_an_earthquake_that_counts_everybody(field, value):
    happened = quake(**{"settlements": SITES, "luck": True, field: value}).occur(world())

    assert people(happened) == PEOPLE


@pytest.mark.parametrize(("field", "value"), [(name, v) for name, b in OF_SETTLEMENTS.items() for v in at_the_ends(*b)])
def test_so_does_every_field_of_a_settlement(field, value):
    assert people(quake(settlements=[{**SITES[0], field: value}]).occur(world())) == 3000


@pytest.mark.parametrize("field", ["report", "lines_back", "road_patrol"])
def test_times_that_are_drawn_beyond_all_measure_come_after_the_exercise(field):
    happened = quake(**{"settlements": SITES, "magnitude": 8.0, "lines_down": 1.0, field: LONG, "starts_at_s": 86_400}).occur(world())  # fmt: skip

    assert people(happened) == PEOPLE
    assert all(incident.report.mean_s <= LONGEST_S for incident in happened.incidents)


@pytest.mark.parametrize("population", [0, 2_000_000])
def test_nobody_at_all_and_a_city_of_two_million_are_counted(population):
    happened = quake(magnitude=5.5, settlements=[{**SITES[0], "population": population}]).occur(world())

    assert people(happened) == population


TEXT = """drillsim: 1
id: x
title: X
startex: 2026-01-15 02:00
ends_at_s: 24 h
roads:
  nodes: [{id: a, lat: 36.0, lon: 101.5}, {id: b, lat: 36.4, lon: 101.6}]
  edges: [{from: a, to: b, length_km: 50, free_flow_kmh: 60}]
incidents:
  - {kind: earthquake, id: q, node: a, PARAMETERS}
plans:
  - id: p
    stations: [{id: s, node: b, units: [{id: u, capabilities: [search, rescue, usar, medical], crew: 30, vehicles: 4}]}]
"""
LINE = 10


def read(parameters):
    return read_scenario(TEXT.replace("PARAMETERS", parameters))


def beyond(least, most, out_least, out_most, whole):
    near = 1 if whole else 1e-6 * max(1.0, most - least)
    return (least if out_least else least - near, most if out_most else most + near)


@pytest.mark.parametrize(("field", "value"), [(name, v) for name, b in FIELDS.items() for v in beyond(*b)])
def test_outside_its_range_every_field_is_refused_where_it_stands(field, value):
    given_magnitude = "" if field == "magnitude" else "magnitude: 6, "
    with pytest.raises(ScenarioError) as caught:
        read(f"{given_magnitude}{field}: {value}, settlements: [{{id: v, node: a, population: 5}}]")

    (problem,) = caught.value.problems
    assert problem.path.split(".")[2] == field
    column = TEXT.splitlines()[LINE - 1].index("PARAMETERS") + len(given_magnitude) + len(field) + 3
    assert problem.where.endswith(f":{LINE}:{column}")


def test_more_people_than_a_toll_can_count_are_refused():
    many = ", ".join(f"{{id: v{i}, node: a, population: 2000000}}" for i in range(501))
    with pytest.raises(ScenarioError) as caught:
        read(f"magnitude: 6, settlements: [{many}]")

    assert "1,002,000,000 people" in caught.value.text("en")
    assert f":{LINE}:" in caught.value.problems[0].where


def values(least, most, out_least, out_most, whole):
    if whole:
        return st.integers(least, most)
    return st.floats(least, most, exclude_min=out_least, exclude_max=out_most)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    fields=st.fixed_dictionaries({"magnitude": values(*FIELDS["magnitude"])}, optional={n: values(*b) for n, b in FIELDS.items() if n != "magnitude"}),
    words=st.fixed_dictionaries({}, optional={"attenuation": st.sampled_from(["auto", "yu2013", "bssa14", "wang2000"]), "mechanism": st.sampled_from(["SS", "RS", "NS", "U"]), "luck": st.booleans(), "aftershocks": st.booleans(), "roads_break": st.booleans()}),
)  # fmt: skip
def test_whatever_the_schema_allows_counts_everybody(fields, words):
    assert people(quake(**{"settlements": SITES, **fields, **words}).occur(world())) == PEOPLE


@pytest.mark.parametrize(
    "parameters",
    [
        "magnitude: 9, halts_from: 3, rupture_km: 1000, rupture_begins: 1",
        "magnitude: 9, attenuation: yu2013, depth_km: 0, site_factor: 5, slope_safety: 1.000001, people_per_site: 1, most_sites: 3",
        "magnitude: 4, depth_km: 100, vs30_ms: 1500, attenuation: bssa14",
        "magnitude: 8, mechanism: NS, vs30_ms: 150, survival_scale: 0.000001, lines_down: 1, most_sites: 1000",
    ],
)  # fmt: skip
def test_the_ends_of_the_ranges_run_and_keep_the_invariants(parameters):
    scenario = read(f"{parameters}, settlements: [{{id: v, node: a, population: 1000, stock: rural}}]")

    check_invariants(simulate(scenario, scenario.plan("p"), seed=1))
