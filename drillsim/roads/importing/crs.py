"""Coordinates of any system turned into degrees: latitude and longitude on WGS 84."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem

if TYPE_CHECKING:
    import pyproj

Array = NDArray[np.float64]
WGS84: Final = "EPSG:4326"
DEGREES: Final = frozenset({WGS84, "OGC:CRS84"})
"""Systems that are what is wanted; nothing is loaded for them."""
SEMI_MAJOR_M: Final = 6_378_137.0
"""Of the ellipsoids of WGS 84, GRS 80 and CGCS2000. Datums on them agree within a metre or two; others, as Xi'an 1980
and Beijing 1954, are a hundred metres off."""


@dataclass(frozen=True, slots=True)
class Crs:
    """A coordinate reference system."""

    name: str = WGS84
    where: str = ""
    """File that states it, for messages."""
    transformer: pyproj.Transformer | None = None
    """None for degrees on WGS 84."""
    shift_unknown: bool = False
    """Whether its datum is another one, and nobody has published how far it is off."""

    def to_degrees(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return latitude and longitude of (n,) points, NaN where they have no coordinates: both (n,). [deg]

        Raises
        ------
        NetworkError
            If a point lies outside the area for which the system is defined.
        """
        if self.transformer is None:
            return y, x
        lat, lon = np.full(len(x), np.nan), np.full(len(x), np.nan)
        known = np.isfinite(x) & np.isfinite(y)
        with _offline():
            lon[known], lat[known] = self.transformer.transform(x[known], y[known])
        beyond = np.flatnonzero(known & ~np.isfinite(lat))
        if len(beyond):
            got = f"{x[beyond[0]]:.7g}; {y[beyond[0]]:.7g}"
            raise NetworkError([Problem("roads_crs_outside", where=self.where, values={"crs": self.name}, got=got)])
        return lat, lon


def crs_of(declared: Any, where: str) -> Crs:
    """Return the system that a file states: as text (EPSG, WKT, PROJ), PROJJSON or a number.

    Raises
    ------
    NetworkError
        If there is none of that name, or it does not place points on the ground.

    Examples
    --------
    >>> crs_of("epsg:32650", "").name, crs_of({"id": {"authority": "EPSG", "code": 4326}}, "").name
    ('EPSG:32650', 'EPSG:4326')
    """
    named = _name(declared)
    if named in DEGREES:
        return Crs(named, where)
    import pyproj  # slow to load, seldom needed

    try:
        with _offline(), warnings.catch_warnings(action="ignore"):  # of +init=, which old files have
            crs = pyproj.CRS.from_user_input(named or declared)
            if not (crs.is_geographic or crs.is_projected):
                raise pyproj.exceptions.CRSError(crs.type_name)
            transformer, shift_unknown = _transformer(crs)
    except (pyproj.exceptions.ProjError, KeyError, TypeError, ValueError):
        name = declared.get("name", "") if isinstance(declared, Mapping) else str(declared)
        raise NetworkError([Problem("roads_crs", where=where, got=str(name)[:60])]) from None
    return Crs(named or crs.name, where, transformer, shift_unknown)


def _transformer(crs: pyproj.CRS) -> tuple[pyproj.Transformer, bool]:
    """Return what turns a system into degrees, and whether the shift between the datums is unknown and left out."""
    import pyproj  # slow to load, seldom needed

    try:
        return pyproj.Transformer.from_crs(crs, WGS84, always_xy=True, allow_ballpark=False), False
    except pyproj.exceptions.ProjError:
        alike = crs.ellipsoid is not None and crs.ellipsoid.semi_major_metre == SEMI_MAJOR_M
        return pyproj.Transformer.from_crs(crs, WGS84, always_xy=True), not alike


def _name(declared: Any) -> str:
    """Return authority and number of a system, ``EPSG:32650``, where that is all that is needed; empty for others."""
    if isinstance(declared, Mapping):
        declared = (
            f"{declared['id'].get('authority')}:{declared['id'].get('code')}"
            if isinstance(declared.get("id"), Mapping)
            else ""
        )
    text = str(declared).strip().upper()
    if text.isdecimal():
        return f"EPSG:{text}"
    authority, _, code = text.partition(":")
    return text if authority.isalpha() and code.isalnum() else ""


@contextmanager
def _offline() -> Iterator[None]:
    """Keep PROJ from fetching grids of corrections from the internet, whatever is set for others."""
    import pyproj.network  # slow to load, seldom needed

    before = pyproj.network.is_network_enabled()
    pyproj.network.set_network_enabled(active=False)
    try:
        yield
    finally:
        pyproj.network.set_network_enabled(active=before)
