"""Lines written as text (WKT) or bytes (WKB): the course of a road."""

from __future__ import annotations

import re
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

LINE, MANY_LINES = 2, 5
EWKB_Z, EWKB_M, EWKB_SRID = 0x80000000, 0x40000000, 0x20000000
WKT_LINE: Final = re.compile(r"\s*LINESTRING\s*(?:Z|M|ZM)?\s*\(([^()]*)\)\s*", re.IGNORECASE)
Points = NDArray[np.float64]
"""(k, 2) x and y."""


def from_wkt(text: str) -> Points | None:
    """Return the points of a line, or None if it is none.

    Examples
    --------
    >>> from_wkt("LINESTRING (114.0 22.5, 114.1 22.6)")
    array([[114. ,  22.5],
           [114.1,  22.6]])
    """
    found = WKT_LINE.fullmatch(text)
    if not found:
        return None
    try:
        points = np.array([[float(value) for value in point.split()[:2]] for point in found[1].split(",")])
    except ValueError:
        return None
    return _sound(points)


def from_wkb(data: bytes) -> list[Points]:
    """Return the lines that are written, each as its points; parts of which each goes on in the next are one line.

    Examples
    --------
    >>> from_wkb(struct.pack("<BII4d", 1, 2, 2, 114.0, 22.5, 114.1, 22.6))
    [array([[114. ,  22.5],
           [114.1,  22.6]])]
    """
    try:
        lines, _ = _read_wkb(bytes(data), 0)
    except (struct.error, ValueError, RecursionError):
        return []
    return lines if all(_sound(line) is not None for line in lines) else []


def _read_wkb(data: bytes, at: int) -> tuple[list[Points], int]:
    order = "<" if data[at : at + 1] == b"\1" else ">"
    code, count = struct.unpack_from(f"{order}II", data, at + 1)
    at += 9
    if code & EWKB_SRID:
        count = struct.unpack_from(f"{order}I", data, at)[0]
        at += 4
    kind, iso = code & 0xFF if code & (EWKB_Z | EWKB_M | EWKB_SRID) else code % 1000, code % 10000 // 1000
    has_z, has_m = bool(code & EWKB_Z) or iso in {1, 3}, bool(code & EWKB_M) or iso in {2, 3}
    if kind == LINE:
        width = 2 + has_z + has_m
        values = np.frombuffer(data, f"{order}f8", count * width, at)
        return [values.reshape(-1, width)[:, :2].astype(float)], at + 8 * count * width
    if kind != MANY_LINES:
        return [], at
    lines: list[Points] = []
    for _ in range(count):
        (part,), at = _read_wkb(data, at)
        if lines and len(part) and len(lines[-1]) and np.array_equal(lines[-1][-1], part[0]):
            lines[-1] = np.concatenate([lines[-1], part[1:]])
        else:
            lines.append(part)
    return lines, at


def _sound(points: Points) -> Points | None:
    is_line = len(points.shape[1:]) == 1 and len(points) > 1
    return points if is_line and np.isfinite(points).all() else None
