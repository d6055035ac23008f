"""ShakeMap: the shaking of a real or a planned earthquake, read from a ``grid.xml`` as the USGS publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.parsers import expat

import numpy as np

from drillsim.physics.earthquake.attenuation import G_MS2, Array
from drillsim.physics.earthquake.intensity import chinese_intensity
from drillsim.physics.earthquake.shaking import Motion, Source

MOST_BYTES: Final = 64_000_000
MOST_POINTS: Final = 2_000_000
NEEDED: Final = ("PGA", "PGV")
_TO_SI: Final[Mapping[tuple[str, str], float]] = {
    ("PGA", "pctg"): G_MS2 / 100.0,
    ("PGA", "%g"): G_MS2 / 100.0,
    ("PGV", "cms"): 0.01,
    ("PGV", "cm/s"): 0.01,
}


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
    file: str = ""
    """File that it was read from."""
    digest: str = ""
    """Fingerprint of that file."""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the shaking at (n,) places, between the grid points in proportion; none outside the grid."""
        lat, lon = np.asarray(lat_deg, float), np.asarray(lon_deg, float)
        row = (lat - self.lat_deg[0]) / (self.lat_deg[-1] - self.lat_deg[0]) * (len(self.lat_deg) - 1)
        col = (lon - self.lon_deg[0]) / (self.lon_deg[-1] - self.lon_deg[0]) * (len(self.lon_deg) - 1)
        pga, pgv = _between(self.pga_ms2, row, col), _between(self.pgv_ms, row, col)
        return Motion(pga, pgv, chinese_intensity(pga, pgv))


def _between(grid: Array, row: Array, col: Array) -> Array:
    last_row, last_col = grid.shape[0] - 1, grid.shape[1] - 1
    outside = (row < 0) | (row > last_row) | (col < 0) | (col > last_col)
    i = np.clip(np.floor(row), 0, last_row - 1).astype(int)
    j = np.clip(np.floor(col), 0, last_col - 1).astype(int)
    down, right = np.clip(row - i, 0, 1), np.clip(col - j, 0, 1)
    top = grid[i, j] * (1 - right) + grid[i, j + 1] * right
    bottom = grid[i + 1, j] * (1 - right) + grid[i + 1, j + 1] * right
    return np.where(outside, 0.0, top * (1 - down) + bottom * down)


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
    except (KeyError, ValueError) as error:
        if isinstance(error, ShakeMapError):
            raise
        raise ShakeMapError("shakemap_not_grid") from error
    return _grid(reader)


def _grid(reader: _Reader) -> ShakeMap:
    try:
        event, spec = reader.event, reader.specification
        source = Source(*(float(event[name]) for name in ("magnitude", "lat", "lon", "depth")))
        n_lon, n_lat = int(spec["nlon"]), int(spec["nlat"])
        column = {name: index - 1 for index, (name, _) in reader.fields.items()}
        to_si = {name: _TO_SI[name, reader.fields[column[name] + 1][1]] for name in NEEDED}
    except (KeyError, ValueError) as error:
        raise ShakeMapError("shakemap_not_grid") from error
    if min(n_lon, n_lat) <= 1 or n_lon * n_lat > MOST_POINTS:  # in a single row there is nothing between points
        raise ShakeMapError("shakemap_not_grid")
    values = _numbers("".join(reader.data), n_lon * n_lat, len(reader.fields))
    lon, lat = values[:n_lon, column["LON"]], values[::n_lon, column["LAT"]]
    pga, pgv = (values[:, column[name]].reshape(n_lat, n_lon) * to_si[name] for name in NEEDED)
    if not (np.all(np.diff(lon) > 0) and np.all(np.diff(lat) < 0) and pga.min() >= 0 and pgv.min() >= 0):
        raise ShakeMapError("shakemap_not_grid")
    return ShakeMap(source, lat, lon, pga, pgv)


def _numbers(text: str, points: int, fields: int) -> Array:
    words = text.split()
    if len(words) != points * fields:
        raise ShakeMapError("shakemap_truncated", {"line": f"{len(words) // max(fields, 1)} / {points}"})
    try:
        values = np.array(words, float)
    except ValueError as error:
        raise ShakeMapError("shakemap_not_grid") from error
    if not np.isfinite(values).all():
        raise ShakeMapError("shakemap_not_grid")
    return values.reshape(points, fields)
