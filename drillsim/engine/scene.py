"""The scene of an incident: who is there, who works on which task, what is done when. Plain Python, no events.

People work at one person-second per person and second; altitude and hazard are in the amount of work. A task begins
when all tasks before it are done and those on scene have its minimum crew and its capabilities; idle people then
join running tasks up to the crew that is still useful. Nobody is taken off a task.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from drillsim.incidents import Task

SAME_MOMENT_S = 1e-6
"""A task that would be done within this is done: rounding of times. [s]"""


@dataclass(slots=True)
class Crew:
    """A unit on scene."""

    unit: str
    people: int
    capabilities: frozenset[str]
    enters_danger: bool

    def can_do(self, task: Task) -> bool:
        """Return whether people of this unit may work on *task*."""
        return not self.capabilities.isdisjoint(task.capabilities) and (self.enters_danger or not task.danger)


@dataclass(slots=True)
class Progress:
    """How far a task is."""

    task: Task
    work_person_s: float = math.nan
    left_person_s: float = math.nan
    people: dict[str, int] = field(default_factory=dict)
    done: bool = False

    @property
    def started(self) -> bool:
        """Whether work has begun."""
        return not math.isnan(self.work_person_s)

    @property
    def crew(self) -> int:
        """People at work."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why a ready task cannot begin."""

    lacking: str
    """``crew`` or a capability."""
    people: int


class Scene:
    """Crews and tasks of one incident; time moves only by :meth:`advance`."""

    def __init__(self, tasks: tuple[Task, ...]) -> None:
        self.progress = {task.id: Progress(task) for task in tasks}
        self.crews: dict[str, Crew] = {}
        self.t_s = 0.0

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(p.done for p in self.progress.values())

    def running(self) -> Iterator[Progress]:
        """Yield the tasks that are being worked on."""
        return (p for p in self.progress.values() if p.started and not p.done)

    def ready(self) -> Iterator[Progress]:
        """Yield the tasks that could begin if there were people."""
        for p in self.progress.values():
            if not p.started and all(self.progress[before].done for before in p.task.after):
                yield p

    def advance(self, t_s: float) -> list[Progress]:
        """Let people work until *t_s*; return the tasks that are then done."""
        for p in self.running():
            p.left_person_s -= p.crew * (t_s - self.t_s)
        self.t_s = t_s
        finished = [p for p in self.running() if p.left_person_s <= p.crew * SAME_MOMENT_S]
        for p in finished:
            p.done = True
            p.people = {}
        return finished

    def next_finish_s(self) -> float:
        """Return when the next task will be done if nothing changes; ``inf`` if none is running."""
        return min((self.t_s + p.left_person_s / p.crew for p in self.running()), default=math.inf)

    def idle(self, crew: Crew) -> int:
        """Return how many people of *crew* have nothing to do."""
        return crew.people - sum(p.people.get(crew.unit, 0) for p in self.progress.values())

    def begin_ready(self, work_person_s: Callable[[Task], float]) -> list[Progress]:
        """Begin every ready task that has its minimum crew; return those begun."""
        begun = []
        for p in self.ready():
            if self.shortage(p) is None:
                self._man(p)
                p.work_person_s = p.left_person_s = work_person_s(p.task)
                begun.append(p)
        return begun

    def reinforce_running(self) -> list[Progress]:
        """Put idle people on running tasks, up to the useful crew; return the tasks that gained people."""
        return [p for p in self.running() if self._add(p, p.task.most_people - p.crew)]

    def shortage(self, p: Progress) -> Shortage | None:
        """Return what a ready task lacks to begin, or None if it lacks nothing."""
        free = [(crew, n) for crew in self.crews.values() if crew.can_do(p.task) and (n := self.idle(crew)) > 0]
        people = sum(n for _, n in free)
        for capability in p.task.capabilities:
            if not any(capability in crew.capabilities for crew, _ in free):
                return Shortage(capability, people)
        return Shortage("crew", people) if people < p.task.min_crew else None

    def _man(self, p: Progress) -> None:
        """Put the minimum crew on a task: first somebody for each capability, then whoever came first."""
        for capability in p.task.capabilities:
            if not any(capability in self.crews[unit].capabilities for unit in p.people):
                holder = next(
                    c for c in self.crews.values() if capability in c.capabilities and c.can_do(p.task) and self.idle(c)
                )
                p.people[holder.unit] = p.people.get(holder.unit, 0) + 1
        self._add(p, p.task.min_crew - p.crew)

    def _add(self, p: Progress, wanted: int) -> int:
        """Put up to *wanted* idle people on a task; return how many came."""
        came = 0
        for crew in self.crews.values():
            n = min(wanted - came, self.idle(crew)) if crew.can_do(p.task) else 0
            if n > 0:
                p.people[crew.unit] = p.people.get(crew.unit, 0) + n
                came += n
        return came

    def no_longer_needed(self) -> list[str]:
        """Return the units whose every task is done; units that can do none of the tasks stay to the end."""
        return [
            crew.unit
            for crew in self.crews.values()
            if any(crew.can_do(p.task) for p in self.progress.values())
            and not any(crew.can_do(p.task) and not p.done for p in self.progress.values())
        ]
