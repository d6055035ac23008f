"""Where hazards keep units out: the outline of each toxic zone, and roads and places in them, hour by hour on a map."""

from __future__ import annotations

import math
from typing import Final

import folium
import numpy as np

from drillsim.base.geodesy import moved
from drillsim.hazards.release.cloud_spec import CloudSpec
from drillsim.hazards.release.plumes import carried_on
from drillsim.hazards.release.surroundings import point_at
from drillsim.hazards.toxic_cloud import ToxicCloud
from drillsim.incidents.chemical import Chemical
from drillsim.language import Term, word
from drillsim.physics.air import Stability
from drillsim.physics.gas.cloud import Segment, outline
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardMeasured, UnitArrived, UnitHeld, UnitTrapped, ZonesChanged
from drillsim.trace.trace import Trace
from drillsim.views.clock import clock
from drillsim.views.network_map import add_roads, lines
from drillsim.views.offline import OfflineMap, page, safe
from drillsim.views.panels import Panel, Picture
from drillsim.world.random_streams import RandomStreams
from drillsim.world.world import World

WARM, HOT, NOBODY = "#e69f00", "#d55e00", "#111827"
COLOURS: Final = {1: WARM, 2: HOT, 3: NOBODY}
GRADES: Final = {
    1: Term("Warm zone", "轻危区"),
    2: Term("Hot zone", "重危区"),
    3: Term("Nobody", "禁入区"),
}
CLASSES: Final[tuple[Stability, ...]] = ("A", "B", "C", "D", "E", "F")
MOMENTS: Final = 6
"""So many moments are drawn, spread over the time in which zones change."""
BASE: Final = Term("Units worked or waited here", "力量作业或待命点")


def _legend(lang: str) -> str:
    """Return what the colours of the zones mean."""
    rows = [
        f'<div><span style="display:inline-block;width:14px;height:10px;margin-right:6px;background:{COLOURS[grade]}">'
        f"</span>{safe(term.in_(lang))}</div>"
        for grade, term in GRADES.items()
    ]
    style = (
        "position:absolute;left:10px;bottom:40px;z-index:900;background:#fffffff0;padding:6px 10px;font:13px sans-serif"
    )
    return f'<div style="{style}">{"".join(rows)}</div>'


def segments_of(trace: Trace, hazard: str, t_s: float = math.inf) -> tuple[Segment, ...]:
    """Return the plumes of a cloud as its measures tell them up to a moment [s after STARTEX]."""
    found: tuple[Segment, ...] = ()
    for event in trace.of(HazardMeasured):
        if event.hazard != hazard or "airborne_kg_s" not in event.names or event.t_s > t_s:
            continue
        m = dict(zip(event.names, event.values, strict=True))
        wind = (m["cloud_wind_ms"], m["cloud_from_deg"], CLASSES[int(m["stability"]) - 1])
        found = carried_on(found, m["airborne_kg_s"], wind, event.t_s)
    return found


class DangerZonesPanel(Panel):
    """A map with one layer per moment: outlines of the zones, roads in them, and where units worked or waited."""

    title = Term("Danger zones", "危险区")
    rank = 30

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any zone was there."""
        return bool(trace.of(ZonesChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Picture:
        """Return the map."""
        places = scenario.roads.places
        drawn = OfflineMap(attribution_control=False)
        drawn.get_root().html.add_child(folium.Element(_legend(lang)))
        roads = folium.FeatureGroup(name=safe(word("noun", "RoadNetwork", lang)))
        add_roads(scenario.roads, roads)
        roads.add_to(drawn)
        moments = _moments(trace)
        bounds: list[tuple[float, float]] = []
        for i, t_s in enumerate(moments):
            layer = folium.FeatureGroup(name=safe(clock(scenario.startex, t_s)), show=i == len(moments) // 2)
            bounds += self._draw_moment(trace, scenario, t_s, layer, lang)
            layer.add_to(drawn)
        stands = folium.FeatureGroup(name=safe(BASE.in_(lang)))
        for node in dict.fromkeys(e.node for e in trace.events if isinstance(e, (UnitArrived, UnitHeld, UnitTrapped))):
            where = (places[node].lat, places[node].lon)
            bounds.append(where)
            folium.CircleMarker(where, radius=5, color="#0072b2", fill=True, tooltip=safe(node)).add_to(stands)
        stands.add_to(drawn)
        folium.LayerControl(collapsed=False).add_to(drawn)
        if bounds:
            drawn.fit_bounds(bounds)
        return page(drawn)

    def _draw_moment(
        self, trace: Trace, scenario: Scenario, t_s: float, layer: folium.FeatureGroup, lang: str
    ) -> list[tuple[float, float]]:
        bounds: list[tuple[float, float]] = []
        for hazard, cloud in clouds_of(scenario):
            where = point_at(scenario.ground, cloud.node, cloud.east_m, cloud.north_m)
            folium.CircleMarker(where, radius=7, color=NOBODY, fill=True, tooltip=safe(hazard)).add_to(layer)
            for s in cloud.settlements:
                place, title = scenario.roads.places[s.node], s.title.in_(lang) if s.title is not None else s.id
                said = safe(f"{title}: {s.people}")
                folium.Circle(
                    (place.lat, place.lon), radius=s.radius_m, color="#6b7280", weight=1, tooltip=said
                ).add_to(layer)
            for grade, edge in _edges(trace, hazard, cloud, scenario, t_s):
                folium.Polygon(
                    edge, color=COLOURS[grade], weight=2, fill=True, fill_opacity=0.15, tooltip=GRADES[grade].in_(lang)
                ).add_to(layer)
                bounds += edge
        graded = _sections_at(trace, t_s)
        ids = scenario.roads.section_ids
        for grade in sorted(set(graded.values()) - {0}):
            rows = np.array([ids.row(name) for name, g in graded.items() if g == grade])
            for course in lines(scenario.roads, rows):
                folium.PolyLine(course, color=COLOURS[grade], weight=4, tooltip=GRADES[grade].in_(lang)).add_to(layer)
                bounds += [(float(lat), float(lon)) for lat, lon in course]
        return bounds


def clouds_of(scenario: Scenario) -> list[tuple[str, ToxicCloud]]:
    """Return every toxic cloud of a scenario by the id of its hazard."""
    found = [(h.id, h) for h in scenario.hazards if isinstance(h, ToxicCloud)]
    for kind in scenario.incidents:
        if isinstance(kind, Chemical) and kind.cloud is not None:
            given = {name: getattr(kind.cloud, name) for name in CloudSpec.model_fields}
            cloud = ToxicCloud(**given, id=f"{kind.id}-cloud", node=kind.node)
            found.append((cloud.id, cloud))
    return found


def _edges(
    trace: Trace, hazard: str, cloud: ToxicCloud, scenario: Scenario, t_s: float
) -> list[tuple[int, list[tuple[float, float]]]]:
    """Return the outlines of the zones of one cloud at a moment, by grade, as points of the map."""
    world = World(scenario.ground, RandomStreams(0), scenario.startex, scenario.ends_at_s, scenario.weather)
    out = cloud.begin(0.0, world).out
    origin = point_at(scenario.ground, cloud.node, cloud.east_m, cloud.north_m)
    found = []
    for grade, level in enumerate(cloud.levels_kg_m3(out), start=1):
        if not math.isfinite(level):
            continue
        for segment in segments_of(trace, hazard, t_s):
            if segment.from_s < t_s:
                edge = outline(out.emission, segment, level, t_s)
                points = [moved(origin, float(east_m), float(north_m)) for east_m, north_m in edge]
                if points:
                    found.append((grade, points))
    return found


def _moments(trace: Trace) -> list[float]:
    times = sorted({e.t_s for e in trace.of(ZonesChanged)})
    step = max(1, len(times) // MOMENTS)
    return times[step - 1 :: step][: MOMENTS + 1]


def _sections_at(trace: Trace, t_s: float) -> dict[str, int]:
    by_hazard: dict[tuple[str, str], int] = {}
    for event in trace.of(ZonesChanged):
        if event.t_s <= t_s:
            by_hazard.update(((event.hazard, s), g) for s, g in zip(event.sections, event.section_grades, strict=True))
    worst: dict[str, int] = {}
    for (_, section), grade in by_hazard.items():
        worst[section] = max(grade, worst.get(section, 0))
    return worst
