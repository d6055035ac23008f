"""Progress of a task: its crew, its work, its supplies. Plain Python, no events."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.world.task import RESTART_S, Task


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


def enough(task: Task, crews: Iterable[Crew]) -> bool:
    """Return whether these crews, all of their people free, could begin *task*."""
    able = [crew for crew in crews if crew.can_do(task)]
    if task.one_unit:
        return any(c.people >= task.min_crew and c.capabilities.issuperset(task.capabilities) for c in able)
    skills = frozenset[str]().union(*(crew.capabilities for crew in able))
    return skills.issuperset(task.capabilities) and sum(crew.people for crew in able) >= task.min_crew


@dataclass(frozen=True, slots=True)
class Rest:
    """Resting people of a unit, relieved from a task."""

    unit: str
    task: str
    people: int
    until_s: float


@dataclass(slots=True)
class Party:
    """A party: people of one unit on one task for one spell."""

    unit: str
    people: int
    works_from_s: float
    """When they reach the work; until then they are walking to it."""
    works_until_s: float
    """When their spell is over; ``inf`` for a task that has none."""


@dataclass(slots=True)
class TaskProgress:
    """Progress of one task.

    Life: it waits for its minimum crew, is staffed and begun, loses and gains parties as spells end, and is done when
    no work is left; a hazard may withdraw it at any time.
    """

    task: Task
    of_hazard: bool = False
    """Whether the hazard called for it, rather than the incident."""
    work_person_s: float = math.nan
    left_person_s: float = math.nan
    parties: list[Party] = field(default_factory=list)
    at_work: int = 0
    """People who have worked since the last update of the scene."""
    started: bool = False
    """Whether people have been put on it."""
    running: bool = False
    """Whether it has been begun and is not done."""
    done: bool = False
    parties_so_far: int = 0
    hazard_factor: float = 1.0
    """Factor of the hazard in the amount of work."""

    def begin(self, work_person_s: float) -> None:
        """Begin it, with its crew in place and the given amount of work. [person·s]"""
        self.work_person_s = self.left_person_s = work_person_s
        self.started = self.running = True

    def redefine(self, task: Task, hazard_factor: Callable[[Task], float]) -> bool:
        """Take a new definition; return whether what is left of the work has changed with it, in the same ratio.

        The factor of the hazard is asked for anew: people whom a search carries are no lighter once the smoke has gone.
        """
        before_s, now_s = self.task.work.typical_s, task.work.typical_s
        changes = self.running and before_s > 0 and now_s != before_s
        if changes:
            factor, done = hazard_factor(task), self.work_person_s - self.left_person_s
            self.left_person_s *= now_s * factor / (before_s * self.hazard_factor)
            self.work_person_s, self.hazard_factor = done + self.left_person_s, factor
        self.task = task
        return changes

    def finish(self) -> None:
        """Finish it, and take everybody off it."""
        self.done, self.running, self.parties, self.at_work = True, False, [], 0

    def rests_of_those_done(self, t_s: float) -> list[Rest]:
        """Return the rests of people who have done the work before their spell is over, in proportion to it."""
        spell = self.task.spell
        if spell is None or not spell.rest_after:
            return []
        at_work = [party for party in self.parties if party.works_from_s <= t_s]
        until_s = [t_s + spell.rest_s * min(1.0, (t_s - party.works_from_s) / spell.work_s) for party in at_work]
        return [Rest(party.unit, self.task.id, party.people, s) for party, s in zip(at_work, until_s, strict=True)]

    @property
    def crew(self) -> int:
        """People on it, working or walking to the work."""
        return sum([party.people for party in self.parties])

    def people_of(self, unit: str) -> int:
        """Return how many people of a unit are on it."""
        return sum([party.people for party in self.parties if party.unit == unit])

    @property
    def units(self) -> tuple[str, ...]:
        """Units with people on it, in the order in which they came."""
        return tuple(dict.fromkeys([party.unit for party in self.parties]))

    def there(self, t_s: float) -> int:
        """Return the number of people who have reached the work."""
        return sum([party.people for party in self.parties if party.works_from_s <= t_s + SAME_MOMENT_S])

    def next_change_s(self, t_s: float) -> float:
        """Return when its crew changes next or it is done, if nothing intervenes. [s after STARTEX]"""
        due_s = [self.left_person_s / self.at_work + t_s] if self.at_work else []
        for party in self.parties:
            due_s += [s for s in (party.works_from_s, party.works_until_s) if s > t_s + SAME_MOMENT_S]
        return min(due_s, default=math.inf)

    def spells_over(self, t_s: float) -> list[Party]:
        """Take off and return the parties whose spell is over."""
        over = [party for party in self.parties if party.works_until_s <= t_s + SAME_MOMENT_S]
        if over:
            self.parties = [party for party in self.parties if party not in over]
        return over


class Supplies:
    """Consumable supplies on a scene, and the rates at which they come and go."""

    def __init__(self) -> None:
        self.amounts: dict[str, float] = {}
        self.rates: dict[str, float] = {}
        """Net rate per supply since the last update of the scene; negative when it falls. [1/s]"""

    def add(self, brought: Mapping[str, float]) -> None:
        """Add delivered supplies."""
        for name, amount in brought.items():
            self.amounts[name] = self.amounts.get(name, 0.0) + amount

    def take(self, name: str, amount: float) -> None:
        """Remove some of the stock."""
        self.amounts[name] -= amount

    def advance(self, passed_s: float) -> None:
        """Advance the stock at the present rates; a remainder within rounding is set to 0."""
        for name, rate in self.rates.items():
            left = self.amounts.get(name, 0.0) + rate * passed_s
            self.amounts[name] = left if left > abs(rate) * SAME_MOMENT_S else 0.0

    def lacking(self, task: Task, *, going: bool) -> str | None:
        """Return a supply too scarce for a task to continue or begin; None if there is enough of all."""
        for name, rate in task.uses.items():
            enough = 0.0 if going else rate * RESTART_S * (1 - SAME_MOMENT_S)
            amount = self.amounts.get(name, 0.0)
            if not (amount > 0 and amount >= enough) and self.rates.get(name, 0.0) < rate:
                return name
        return None

    def flow(self, task: Task) -> None:
        """Add the rates of a task that is running from now on."""
        for sign, rates in ((-1.0, task.uses), (1.0, task.yields)):
            for name, rate in rates.items():
                self.rates[name] = self.rates.get(name, 0.0) + sign * rate

    def next_end_s(self, t_s: float) -> float:
        """Return when the first supply runs out at the present rates. [s after STARTEX]"""
        return min((t_s + self.amounts[name] / -r for name, r in self.rates.items() if r < 0), default=math.inf)

    def enough_s(self, t_s: float, task: Task) -> float:
        """Return when there will be enough of each supply for a task to begin, at the present rates. [s]"""
        due_s = t_s
        for name, rate in task.uses.items():
            missing = rate * RESTART_S - self.amounts.get(name, 0.0)
            if missing > 0:
                inflow = self.rates.get(name, 0.0)
                due_s = max(due_s, t_s + missing / inflow if inflow > 0 else math.inf)
        return due_s
