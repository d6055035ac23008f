"""The courses of sections as stretches of even grade: a pass or a gorge is not seen from both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork

PASS_GRADE: Final = 0.05
"""Mean grade of roads over passes: the most that the design standard of China allows where one climbs more than 500 m
(JTG D20-2017, from general knowledge; wants checking). [dimensionless]"""


@dataclass(frozen=True, eq=False, slots=True)
class Stretches:
    """Stretches of even grade, section after section, from start to end."""

    section: NDArray[np.int64]
    """(n,) row of the section that each is part of."""
    length_m: NDArray[np.float64]
    rise_m: NDArray[np.float64]
    """(n,) height of its end above its beginning. [m]"""
    middle_m: NDArray[np.float64]
    """(n,) height above sea level of its middle. [m]"""

    def lowest_m(self, count: int) -> NDArray[np.float64]:
        """Return the lowest point of each of *count* sections: (n_sections,). [m]"""
        found = np.full(count, np.inf)
        np.minimum.at(found, self.section, self.middle_m - np.abs(self.rise_m) / 2)
        return found

    def part_above(self, line_m: float, count: int) -> NDArray[np.float64]:
        """Return which part of the length of each of *count* sections lies above a height: (n_sections,).

        A section without a length lies above it if any point of it does. A billionth is none: heights are rounded.
        """
        top_m, range_m = self.middle_m + np.abs(self.rise_m) / 2, np.abs(self.rise_m)
        part = np.clip(np.divide(top_m - line_m, range_m, out=np.zeros_like(top_m), where=range_m > 0), 0.0, 1.0)
        part = np.where(range_m > 0, part, top_m > line_m)
        length_m = np.bincount(self.section, self.length_m, count)
        above_m = np.bincount(self.section, self.length_m * part, count)
        any_part = np.bincount(self.section, part, count) > 0
        of_length = np.divide(above_m, length_m, out=np.zeros(count), where=length_m > 0)
        return np.asarray(np.round(np.where(length_m > 0, of_length, any_part), 9), dtype=float)


def stretches_of(network: RoadNetwork) -> Stretches:
    """Return the stretches of all sections.

    Notes
    -----
    Where the heights along a section are known, it has a stretch between each two; else, where its highest point is
    known and lies above both ends, it is level but for a climb to that point and a descent from it at
    :data:`PASS_GRADE`, or has one and the same steeper grade where it is too short for that (assumption); else it has
    one stretch.
    """
    columns, ends = network.section_columns, network.section_ends
    length_m = numbers(columns["length_m"])
    end_m = numbers(network.place_columns["elevation_m"])[ends]
    row, distance_m, height_m = _between(columns, length_m, end_m)
    n = len(ends)
    at = np.concatenate([np.arange(n), row, np.arange(n)])
    order = np.argsort(at, kind="stable")  # of each section its start, the points between, its end
    at = at[order]
    distance_m = np.concatenate([np.zeros(n), np.minimum(distance_m, length_m[row]), length_m])[order]
    height_m = np.concatenate([end_m[:, 0], height_m, end_m[:, 1]])[order]
    inside = np.flatnonzero(at[1:] == at[:-1])
    before_m, after_m = height_m[inside], height_m[inside + 1]
    return Stretches(
        at[inside], distance_m[inside + 1] - distance_m[inside], after_m - before_m, (before_m + after_m) / 2
    )


def _between(
    columns: pa.Table, length_m: NDArray[np.float64], end_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the points between the ends: section, distance from its start [m] and height [m], each (n_points,)."""
    count = numbers(pc.list_value_length(columns["profile"])) // 2
    values = numbers(pc.list_flatten(columns["profile"])) if count.any() else np.zeros(0)
    known = np.repeat(np.arange(len(count)), count)
    top_m = numbers(columns["max_elevation_m"]).astype(float)
    passes = np.flatnonzero((count == 0) & (top_m > end_m.max(axis=1, initial=-np.inf)))
    over, over_at_m, over_height_m = _over_passes(passes, top_m[passes], end_m[passes], length_m[passes])
    row = np.concatenate([known, over])
    order = np.argsort(row, kind="stable")
    distance_m = np.concatenate([values[0::2], over_at_m])
    return row[order], distance_m[order], np.concatenate([values[1::2], over_height_m])[order]


def _over_passes(
    row: NDArray[np.int64], top_m: NDArray[np.float64], end_m: NDArray[np.float64], length_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return foot, top and foot of each pass, or its top alone: section, distance [m] and height [m], (n_points,)."""
    up_m, down_m = top_m - end_m[:, 0], top_m - end_m[:, 1]
    top_at_m = length_m * up_m / (up_m + down_m)
    gentle = (up_m + down_m) / PASS_GRADE < length_m
    feet = [
        (row[gentle], (top_at_m - up_m / PASS_GRADE)[gentle], end_m[gentle, 0]),
        (row, top_at_m, top_m),
        (row[gentle], (top_at_m + down_m / PASS_GRADE)[gentle], end_m[gentle, 1]),
    ]
    rows, distances_m, heights_m = (np.concatenate(part) for part in zip(*feet, strict=True))
    order = np.argsort(rows, kind="stable")
    return rows[order], distances_m[order], heights_m[order]
