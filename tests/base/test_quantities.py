"""Quantities: how a person writes them, how the model keeps them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from drillsim.base.quantities import LONGEST_S, Capabilities, Duration, EntityId, Model, Seconds, Share, Text, seconds

MANY = 200_000


def drawn(duration):
    rng = np.random.default_rng(1)
    return np.array([duration.draw(rng) for _ in range(MANY)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45", 45.0),
        ("90 s", 90.0),
        ("5 min", 300.0),
        ("1 h 30 min", 5400.0),
        ("1h30min", 5400.0),
        ("1.5 h", 5400.0),
        ("2 d", 172800.0),
        ("5分钟", 300.0),
        ("1小时30分", 5400.0),
        ("30秒", 30.0),
        ("2天", 172800.0),
        ("10 sec", 10.0),
    ],
)
def test_a_time_may_carry_its_unit(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "h", "5 hours", "1:30", "5 min later", "-soon", "-", "五分钟", "1 m", "1 h,"])
def test_a_text_that_is_no_time_is_refused(text):
    with pytest.raises(ValidationError, match="write a time such as"):
        TypeAdapter(Seconds).validate_python(text)


@pytest.mark.parametrize("text", ["-20 min", "- 20 min", " -1 h 30 min", "−5分钟"])
def test_a_time_before_startex_is_refused_as_that(text):
    with pytest.raises(ValidationError, match="not negative: none lies before STARTEX"):
        TypeAdapter(Seconds).validate_python(text)


@pytest.mark.parametrize(
    "value", [-1, -0.001, LONGEST_S + 1, float("inf"), float("nan"), "-5", "1e400", True, None, []]
)
def test_a_time_is_finite_not_negative_and_not_a_slip_of_the_pen(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Seconds).validate_python(value)


@given(st.integers(0, 86_400))
def test_a_bare_number_of_seconds_stays_what_it_is(number):
    assert TypeAdapter(Seconds).validate_python(number) == number
    assert TypeAdapter(Seconds).validate_python(f"{number} s") == number


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_parts_of_a_time_add_up(hours, minutes, secs):
    assert seconds(f"{hours} h {minutes} min {secs} s") == 3600 * hours + 60 * minutes + secs


def test_a_bare_number_is_a_fixed_duration():
    duration = Duration.model_validate("10 min")

    assert duration == Duration(mean_s=600)
    assert duration.draw(np.random.default_rng(1)) == 600
    assert duration.typical_s == 600


@pytest.mark.parametrize("sizes", [{}, {"mean_s": 1, "p90_s": 2}, {"median_s": 1, "shape": "exponential"}])
def test_a_duration_has_exactly_one_size(sizes):
    with pytest.raises(ValidationError, match="give exactly one of"):
        Duration(**sizes)


def test_the_mean_of_a_duration_is_the_mean_of_its_draws():
    assert drawn(Duration(mean_s=100, cv=0.5)).mean() == pytest.approx(100, rel=0.01)
    assert drawn(Duration(mean_s=100, shape="exponential")).mean() == pytest.approx(100, rel=0.01)


def test_the_median_of_a_duration_is_the_median_of_its_draws():
    duration = Duration(median_s=100, cv=0.8)

    assert np.median(drawn(duration)) == pytest.approx(100, rel=0.01)
    assert duration.typical_s == 100


def test_nine_of_ten_draws_keep_the_ninetieth_percentile():
    assert np.mean(drawn(Duration(p90_s=60, cv=0.35)) <= 60) == pytest.approx(0.9, abs=0.003)


def test_the_spread_of_a_duration_is_its_coefficient_of_variation():
    times = drawn(Duration(mean_s=100, cv=0.5))

    assert times.std() / times.mean() == pytest.approx(0.5, rel=0.02)


def test_a_duration_of_exponential_shape_is_expected_to_take_its_mean():
    assert Duration(mean_s=100, shape="exponential").typical_s == 100


def test_a_bare_text_stands_for_both_languages():
    text = Text.model_validate("西宁")

    assert (text.in_("en"), text.in_("zh")) == ("西宁", "西宁")


def test_a_text_is_given_in_the_language_asked_for():
    text = Text(en="Xining", zh="西宁")

    assert (text.in_("en"), text.in_("zh")) == ("Xining", "西宁")


@pytest.mark.parametrize("name", ["a", "xining-1", "g6", "a-b-c"])
def test_a_short_name_is_lower_case_with_single_hyphens(name):
    assert TypeAdapter(EntityId).validate_python(name) == name


@pytest.mark.parametrize("name", ["", "A", "1a", "a_b", "a--b", "-a", "a-", "西宁", "a b", "a\n", "a" * 65])
def test_any_other_short_name_is_refused(name):
    with pytest.raises(ValidationError):
        TypeAdapter(EntityId).validate_python(name)


def test_a_capability_is_named_once():
    with pytest.raises(ValidationError, match="says the same thing twice"):
        TypeAdapter(Capabilities).validate_python(("rescue", "rescue"))


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_lies_between_nothing_and_all(share):
    with pytest.raises(ValidationError):
        TypeAdapter(Share).validate_python(share)


def test_a_copy_with_another_mean_draws_by_that_mean():
    usual = Duration(mean_s=60.0)
    assert usual.typical_s == 60.0

    assert usual.model_copy(update={"mean_s": 120.0}).typical_s == 120.0
    assert not usual.model_copy(update={"cv": 0.5}).fixed


class Box(Model):
    sides: tuple[float, ...]
    inside: dict[str, int]


def test_a_changed_copy_is_validated_like_any_input():
    """Ten minutes may be written as text; a negative spread, a second size and a misspelt field are refused."""
    usual = Duration(median_s=60, cv=0.5)

    assert usual.model_copy(update={"median_s": "10 min"}) == Duration(median_s=600, cv=0.5)
    for nonsense in ({"cv": -1}, {"mean_s": 60}, {"cvv": 1}, {"median_s": "soon"}):
        with pytest.raises(ValueError, match="validation error"):
            usual.model_copy(update=nonsense)


def test_a_deep_copy_shares_nothing():
    box = Box(sides=(1.0, 2.0), inside={"a": 1})
    copies = box.model_copy(deep=True), box.model_copy(update={"sides": (3.0,)}, deep=True)

    assert copies[0] == box
    assert (copies[1].sides, copies[1].inside) == ((3.0,), {"a": 1})
    assert all(copy.inside is not box.inside for copy in copies)


@pytest.mark.parametrize(
    ("text", "code"), [("a\x1b[31mb", "U+001B"), ("Fire \u202exobmob", "U+202E"), ("\x9b2J", "U+009B")]
)
def test_a_text_that_is_not_what_it_looks_like_is_refused(text, code):
    with pytest.raises(ValidationError) as caught:
        Text.model_validate(text)

    assert {error["type"] for error in caught.value.errors()} == {"text_control"}
    assert caught.value.errors()[0]["ctx"] == {"code": code}


def test_a_text_may_have_lines():
    assert Text.model_validate("one\ntwo\tthree").en == "one\ntwo\tthree"
