"""First-alarm assignments by type of incident: the run card says how many units of what capability go at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from drillsim.base.quantities import Called, Capability, IncidentType
from drillsim.dispatch.base import Call, Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term

Card = Annotated[dict[Capability, Called], Field(min_length=1, max_length=30)]


class RunCard(DispatchPolicy):
    """Units of the first alarm from a card per type of incident, each the closest by expected travel time.

    An incident whose type has no card gets what it calls for. Needs are served by priority, then the oldest first.
    """

    words = {
        "title": Term("Run cards", "按等级编成调派"),
        "about": Term(__doc__, "按灾情种类的首批编成表出动，每项派行车时间最短者。"),
        "field.cards": Term("Run cards", "等级调派编成"),
        "field.greater": Term("Greater alarms", "升级调派编成"),
    }

    kind: Literal["run_card"] = "run_card"
    """First alarm from run cards."""
    cards: Annotated[dict[IncidentType, Card], Field(min_length=1, max_length=200)]
    """Units by capability, for each type of incident."""

    greater: Annotated[dict[IncidentType, Annotated[tuple[Card, ...], Field(max_length=10)]], Field(max_length=200)] = (
        Field(default_factory=dict)
    )
    """Units that the second, third … alarm adds, for each type of incident."""

    @classmethod
    def example(cls) -> RunCard:
        """Return a card that sends two engines to a building on fire."""
        return cls(cards={"building_fire": {"fire_attack": 2}})

    def first_alarm(self, call: Call) -> Mapping[str, int]:
        """Return what the card of the incident's type says."""
        return self.cards.get(call.incident_type, call.needs)

    def greater_alarm(self, call: Call, level: int) -> Mapping[str, int]:
        """Return what the card of that alarm says; nothing beyond the last card."""
        cards = self.greater.get(call.incident_type, ())
        return cards[level - 2] if level - 2 < len(cards) else {}

    def rank(self, need: Need) -> tuple[float, ...]:
        """Serve by priority, then the oldest first."""
        return (need.call.priority, need.raised_at_s)

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit; ties go to the lower unit id."""
        return closest(candidates)
