"""How far a task is, and who is at it. Plain Python, no events."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.world.task import Task


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
class Party:
    """People of one unit who are on one task for one spell."""

    unit: str
    people: int
    works_from_s: float
    """When they are at the work; before that they are on their way to it."""
    works_until_s: float
    """When their spell is over; ``inf`` for a task that has none."""


@dataclass(slots=True)
class TaskProgress:
    """How far a task is."""

    task: Task
    of_hazard: bool = False
    """Whether the hazard called for it, and not the incident."""
    work_person_s: float = math.nan
    left_person_s: float = math.nan
    parties: list[Party] = field(default_factory=list)
    at_work: int = 0
    """People who did work since the last look at the scene."""
    started: bool = False
    """Whether people have been put on it."""
    running: bool = False
    """Whether it has been begun and is not done."""
    done: bool = False
    parties_so_far: int = 0

    def begin(self, work_person_s: float) -> None:
        """Begin it, with people on it and so much work ahead. [person·s]"""
        self.work_person_s = self.left_person_s = work_person_s
        self.started = self.running = True

    def finish(self) -> None:
        """Be done; nobody is on it any more."""
        self.done, self.running, self.parties, self.at_work = True, False, [], 0

    @property
    def crew(self) -> int:
        """People on it, at work or on their way to it."""
        return sum([party.people for party in self.parties])

    def people_of(self, unit: str) -> int:
        """Return how many people of a unit are on it."""
        return sum([party.people for party in self.parties if party.unit == unit])

    @property
    def units(self) -> tuple[str, ...]:
        """Units with people on it, in the order in which they came."""
        return tuple(dict.fromkeys([party.unit for party in self.parties]))

    def there(self, t_s: float) -> int:
        """Return how many people are at the place of the work."""
        return sum([party.people for party in self.parties if party.works_from_s <= t_s + SAME_MOMENT_S])

    def next_change_s(self, t_s: float) -> float:
        """Return when the people at it are others, or it is done, if nothing happens. [s after STARTEX]"""
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
    """What is there to be used up on a scene, and how fast it comes and goes."""

    RESTART_S = 60.0
    """Work that stands still for want of a supply goes on when there is enough for this long (assumption). [s]"""

    def __init__(self) -> None:
        self.amounts: dict[str, float] = {}
        self.rates: dict[str, float] = {}
        """Net rate per supply since the last look at the scene; negative when it dwindles. [1/s]"""

    def add(self, brought: Mapping[str, float]) -> None:
        """Add what was brought."""
        for name, amount in brought.items():
            self.amounts[name] = self.amounts.get(name, 0.0) + amount

    def take(self, name: str, amount: float) -> None:
        """Take something that is there."""
        self.amounts[name] -= amount

    def advance(self, passed_s: float) -> None:
        """Let time pass at the present rates; what is nearly nothing is nothing."""
        for name, rate in self.rates.items():
            left = self.amounts.get(name, 0.0) + rate * passed_s
            self.amounts[name] = left if left > abs(rate) * SAME_MOMENT_S else 0.0

    def lacking(self, task: Task, *, going: bool) -> str | None:
        """Return a supply of which there is not enough for a task to go on, or to begin; None if there is of all."""
        for name, rate in task.uses.items():
            enough = 0.0 if going else rate * self.RESTART_S * (1 - SAME_MOMENT_S)
            amount = self.amounts.get(name, 0.0)
            if not (amount > 0 and amount >= enough) and self.rates.get(name, 0.0) < rate:
                return name
        return None

    def flow(self, task: Task) -> None:
        """Let a task use and yield from now on what it does."""
        for sign, rates in ((-1.0, task.uses), (1.0, task.yields)):
            for name, rate in rates.items():
                self.rates[name] = self.rates.get(name, 0.0) + sign * rate

    def next_end_s(self, t_s: float) -> float:
        """Return when the first of them is used up at the present rates. [s after STARTEX]"""
        return min((t_s + self.amounts[name] / -r for name, r in self.rates.items() if r < 0), default=math.inf)

    def enough_s(self, t_s: float, task: Task) -> float:
        """Return when there will be enough of each supply for a task to begin, at the present rates. [s]"""
        due_s = t_s
        for name, rate in task.uses.items():
            missing = rate * self.RESTART_S - self.amounts.get(name, 0.0)
            if missing > 0:
                inflow = self.rates.get(name, 0.0)
                due_s = max(due_s, t_s + missing / inflow if inflow > 0 else math.inf)
        return due_s
