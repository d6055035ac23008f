"""ShakeMap: the shaking of a real or a planned earthquake, read from a ``grid.xml`` as the USGS publishes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from drillsim.base.geodesy import M_PER_DEGREE
from drillsim.physics.earthquake.attenuation import G_MS2, Array
from drillsim.physics.earthquake.intensity import chinese_intensity
from drillsim.physics.earthquake.shaking import Motion, Source

MOST_BYTES: Final = 64_000_000
"""Largest file that is read (numerical bound). [B]"""
MOST_POINTS: Final = 2_000_000
"""Most points of a grid (numerical bound)."""
NEEDED: Final = ("PGA", "PGV")
ROUNDING: Final = 1e-9
"""Part of a grid step within which a point lies on the edge (numerical tolerance)."""
_TO_SI: Final[Mapping[tuple[str, str], float]] = {
    ("PGA", "pctg"): G_MS2 / 100.0,
    ("PGA", "%g"): G_MS2 / 100.0,
    ("PGV", "cms"): 0.01,
    ("PGV", "cm/s"): 0.01,
}
"""Factor to SI units by definition."""


class ShakeMapError(ValueError):
    """An unreadable grid: the name of a message in the context ``error``, and its values."""

    def __init__(self, code: str, values: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.values = dict(values or {})
        super().__init__(code)


@dataclass(frozen=True, eq=False, slots=True)
class ShakeMap:
    """A grid of shaking; row 0 is the northernmost."""

    source: Source
    lat_deg: Array
    """(n_lat,) latitudes, decreasing. [deg]"""
    lon_deg: Array
    """(n_lon,) longitudes, increasing. [deg]"""
    pga_ms2: Array
    """(n_lat, n_lon) peak ground acceleration. [m/s²]"""
    pgv_ms: Array
    """(n_lat, n_lon) peak ground velocity. [m/s]"""
    voids: int = 0
    """Points where PGA or PGV is not a number."""
    first_void: tuple[int, float, float] | tuple[()] = ()
    """Row of the first of them, from 1, its latitude and longitude."""
    file: str = ""
    """File that it was read from."""
    digest: str = ""
    """Fingerprint of that file."""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the shaking at (n,) places, between the grid points in proportion; none where it covers no place."""
        row, col = self._position(lat_deg, lon_deg)
        pga, pgv = _between(self.pga_ms2, row, col), _between(self.pgv_ms, row, col)
        covered = np.isfinite(pga) & np.isfinite(pgv)
        pga, pgv = np.where(covered, pga, 0.0), np.where(covered, pgv, 0.0)
        return Motion(pga, pgv, chinese_intensity(pga, pgv))

    def covers(self, lat_deg: Array, lon_deg: Array) -> NDArray[np.bool_]:
        """Return which of (n,) places lie on the grid and where it has numbers."""
        row, col = self._position(lat_deg, lon_deg)
        return np.isfinite(_between(self.pga_ms2, row, col) + _between(self.pgv_ms, row, col))

    @property
    def spacing_km(self) -> float:
        """How far grid points lie apart from south to north. [km]"""
        return float(self.lat_deg[0] - self.lat_deg[-1]) / (len(self.lat_deg) - 1) * M_PER_DEGREE / 1000.0

    def _position(self, lat_deg: Array, lon_deg: Array) -> tuple[Array, Array]:
        """Return (n,) places as rows and columns of the grid; across the 180th meridian if that is shorter."""
        lat, lon = np.asarray(lat_deg, float), np.asarray(lon_deg, float)
        lon = _beside((self.lon_deg[0] + self.lon_deg[-1]) / 2, lon)
        return _index(-self.lat_deg, -lat), _index(self.lon_deg, lon)


def _beside(meridian_deg: float, lon_deg: Array) -> Array:
    """Return longitudes, (n,), within half a turn of a meridian: -179 beside 180 is 181. [deg]"""
    return np.asarray(lon_deg + 360.0 * np.round((meridian_deg - lon_deg) / 360.0))


def _index(axis: Array, value: Array) -> Array:
    """Return where values, (n,), lie on an axis that rises: from 0 to its last point, -1 outside."""
    return np.asarray(np.interp(value, axis, np.arange(len(axis), dtype=float), left=-1.0, right=-1.0))


def _between(grid: Array, row: Array, col: Array) -> Array:
    """Return values at (n,) positions; NaN outside the grid and beside a point without a number."""
    last_row, last_col = grid.shape[0] - 1, grid.shape[1] - 1
    outside = (row < 0) | (row > last_row) | (col < 0) | (col > last_col)
    i = np.clip(np.floor(row), 0, last_row - 1).astype(int)
    j = np.clip(np.floor(col), 0, last_col - 1).astype(int)
    down, right = np.clip(row - i, 0, 1), np.clip(col - j, 0, 1)
    known, values = np.isfinite(grid), np.nan_to_num(grid)
    top = values[i, j] * (1 - right) + values[i, j + 1] * right
    bottom = values[i + 1, j] * (1 - right) + values[i + 1, j + 1] * right
    part_known = (known[i, j] * (1 - right) + known[i, j + 1] * right) * (1 - down)
    part_known += (known[i + 1, j] * (1 - right) + known[i + 1, j + 1] * right) * down
    return np.where(outside | (part_known < 1 - ROUNDING), np.nan, top * (1 - down) + bottom * down)


class _Reader:
    """What has been read so far; declarations of any kind are refused, so that no entity can blow up."""

    def __init__(self) -> None:
        self.event: dict[str, str] = {}
        self.specification: dict[str, str] = {}
        self.fields: dict[int, tuple[str, str]] = {}
        self.data: list[str] = []
        self.in_data = False
        self.complete = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "event":
            self.event = attributes
        elif name == "grid_specification":
            self.specification = attributes
        elif name == "grid_field":
            self.fields[int(attributes["index"])] = (attributes["name"], attributes.get("units", ""))
        self.in_data = name == "grid_data"

    def end(self, name: str) -> None:
        self.complete = self.complete or name == "shakemap_grid"
        self.in_data = False

    def text(self, text: str) -> None:
        if self.in_data:
            self.data.append(text)

    def refuse(self, *_: object) -> None:
        raise ShakeMapError("shakemap_doctype")


def load_shakemap(path: str) -> ShakeMap:
    """Return the grid that stands in the file *path*.

    Raises
    ------
    ShakeMapError
        If it cannot be read.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ShakeMapError("shakemap_too_large", {"most": f"{MOST_BYTES // 1_000_000} MB"})
        data = file.read_bytes()
    except OSError as error:
        raise ShakeMapError("shakemap_missing", {"name": file.name}) from error
    return replace(read_shakemap(data), file=str(file), digest=sha256(data).hexdigest())


def read_shakemap(data: bytes) -> ShakeMap:
    """Return the grid that stands in *data*.

    Raises
    ------
    ShakeMapError
        If it is too large, cut off, no ``grid.xml``, or declares a document type or an entity.
    """
    if len(data) > MOST_BYTES:
        raise ShakeMapError("shakemap_too_large", {"most": f"{MOST_BYTES // 1_000_000} MB"})
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        code = "shakemap_truncated" if reader.specification and not reader.complete else "shakemap_not_xml"
        raise ShakeMapError(code, {"line": error.lineno}) from error
    except LookupError as error:
        if isinstance(error, KeyError):
            raise ShakeMapError("shakemap_not_grid") from error
        raise ShakeMapError("shakemap_not_xml", {"line": 1}) from error  # an encoding that nobody knows
    except ValueError as error:
        if isinstance(error, ShakeMapError):
            raise
        raise ShakeMapError("shakemap_not_grid") from error
    return _grid(reader)


def _grid(reader: _Reader) -> ShakeMap:
    (n_lon, n_lat), source = _shape(reader.specification), _source(reader.event)
    column, to_si = _columns(reader.fields)
    words = _words("".join(reader.data), n_lon * n_lat, len(reader.fields))
    lon, lat, pga, pgv = (_numbers(words[:, column[name]], name) for name in ("LON", "LAT", *NEEDED))
    lon = _beside(float(lon[0]), lon)
    order = np.lexsort((lon, -lat))  # from west to east, from north to south, whatever the order of the file
    lon, lat = (values[order].reshape(n_lat, n_lon) for values in (lon, lat))
    regular = (lat == lat[:, :1]).all() and (lon == lon[:1]).all()
    if not (regular and np.all(np.diff(lon[0]) > 0) and np.all(np.diff(lat[:, 0]) < 0)):
        raise ShakeMapError("shakemap_not_regular", {"rows": n_lat, "columns": n_lon})
    voids = np.flatnonzero(~(np.isfinite(pga) & np.isfinite(pgv)))
    if len(voids) == n_lon * n_lat:
        raise ShakeMapError("shakemap_empty")
    first = () if len(voids) == 0 else (int(voids[0]) + 1, float(words[voids[0], column["LAT"]]),
                                        float(words[voids[0], column["LON"]]))  # fmt: skip
    pga, pgv = ((values * to_si[name])[order].reshape(n_lat, n_lon) for name, values in (("PGA", pga), ("PGV", pgv)))
    return ShakeMap(source, lat[:, 0], lon[0], pga, pgv, voids=len(voids), first_void=first)


def _source(event: Mapping[str, str]) -> Source:
    values = []
    for name in ("magnitude", "lat", "lon", "depth"):
        try:
            values.append(float(event[name]))
        except (KeyError, ValueError):
            values.append(math.nan)
        if not math.isfinite(values[-1]):
            raise ShakeMapError("shakemap_event", {"name": name})
    magnitude, lat, lon, depth = values
    return Source(magnitude, lat, lon - 360.0 * round(lon / 360.0), depth)


def _shape(specification: Mapping[str, str]) -> tuple[int, int]:
    """Return how many points the grid has from west to east and from south to north."""
    try:
        n_lon, n_lat = int(specification["nlon"]), int(specification["nlat"])
    except (KeyError, ValueError) as error:
        raise ShakeMapError("shakemap_not_grid") from error
    if min(n_lon, n_lat) <= 1 or n_lon * n_lat > MOST_POINTS:  # in a single row there is nothing between points
        raise ShakeMapError("shakemap_shape", {"columns": n_lon, "rows": n_lat, "most": f"{MOST_POINTS:,}"})
    return n_lon, n_lat


def _columns(fields: Mapping[int, tuple[str, str]]) -> tuple[dict[str, int], dict[str, float]]:
    """Return the column of each field, and by what PGA and PGV are multiplied."""
    column = {name: index - 1 for index, (name, _) in fields.items()}
    for name in ("LON", "LAT", *NEEDED):
        if not 0 <= column.get(name, -1) < len(fields):
            raise ShakeMapError("shakemap_field", {"name": name})
    to_si = {}
    for name in NEEDED:
        unit = fields[column[name] + 1][1]
        if (name, unit) not in _TO_SI:
            known = ", ".join(one for which, one in _TO_SI if which == name)
            raise ShakeMapError("shakemap_unit", {"name": name, "unit": unit, "known": known})
        to_si[name] = _TO_SI[name, unit]
    return column, to_si


def _words(text: str, points: int, fields: int) -> NDArray[np.str_]:
    words = text.split()
    if len(words) != points * fields:
        raise ShakeMapError("shakemap_truncated", {"line": f"{len(words) // max(fields, 1)} / {points}"})
    return np.array(words).reshape(points, fields)


def _numbers(words: NDArray[np.str_], name: str) -> Array:
    """Return one column as numbers; only shaking may be NaN, where it is not known, and it is never negative."""
    values = np.full(len(words), np.nan)
    for row, word in enumerate(words.tolist()):
        try:
            values[row] = float(word)
        except ValueError:
            raise ShakeMapError("shakemap_number", {"name": name, "row": row + 1, "word": word[:20]}) from None
    shaking = name in NEEDED
    wrong = np.flatnonzero(np.isinf(values) | ((values < 0) if shaking else np.isnan(values)))
    if len(wrong):
        at = {"name": name, "row": int(wrong[0]) + 1, "word": str(words[wrong[0]])[:20]}
        raise ShakeMapError("shakemap_number", at)
    return values
