"""Hazards: sources of harm as functions of place and time, one file per phenomenon.

A hazard is piecewise-deterministic. Its state says when it will change next if nobody intervenes, and how an
intervention changes it; the engine schedules that moment and asks again after every intervention. So response
time decides escalation, and no hazard knows that there is an event engine.

A new hazard is one new file in this folder with one subclass of :class:`Hazard`, or in ``incidents`` together with its
scenario kind, or a module of an outside package that is named under the entry-point group ``drillsim.plugins``.

Every hook is pure: it answers from parameters, state and arguments alone, and changes nothing. When they are asked:

* ``incompatibilities``: when a file is read, once for each weather of the scenario;
* ``begin``: once in a run;
* ``next_change_s`` and, where something differs for the trace, ``stage``, ``people``, ``measures``, ``advisories``,
  ``exclusion``, ``speed_factors``, ``explosions``: once after each new state;
* ``advance``, ``intervene``, ``weather_changed``, ``hit_by``: at what happens; an equal state is no change;
* ``tasks``, ``work_factor``, ``alarm_level``, ``holds_open``, ``releases_idle_units``, ``withdrawal_signal``,
  ``order_delay_s``: whenever a scene or a dispatcher is looked at, many times between two states.

Left alone, a hazard comes to rest (``next_change_s`` is ``inf``), in the contract tests within
:data:`drillsim.testing.MOST_STEPS` changes of its example.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from drillsim.base.plugin import Plugin
from drillsim.base.quantities import EntityId, Seconds
from drillsim.physics.blast.explosion import Explosion
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that responders do to a hazard."""

    name: str
    """What a task says under ``intervention``: a free word that both agree on, ``water_on``, ``snow_cleared`` …"""
    phase: Literal["start", "crew", "end"]
    """Whether work on that task begins, more or fewer people are at it, or it is done."""
    incident: str
    """Where it is done."""
    task: str = ""
    """Task that does it."""
    people: int = 0
    """People at work from now on; 0 while the work stands still, and when it is done."""
    slower: float = 1.0
    """Factor on their person-time because some have just come up from lower ground."""


class Hazard(Plugin, ABC):
    """A source of harm. A subclass adds ``kind: Literal[...]`` and its parameters.

    The state may be any frozen value; it is made by :meth:`begin` and passed back unchanged.
    """

    reported: ClassVar[bool] = True
    """Whether the command centre knows at once which roads it slows; if not, whoever meets them reports."""

    needs_separate_crews: ClassVar[bool] = False
    """Whether each task that it calls for wants people at once, and does not wait for those busy elsewhere."""

    id: EntityId
    """Short name, unique in the scenario."""
    starts_at_s: Seconds = 0.0
    """When it begins; a hazard that an incident names begins with that incident instead."""

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield what makes it impossible on this ground or in this weather; asked for each weather of the scenario."""
        yield from ()

    @abstractmethod
    def begin(self, t_s: float, world: World) -> Any:
        """Return the state at the moment *t_s* when the hazard begins."""

    @abstractmethod
    def stage(self, state: Any) -> str:
        """Return the stage that *state* is in, one word, for the trace."""

    def next_change_s(self, state: Any) -> float:
        """Return when *state* changes next if nobody intervenes; ``inf`` if never. [s after STARTEX]"""
        return math.inf

    def advance(self, state: Any, t_s: float) -> Any:
        """Return the state after the change that was due at *t_s*."""
        return state

    def intervene(self, state: Any, t_s: float, intervention: Intervention) -> Any:
        """Return the state after *intervention* at *t_s*; the same state if it makes no difference."""
        return state

    def weather_changed(self, state: Any, t_s: float, weather: Weather) -> Any:
        """Return the state after the weather has become another at *t_s*."""
        return state

    def speed_factors(self, state: Any, ground: NetworkArrays) -> Mapping[str, float]:
        """Return the speed factor per road section that the hazard slows (0 closes it)."""
        return {}

    def work_factor(self, state: Any, t_s: float, task: Task) -> float:
        """Return by how much the hazard multiplies the work of a *task* that acts on it and begins at *t_s*."""
        return 1.0

    def explosions(self, state: Any) -> tuple[Explosion, ...]:
        """Return all explosions so far, in order; each reaches every other hazard that has begun, at once."""
        return ()

    def hit_by(self, state: Any, t_s: float, explosion: Explosion) -> Any:
        """Return the state after an explosion of another hazard at *t_s*; the same state if it makes no difference."""
        return state

    def tasks(self, state: Any, incident: str) -> tuple[Task, ...]:
        """Return the tasks that it calls for now at *incident*, beyond those that the incident has of itself.

        A task of a new id is added to the scene. One that it called for before, does not any more, and is not done,
        is withdrawn: whoever is at it becomes free. One of the same id that has changed holds as it is now for whoever
        is put on it next.
        """
        return ()

    def alarm_level(self, state: Any, incident: str) -> int:
        """Return the alarm that whoever commands at *incident* asks for: 1 the first, 2 and up greater ones.

        What units a greater alarm sends is a matter of the dispatch policy. A level that was asked for is not taken
        back.
        """
        return 1

    def holds_open(self, state: Any, incident: str) -> bool:
        """Return whether *incident* goes on even when all its tasks are done, because more may come."""
        return False

    def releases_idle_units(self, state: Any, incident: str) -> bool:
        """Return whether units without work may leave *incident* although it is held open."""
        return False

    def withdrawal_signal(self, state: Any) -> bool:
        """Return whether nobody may work in danger now: after an aftershock, at a withdrawal signal."""
        return False

    def exclusion(self, state: Any, ground: NetworkArrays) -> Exclusion:
        """Return where units must not be without protection, now and soon: see :class:`Exclusion`."""
        return Exclusion()

    def advisories(self, state: Any) -> tuple[Advisory, ...]:
        """Return what must be said of *state* in the trace: a value outside the valid range of a formula …"""
        return ()

    def order_delay_s(self, state: Any, t_s: float, node: str) -> float:
        """Return how much later an order that is given at *t_s* reaches a station at *node*: lines are down. [s]"""
        return 0.0

    def people(self, state: Any) -> Mapping[str, int]:
        """Return how many people are in which state (``trapped``, ``dead`` …); their sum never changes.

        Totals of dead, injured and rescued count the states that :mod:`drillsim.trace.people_states` names.
        """
        return {}

    def measures(self, state: Any, t_s: float) -> Mapping[str, float]:
        """Return numbers at *t_s* that are worth a curve, each with its unit in the name: ``heat_kw``."""
        return {}
