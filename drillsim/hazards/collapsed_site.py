"""A worksite: people under the rubble of collapsed buildings, freed by neighbours and by crews, or not in time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.quantities import Capability, Count, Duration, Model, Positive, Seconds, Text
from drillsim.hazards.base import Hazard, Intervention
from drillsim.language import Term
from drillsim.world.altitude import labour_factor
from drillsim.world.task import Spell, Task
from drillsim.world.world import World

EXTRICATE, HAND_OVER = "extricate", "hand_over"
HAND_OVER_WORK_S: Final = 1800.0
"""Work to hand one person over to medical care. [person·s] (assumption)"""
_NEVER: Final = math.inf

Moment = tuple[Seconds, Seconds]


NEIGHBOUR_PACE: Final = 0.5
"""Pace of people without tools, compared with that of a trained person (assumption)."""
NEIGHBOURS_FROM_S: Final = 600.0
"""When neighbours begin to dig, after the collapse (assumption). [s]"""
NEIGHBOURS_UNTIL_S: Final = 86_400.0
"""When neighbours are exhausted, after the collapse (assumption). [s]"""


class TrappedPerson(Model):
    """One person who is under the rubble and alive at first."""

    dies_at_s: Annotated[float, Field(ge=0, le=1e12, json_schema_extra={"unit": "s"})]
    """When the person dies there if nobody frees them, after STARTEX."""
    work_s: Annotated[Seconds, Field(gt=0)]
    """Work to free them, at sea level. [person·s]"""
    light: bool = False
    """Whether people without tools can do it."""


@dataclass(frozen=True, slots=True)
class _Rubble:
    t_s: float
    """Moment of this state. [s after STARTEX]"""
    left_s: tuple[float, ...]
    """Work left for each person, in the order of the hazard; 0 once out. [person·s]"""
    fate: str
    """One letter per person: ``t`` trapped, ``d`` dead under rubble, ``n`` freed by neighbours, ``c`` brought out alive
    by crews, ``b`` body brought out."""
    crew: int
    """People of the service at work."""
    served: bool
    """Whether crews have begun here."""
    began_s: float
    """When they did. [s after STARTEX]"""
    cleared: bool
    """Whether crews are done."""


class CollapsedSite(Hazard):
    """Rubble with people in it.

    Whoever is least deeply trapped is freed first. Neighbours reach only the lightly trapped, with a part of the pace
    of a trained person, with crews or without, until they are exhausted. Crews do not know who has died meanwhile and
    dig for everybody who lived when they began. Nobody digs while a strong aftershock has just struck.
    """

    words = {
        "title": Term("Worksite under rubble", "倒塌压埋作业点"),
        "about": Term(__doc__, "倒塌建筑，内有被压埋人员。"),
        "field.trapped": Term("People trapped", "被压埋人员"),
        "field.neighbours": Term("Neighbours who dig", "参与自救互救人数"),
        "field.neighbour_pace": Term("Pace of neighbours", "群众作业效率"),
        "field.neighbours_from_s": Term("Neighbours begin", "自救互救开始"),
        "field.neighbours_until_s": Term("Neighbours end", "自救互救结束"),
        "field.halts": Term("Halts of work", "暂停作业时段"),
        "field.dies_at_s": Term("Dies at", "死亡时刻"),
        "field.light": Term("Lightly trapped", "浅层压埋"),
        "value.waiting": Term("waiting", "等待救援"),
        "value.neighbours_digging": Term("neighbours digging", "群众自救互救"),
        "value.crews_digging": Term("crews digging", "队伍救援中"),
        "value.halted": Term("work halted", "暂停作业"),
        "value.dead_in_rubble": Term("died under rubble", "压埋死亡"),
        "value.freed_by_neighbours": Term("freed by neighbours", "群众救出"),
        "value.extricated_alive": Term("brought out alive", "队伍救出生还"),
        "value.recovered_dead": Term("brought out dead", "队伍救出遇难"),
        "task.extricate": Term("Extrication", "破拆营救"),
        "task.hand-over": Term("Site handed over", "作业点移交"),
    }

    kind: Literal["collapsed_site"] = "collapsed_site"
    """Rubble with people in it."""
    trapped: Annotated[tuple[TrappedPerson, ...], Field(min_length=1, max_length=2000)]
    """People under it."""
    elevation_m: Annotated[float, Field(ge=-500, le=9000, json_schema_extra={"unit": "m"})] = 0.0
    """Height above sea level, which slows all who dig; that of the place of its incident."""
    neighbours: Count = 0
    """People without tools who dig."""
    neighbour_pace: Annotated[float, Field(ge=0, le=1)] = NEIGHBOUR_PACE
    """Their pace, compared with that of a trained person (assumption)."""
    neighbours_from_s: Seconds = NEIGHBOURS_FROM_S
    """When they begin, after STARTEX; with no earthquake, ten minutes (assumption)."""
    neighbours_until_s: Seconds = NEIGHBOURS_UNTIL_S
    """When they are exhausted, after STARTEX; with no earthquake, a day (assumption)."""
    capability: Capability = "rescue"
    """What digging takes."""
    min_crew: Positive = 4
    """People without whom crews must not dig."""
    useful_crew: Positive = 10
    """People beyond whom digging goes no faster."""
    spell: Spell | None = None
    """Shift of the people who dig."""
    halts: Annotated[tuple[Moment, ...], Field(max_length=500)] = ()
    """From when to when nobody may be inside, after STARTEX: strong aftershocks."""

    @classmethod
    def example(cls) -> CollapsedSite:
        """Return a site with one person who lies lightly and one who lies deep, and an aftershock."""
        return cls(
            id="site",
            trapped=[{"dies_at_s": 9000, "work_s": 7200, "light": True}, {"dies_at_s": 99000, "work_s": 90000}],
            neighbours=4,
            halts=[[4000, 6000]],
        )

    def begin(self, t_s: float, world: World) -> _Rubble:
        """Return the state when the buildings have come down."""
        dead = "".join("d" if person.dies_at_s <= t_s else "t" for person in self.trapped)
        return _Rubble(t_s, tuple(person.work_s for person in self.trapped), dead, 0, False, math.inf, False)

    def stage(self, state: _Rubble) -> str:
        """Return ``waiting``, ``neighbours_digging``, ``crews_digging``, ``halted`` or ``cleared``."""
        if state.cleared or (state.served and not self._anybody(state)):
            return "cleared"
        if self.withdrawal_signal(state):
            return "halted"
        if state.crew:
            return "crews_digging"
        return "neighbours_digging" if self._neighbour_pace(state) else "waiting"

    def next_change_s(self, state: _Rubble) -> float:
        """Return when somebody dies or is freed, or neighbours or a halt begin or end. [s after STARTEX]"""
        if state.cleared:
            return _NEVER
        deaths = (p.dies_at_s for p, fate in zip(self.trapped, state.fate, strict=True) if fate == "t")
        moments = [m for halt in self.halts for m in halt if m > state.t_s]
        moments += [m for m in (self.neighbours_from_s, self.neighbours_until_s) if m > state.t_s and "t" in state.fate]
        due = min(min(deaths, default=_NEVER), min(moments, default=_NEVER))
        head, pace = self._digging(state)
        return due if head is None or pace <= 0 else min(due, state.t_s + state.left_s[head] / pace)

    def advance(self, state: _Rubble, t_s: float) -> _Rubble:
        """Dig until *t_s*; whoever's moment has come is out, or dies."""
        dug = self._dig(state, t_s)
        fate = "".join(
            "d" if f == "t" and person.dies_at_s <= t_s + SAME_MOMENT_S else f
            for person, f in zip(self.trapped, dug.fate, strict=True)
        )
        return replace(dug, fate=fate)

    def intervene(self, state: _Rubble, t_s: float, intervention: Intervention) -> _Rubble:
        """Crews begin, become more or fewer, or are done: then everybody whom they dug for is out."""
        if intervention.name != EXTRICATE or state.cleared:
            return state
        now = self.advance(state, t_s)
        if intervention.phase != "end":
            began_s = now.began_s if now.served else t_s
            return replace(now, crew=intervention.people, served=True, began_s=began_s)
        fate = "".join({"t": "c"}.get(f, f) for f in now.fate)
        return replace(now, fate=fate, left_s=(0.0,) * len(fate), crew=0, served=True, cleared=True)

    def work_factor(self, state: _Rubble, t_s: float, task: Task) -> float:
        """Return how much is left to dig, or how many are handed over, compared with what the task says."""
        if task.intervention == HAND_OVER:
            return max(state.fate.count("c") / len(self.trapped), 1e-6)
        if task.intervention != EXTRICATE:
            return 1.0
        now = self.advance(state, t_s)
        left = sum(s for s, fate in zip(now.left_s, now.fate, strict=True) if fate == "t")
        return max(left / sum(p.work_s for p in self.trapped), 1e-6)

    def tasks(self, state: _Rubble, incident: str) -> tuple[Task, ...]:
        """Return what is to be done while there is anybody to dig for, and for those brought out."""
        if state.cleared or self._anybody(state):
            return self._digging_task, self._hand_over_task
        return (self._hand_over_task,) if "c" in state.fate else ()

    def _anybody(self, state: _Rubble) -> bool:
        """Return whether there is anybody under the rubble for whom crews dig or would."""
        return "t" in state.fate or any(
            fate == "d" and left > 0 and self._meant(i, state)
            for i, (fate, left) in enumerate(zip(state.fate, state.left_s, strict=True))
        )

    @cached_property
    def _digging_task(self) -> Task:
        total = sum(person.work_s for person in self.trapped)
        return Task(
            id="extricate", title=Text(en="Breach and extricate", zh="破拆营救"), capabilities=(self.capability,),
            min_crew=self.min_crew, useful_crew=max(self.useful_crew, self.min_crew), after=("search",), danger=True,
            work=Duration.model_construct(mean_s=total),  # of hundreds of people it may be more than ten years
            spell=self.spell, intervention=EXTRICATE,
        )  # fmt: skip

    @cached_property
    def _hand_over_task(self) -> Task:
        return Task(
            id="hand-over", title=Text(en="Hand over to medical", zh="移交医疗"), capabilities=("medical",), min_crew=2,
            useful_crew=6, work=Duration(mean_s=HAND_OVER_WORK_S * len(self.trapped)), after=("extricate",),
            intervention=HAND_OVER,
        )  # fmt: skip

    def withdrawal_signal(self, state: _Rubble) -> bool:
        """Return whether a strong aftershock has just struck."""
        return any(begin <= state.t_s < end for begin, end in self.halts)

    def people(self, state: _Rubble) -> Mapping[str, int]:
        """Return who is trapped, has died there, was freed by neighbours, brought out alive, brought out dead."""
        return {word: state.fate.count(letter) for letter, word in FATES.items()}

    def _neighbour_pace(self, state: _Rubble) -> float:
        digging = self.neighbours_from_s <= state.t_s < self.neighbours_until_s and not self.withdrawal_signal(state)
        return self.neighbours * self.neighbour_pace if digging else 0.0

    def _digging(self, state: _Rubble) -> tuple[int | None, float]:
        """Return for whom they dig now, and how fast. [person·s per s]"""
        crew = 0 if self.withdrawal_signal(state) else state.crew
        helpers = self._neighbour_pace(state)
        reach = [
            (left, i)
            for i, (left, person, fate) in enumerate(zip(state.left_s, self.trapped, state.fate, strict=True))
            if left > 0
            and (crew or (helpers and person.light))
            and (fate == "t" or (fate == "d" and crew and self._meant(i, state)))
        ]
        if not reach:
            return None, 0.0
        head = min(reach)[1]
        pace = crew + (helpers if self.trapped[head].light else 0.0)
        return head, pace / labour_factor(self.elevation_m)

    def _meant(self, i: int, state: _Rubble) -> bool:
        """Return whether crews dig for somebody who is dead: who died after they began."""
        return state.served and self.trapped[i].dies_at_s > state.began_s

    def _dig(self, state: _Rubble, t_s: float) -> _Rubble:
        head, pace = self._digging(state)
        if head is None or t_s <= state.t_s:
            return replace(state, t_s=max(t_s, state.t_s))
        left = state.left_s[head] - pace * (t_s - state.t_s)
        if left > pace * SAME_MOMENT_S:
            return replace(state, t_s=t_s, left_s=(*state.left_s[:head], left, *state.left_s[head + 1 :]))
        out = {"t": "c" if state.crew else "n", "d": "b"}[state.fate[head]]
        fate = state.fate[:head] + out + state.fate[head + 1 :]
        return replace(state, t_s=t_s, left_s=(*state.left_s[:head], 0.0, *state.left_s[head + 1 :]), fate=fate)


FATES: Final[Mapping[str, str]] = {
    "t": "trapped",
    "d": "dead_in_rubble",
    "n": "freed_by_neighbours",
    "c": "extricated_alive",
    "b": "recovered_dead",
}
