"""The map of a run: roads, places, stations, incidents and the routes that units took, from the trace alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final

import folium

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.language import say
from drillsim.roads import Place, RoadNetwork
from drillsim.trace.events import (
    CallReceived,
    IncidentClosed,
    IncidentStarted,
    SectionChanged,
    UnitArrived,
    UnitEnRoute,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitStopped,
)
from drillsim.trace.trace import Trace
from drillsim.views.clock import clock
from drillsim.views.names import Names
from drillsim.views.network_map import add_roads, all_straight
from drillsim.views.offline import OfflineMap, safe

BLUE, ORANGE, GREEN, RED, GREY, INK = "#0072b2", "#d55e00", "#009e73", "#c1121f", "#6b7280", "#1f2937"
"""Okabe-Ito colours: told apart by colour-blind eyes."""
PURPOSES: Final = {
    "incident": ("to_incident", ORANGE, 4.0, ""),
    "assembly": ("march", BLUE, 3.0, ""),
    "march": ("march", BLUE, 4.0, ""),
    "return": ("return", GREY, 2.0, "4 6"),
}
Leg = tuple[str, str, str]
"""Places at both ends, and the road section."""
MOST_LEGS: Final = 3000
"""Legs that a browser still draws at ease one by one (assumption)."""
MOST_LINES: Final = 12
"""Most lines of a tooltip; a last one counts the rest."""
LABELS: Final = ("prefecture_seat",)


def run_map(trace: Trace, network: RoadNetwork, *, names: Names | None = None, lang: str = "en") -> folium.Map:
    """Return the map of a run or a recorded exercise.

    Parameters
    ----------
    trace
        What happened.
    network
        The roads it happened on.
    names
        What stations, units and incidents are called; their ids if left out.
    lang
        ``en`` or ``zh``.

    Returns
    -------
    folium.Map
        Without any background from the network; :func:`drillsim.views.page` makes one file of it.
    """
    names = names or Names()
    drawing = _Drawing(trace, network, names, lang)
    drawn = OfflineMap(zoom_snap=0.25, attribution_control=False)
    for layer in (
        drawing.roads(),
        *drawing.journeys(),
        drawing.places(),
        drawing.stations(),
        drawing.incidents(),
    ):
        layer.add_to(drawn)
    drawn.fit_bounds(drawing.bounds(), padding_top_left=(30, 30), padding_bottom_right=(80, 30))
    folium.LayerControl(collapsed=True).add_to(drawn)
    drawn.get_root().header.add_child(folium.Element(f"<style>{STYLE}</style>"))
    drawn.get_root().html.add_child(folium.Element(_legend(drawing.shown(), lang)))
    drawn.get_root().script.add_child(folium.Element(DECLUTTER.replace("MAP", drawn.get_name())))
    return drawn


class _Drawing:
    """Draws the layers of one map."""

    def __init__(self, trace: Trace, network: RoadNetwork, names: Names, lang: str) -> None:
        self.trace = trace
        self.network = network
        self.names = names
        self.lang = lang
        self.startex = datetime.fromisoformat(trace.header.startex)

    def at(self, t_s: float) -> str:
        return clock(self.startex, t_s)

    def where(self, node: str) -> tuple[float, float]:
        place = self.network.places[node]
        return place.lat, place.lon

    def layer(self, key: str, *, show: bool = True) -> folium.FeatureGroup:
        return folium.FeatureGroup(name=say(f"view.{key}", self.lang), show=show)

    def bounds(self) -> list[tuple[float, float]]:
        """Return the bounding box of stations, incidents and routes."""
        nodes = {e.node for e in self.trace.of(UnitOnDuty)} | {e.node for e in self.trace.of(IncidentStarted)}
        nodes |= {node for e in self.trace.of(UnitEnRoute) for node in e.nodes}
        lats, lons = zip(*(self.where(n) for n in nodes or self.network.places), strict=True)
        return [(min(lats), min(lons)), (max(lats), max(lons))]

    def shown(self) -> dict[str, bool]:
        """Return the parts of the legend on this map, and whether its roads are only straight lines between places."""
        purposes = {e.purpose for e in self.trace.of(UnitEnRoute)}
        arrived = {e.incident for e in self.trace.of(UnitArrived)}
        incidents = {e.incident for e in self.trace.of(IncidentStarted)}
        return {
            "stations": bool(self.trace.of(UnitOnDuty)),
            "staging": bool(self.trace.of(UnitInPlace)),
            "reached": bool(incidents & arrived),
            "unreached": bool(incidents - arrived),
            "to_incident": "incident" in purposes,
            "march": bool(purposes & {"assembly", "march"}),
            "closed": any(e.factor == 0 for e in self.trace.of(SectionChanged)),
            "straight": all_straight(self.network),
        }

    def roads(self) -> folium.FeatureGroup:
        """Draw the road sections, one line object per class, and those that were closed."""
        layer = self.layer("roads")
        add_roads(self.network, layer)
        for name in dict.fromkeys(e.section for e in self.trace.of(SectionChanged) if e.factor == 0):
            section = self.network.sections[name]
            road = section.name_zh or section.road if self.lang == "zh" else section.road or section.name_zh
            label = f"{safe(road)}: {say('view.closed', self.lang)}"
            line = folium.PolyLine(self.network.line(name), color=RED, weight=6, dash_array="2 9", opacity=0.95)
            line.add_child(folium.Tooltip(label)).add_to(layer)
        return layer

    def journeys(self) -> Iterable[folium.FeatureGroup]:
        """Draw the routes taken, by purpose; the width of a line grows with the units that took it."""
        layers = {key: self.layer(key, show=key != "return") for key, *_ in PURPOSES.values()}
        legs = self._legs()
        if len(legs) > MOST_LEGS:
            self._draw_together(legs, layers)
        else:
            for (purpose, ends), label in legs.items():
                self._draw_leg(purpose, ends, label, layers)
        return [layers[key] for key in ("return", "march", "to_incident")]

    def _draw_leg(self, purpose: str, ends: Leg, lines: list[str], layers: dict[str, folium.FeatureGroup]) -> None:
        key, colour, weight, dash = PURPOSES[purpose]
        width = weight + min(6.0, 0.6 * (len(lines) - 1))
        drawn = folium.PolyLine(self._course(ends), color=colour, weight=width, opacity=0.75, dash_array=dash or None)
        text = "<br>".join(lines[:MOST_LINES]) + (
            f"<br>… +{len(lines) - MOST_LINES}" if len(lines) > MOST_LINES else ""
        )
        drawn.add_child(folium.Tooltip(text)).add_to(layers[key])

    def _draw_together(self, legs: dict[tuple[str, Leg], list[str]], layers: dict[str, folium.FeatureGroup]) -> None:
        """Draw all legs of one purpose as one object: a browser cannot handle thousands."""
        for purpose, (key, colour, weight, _) in PURPOSES.items():
            courses = [self._course(ends) for p, ends in legs if p == purpose]
            if courses:
                folium.PolyLine(courses, color=colour, weight=weight, opacity=0.75, interactive=False).add_to(
                    layers[key]
                )

    def _course(self, leg: Leg) -> list[tuple[float, float]]:
        a, b, section = leg
        return self.network.line(section) if section in self.network.section_ids else [self.where(a), self.where(b)]

    def _legs(self) -> dict[tuple[str, Leg], list[str]]:
        """Return the units that drove each road section and when, by purpose."""
        found: dict[tuple[str, Leg], list[str]] = {}
        for event, stops in _driven(self.trace):
            for ((a, left_s), (b, there_s)), section in zip(pairwise(stops), event.sections, strict=False):
                if event.purpose in PURPOSES:
                    leg = (min(a, b), max(a, b), section)
                    label = f"{safe(self.names.unit(event.unit, self.lang))} {self.at(left_s)}–{self.at(there_s)}"
                    found.setdefault((event.purpose, leg), []).append(label)
        return found

    def places(self) -> folium.FeatureGroup:
        """Write the names of the larger places, and of those that matter in this run."""
        layer = self.layer("places")
        used = Counter(e.node for e in self.trace.of(IncidentStarted))
        used.update(dict.fromkeys((e.node for e in self.trace.of(UnitOnDuty)), 0))
        # first where most happens, so that its name wins where two overlap
        matters = [self.network.places[node] for node, _ in sorted(used.items(), key=lambda item: (-item[1], item[0]))]
        others = [p for p in self.network.places.values() if p.kind in LABELS and p.id not in used]
        called = self._what_stands_there()
        for place in (*matters, *others):
            label = place.name(self.lang).split(" (")[0]
            label = called.get(place.id, "") if label == place.id else label
            if label:
                self._label(place, label, strong=place.id in used).add_to(layer)
        return layer

    def _what_stands_there(self) -> dict[str, str]:
        """Return, for places where there is one, the name of an incident or else of a station."""
        stations = {e.node: self.names.station(e.station, self.lang) for e in self.trace.of(UnitOnDuty)}
        return stations | {e.node: self.names.incident(e.incident, self.lang) for e in self.trace.of(IncidentStarted)}

    def _label(self, place: Place, label: str, *, strong: bool) -> folium.Marker:
        kind = "dm-strong" if strong else "dm-faint"
        text = f'<span class="dm-label {kind}">{safe(label)}</span>'
        icon = folium.DivIcon(html=text, icon_size=(0, 0), class_name="dm-none")
        above = 1000 if strong else 0  # a name may lie on the square of a neighbour
        return folium.Marker((place.lat, place.lon), icon=icon, interactive=False, keyboard=False, z_index_offset=above)

    def stations(self) -> folium.FeatureGroup:
        """Draw stations with what stands there, and staging areas that were used."""
        layer = self.layer("stations")
        by_node: dict[str, list[UnitOnDuty]] = {}
        for event in self.trace.of(UnitOnDuty):
            by_node.setdefault(event.node, []).append(event)
        for node, units in by_node.items():
            _square(self.where(node), BLUE, 11, self._station_text(units)).add_to(layer)
        for node in dict.fromkeys(e.node for e in self.trace.of(UnitInPlace)):
            label = f"<b>{say('view.staging', self.lang)}</b> {safe(self.network.places[node].name(self.lang))}"
            _square(self.where(node), GREEN, 15, label).add_to(layer)
        return layer

    def _station_text(self, units: list[UnitOnDuty]) -> str:
        stations = dict.fromkeys(self.names.station(u.station, self.lang) for u in units)
        rows = [
            f"{safe(self.names.unit(u.unit, self.lang))}: {u.crew}/{u.establishment} {say('view.people', self.lang)}"
            for u in units[:15]
        ]
        return f"<b>{safe('; '.join(stations))}</b><br>" + "<br>".join(rows)

    def incidents(self) -> folium.FeatureGroup:
        """Draw incidents: a full disc if a unit came, a ring if none did. Those at one place form a group."""
        layer = self.layer("incidents")
        called = {e.incident: e.t_s for e in self.trace.of(CallReceived)}
        first: dict[str, UnitArrived] = {}
        for arrived in self.trace.of(UnitArrived):
            first.setdefault(arrived.incident, arrived)
        closed = {e.incident: e.t_s for e in self.trace.of(IncidentClosed)}
        by_node: dict[str, list[IncidentStarted]] = {}
        for event in self.trace.of(IncidentStarted):
            by_node.setdefault(event.node, []).append(event)
        for node, there in by_node.items():
            label = [self._incident_text(e.incident, called, first, closed) for e in there[:12]]
            if len(there) > len(label):
                label.append(f"… +{len(there) - len(label)}")
            all_reached = all(e.incident in first for e in there)
            marker = folium.CircleMarker(
                self.where(node), radius=7 + min(7, len(there)), color=ORANGE if all_reached else RED, weight=3,
                fill=True, fill_color=ORANGE if all_reached else "#ffffff", fill_opacity=0.85,
            )  # fmt: skip
            marker.add_child(folium.Tooltip("<hr>".join(label))).add_to(layer)
        return layer

    def _incident_text(
        self, name: str, called: dict[str, float], first: dict[str, UnitArrived], closed: dict[str, float]
    ) -> str:
        rows = [f"<b>{safe(self.names.incident(name, self.lang))}</b>"]
        if name in called:
            rows.append(f"{say('view.call', self.lang)} {self.at(called[name])}")
        if name in first:
            unit = safe(self.names.unit(first[name].unit, self.lang))
            rows.append(f"{say('view.first', self.lang)} {self.at(first[name].t_s)} ({unit})")
        else:
            rows.append(say("view.unreached", self.lang))
        if name in closed:
            rows.append(f"{say('view.closed_at', self.lang)} {self.at(closed[name])}")
        return "<br>".join(rows)


def _driven(trace: Trace) -> list[tuple[UnitEnRoute, list[tuple[str, float]]]]:
    """Return every journey with the places that the unit left or came to on it, and when.

    A journey that another replaced ends at the place ahead, when the unit comes there by the later one; or, where it
    turned round, back at the place behind.
    """
    following: dict[str, UnitEnRoute] = {}
    there_s: dict[str, float] = {}
    found = []
    ends_s: dict[str, float] = {}
    for event in reversed(trace.events):
        if isinstance(event, UnitOutOfService):
            following.pop(event.unit, None)
            ends_s[event.unit] = event.t_s
        if isinstance(event, UnitStopped) and event.unit not in following:
            ends_s[event.unit] = event.t_s
        if not isinstance(event, UnitEnRoute):
            continue
        stops, after = list(zip(event.nodes, event.times_s, strict=True)), following.get(event.unit)
        if after is None:
            stops = _left_by(stops, ends_s.get(event.unit, trace.header.ends_at_s))
        else:
            stops = _left_by(stops, after.t_s)
            on_the_way = len(stops) > 1 and stops[-1][1] >= after.t_s - SAME_MOMENT_S
            if on_the_way and after.nodes[0] in (stops[-1][0], stops[-2][0]):
                stops[-1] = (stops[-1][0], there_s[event.unit])
        first_s = event.times_s[0]
        replaced = after is not None and len(stops) == 1 and after.nodes[0] == event.nodes[0] and first_s > after.t_s
        there_s[event.unit] = there_s[event.unit] if replaced else first_s
        following[event.unit] = event
        found.append((event, stops))
    return found[::-1]


def _left_by(stops: list[tuple[str, float]], t_s: float) -> list[tuple[str, float]]:
    """Return the stops up to the first one after a moment, which is where the unit is going then."""
    ahead = next((i for i, (_, at_s) in enumerate(stops) if at_s >= t_s - SAME_MOMENT_S), len(stops) - 1)
    return stops[: ahead + 1]


def _square(where: tuple[float, float], colour: str, size: int, label: str) -> folium.Marker:
    style = f"width:{size}px;height:{size}px;background:{colour};border:2px solid #fff;box-shadow:0 0 2px #0008"
    icon = folium.DivIcon(html=f'<div style="{style}"></div>', icon_size=(size, size), class_name="dm-none")
    return folium.Marker(where, icon=icon).add_child(folium.Tooltip(label))


STYLE: Final = (
    ".leaflet-container{font:13px/1.35 'Noto Sans SC','Noto Sans CJK SC',"
    "'Microsoft YaHei','PingFang SC',system-ui,sans-serif} .dm-none{background:none;border:0}"
    ".dm-label{position:absolute;left:12px;top:-9px;white-space:nowrap;font-size:12px;text-shadow:0 0 3px #fff,"
    "0 0 3px #fff,0 0 3px #fff;pointer-events:none} .dm-strong{color:#1f2937;font-weight:600}"
    ".dm-faint{color:#8a8f98} body{display:flex;flex-direction:column} "
    ".folium-map{flex:1;min-height:0;height:auto!important}"
    ".dm-legend{order:1;z-index:900;background:#fff;"
    "padding:5px 12px;box-shadow:0 -1px 3px #0002;display:flex;flex-wrap:wrap;gap:0 18px;"
    "font:12px/1.7 'Noto Sans SC','Noto Sans CJK SC',"
    "'Microsoft YaHei',system-ui,sans-serif;color:#1f2937} .dm-legend i{display:inline-block;width:20px;"
    "vertical-align:middle;margin-right:7px} .leaflet-tooltip hr{border:0;border-top:1px solid #ddd;margin:4px 0}"
)


DECLUTTER: Final = """
window.addEventListener("load", function () {
    function declutter() {
        const kept = [];
        document.querySelectorAll(".dm-label").forEach(function (label) {
            const box = label.getBoundingClientRect();
            const hit = kept.some(function (k) {
                return box.left < k.right && box.right > k.left && box.top < k.bottom && box.bottom > k.top;
            });
            label.style.visibility = hit ? "hidden" : "visible";
            if (!hit) { kept.push(box); }
        });
    }
    MAP.on("zoomend layeradd resize", declutter);
    declutter();
});
"""
"""Hides names that would lie on another; those that matter in the run come first."""


def _legend(shown: Mapping[str, bool], lang: str) -> str:
    """Return the key of what is on the map, under it."""

    def row(style: str, key: str) -> str:
        label = say(f"view.{key}", lang)
        return f'<div><i style="{style}"></i>{label[:1].upper()}{label[1:]}</div>'

    disc = "margin-left:4px;margin-right:12px;border-radius:9px"
    ring = f"height:7px;width:7px;margin-left:4px;margin-right:10px;border-radius:9px;border:3px solid {RED}"
    styles = {
        "stations": f"height:11px;width:11px;margin-left:4px;margin-right:12px;background:{BLUE}",
        "staging": f"height:13px;width:13px;margin-left:3px;margin-right:11px;background:{GREEN}",
        "reached": f"height:11px;width:11px;{disc};background:{ORANGE}",
        "unreached": ring,
        "to_incident": f"border-top:4px solid {ORANGE}",
        "march": f"border-top:4px solid {BLUE}",
        "closed": f"border-top:4px dotted {RED}",
    }
    rows = [row(style, key) for key, style in styles.items() if shown[key]]
    label = say("view.straight" if shown["straight"] else "view.note", lang)
    note = f'<div style="color:{GREY}">{label}</div>'
    return f'<div class="dm-legend">{"".join(rows)}{note}</div>'
