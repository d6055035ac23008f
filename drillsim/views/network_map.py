"""Maps of a road network: its classes and cut-off parts, and how soon each place is reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import folium
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from drillsim.language import say, word
from drillsim.roads import RoadNetwork, numbers
from drillsim.roads.synthetic import City
from drillsim.views.offline import OfflineMap, safe

ROAD_STYLE: Final = {
    "motorway": ("#8a8f98", 2.6), "trunk": ("#a6abb3", 1.9), "primary": ("#b8bcc3", 1.5), "ferry": ("#7aa6c2", 1.2),
}  # fmt: skip
OTHER_ROAD: Final = ("#cfd2d7", 1.1)
CLASS_STYLE: Final = {
    "motorway": ("#b5179e", 4.0),
    "trunk": ("#d1495b", 3.2),
    "primary": ("#e07a1f", 2.8),
    "secondary": ("#b08900", 2.2),
    "tertiary": ("#3d6b8e", 1.6),
    "unclassified": ("#5f6b7a", 1.2),
    "residential": ("#6b7280", 1.0),
    "service": ("#8a919c", 0.8),
    "track": ("#8d6e4a", 1.0),
    "pedestrian": ("#2a9d8f", 1.0),
    "ferry": ("#0077b6", 2.0),
}
"""Style of roads on maps of the network itself."""
WATER, RAIL, PARK, GREEN = "#4a90c2", "#222222", "#7b2cbf", "#2a9d8f"
RED, INK, UNREACHED = "#c1121f", "#1f2937", "#4b5563"
BANDS: Final = ("#009e73", "#56b4e9", "#f0e442", "#e69f00", "#d55e00", "#cc79a7")
"""Okabe-Ito colours, from near to far."""
MOST_LINES: Final = 40_000
"""Road sections that a browser still draws at ease (assumption); of a larger network the small roads are left out."""
CLASSES_LEFT_OUT: Final = ("service", "track", "pedestrian", "residential", "unclassified", "tertiary")
"""Classes that are left out one after another until the rest can be drawn."""

Points = list[list[float]]


def lines(network: RoadNetwork, rows: NDArray[Any]) -> list[Points]:
    """Return the course of some sections as lists of (latitude, longitude). [deg]"""
    lat, lon = (numbers(network.place_columns[name]) for name in ("lat", "lon"))
    ends = network.section_ends[rows]
    between = network.section_columns["geometry"].take(pa.array(rows)).to_pylist()
    made = []
    for (start, end), points in zip(ends.tolist(), between, strict=True):
        middle = [[points[i] * 1e-7, points[i + 1] * 1e-7] for i in range(0, len(points or ()), 2)]
        made.append([[float(lat[start]), float(lon[start])], *middle, [float(lat[end]), float(lon[end])]])
    return made


def all_straight(network: RoadNetwork) -> bool:
    """Return whether no section has a course: each is drawn as a straight line between its ends."""
    return not any(len(some.flatten()) for some in network.section_columns["geometry"].chunks)


def drawn_rows(network: RoadNetwork) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the (n,) rows of sections that are drawn, and the class of every section: (n_sections,)."""
    classes = np.asarray(network.section_columns["road_class"].cast(pa.string()).to_numpy(), dtype=str)
    kept = np.ones(len(classes), bool)
    for name in CLASSES_LEFT_OUT:
        if kept.sum() > MOST_LINES:
            kept &= classes != name
    return np.flatnonzero(kept), classes


def add_roads(network: RoadNetwork, layer: folium.FeatureGroup) -> None:
    """Draw the road sections, one line object per class."""
    rows, classes = drawn_rows(network)
    for name in np.unique(classes[rows]):
        colour, weight = ROAD_STYLE.get(str(name), OTHER_ROAD)
        course = lines(network, rows[classes[rows] == name])
        folium.PolyLine(course, color=colour, weight=weight, opacity=0.9, interactive=False).add_to(layer)


def network_map(network: RoadNetwork, *, lang: str = "en", city: City | None = None) -> folium.Map:
    """Return the map of a network: roads by class, and in red what is cut off from the largest part.

    Parameters
    ----------
    city
        The fictional city that the network is of: its river, railway, park, stations and hydrants are drawn too.
    """
    drawn = _begun(network)
    if city is not None:
        _add_ground(city, drawn, lang)
    rows, classes = drawn_rows(network)
    for name in [one for one in reversed(CLASS_STYLE) if (classes[rows] == one).any()]:
        colour, weight = CLASS_STYLE[name]
        key = f'<span style="color:{colour}">━</span> {word("road_class", name, lang)}'
        layer = folium.FeatureGroup(name=key)
        course = lines(network, rows[classes[rows] == name])
        folium.PolyLine(course, color=colour, weight=weight, opacity=0.9, interactive=False).add_to(layer)
        layer.add_to(drawn)
    cut_off = np.flatnonzero((network.parts[network.section_ends] > 0).any(axis=1))
    if len(cut_off):
        layer = folium.FeatureGroup(name=f'<span style="color:{RED}">━</span> {say("view.cut_off", lang)}')
        folium.PolyLine(lines(network, cut_off[:MOST_LINES]), color=RED, weight=3, interactive=False).add_to(layer)
        layer.add_to(drawn)
    if city is not None:
        _add_points(city, drawn, lang)
    folium.LayerControl(collapsed=False).add_to(drawn)
    return drawn


def _add_ground(city: City, drawn: folium.Map, lang: str) -> None:
    """Draw the ground of a fictional city: river, railway, park."""
    river = folium.FeatureGroup(name=f'<span style="color:{WATER}">━</span> {say("view.river", lang)}')
    for course in city.rivers:
        folium.PolyLine(course, color=WATER, weight=6, opacity=0.7, interactive=False).add_to(river)
    rail = folium.FeatureGroup(name=f'<span style="color:{RAIL}">╍</span> {say("view.rail", lang)}')
    folium.PolyLine(city.rail, color=RAIL, weight=2.5, dash_array="7 5", interactive=False).add_to(rail)
    park = folium.FeatureGroup(name=f'<span style="color:{PARK}">■</span> {say("view.park", lang)}')
    folium.Polygon(city.chemical_park.outline, color=PARK, weight=2, fill=True, fill_opacity=0.15).add_to(park)
    for layer in (park, river, rail):
        layer.add_to(drawn)


def _add_points(city: City, drawn: folium.Map, lang: str) -> None:
    """Draw the facilities at places of a fictional city."""
    lat, lon = (numbers(city.network.place_columns[name]) for name in ("lat", "lon"))
    rows = {
        "hydrants": (city.hydrants, WATER, 1.5),
        "hospitals": (city.hospitals, GREEN, 6),
        "stations": (np.array([station.place for station in city.stations]), INK, 6),
    }
    for name, (places, colour, radius) in rows.items():
        layer = folium.FeatureGroup(
            name=f'<span style="color:{colour}">●</span> {say(f"view.{name}", lang)}', show=name != "hydrants"
        )
        for row in places.tolist():
            at = (float(lat[row]), float(lon[row]))
            folium.CircleMarker(at, radius=radius, color=colour, weight=1, fill=True, fill_opacity=0.9).add_to(layer)
        layer.add_to(drawn)


def reach_map(
    network: RoadNetwork, times_s: NDArray[np.float64], limits_s: Sequence[float], sources: Sequence[str], *,
    lang: str = "en",
) -> folium.Map:  # fmt: skip
    """Return the map of how soon places are reached: each road section in the colour of its farther end.

    Parameters
    ----------
    times_s
        (n_places,) travel time to each place. [s]
    limits_s
        Ends of the bands. [s]
    sources
        Places that units come from.
    """
    drawn = _begun(network)
    limits = sorted(limits_s)[: len(BANDS)]
    rows, _ = drawn_rows(network)
    farther_s = times_s[network.section_ends[rows]].max(axis=1)
    band = np.searchsorted(limits, farther_s)
    for i in range(len(limits) + 1):
        text = f"≤ {limits[i] / 60:g} min" if i < len(limits) else f"> {limits[-1] / 60:g} min"
        layer = folium.FeatureGroup(name=text)
        colour = BANDS[i] if i < len(limits) else UNREACHED
        course = lines(network, rows[band == i])
        if course:
            folium.PolyLine(course, color=colour, weight=3, interactive=False).add_to(layer)
        layer.add_to(drawn)
    for name in sources:
        place = network.places[name]
        at = folium.CircleMarker((place.lat, place.lon), radius=6, color=INK, fill=True, fill_opacity=1.0)
        at.add_child(folium.Tooltip(safe(place.name(lang) or name))).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    return drawn


def _begun(network: RoadNetwork) -> OfflineMap:
    drawn = OfflineMap(zoom_snap=0.25, attribution_control=False)
    lat, lon = (numbers(network.place_columns[name]) for name in ("lat", "lon"))
    drawn.fit_bounds([(float(lat.min()), float(lon.min())), (float(lat.max()), float(lon.max()))])
    return drawn
