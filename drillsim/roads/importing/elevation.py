"""Heights of places from a table or a raster."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import in_space_m
from drillsim.roads.csv_reader import read_csv
from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.edges import NOTHING
from drillsim.roads.network.validation import HIGHEST_M, LOWEST_M

NEAR_M: Final = 200.0
"""A row of a table tells the height of places within this distance (assumption). [m]"""
MOST_BYTES: Final = 500_000_000
"""Of a table of heights, unpacked."""
HEIGHT_NAMES: Final = ("elevation_m", "elevation", "ele", "height_m", "height", "alt", "z")
LAT_NAMES: Final = ("lat", "latitude", "y")
LON_NAMES: Final = ("lon", "lng", "long", "longitude", "x")
PIXEL_SCALE, TIE_POINT, GEO_KEYS, NODATA = 33550, 33922, 34735, 42113
MODEL_TYPE, RASTER_TYPE, GEOGRAPHIC_CRS = 1024, 1025, 2048
PLANE: Final = 2
"""Axes of a raster of one band."""
HALF_CELL: Final = 0.5
LEAST_WEIGHT: Final = 1e-9
"""Part of a value from which on a void cell counts; less is rounding."""
HIGH_SHORE_M: Final = 300.0
"""No shore is so high all around (assumption). [m]"""
GEOGRAPHIC: Final = 2
PIXEL_IS_POINT: Final = 2
WGS84_LIKE: Final = frozenset({4326, 4490, 4258, 4269})
"""Geographic systems that agree with WGS 84 within a metre or two."""


def heights(
    path: Path | str, names: Sequence[str], lat: NDArray[np.float64], lon: NDArray[np.float64], tally: Tally,
    encoding: str = "",
) -> NDArray[np.float64]:  # fmt: skip
    """Return the height of each point, (n,), NaN where the file has none; count implausible heights. [m]

    Parameters
    ----------
    path
        A CSV file with a column of heights and ``id``, or ``lat`` and ``lon``; or a GeoTIFF in degrees.
    names
        (n,) ids of the points.
    lat, lon
        (n,) [deg]

    Raises
    ------
    NetworkError
        If the file cannot be used.
    """
    path = Path(path)
    if not path.is_file():
        code = "file_is_folder" if path.is_dir() else "file_missing"
        raise NetworkError([Problem(code, where=str(path))])
    if path.suffix.lower() in {".tif", ".tiff"}:
        found = _Raster(path).at(lat, lon, tally)
    else:
        found = _from_table(path, names, lat, lon, tally, encoding)
    wrong = np.isfinite(found) & ~sensible(found)
    if wrong.any():
        tally.guessed["height_unreadable"] += int(wrong.sum())
    return np.where(sensible(found), found, np.nan)


def sensible(height_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which heights are plausible, (n,); 99999, -9999 and the like are not."""
    return np.asarray((height_m >= LOWEST_M) & (height_m <= HIGHEST_M))


def _from_table(
    path: Path, names: Sequence[str], lat: NDArray[np.float64], lon: NDArray[np.float64], tally: Tally,
    encoding: str,
) -> NDArray[np.float64]:  # fmt: skip
    lines = read_csv(path, most_bytes=MOST_BYTES, encoding=encoding)
    header = [name.strip().lower() for name in lines[0][1]] if lines else []
    height, south, east = (_first(header, names) for names in (HEIGHT_NAMES, LAT_NAMES, LON_NAMES))
    by_id = "id" in header and not (south and east)
    if not height or not (by_id or (south and east)):
        raise NetworkError([Problem("elevation_columns", where=f"{path}:1")])
    rows = [dict(zip(header, cells, strict=False)) for _, cells in lines[1:]]
    told = np.array([_number(row.get(height)) for row in rows], float)
    wrong = sum(row.get(height, "").strip().lower() not in NOTHING for row in rows) - int(sensible(told).sum())
    if wrong:
        tally.guessed["height_unreadable"] += wrong
    told[~sensible(told)] = np.nan
    if by_id:
        known = dict(zip((row.get("id") for row in rows), told.tolist(), strict=True))
        return np.array([known.get(name, np.nan) for name in names], float)
    points = np.array([[_number(row.get(name)) for name in (south, east)] for row in rows]).reshape(-1, 2)
    points = np.column_stack([points, told])
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) == 0:
        return np.full(len(lat), np.nan)
    distance, nearest = cKDTree(in_space_m(points[:, 0], points[:, 1])).query(in_space_m(lat, lon))
    return np.where(distance <= NEAR_M, points[nearest, 2], np.nan)


def _first(header: Sequence[str], names: Sequence[str]) -> str:
    return next((name for name in names if name in header), "")


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return np.nan


class _Raster:
    """A GeoTIFF in degrees, north up."""

    def __init__(self, path: Path) -> None:
        from PIL import Image  # slow to load, seldom needed

        try:
            with warnings.catch_warnings(action="ignore"), Image.open(path, formats=["TIFF"]) as image:
                self._tags: dict[int, Any] = dict(image.tag_v2)  # type: ignore[attr-defined]  # a TIFF has them
                self._values = np.asarray(image, dtype=np.float64)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise NetworkError([Problem("elevation_too_large", where=str(path))]) from None
        except (OSError, ValueError, SyntaxError) as error:
            raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)})]) from None
        keys = np.array(self._tags.get(GEO_KEYS, ()), int).reshape(-1, 4)
        geo_keys = {int(key): int(value) for key, _, _, value in keys}
        placed = PIXEL_SCALE in self._tags and TIE_POINT in self._tags and self._values.ndim == PLANE
        degrees = geo_keys.get(MODEL_TYPE) == GEOGRAPHIC and geo_keys.get(GEOGRAPHIC_CRS, 4326) in WGS84_LIKE
        if not (placed and degrees):
            raise NetworkError([Problem("elevation_raster", where=str(path), got=json.dumps(geo_keys))])
        self._shift = 0.0 if geo_keys.get(RASTER_TYPE) == PIXEL_IS_POINT else HALF_CELL
        nodata = str(self._tags.get(NODATA, "")).strip("\0 ")
        self._values[(self._values == _number(nodata)) | ~sensible(self._values)] = np.nan
        self._values[_basins(self._values)] = np.nan

    def at(self, lat: NDArray[np.float64], lon: NDArray[np.float64], tally: Tally) -> NDArray[np.float64]:
        """Return the values at (n,) points, interpolated between the centres of four cells.

        NaN outside, and where one of the four is void; both are counted.
        """
        column0, row0, _, west, north, _ = (float(value) for value in self._tags[TIE_POINT][:6])
        width, height = (float(value) for value in self._tags[PIXEL_SCALE][:2])
        middle = west + (self._values.shape[1] / 2 - column0) * width
        lon = lon + 360.0 * np.round((middle - lon) / 360.0)  # across the 180th meridian if that is shorter
        x = (lon - west) / width + column0 - self._shift
        y = (north - lat) / height + row0 - self._shift
        rows, columns = self._values.shape
        outside = (x < -HALF_CELL) | (y < -HALF_CELL) | (x > columns - HALF_CELL) | (y > rows - HALF_CELL)
        x, y = np.clip(x, 0, columns - 1), np.clip(y, 0, rows - 1)
        left, top = np.floor(x).astype(int), np.floor(y).astype(int)
        right, bottom = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
        u, v = x - left, y - top
        found, weight_of_voids = np.zeros(len(x)), np.zeros(len(x))
        for row, part_v in ((top, 1 - v), (bottom, v)):
            for column, part_u in ((left, 1 - u), (right, u)):
                cell = self._values[row, column]
                void = np.isnan(cell)
                found += part_v * part_u * np.where(void, 0.0, cell)
                weight_of_voids += part_v * part_u * void
        void = ~outside & (weight_of_voids > LEAST_WEIGHT)
        for word, those in (("height_outside", outside), ("height_void", void)):
            if those.any():
                tally.guessed[word] += int(those.sum())
        return np.where(outside | void, np.nan, found)


def _basins(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which cells are voids written as 0: patches of it without any cell near sea level beside them.

    A shore climbs from the sea somewhere; a patch of exactly 0 whose neighbours all lie above :data:`HIGH_SHORE_M` is
    none.
    """
    zero = np.asarray(values == 0)
    if not zero.any():
        return zero
    from scipy import ndimage  # noqa: PLC0415  # slow to load, seldom needed

    patch, count = ndimage.label(zero, np.ones((3, 3)))
    around = ndimage.minimum_filter(np.where(zero | np.isnan(values), np.inf, values), 3, mode="nearest")
    lowest = ndimage.minimum(around, patch, np.arange(1, count + 1))
    walled = np.append(False, np.isfinite(lowest) & (np.asarray(lowest) > HIGH_SHORE_M))
    return np.asarray(walled[patch])
