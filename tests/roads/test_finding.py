"""Which place somebody means: id before name before point; a name that several have is none."""

import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads import Place, RoadNetwork, Section, find_place, find_places, places_with


@pytest.fixture
def town():
    places = [
        Place("1", "东门", "East Gate", "town", 36.0, 100.0),
        Place("2", "西门", "West Gate", "town", 36.0, 100.01),
        Place("3", "西门", "Old Gate", "town", 36.0, 100.02),
        Place("40", "1", "40", "town", 36.0, 100.03),
    ]
    sections = [
        Section(f"s{i}", a, b, "", 1000.0, 50.0) for i, (a, b) in enumerate((("1", "2"), ("2", "3"), ("3", "40")))
    ]
    return RoadNetwork("town", places, sections)


def code_of(town, text):
    with pytest.raises(NetworkError) as wrong:
        find_place(town, text, "journeys.csv:2")
    (problem,) = wrong.value.problems
    assert problem.where == "journeys.csv:2"
    return problem.code


def test_an_id_goes_before_a_name(town):
    assert find_place(town, "1").place == "1"
    assert find_place(town, " 40 ").place == "40"


def test_a_name_in_either_language_and_case_will_do_where_one_place_has_it(town):
    assert {find_place(town, name).place for name in ("东门", "East Gate", "east gate")} == {"1"}
    assert find_place(town, "Old Gate").off_m is None


def test_a_name_of_several_places_is_answered_with_their_ids(town):
    assert code_of(town, "西门") == "place_ambiguous"
    with pytest.raises(NetworkError, match="2 places are called '西门'; write the id of one: 2, 3"):
        find_place(town, "西门")


def test_a_point_stands_for_the_nearest_place_and_its_distance_is_known(town):
    near, far = find_place(town, "36.001, 100.01"), find_place(town, "36.1 100.01")

    assert (near.place, near.far) == ("2", False)
    assert near.off_m == pytest.approx(111, abs=1)
    assert (far.place, far.far) == ("2", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("East Gat", "place_unknown_guess"),
        ("x", "place_unknown"),
        ("101.77,36.62", "place_unknown"),
        ("", "place_unknown"),
    ],
)
def test_what_nothing_answers_to_is_refused(town, text, code):
    assert code_of(town, text) == code


def test_a_point_of_another_country_is_refused(town):
    assert code_of(town, "48.8 2.3") == "off_the_map"


def test_of_a_list_ids_that_are_numbers_are_no_coordinates(town):
    assert [one.place for one in find_places(town, "1,2,East Gate,36.0,100.03,40")] == ["1", "2", "1", "40", "40"]
    with pytest.raises(NetworkError) as wrong:
        find_places(town, "1,x,y")
    assert len(wrong.value.problems) == 2


def test_places_are_found_by_a_part_of_id_or_name_equal_ones_first(town):
    assert places_with(town, "gate").tolist() == [0, 1, 2]
    assert places_with(town, "1").tolist() == [0, 3]
    assert places_with(town).tolist() == [0, 1, 2, 3]
    assert places_with(town, "(").tolist() == []


def test_ids_and_names_may_have_commas_as_the_nodes_of_a_grid_do():
    places = [Place(f"(0, {i})", f"路{i}", f"Gate {i}, East", "town", 36.0, 100 + 0.01 * i) for i in range(3)]
    sections = [Section(f"s{i}", f"(0, {i})", f"(0, {i + 1})", "", 1000.0, 50.0) for i in range(2)]
    found = find_places(RoadNetwork("grid", places, sections), "(0, 0),36.0,100.02, (0, 1),Gate 2, East")

    assert [one.place for one in found] == ["(0, 0)", "(0, 2)", "(0, 1)", "(0, 2)"]
