"""Every constant of the model says where its number comes from.

A *constant of the model* is a name in capital letters that a module of :data:`ROOMS` gives a value to, and in whose value
a number is written other than 0, 1 and -1 (which stand for nothing, all, and the other way round). So these are excused,
by what they are and not by name: words and tables of words, patterns, sets of names, names of other constants and what is
computed from them alone.

Its *origin* is a word of :data:`ORIGIN`: a year of publication, the name of a standard or a handbook, or ``assumption``,
or that it is no number of nature: ``definition``, ``numerical``, ``derived``; ``Source: as above`` is that of the
docstring before. It stands in the docstring under the constant (one docstring may serve constants that follow each other
without a blank line), or in a text of the value (the source of a ``ValidRange``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1] / "drillsim"
ROOMS: Final = ("physics", "hazards", "incidents", "forces", "engine", "dispatch", "roads/speeds")
CAPITALS: Final = re.compile(r"_?[A-Z][A-Z0-9_]*")
ORIGIN: Final = re.compile(
    r"\b(?:1[89]\d\d|20[0-2]\d)\b|Source: as above|[Aa]ssum(?:ption|ed)|knowledge|\bfound\b|handbook|\b(?:definition|numerical|derived)\b"
    r"|\b(?:GB|GB/T|XF|NFPA|EN|ISO|HAZUS|FEMA|CPR|CCPS|SFPE|INSARAG|NIST|USGS|EPA|CODATA|API|PD|BS|ERG|AEGL|ERPG)\b"
)
NUMBERS_OF_NO_SIZE: Final = frozenset({0, 1})


def constants(tree: ast.Module) -> Iterator[tuple[int, str, ast.expr, str]]:
    """Yield line, name, value and docstring of the assignments to capital names that hold a number."""
    for i, node in enumerate(tree.body):
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        names = [n.id for target in _targets(node) for n in ast.walk(target) if isinstance(n, ast.Name)]
        if names and all(CAPITALS.fullmatch(name) for name in names) and _holds_a_number(node.value):
            yield node.lineno, ", ".join(names), node.value, _docstring(tree.body[i:])


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _holds_a_number(value: ast.expr) -> bool:
    numbers = (n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and type(n.value) in (int, float))
    return any(abs(number) not in NUMBERS_OF_NO_SIZE for number in numbers)


def _docstring(nodes: list[ast.stmt]) -> str:
    """Return the text below the first of some statements, over others that follow it line by line."""
    for node, following in pairwise(nodes):
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            return str(following.value.value)
        if not isinstance(following, (ast.Assign, ast.AnnAssign)) or following.lineno > (node.end_lineno or 0) + 1:
            return ""
    return ""


def without_origin(source: str) -> list[tuple[int, str, bool]]:
    """Return line, name and whether there is any docstring, of the constants that say no origin."""
    found = []
    for line, name, value, docstring in constants(ast.parse(source)):
        texts = " ".join(n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        if not ORIGIN.search(docstring) and not ORIGIN.search(texts):
            found.append((line, name, bool(docstring)))
    return found


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((PACKAGE / room).rglob("*.py"))


def test_every_constant_of_the_model_has_a_source_or_is_called_an_assumption():
    silent = [
        f"{path.relative_to(PACKAGE)}:{line} {name}" + ("" if documented else " (no docstring)")
        for path in modules()
        for line, name, documented in without_origin(path.read_text(encoding="utf-8"))
    ]

    assert silent == []


def test_a_constant_is_found_by_what_it_is():
    assert without_origin("A: Final = 2.0\n") == [(1, "A", False)]
    assert without_origin('A = 2.0\n"""How long. [s]"""\n') == [(1, "A", True)]
    assert without_origin('A = 2.0\n"""How long (assumption). [s]"""\n') == []
    assert without_origin('A, _B = 2.0, 3.0\nC = 4\n"""Source: EN 1991."""\n') == []
    assert without_origin('A = 2.0\n\nC = 4\n"""Source: EN 1991."""\n') == [(1, "A", False)]
    assert without_origin('A = Range("wind", 2.0, 3.0, "Briggs 1973")\n') == []
    assert without_origin('A = {"x": (1, 0)}\nB = "word"\nC = B\nlower = 3\nD = -1.0\n') == []


def test_there_are_hundreds():
    assert sum(len(list(constants(ast.parse(path.read_text(encoding="utf-8"))))) for path in modules()) > 200
