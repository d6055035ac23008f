"""The size of a chart with one row per case, as wide as its page, and the ticks of an axis that counts."""

from __future__ import annotations

from typing import Any

import altair as alt


def in_rows(row_px: int, rows: int) -> dict[str, Any]:
    """Return the properties of a chart of so many rows that a page may stretch in width.

    A height per row (``alt.Step``) would say the same, but then Vega warns in the console of the browser.
    """
    return {"height": row_px * max(1, rows), "autosize": alt.AutoSizeParams(type="fit-x", contains="padding")}


def whole_numbers() -> alt.Axis:
    """Return an axis of things that are counted: no tick between two whole numbers, as there is no half a person."""
    return alt.Axis(tickMinStep=1, format=",.0f")
