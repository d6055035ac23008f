"""Dispatch policies: the rule that says which free unit answers, from what a dispatcher can know.

A new policy is one new file in this folder with one subclass of :class:`DispatchPolicy`, or a module of an outside
package that is named under the entry-point group ``drillsim.plugins``. Every hook is pure.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import overload

from drillsim.base.plugin import Plugin


@dataclass(frozen=True, slots=True)
class Call:
    """What the command centre knows of an incident."""

    incident: str
    incident_type: str
    node: str
    district: str
    priority: int
    """1 is the most urgent."""
    received_at_s: float
    needs: Mapping[str, int]
    """Units that the incident calls for, by capability."""
    facts: Mapping[str, float] = field(default_factory=dict)
    """Numbers that the call told: people trapped, triage …"""


@dataclass(frozen=True, slots=True)
class Need:
    """One more unit that an incident needs."""

    call: Call
    slot: int
    """Running number within the incident."""
    capability: str
    raised_at_s: float
    reason: str
    """``first_alarm``, ``greater_alarm``, ``reinforcement``, ``relief``, ``resupply`` or ``replacement``."""
    danger: bool = False
    """Whether only forces that go into danger will do."""
    supply: str = ""
    """The supply that the unit must carry; empty if any unit with the capability will do."""


class Candidate:
    """A free unit that has the capability. How long it would take is computed when a policy asks.

    Parameters
    ----------
    travel_s
        Expected travel time, or what computes it. [s]
    at_least_s
        A time that it does not undercut, known at once. How sharp it is depends on what the routes were prepared for:
        it may only save asking, never decide. [s]
    """

    __slots__ = (
        "_travel_s", "at_least_s", "capabilities", "crew", "district", "force", "station", "unit"
    )  # fmt: skip

    def __init__(
        self, *, unit: str, station: str, district: str, force: str, capabilities: tuple[str, ...], crew: int,
        travel_s: float | Callable[[], float], at_least_s: float = 0.0,
    ) -> None:  # fmt: skip
        self.unit = unit
        self.station = station
        self.district = district
        self.force = force
        self.capabilities = capabilities
        self.crew = crew
        self.at_least_s = at_least_s
        self._travel_s = travel_s

    @property
    def travel_s(self) -> float:
        """Expected travel time; ``inf`` if, for all the dispatcher knows, no road leads there. [s]

        A policy that chooses a unit which cannot get there is asked again, without those that cannot.
        """
        if callable(self._travel_s):
            self._travel_s = self._travel_s()
        return self._travel_s


class Candidates(Sequence[Candidate]):
    """Candidates in order of unit id, each made when somebody looks at it.

    Parameters
    ----------
    at_least_s
        A time that each does not undercut. [s]
    make
        Returns the candidate of a number.
    """

    def __init__(self, at_least_s: Sequence[float], make: Callable[[int], Candidate]) -> None:
        self._at_least_s = at_least_s
        self._make = make

    def __len__(self) -> int:
        return len(self._at_least_s)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, index: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(index, slice):
            return tuple(self._make(i) for i in range(*index.indices(len(self))))
        return self._make(range(len(self))[index])

    def soonest_first(self) -> Iterator[Candidate]:
        """Yield them by the time that they do not undercut; ties by unit id."""
        return map(self._make, sorted(range(len(self)), key=self._at_least_s.__getitem__))


class DispatchPolicy(Plugin, ABC):
    """Which free unit answers. A subclass adds ``kind: Literal[...]`` and its parameters."""

    @abstractmethod
    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the unit to send, or None to wait.

        Parameters
        ----------
        need
            What is needed.
        candidates
            At least one free unit, in order of unit id.
        now_s
            The moment of the decision. [s after STARTEX]
        """

    def first_alarm(self, call: Call) -> Mapping[str, int]:
        """Return the units of the first alarm by capability; what the incident calls for, unless a rule says more."""
        return call.needs

    def greater_alarm(self, call: Call, level: int) -> Mapping[str, int]:
        """Return the units that an alarm of *level*, 2 and up, sends beyond those of the alarms before; none of itself.

        It is asked once for each level that whoever commands at the incident asks for.
        """
        return {}

    def rank(self, need: Need) -> tuple[float, ...]:
        """Return the sort key by which open needs are served; the oldest first, unless a rule says otherwise."""
        return (need.raised_at_s,)

    def ask_again_s(self, need: Need) -> float:
        """Return when a need that :meth:`choose` let wait must be asked about again; ``inf`` if only on news.

        News are a unit that becomes free, a new need, or a road that changes.
        """
        return math.inf


def closest(candidates: Sequence[Candidate]) -> str:
    """Return the unit with the least expected travel time; ties go to the lower unit id."""
    best, best_s = "", math.inf
    soonest: Iterable[Candidate] = (
        candidates.soonest_first()
        if isinstance(candidates, Candidates)
        else sorted(candidates, key=attrgetter("at_least_s"))
    )
    for candidate in soonest:
        if best and (candidate.at_least_s > best_s or candidate.at_least_s == math.inf):
            break  # nor can any of the others be closer
        travel_s = candidate.travel_s
        if not best or travel_s < best_s or (travel_s == best_s and candidate.unit < best):
            best, best_s = candidate.unit, travel_s
    return best
