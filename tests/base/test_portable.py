"""Elementary functions: right to the last places against 50 decimal digits, and the same bits whatever computes them."""

from __future__ import annotations

import ast
import math
from decimal import Context, Decimal
from pathlib import Path

import numpy as np
import pytest

import drillsim
from drillsim.base import portable

DIGITS = Context(prec=60, Emin=-(10**6), Emax=10**6)
RNG = np.random.default_rng(20260101)
LARGE_AND_SMALL = 10.0 ** RNG.uniform(-200.0, 200.0, 400)
AROUND_1 = RNG.uniform(0.5, 2.0, 400)
SIGNED_SMALL = 10.0 ** RNG.uniform(-12.0, 0.0, 400) * RNG.choice((-1.0, 1.0), 400)
ANGLES = np.concatenate((RNG.uniform(-50.0, 50.0, 300), SIGNED_SMALL))


def series(x: Decimal, power: int) -> Decimal:
    """Return the Taylor series of the sine (from power 1) or the cosine (from 0)."""
    term, total = (x if power else Decimal(1)), Decimal(0)
    with_digits = DIGITS.copy()
    with_digits.prec = 90
    while abs(term) > Decimal("1e-70"):
        total = with_digits.add(total, term)
        term = with_digits.divide(with_digits.multiply(term, -with_digits.multiply(x, x)), (power + 1) * (power + 2))
        power += 2
    return total


def tanh(x: Decimal) -> Decimal:
    squared = DIGITS.exp(2 * x)
    return DIGITS.divide(DIGITS.subtract(squared, Decimal(1)), squared + 1)


CASES = {
    "exp": (RNG.uniform(-700.0, 709.0, 800), DIGITS.exp, 1.0),
    "expm1": (np.concatenate((RNG.uniform(-30.0, 600.0, 400), SIGNED_SMALL)), lambda x: DIGITS.exp(x) - 1, 2.0),
    "tanh": (10.0 * SIGNED_SMALL, tanh, 2.0),
    "log": (np.concatenate((LARGE_AND_SMALL, AROUND_1)), DIGITS.ln, 2.0),
    "log10": (np.concatenate((LARGE_AND_SMALL, AROUND_1)), DIGITS.log10, 1.0),
    "log1p": (
        np.concatenate((np.maximum(LARGE_AND_SMALL, 1e-20), 0.9 * SIGNED_SMALL)),
        lambda x: DIGITS.ln(DIGITS.add(x, Decimal(1))),
        2.0,
    ),
    "sin": (ANGLES, lambda x: series(x, 1), 1.0),
    "cos": (ANGLES, lambda x: series(x, 0), 1.0),
    "tan": (ANGLES, lambda x: DIGITS.divide(series(x, 1), series(x, 0)), 2.0),
}


@pytest.mark.parametrize("name", CASES)
def test_errors_are_within_the_last_places(name):
    given, exact, most = CASES[name]
    got = getattr(portable, name)(given).tolist()
    for x, value in zip(given.tolist(), got, strict=True):
        wanted = exact(Decimal(x))
        assert abs(Decimal(value) - wanted) <= Decimal(most) * Decimal(math.ulp(float(wanted))), x


@pytest.mark.parametrize("y", [-5.0, -1.438, 0.032, 1.0 / 3.0, 0.5, 4.0 / 3.0, 2.341, 3.0, 40.5])
def test_powers_are_right_to_the_last_place(y):
    given = 10.0 ** RNG.uniform(-7.0, 7.0, 300)
    for x, value in zip(given.tolist(), portable.power(given, y).tolist(), strict=True):
        wanted = DIGITS.power(Decimal(x), Decimal(y))
        assert abs(Decimal(value) - wanted) <= Decimal(math.ulp(float(wanted))), x


def test_cube_roots_cubed_are_the_numbers():
    given = LARGE_AND_SMALL * RNG.choice((-1.0, 1.0), 400)
    assert portable.cbrt(given) ** 3 == pytest.approx(given, rel=1e-15)
    assert portable.cbrt(-27.0) == -3.0


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (portable.arcsin(0.5), math.pi / 6),
        (portable.arcsin(-1.0), -math.pi / 2),
        (portable.arctan2(1.0, 1.0), math.pi / 4),
        (portable.arctan2(1.0, -math.sqrt(3.0)), 5 * math.pi / 6),
        (portable.arctan2(-1.0, 0.0), -math.pi / 2),
        (portable.hypot(3.0, 4.0), 5.0),
        (portable.power(2.0, 10.0), 1024.0),
        (portable.square(-3.0), 9.0),
        (portable.log10(1000.0), 3.0),
    ],
)
def test_values_known_by_heart(value, wanted):
    assert value == pytest.approx(wanted, rel=3e-16)


def test_arc_sine_undoes_the_sine_and_arc_tangent_the_direction():
    angle = RNG.uniform(-1.5, 1.5, 500)
    assert portable.arcsin(portable.sin(angle)) == pytest.approx(angle, rel=1e-14)
    turn = RNG.uniform(-3.1, 3.1, 500)
    assert portable.arctan2(portable.sin(turn), portable.cos(turn)) == pytest.approx(turn, rel=1e-15)


ONE_ARGUMENT = ("exp", "expm1", "tanh", "log", "log10", "log1p", "sin", "cos", "tan", "cbrt", "arcsin")


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_few_and_many_and_one_have_the_same_bits(name):
    function = getattr(portable, name)
    given = RNG.uniform(1e-9, 1.0, 30_000)
    many = function(given)
    assert many.tolist()[:2000] == [function(x) for x in given[:2000].tolist()]
    assert function(given[:5]).tolist() == many[:5].tolist()
    assert function(given.reshape(3, 100, 100)).ravel().tolist() == many.tolist()


def test_powers_and_directions_of_one_have_the_bits_of_many():
    x, y = 10.0 ** RNG.uniform(-9.0, 9.0, (2, 500))
    assert portable.power(x, 1.7).tolist() == [portable.power(a, 1.7) for a in x.tolist()]
    pairs = zip(y.tolist(), x.tolist(), strict=True)
    assert portable.arctan2(y, x).tolist() == [portable.arctan2(a, b) for a, b in pairs]


SPECIAL = (0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 5e-324, 1e308, -1e308, 720.0, -750.0, 2.0, 0.5, -2.0, 3.0)


@pytest.mark.parametrize("name", ["exp", "expm1", "tanh", "log", "log10", "log1p", "cbrt", "arcsin"])
@pytest.mark.parametrize("repeat", [1, 3])
def test_special_values_are_those_of_numpy(name, repeat):
    given = np.tile(SPECIAL, repeat)
    with np.errstate(all="ignore"):
        wanted = getattr(np, name)(given)
    np.testing.assert_allclose(getattr(portable, name)(given), wanted, rtol=1e-15)


def test_special_powers_are_those_of_numpy():
    x, y = np.meshgrid(SPECIAL, SPECIAL)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(portable.power(x, y), np.power(x, y), rtol=1e-15)


@pytest.mark.parametrize("y", [2.75, 2.0, -1.59, 300.0])
def test_one_power_of_many_is_that_of_each(y):
    given = np.concatenate((np.zeros(40), 10.0 ** RNG.uniform(-9.0, 9.0, 200), [1.0, math.inf, math.nan]))
    wanted = [portable.power(x, y) for x in given.tolist()]
    np.testing.assert_array_equal(portable.power(given, y), wanted)
    np.testing.assert_array_equal(portable.power(given, np.full(len(given), y)), wanted)


def test_numbers_between_two_have_the_same_factor():
    assert portable.geometric(1.0, 1000.0, 4) == pytest.approx([1.0, 10.0, 100.0, 1000.0], rel=1e-15)


ROOMS_OF_A_TRACE = (
    "base",
    "dispatch",
    "engine",
    "forces",
    "hazards",
    "incidents",
    "physics",
    "roads",
    "scenario",
    "world",
)
WHOLE = {"base/portable", "roads/csv_reader.py", "roads/speeds/calibration.py", "world/random_streams.py"}
"""Exempt: the functions themselves, powers of whole numbers, and fits that somebody writes down."""


@pytest.mark.parametrize("room", ROOMS_OF_A_TRACE)
def test_nothing_reaches_a_trace_that_no_linter_can_forbid(room):
    """``**``, ``@`` and sorting that is not stable depend on the machine."""
    root = Path(drillsim.__file__).parent
    for path in (root / room).rglob("*.py"):
        where = path.relative_to(root).as_posix()
        if any(where.startswith(name) for name in WHOLE):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
                literal = all(
                    isinstance(n, ast.Constant) for n in ast.walk(node) if isinstance(n, ast.expr) and n is not node
                )
                assert literal, f"{where}:{node.lineno}: write drillsim.base.portable.power or square"
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)), f"{where}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "argsort":
                kinds = [word.value.value for word in node.keywords if word.arg == "kind"]
                assert kinds == ["stable"], f"{where}:{node.lineno}: ties would go by the width of a vector"
