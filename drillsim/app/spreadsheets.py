"""Tables for spreadsheets, which take some texts for formulas."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

FORMULA: Final = re.compile(r"^\s*[=+\-@]")
NUMBER: Final = re.compile(r"^[+\-]?[0-9]")


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet takes for a formula: they get an apostrophe in front; amounts stay.

    Examples
    --------
    >>> guarded(pd.DataFrame({"plan": ["=1+1", "-5 min", "East"]}))["plan"].tolist()
    ["'=1+1", '-5 min', 'East']
    """
    return table.map(lambda cell: f"'{cell}" if _is_formula(cell) else cell)


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and bool(FORMULA.match(cell)) and not NUMBER.match(cell)
