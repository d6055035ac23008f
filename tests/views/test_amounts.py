"""Amounts: lengths in the unit in which people say them."""

import pytest

from drillsim.cli.console import quantity
from drillsim.comparison.sentences import _Unit
from drillsim.views.amounts import amount
from drillsim.world.advisory import Advisory


@pytest.mark.parametrize(
    ("value", "en", "zh", "cell"),
    [
        (1.78, "1.78 m", "1.78 米", "1.78 m"),
        (350.0, "350 m", "350 米", "350 m"),
        (12_345.0, "12.3 km", "12.3 km", "12.3 km"),
    ],
)
def test_an_amount_of_length_is_in_metres_below_a_kilometre(value, en, zh, cell):
    assert (amount(value, "distance_m", "en"), amount(value, "distance_m", "zh")) == (en, zh)
    assert quantity(value, "m") == cell


def test_an_amount_in_metres_has_a_name_in_sentences():
    assert [_Unit(1, "m", 2).text(1.78, lang) for lang in ("en", "zh")] == ["1.78 m", "1.78 米"]


def test_the_amount_in_an_advisory_has_six_digits_in_every_language_and_stays_whole_in_the_trace():
    said = Advisory.of("said", en=1.775660983176477, zh=1234567.0)

    assert (said.text("en"), said.text("zh")) == ("1.77566", "1.23457e+06")
    assert said.values == (1.775660983176477, 1234567.0)
