"""The graph contract, checked on columns: every breach is found, whether there are ten places or a million."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from drillsim.base.errors import Problem
from drillsim.base.geodesy import great_circles_m
from drillsim.base.unseen import PATTERN, first_unseen
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.elements import RISKS, ROAD_CLASSES, SURFACES
from drillsim.roads.network.seasons import is_readable

RE2: Final = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", PATTERN)
"""The same regular expression as Arrow writes it."""
SHORTEST: Final = 0.98
"""A section may be this little of the great circle between its ends: coordinates are rounded."""
LONGEST_M: Final = 20_037_508.0
"""Half the circumference of the Earth. [m]"""
FASTEST_KMH: Final = 400.0
"""Nothing drives faster on a road (assumption)."""
SLOWEST_KMH: Final = 0.1
"""What is slower does not move (assumption)."""
LONGEST_DELAY_S: Final = 86_400.0
"""Nobody loses more than a day along one section: a ferry goes, a pass opens (assumption). [s]"""
ROUNDING_M: Final = 1.0
"""And this much shorter: so much are lengths and coordinates rounded."""
LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Heights of places: Dead Sea to Everest. [m]"""


def breaches(places: pa.Table, sections: pa.Table) -> Iterator[Problem]:
    """Yield every breach of the graph contract."""
    if places.num_rows == 0:
        yield Problem("network_empty")
    names = places["id"]
    for row in _repeated(names):
        yield Problem("duplicate_id", _id(names, row), values={"name": _id(names, row)})
    lat, lon = numbers(places["lat"]), numbers(places["lon"])
    for row in np.flatnonzero(~((np.abs(lat) <= 90) & (np.abs(lon) <= 180))):  # noqa: PLR2004  # degrees
        yield Problem("coordinates", _id(names, row), got=f"{lat[row]}, {lon[row]}")
    height = numbers(places["elevation_m"])
    for row in np.flatnonzero(~np.isfinite(height)):
        yield Problem("not_finite", _id(names, row), values={"field": "elevation_m"}, got=str(height[row]))
    yield from _unseen(places, ("id", "name_zh", "name_en", "admin", "district"))
    yield from _unseen(sections, ("id", "road", "name_zh"))
    yield from _section_breaches(places, sections)


def _unseen(rows: pa.Table, fields: Sequence[str]) -> Iterator[Problem]:
    """Yield the names that hold a character which nobody sees."""
    for field in fields:
        names = rows[field].cast(pa.string())
        for row in np.flatnonzero(pc.fill_null(pc.match_substring_regex(names, RE2), fill_value=False).to_numpy()):
            values = {"code": first_unseen(names[int(row)].as_py())}
            yield Problem("text_control", f"{_id(rows['id'], row)}.{field}", values=values)


def _section_breaches(places: pa.Table, sections: pa.Table) -> Iterator[Problem]:
    names = sections["id"]
    for row in _repeated(names):
        yield Problem("duplicate_id", _id(names, row), values={"name": _id(names, row)})
    length_m, speed_kmh = numbers(sections["length_m"]), numbers(sections["free_flow_kmh"])
    for row in np.flatnonzero(~(np.isfinite(length_m) & (length_m >= 0))):
        yield Problem("not_negative", _id(names, row), values={"field": "length_m"}, got=f"{length_m[row]:g}")
    for row in np.flatnonzero(~(np.isfinite(speed_kmh) & (speed_kmh > 0))):
        yield Problem("not_positive", _id(names, row), values={"field": "free_flow_kmh"}, got=str(speed_kmh[row]))
    for row in np.flatnonzero((speed_kmh > 0) & (speed_kmh < SLOWEST_KMH)):
        limits = {"field": "free_flow_kmh", "least": f"{SLOWEST_KMH:g}"}
        yield Problem("too_slow", _id(names, row), values=limits, got=f"{speed_kmh[row]:g}")
    for field, numbers_, most in (("length_m", length_m, LONGEST_M), ("free_flow_kmh", speed_kmh, FASTEST_KMH)):
        for row in np.flatnonzero(numbers_ > most):
            limits = {"field": field, "most": f"{most:,.0f}"}
            yield Problem("too_much", _id(names, row), values=limits, got=f"{numbers_[row]:g}")
    yield from _other_numbers(sections)
    yield from _profile_breaches(sections, length_m)
    yield from _unknown_words(sections, "risk", ("", *RISKS))
    yield from _unknown_words(sections, "road_class", ROAD_CLASSES)
    yield from _unknown_words(sections, "surface", SURFACES)
    yield from _unreadable_periods(sections)
    start, end = numbers(sections["start"]), numbers(sections["end"])
    known = (start >= 0) & (start < places.num_rows) & (end >= 0) & (end < places.num_rows)
    for row in np.flatnonzero(~known):
        yield Problem("section_end", _id(names, row), values={"name": str(start[row] if start[row] < 0 else end[row])})
    direct_m = np.where(known, _direct_m(places, np.where(known, start, 0), np.where(known, end, 0)), 0.0)
    for row in np.flatnonzero((length_m >= 0) & (length_m < SHORTEST * direct_m - ROUNDING_M)):
        values = {"length_km": f"{length_m[row] / 1000:.1f}", "direct_km": f"{direct_m[row] / 1000:.1f}"}
        yield Problem("section_too_short", _id(names, row), values=values)


def _other_numbers(sections: pa.Table) -> Iterator[Problem]:
    """Yield the problems of delays and limits; NaN stands for no limit."""
    names, delay_s = sections["id"], numbers(sections["delay_s"])
    for row in np.flatnonzero(~(delay_s >= 0)):
        yield Problem("not_negative", _id(names, row), values={"field": "delay_s"}, got=f"{delay_s[row]:g}")
    for row in np.flatnonzero(delay_s > LONGEST_DELAY_S):
        limits = {"field": "delay_s", "most": f"{LONGEST_DELAY_S:,.0f}"}
        yield Problem("too_much", _id(names, row), values=limits, got=f"{delay_s[row]:g}")
    for row in np.flatnonzero(numbers(sections["backward_kmh"]).astype(float) > FASTEST_KMH):
        limits = {"field": "backward_kmh", "most": f"{FASTEST_KMH:,.0f}"}
        yield Problem("too_much", _id(names, row), values=limits, got=f"{sections['backward_kmh'][int(row)].as_py():g}")
    for field in ("max_height_m", "max_weight_t", "max_width_m", "backward_kmh"):
        limit = numbers(sections[field]).astype(float)
        for row in np.flatnonzero(~np.isnan(limit) & ~(np.isfinite(limit) & (limit > 0))):
            yield Problem("not_positive", _id(names, row), values={"field": field}, got=f"{limit[row]:g}")


def _profile_breaches(sections: pa.Table, length_m: NDArray[Any]) -> Iterator[Problem]:
    """Yield the sections whose heights along the course are not in order of distance, or are none."""
    count = numbers(pc.list_value_length(sections["profile"]))
    values = numbers(pc.list_flatten(sections["profile"])) if count.any() else np.zeros(0)
    wrong = count % 2 == 1
    if not wrong.any() and len(values):
        of = np.repeat(np.arange(len(count)), count // 2)
        distance_m, height_m = values[0::2], values[1::2]
        before_m = np.where(np.diff(of, prepend=-1) == 0, np.roll(distance_m, 1), 0.0)
        fine = (distance_m >= before_m) & (distance_m <= length_m[of] + ROUNDING_M)
        fine &= (height_m >= LOWEST_M) & (height_m <= HIGHEST_M)
        wrong[of[~fine]] = True
    for row in np.flatnonzero(wrong):
        got = str(sections["profile"][int(row)].as_py()[:6])
        yield Problem("profile", _id(sections["id"], row), got=got)


def _unknown_words(sections: pa.Table, field: str, known: Sequence[str]) -> Iterator[Problem]:
    wrong = pc.invert(pc.is_in(sections[field].cast(pa.string()), value_set=pa.array(known)))
    for row in np.flatnonzero(wrong.to_numpy()):
        got = str(sections[field][int(row)].as_py())
        yield Problem(field, _id(sections["id"], row), values={"known": ", ".join(filter(None, known))}, got=got)


def _unreadable_periods(sections: pa.Table) -> Iterator[Problem]:
    closed = sections["closed"].cast(pa.string())
    for words in pc.unique(closed).to_pylist():
        if not is_readable(words):
            for row in np.flatnonzero(pc.equal(closed, words).to_numpy()):
                yield Problem("closed_periods", _id(sections["id"], row), got=words[:40])


def _direct_m(places: pa.Table, start: NDArray[Any], end: NDArray[Any]) -> NDArray[np.float64]:
    if places.num_rows == 0:
        return np.zeros(len(start))
    lat, lon = numbers(places["lat"]), numbers(places["lon"])
    return great_circles_m(lat[start], lon[start], lat[end], lon[end])


def _repeated(names: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the rows of ids that an earlier row has too: (n_repeated,)."""
    if len(pc.unique(names)) == len(names):
        return np.zeros(0, np.int64)
    _, first, codes = np.unique(np.array(names.to_pylist(), dtype=object), return_index=True, return_inverse=True)
    return np.flatnonzero(first[codes] != np.arange(len(names)))


def _id(names: pa.ChunkedArray, row: Any) -> str:
    return str(names[int(row)].as_py())
