"""The map of an earthquake: lines of equal intensity, worksites by state at ENDEX, roads that were closed."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import folium
import numpy as np

from drillsim.incidents.earthquake import Earthquake
from drillsim.language import Term, word
from drillsim.physics.earthquake.isoseismals import isoseismals
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardChanged, IncidentStarted, SectionChanged
from drillsim.trace.trace import Trace
from drillsim.views.network_map import INK, RED, add_roads, lines
from drillsim.views.offline import OfflineMap, page, safe
from drillsim.views.panels import Panel
from drillsim.views.panels.sites import COLOURS, STATES
from drillsim.world.random_streams import RandomStreams
from drillsim.world.world import World

INTENSITY: Final[dict[int, tuple[str, str]]] = {
    6: ("VI", "#fff3b0"), 7: ("VII", "#fed976"), 8: ("VIII", "#fd8d3c"), 9: ("IX", "#e31a1c"), 10: ("X", "#a00026"),
    11: ("XI", "#5a0016"),
}  # fmt: skip
MEDIAN: Final = Term("intensity (median)", "烈度（中值）")
MOST_NAMES: Final = 25
NAMES: Final = (
    "<style>.dm-name{position:absolute;left:8px;top:-8px;white-space:nowrap;"
    "font:600 12px sans-serif;color:#1f2937;text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 3px #fff}</style>"
)
CLOSED: Final = Term("road closed at some time", "曾中断道路")


class IsoseismalPanel(Panel):
    """Isoseismals under the roads, worksites as dots coloured by their state at ENDEX."""

    title = Term("Isoseismals, worksites, closed roads", "烈度分布、作业点与中断道路")
    rank = 8

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether there is an earthquake in the scenario."""
        return any(isinstance(kind, Earthquake) for kind in scenario.incidents)

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> str:
        """Return the map as a page."""
        drawn = OfflineMap(zoom_snap=0.25, attribution_control=False)
        drawn.get_root().header.add_child(folium.Element(NAMES))
        roads = folium.FeatureGroup(name=Term("roads", "道路").in_(lang))
        bounds: list[Any] = []
        for quake in (kind for kind in scenario.incidents if isinstance(kind, Earthquake)):
            bounds += _shaking(drawn, quake, scenario, lang)
        add_roads(scenario.roads, roads)
        roads.add_to(drawn)
        _closed(drawn, trace, scenario, lang)
        _sites(drawn, trace, scenario, lang)
        _names(drawn, scenario, bounds, lang)
        folium.LayerControl(collapsed=False).add_to(drawn)
        if bounds:
            drawn.fit_bounds([np.min(bounds, axis=0).tolist(), np.max(bounds, axis=0).tolist()])
        return page(drawn)


def _shaking(drawn: OfflineMap, quake: Earthquake, scenario: Scenario, lang: str) -> list[list[float]]:
    """Draw the lines of one earthquake; return where the map should reach."""
    streams = RandomStreams(0)
    world = World(scenario.ground, streams, scenario.startex, scenario.ends_at_s, scenario.weather)
    source = quake.source_in(world)
    found = isoseismals(quake.median(source), source)
    for level, line in sorted(found.items()):
        name, colour = INTENSITY[level]
        layer = folium.FeatureGroup(name=f"{name} {MEDIAN.in_(lang)}")
        area = folium.Polygon(
            line.tolist(), color=colour, weight=1.5, fill=True, fill_color=colour, fill_opacity=0.35, interactive=False
        )
        area.add_to(layer)
        layer.add_to(drawn)
    star = folium.CircleMarker((source.lat_deg, source.lon_deg), radius=7, color=RED, fill=True, fill_opacity=0.2)
    star.add_child(folium.Tooltip(f"M {source.magnitude:.1f}")).add_to(drawn)
    return found[min(found)].tolist() if found else [[source.lat_deg, source.lon_deg]]


def _names(drawn: OfflineMap, scenario: Scenario, bounds: list[Any], lang: str) -> None:
    """Write the names of the places with most people that the lines reach."""
    (south, west), (north, east) = np.min(bounds, axis=0), np.max(bounds, axis=0)
    ground = scenario.ground
    there = (ground.lat_deg >= south) & (ground.lat_deg <= north)
    there &= (ground.lon_deg >= west) & (ground.lon_deg <= east) & (ground.population > 0)
    rows = np.flatnonzero(there)
    for row in rows[np.argsort(-ground.population[rows], kind="stable")][:MOST_NAMES]:
        place = scenario.roads.places[ground.place_ids[int(row)]]
        text = f'<span class="dm-name">{safe(place.name(lang).split(" (")[0])}</span>'
        icon = folium.DivIcon(html=text, icon_size=(0, 0), class_name="dm-none")
        folium.Marker((place.lat, place.lon), icon=icon, interactive=False, keyboard=False).add_to(drawn)


def _closed(drawn: OfflineMap, trace: Trace, scenario: Scenario, lang: str) -> None:
    closed = dict.fromkeys(e.section for e in trace.of(SectionChanged) if e.factor == 0)
    if closed:
        layer = folium.FeatureGroup(name=CLOSED.in_(lang))
        rows = np.array([scenario.roads.section_ids.row(section) for section in closed])
        folium.PolyLine(lines(scenario.roads, rows), color=RED, weight=4, interactive=False).add_to(layer)
        layer.add_to(drawn)


def _sites(drawn: OfflineMap, trace: Trace, scenario: Scenario, lang: str) -> None:
    """Draw one dot per place and state, as large as the number of worksites there."""
    state = {e.hazard: e.stage for e in trace.of(HazardChanged) if e.stage in STATES}
    at: Counter[tuple[str, str]] = Counter()
    for event in trace.of(IncidentStarted):
        if event.incident in state:
            at[event.node, state[event.incident]] += 1
    layers = {name: folium.FeatureGroup(name=word("value", name, lang)) for name in STATES}
    for n, ((node, name), count) in enumerate(sorted(at.items())):
        place, colour = scenario.roads.places[node], COLOURS[STATES.index(name)]
        radius = 4 + 2 * float(np.sqrt(count))
        dot = folium.CircleMarker(
            (place.lat + 0.004 * (n % 3 - 1), place.lon), radius=radius, color=INK, weight=1, fill=True,
            fill_color=colour, fill_opacity=0.9,
        )  # fmt: skip
        text = f"{place.name(lang) or node}: {count} × {word('value', name, lang)}"
        dot.add_child(folium.Tooltip(safe(text))).add_to(layers[name])
    for name, layer in layers.items():
        if any(state_name == name for _, state_name in at):
            layer.add_to(drawn)
