"""The scene of an incident: crews, their tasks and the progress of work. Plain Python, no events.

People work at one person-second per person and second; altitude and hazard are in the amount of work. A task begins
when all tasks before it are done and those on scene have its minimum crew, its capabilities and its supplies; idle
people then join running tasks up to the crew that is still useful. Who can do a task that has its turn waits for it.
Nobody is taken off a task before their spell is over. A task goes on while at least its minimum crew is at the work and
its supplies last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.task_progress import Crew, Party, Rest, Supplies, TaskProgress, enough
from drillsim.world.task import Task


@dataclass(frozen=True, slots=True)
class Shortage:
    """The reason why a task cannot begin or continue."""

    lacking: str
    """``crew``, a capability, a supply, or ``halt``."""
    people: int
    """Free people who could work on it."""


class Scene:
    """Crews, tasks and supplies of one incident, as a state machine without events.

    Life: made with the tasks of the incident; crews are added as units arrive and taken off as they leave. Between two
    calls of :meth:`advance` everything is linear in time, so :meth:`next_change_s` says when to call it next. A
    caller advances it, changes it, and ends with :meth:`put_to_work` or :meth:`settle`.

    Parameters
    ----------
    tasks
        Tasks of the incident itself, without those of a hazard.
    access_s
        Returns how long the n-th party of a task needs to get to the work. [s]
    """

    def __init__(self, tasks: tuple[Task, ...], access_s: Callable[[Task, int], float] = lambda *_: 0.0) -> None:
        self.progress = {task.id: TaskProgress(task) for task in tasks}
        self.crews: dict[str, Crew] = {}
        self.supplies = Supplies()
        self.rests: list[Rest] = []
        self._come_out: list[Rest] = []
        """People whose work is done and who rest now."""
        self.halted = False
        """Whether dangerous work is suspended."""
        self.coming: tuple[Crew, ...] = ()
        """Crews under way to the scene."""
        self._held: frozenset[str] = frozenset()
        """Units whose people wait for a task that has its turn, while tasks behind it are looked at."""
        self.t_s = 0.0
        self._access_s = access_s
        self._redefined: list[TaskProgress] = []

    # --- what is to be done ---

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(p.done for p in self.progress.values())

    def running(self) -> list[TaskProgress]:
        """Return the tasks in progress."""
        return [p for p in self.progress.values() if p.running]

    def ready(self) -> list[TaskProgress]:
        """Return the tasks that could begin given people."""
        return [p for p in self.progress.values() if self.is_ready(p)]

    def is_ready(self, p: TaskProgress) -> bool:
        """Return whether a task could begin given people."""
        return not p.started and all(map(self._is_done, p.task.after))

    def _is_done(self, task: str) -> bool:
        # a withdrawn task blocks no other
        return task not in self.progress or self.progress[task].done

    def call_for(
        self, tasks: tuple[Task, ...], hazard_factor: Callable[[Task], float] = lambda _: 1.0
    ) -> tuple[list[TaskProgress], list[TaskProgress]]:
        """Replace the tasks that the hazard calls for; return the new ones and the withdrawn ones.

        A known task that is not done takes its new definition, and what is left of it is more or less work in the same
        ratio: a search goes faster once the smoke has cleared (:meth:`redefined` tells it). A walk to the work that has
        become shorter is so for those on the way as well: who sets out later is never there earlier.
        """
        wanted = {task.id for task in tasks}
        gone = [p for name, p in self.progress.items() if p.of_hazard and not p.done and name not in wanted]
        for p in gone:
            del self.progress[p.task.id]
        new = [TaskProgress(task, of_hazard=True) for task in tasks if task.id not in self.progress]
        for task in tasks:
            known = self.progress.get(task.id)
            if known is not None and known.of_hazard and not known.done:
                shorter = task.access.typical_s < known.task.access.typical_s
                if known.redefine(task, hazard_factor):
                    self._redefined.append(known)
                if shorter:
                    self._hasten(known)
        self.progress.update((p.task.id, p) for p in new)
        return new, gone

    def redefined(self) -> list[TaskProgress]:
        """Return, once, the tasks under way whose work has become more or less."""
        found, self._redefined = self._redefined, []
        return found

    def _hasten(self, p: TaskProgress) -> None:
        """Let people on their way to a task arrive as early as people would who set out now."""
        for n, party in enumerate(p.parties):
            from_s = min(party.works_from_s, self.t_s + self._access_s(p.task, n))
            if self.t_s + SAME_MOMENT_S < party.works_from_s > from_s:
                party.works_until_s -= party.works_from_s - from_s
                party.works_from_s = from_s

    # --- time ---

    def advance(self, t_s: float) -> list[TaskProgress]:
        """Advance work to *t_s*; return the tasks done by then."""
        for p in self.running():
            p.left_person_s -= p.at_work * (t_s - self.t_s)
        self.supplies.advance(t_s - self.t_s)
        self.t_s = t_s
        finished = [p for p in self.running() if p.at_work and p.left_person_s <= p.at_work * SAME_MOMENT_S]
        for p in finished:
            self._come_out += p.rests_of_those_done(t_s)
            p.finish()
        return finished

    def relieve(self) -> list[Rest]:
        """Take people off work whose spell is over and let them rest; return their parties."""
        self.rests = [rest for rest in self.rests if rest.until_s > self.t_s + SAME_MOMENT_S]
        new, self._come_out = self._come_out, []
        new += [
            Rest(party.unit, p.task.id, party.people, self.t_s + p.task.spell.rest_s)
            for p in self.running()
            if p.task.spell is not None
            for party in p.spells_over(self.t_s)
        ]
        self.rests += [rest for rest in new if rest.until_s > self.t_s]
        return new

    def settle(self) -> None:
        """Determine who works from now on, and the rates of supplies."""
        self.supplies.rates = {}
        for p in sorted(
            self.running(), key=lambda p: bool(p.task.uses)
        ):  # tasks that bring supplies come before those that use them
            there, going = p.there(self.t_s), p.at_work > 0
            p.at_work = there if there >= p.task.min_crew and self._obstacle(p.task, going=going) is None else 0
            if p.at_work:
                self.supplies.flow(p.task)

    def next_change_s(self) -> float:
        """Return the time of the next change if nothing intervenes; ``inf`` if there is none."""
        due_s = [p.next_change_s(self.t_s) for p in self.running()]
        due_s += [rest.until_s for rest in self.rests]
        due_s += [s for p in self._dry() if (s := self.supplies.enough_s(self.t_s, p.task)) > self.t_s]
        return min(min(due_s, default=math.inf), self.supplies.next_end_s(self.t_s))

    def _dry(self) -> Iterator[TaskProgress]:
        """Yield the tasks that wait for supplies."""
        return (p for p in (*self.ready(), *self.running()) if p.task.uses and not p.at_work)

    def _obstacle(self, task: Task, *, going: bool = False) -> str | None:
        """Return what keeps a task from running, other than a lack of people."""
        if self.halted and task.danger:
            return "halt"
        return self.supplies.lacking(task, going=going)

    # --- people ---

    def take_off(self, unit: str) -> None:
        """Remove a unit that leaves: its people come off their tasks."""
        for p in self.progress.values():
            p.parties = [party for party in p.parties if party.unit != unit]
        self.rests = [rest for rest in self.rests if rest.unit != unit]

    def idle(self, crew: Crew) -> int:
        """Return the number of idle people of *crew*, not counting those at rest."""
        return crew.people - self._busy().get(crew.unit, 0)

    def _busy(self) -> dict[str, int]:
        """Return the number of people of each unit on tasks or at rest, counted in one pass."""
        busy: dict[str, int] = {}
        for p in self.progress.values():
            for party in p.parties:
                busy[party.unit] = busy.get(party.unit, 0) + party.people
        for rest in self.rests:
            busy[rest.unit] = busy.get(rest.unit, 0) + rest.people
        return busy

    def _free(self, task: Task) -> list[tuple[Crew, int]]:
        """Return the people available for a task now, by crew, limited by air sets and the like."""
        sets = math.inf
        if task.spell is not None and task.spell.supply is not None:
            sets = math.floor(self.supplies.amounts.get(task.spell.supply, 0.0) + SAME_MOMENT_S)
        busy = self._busy()
        able = [(crew, crew.people - busy.get(crew.unit, 0)) for crew in self.crews.values() if crew.can_do(task)]
        free = [(crew, n) for crew, n in able if n > 0 and crew.unit not in self._held]
        if sum(n for _, n in free) > sets:
            free = list(_first_of(free, int(sets)))
        return free

    def put_to_work(self, work_person_s: Callable[[TaskProgress], float]) -> list[TaskProgress]:
        """Begin tasks, let idle people join and relieve, determine who works; return the tasks begun."""
        begun = self.begin_ready(work_person_s)
        self.reinforce_running()
        self.settle()
        if any(p.task.yields for p in begun):  # the supplies they bring may be what other tasks wait for
            begun += self.put_to_work(work_person_s)
        return begun

    def begin_ready(self, work_person_s: Callable[[TaskProgress], float]) -> list[TaskProgress]:
        """Begin every ready task whose needs are met; return those begun."""
        begun = []
        ready = {p.task.id for p in self.ready()}
        for p in list(self.progress.values()):
            if p.task.id in ready and self.shortage(p) is None:
                self._man(p)
                p.begin(work_person_s(p))
                begun.append(p)
            elif p.task.in_turn and not p.started and self._has_its_turn(p):
                self._held |= {crew.unit for crew in self.crews.values() if crew.can_do(p.task)}
        self._held = frozenset()
        return begun

    def _has_its_turn(self, p: TaskProgress) -> bool:
        """Return whether a task that has not begun will, with the people on scene and coming and the supplies here."""
        task, before = p.task, [self.progress[name] for name in p.task.after if not self._is_done(name)]
        if not enough(task, (*self.crews.values(), *self.coming)) or self._obstacle(task) is not None:
            return False
        sets = None if task.spell is None else task.spell.supply
        if sets is not None and self.supplies.amounts.get(sets, 0.0) + SAME_MOMENT_S < task.min_crew:
            return False
        return all(other.started or self._has_its_turn(other) for other in before)

    def reinforce_running(self) -> None:
        """Put idle people on running tasks, up to the useful crew; relief below the minimum crew stays out."""
        for p in self.running():
            wanted = p.task.most_people - p.crew
            if wanted > 0 and not (self.halted and p.task.danger):
                self._relief(p, wanted)

    def _relief(self, p: TaskProgress, wanted: int) -> None:
        if p.crew == 0:
            if self.shortage(p) is None:
                self._man(p)
                self._add(p, p.task.most_people - p.crew)
        elif p.crew + sum(n for _, n in self._free(p.task)) >= p.task.min_crew:
            self._add(p, wanted)

    def shortage(self, p: TaskProgress) -> Shortage | None:
        """Return what a task without people lacks to begin or continue; None if nothing."""
        task, free = p.task, self._free(p.task)
        people = sum(n for _, n in free)
        if (obstacle := self._obstacle(task)) is not None:
            return Shortage(obstacle, people)
        if task.one_unit:
            whole = any(n >= task.min_crew and crew.capabilities.issuperset(task.capabilities) for crew, n in free)
            return None if whole else Shortage("crew", max((n for _, n in free), default=0))
        for capability in task.capabilities:
            if not any(capability in crew.capabilities for crew, _ in free):
                return Shortage(capability, people)
        return Shortage("crew", people) if people < task.min_crew else None

    def lacks_sets(self, p: TaskProgress) -> bool:
        """Return whether a task has people but too few air sets or the like for its minimum crew."""
        spell = p.task.spell
        if spell is None or spell.supply is None or p.crew:
            return False
        if p.task.min_crew <= self.supplies.amounts.get(spell.supply, 0.0) + SAME_MOMENT_S:
            return False
        busy = self._busy()
        return (
            sum(crew.people - busy.get(crew.unit, 0) for crew in self.crews.values() if crew.can_do(p.task))
            >= p.task.min_crew
        )

    def standstill(self, p: TaskProgress) -> Shortage | None:
        """Return why a running task has stopped; None if it has not, or people are walking to it."""
        if not p.running or p.at_work or p.crew > p.there(self.t_s):
            return None
        if (obstacle := self._obstacle(p.task)) is not None:
            return Shortage(obstacle, p.crew)
        return Shortage("crew", p.crew)

    def _man(self, p: TaskProgress) -> None:
        """Put the minimum crew on a task: first one person for each capability, then in order of arrival."""
        task = p.task
        if task.one_unit:
            crew, people = next(
                (c, n) for c, n in self._free(task)
                if n >= task.min_crew and c.capabilities.issuperset(task.capabilities)
            )  # fmt: skip
            self._put(p, crew.unit, min(people, task.most_people))  # it stays together, on one task
            return
        for capability in task.capabilities:
            if not any(capability in self.crews[unit].capabilities for unit in p.units):
                holder = next(crew for crew, _ in self._free(task) if capability in crew.capabilities)
                self._put(p, holder.unit, 1)
        self._add(p, task.min_crew - p.crew)

    def _add(self, p: TaskProgress, wanted: int) -> None:
        """Put up to *wanted* idle people on a task."""
        for crew, n in self._free(p.task):
            if p.task.one_unit and crew.unit not in p.units:
                continue
            came = min(wanted, n)
            if came > 0:
                self._put(p, crew.unit, came)
                wanted -= came

    def _put(self, p: TaskProgress, unit: str, people: int) -> None:
        task, spell = p.task, p.task.spell
        together = p.parties[-1] if p.parties else None
        from_s = self.t_s + self._access_s(task, p.parties_so_far)
        if spell is not None and spell.supply is not None:
            self.supplies.take(spell.supply, people)
        until_s = from_s + spell.work_s if spell is not None else math.inf
        if together is not None and (together.unit, together.works_from_s) == (unit, from_s):
            together.people += people
            return
        p.parties.append(Party(unit, people, from_s, until_s))
        p.parties_so_far += 1

    def without_work(self) -> list[str]:
        """Return the units without people on a task that no task could use."""
        wanting = [p.task for p in self.progress.values() if not p.done and p.crew < p.task.most_people]
        idle = [crew for crew in self.crews.values() if self.idle(crew) == crew.people]
        return [crew.unit for crew in idle if not any(crew.can_do(task) for task in wanting)]

    def no_longer_needed(self) -> list[str]:
        """Return the units whose tasks are all done; units that can do none of the tasks stay to the end."""
        return [
            crew.unit
            for crew in self.crews.values()
            if any(crew.can_do(p.task) for p in self.progress.values())
            and not any(crew.can_do(p.task) and not p.done for p in self.progress.values())
        ]


def _first_of(free: list[tuple[Crew, int]], people: int) -> Iterator[tuple[Crew, int]]:
    """Yield the first *people* free people, crew by crew."""
    for crew, n in free:
        if people <= 0:
            return
        yield crew, min(n, people)
        people -= n
