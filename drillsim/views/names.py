"""Display names of units, stations, waves and incidents; the id where there is no name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from drillsim.base.quantities import Text
from drillsim.language import has, word
from drillsim.metrics.story import incident_names
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace


@dataclass(frozen=True)
class Names:
    """Names of units, stations, waves and incidents."""

    units: Mapping[str, Text] = field(default_factory=dict)
    stations: Mapping[str, Text] = field(default_factory=dict)
    waves: Mapping[str, Text] = field(default_factory=dict)
    incidents: Mapping[str, Text] = field(default_factory=dict)
    kinds: Mapping[str, Text] = field(default_factory=dict)
    """Names of scenario kinds that number what they bring about."""

    def unit(self, name: str, lang: str) -> str:
        """Return the name of a unit."""
        return _of(self.units, name, lang)

    def station(self, name: str, lang: str) -> str:
        """Return the name of a station or staging area."""
        return _of(self.stations, name, lang)

    def wave(self, name: str, lang: str) -> str:
        """Return the name of a wave."""
        return _of(self.waves, name, lang)

    def of_kind(self, name: str, lang: str) -> str:
        """Return the name of an incident after the kind that brought it about, ``everyday-5``; else its id."""
        kind, _, number = name.rpartition("-")
        return f"{self.kinds[kind].in_(lang)} {number}" if kind in self.kinds else name

    def incident(self, name: str, lang: str) -> str:
        """Return the name of an incident."""
        return _of(self.incidents, name, lang)


def _of(known: Mapping[str, Text], name: str, lang: str) -> str:
    return known[name].in_(lang) if name in known else name


def names_of(scenario: Scenario, plan: Plan, trace: Trace | None = None) -> Names:
    """Return the names that a scenario and a plan give; incidents without one are named after their type in *trace*."""
    places: list[Any] = [*plan.stations, *plan.staging_areas]
    return Names(
        units=_unit_names(plan),
        stations={s.id: s.title for s in places if s.title is not None},
        waves={wave.id: wave.title for wave in plan.waves if wave.title is not None},
        incidents=incidents_of(scenario, trace),
        kinds={
            i.id: Text(en=word("kind", i.kind, "en"), zh=word("kind", i.kind, "zh"))
            for i in scenario.incidents
            if has("kind", i.kind) and getattr(i, "title", None) is None
        },
    )


def incidents_of(scenario: Scenario, trace: Trace | None = None) -> dict[str, Text]:
    """Return the names of incidents: their titles; after type and number where they came up in *trace* without one."""
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    titled: list[Any] = [*scenario.incidents, *injected]
    came_up = incident_names(trace, scenario.roads.places, scenario.incidents) if trace is not None else {}
    return came_up | {i.id: title for i in titled if (title := getattr(i, "title", None)) is not None}


def _unit_names(plan: Plan) -> dict[str, Text]:
    """Return the names of units; one that several have goes with the station, for pictures know units by name."""
    stations = {station.id: station.title for station in plan.stations}
    often = [Counter(unit.title.in_(lang) for unit in plan.units) for lang in ("en", "zh")]
    return {
        unit.id: unit.title
        if often[0][unit.title.en] == often[1][unit.title.zh] == 1
        else Text(
            en=f"{stations[unit.station].en} · {unit.title.en}", zh=f"{stations[unit.station].zh} · {unit.title.zh}"
        )
        for unit in plan.units
    }
