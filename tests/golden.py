"""Golden tables: each row is one statement, 'this input gives this value, says this source'.

A table is a CSV file with a column ``expected``. The value comes from the source, or from its formula by hand; never
from running drillsim. Where drillsim misses the source, ``miss`` says by how much, as a part of the expected value:
``-0.7`` where it gives 30 % of it. The test then holds the miss, so that nobody changes it without being told.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

NONE = "none"
"""What a table says where there is nothing: a road section that is not slowed, an id that is not there."""
EXACT = 1e-6
"""Relative tolerance where a row states none."""
MISS_TOLERANCE = 0.01


@dataclass(frozen=True)
class Row:
    """One row of a golden table."""

    table: str
    """Name of the file without its ending: the kind of a hazard, a subject of physics."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    @property
    def rel_tol(self) -> float:
        """Relative tolerance."""
        return float(self["rel_tol"] or EXACT)

    def holds_for(self, found: Any) -> None:
        """Fail unless *found* is what the source says, or misses it by as much as the row admits."""
        expected, source = self["expected"], self["source"]
        numbers, number = _numbers(found), _number(found)
        if numbers is not None and not self["miss"]:
            assert numbers == pytest.approx([float(x) for x in expected.split()], rel=self.rel_tol, abs=1e-9), source
        elif number is None:
            assert not self["miss"], "only a number misses by a part of itself"
            assert _text(found) == expected, source
        elif self["miss"]:
            miss = number / float(expected) - 1.0
            assert abs(float(self["miss"])) > self.rel_tol, "that is no miss"
            assert miss == pytest.approx(float(self["miss"]), abs=MISS_TOLERANCE), source
        else:
            assert number == pytest.approx(float(expected), rel=self.rel_tol, abs=1e-9), source


def _number(found: Any) -> float | None:
    if isinstance(found, bool) or found is None or isinstance(found, str):
        return None
    try:
        return float(found)
    except (TypeError, ValueError):
        return None


def _numbers(found: Any) -> list[float] | None:
    """Return the numbers of an array or a row; None if it is something else."""
    if isinstance(found, (str, Mapping)) or np.ndim(found) != 1 or len(found) == 0:
        return None
    numbers = [_number(one) for one in found]
    return None if None in numbers else numbers


def _text(found: Any) -> str:
    """Return what a table says for a value that is no number."""
    if found is None or (isinstance(found, (Sequence, Mapping)) and len(found) == 0):
        return NONE
    if isinstance(found, str):
        return found
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, Mapping):
        return " ".join(f"{key}:{value:g}" for key, value in sorted(found.items()))
    if isinstance(found, Iterable):
        return " ".join(str(getattr(item, "id", getattr(item, "code", item))) for item in found)
    return str(found)


def tables(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of every table of a folder by the name of the file."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [Row(path.stem, cells) for cells in csv.DictReader(file)]
        assert all(row["expected"] and row["source"] for row in rows), (
            f"{path.name}: a value and its source in each row"
        )
        assert all(None not in row.cells for row in rows), f"{path.name}: a comma that is not quoted"
        found[path.stem] = rows
    return found


def every_row(folder: Path) -> list[Any]:
    """Return every row of a folder as a parameter of a test, named after what it states."""
    return [
        pytest.param(row, id="-".join(filter(None, (name, *(row[c] for c in ("id", "input", "time_s", "measure"))))))
        for name, rows in tables(folder).items()
        for row in rows
    ]


@cache
def named_inputs(path: Path) -> Mapping[str, Any]:
    """Return the inputs that the rows of a table name: the YAML file beside it."""
    return dict(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def flow(text: str) -> Any:
    """Return a value that stands in one cell as YAML: ``[15, 40]``, ``{diameter_m: 30}``; None if nothing does."""
    return YAML(typ="safe").load(text) if text else None


def called(package: str, formula: str, arguments: Any) -> Any:
    """Return what a formula gives, written ``module:function``, or what a constant is, ``module:NAME.key``.

    A module is one of *package*, or written whole. Arguments stand in a list or by name; one may be a member of a table, ``module:NAME.key``, or a class with its
    defaults, ``module:Name``.
    """
    module, _, name = formula.partition(":")
    head, _, path = name.partition(".")
    whole = module if module.startswith("drillsim.") else f"{package}.{module}"
    value = getattr(import_module(whole), head)
    if arguments is None:
        return picked(value, path) if path else value

    def meant(one: Any) -> Any:
        found = called(package, one, None) if isinstance(one, str) and ":" in one else one
        return found() if isinstance(found, type) else found

    if isinstance(arguments, Mapping):
        return value(**{key: meant(one) for key, one in arguments.items()})
    return value(*(np.array(one, float) if isinstance(one, list) else meant(one) for one in arguments))


def picked(value: Any, path: str) -> Any:
    """Return what lies at the end of a path of names through a value; None where there is nothing.

    A name is an attribute, a key, an index, or the id of an item. ``count`` counts, ``sum`` adds up the rest of the path
    over all items, ``where.name.value`` keeps the items that have it.
    """
    names = path.split(".") if path else []
    for i, name in enumerate(names):
        if value is None:
            return None
        if name == "count":
            return len(value)
        if name == "sum":
            rest = ".".join(names[i + 1 :])
            return math.fsum(float(found) for item in value if (found := picked(item, rest)) is not None)
        if name == "where":
            key, wanted = names[i + 1 : i + 3]
            kept = tuple(item for item in value if str(picked(item, key)) == wanted)
            return picked(kept, ".".join(names[i + 3 :])) if names[i + 3 :] else kept
        value = _step(value, name)
    return value


def _step(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return next((found for key, found in value.items() if str(key) == name), None)
    if isinstance(value, (list, tuple)):
        by_id = next((item for item in value if getattr(item, "id", None) == name), None)
        return value[int(name)] if by_id is None and name.isdigit() and int(name) < len(value) else by_id
    found = getattr(value, name, None)
    return found() if callable(found) else found
