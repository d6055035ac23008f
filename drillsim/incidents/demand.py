"""Everyday demand: calls that come at random, at a steady rate, from places with given weights."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Seconds
from drillsim.incidents.base import Incident, IncidentKind, Occurrence, Response
from drillsim.language import Term
from drillsim.world.random_streams import RandomStreams
from drillsim.world.references import NodeRef
from drillsim.world.world import World

Weight = Annotated[float, Field(gt=0, le=1e9)]
MOST_CALLS = 200_000
"""More calls than this in one replication are refused: the rate or the time span is a slip of the pen
(numerical bound)."""


class CallType(Response):
    """One sort of call, with how often it comes compared with the others."""

    weight: Weight = 1.0
    """Share of calls of this sort, compared with the weights of the others."""


class Demand(IncidentKind):
    """Calls that come as a Poisson process, each from a random place and of a random sort.

    Every attribute is drawn from a stream of its own, so that adding a sort of call leaves the moments as they were.
    """

    words = {
        "title": Term("Everyday demand", "日常警情"),
        "about": Term(__doc__, "日常警情按泊松过程产生，地点和种类随机。"),
        "field.calls_per_hour": Term("Calls per hour", "每小时警情数"),
        "field.until_s": Term("Until", "截止时刻"),
        "field.places": Term("Places", "地点"),
        "field.calls": Term("Sorts of call", "警情种类"),
        "field.weight": Term("Weight", "权重"),
        "error.too_many_calls": Term(
            "about {mean} calls in one replication, at most {most} are made; lower calls_per_hour or until_s",
            "一次推演约有 {mean} 起警情，最多 {most} 起；请减小 calls_per_hour 或 until_s",
        ),
    }

    kind: Literal["demand"] = "demand"
    """Calls at random."""
    calls_per_hour: Annotated[float, Field(gt=0, le=10_000, json_schema_extra={"unit": "1/h"})]
    """Mean number of calls in an hour."""
    until_s: Seconds
    """When calls end; at the latest ENDEX."""
    places: Annotated[dict[NodeRef, Weight], Field(min_length=1, max_length=5000)]
    """Places that calls come from, each with its weight."""
    calls: Annotated[tuple[CallType, ...], Field(min_length=1, max_length=100)]
    """Sorts of call."""

    @classmethod
    def example(cls) -> Demand:
        """Return two calls in an hour, fires and crashes."""
        return cls(
            id="calls",
            calls_per_hour=2,
            until_s="10 h",
            places={"town": 1, "village": 3},
            calls=[
                {"type": "building_fire", "tasks": [{"id": "work", "capabilities": ["fire_attack"], "work": "10 min"}]},
                {
                    "type": "road_crash",
                    "weight": 2,
                    "tasks": [{"id": "work", "capabilities": ["fire_attack"], "work": "10 min"}],
                },
            ],
        )

    @model_validator(mode="after")
    def _not_too_many(self) -> Demand:
        mean = self.calls_per_hour * self.until_s / 3600.0
        if mean > MOST_CALLS:
            raise PydanticCustomError("too_many_calls", "{mean} calls", {"mean": round(mean), "most": MOST_CALLS})
        return self

    def occur(self, world: World) -> Occurrence:
        """Return the calls of one replication, in order of time."""
        streams = world.streams
        times_s = self._times_s(streams)
        places = tuple(self.places)
        sorts = [_sample(sort) for sort in self.calls]
        where = _pick(streams("demand", self.id, "place"), list(self.places.values()), len(times_s))
        what = _pick(streams("demand", self.id, "type"), [c.weight for c in self.calls], len(times_s))
        return Occurrence(
            tuple(
                sorts[sort].with_valid({"id": f"{self.id}-{n}", "node": places[place], "starts_at_s": float(t_s)})
                for n, (t_s, place, sort) in enumerate(zip(times_s, where, what, strict=True), start=1)
            )
        )

    def _times_s(self, streams: RandomStreams) -> NDArray[np.float64]:
        rng = streams("demand", self.id, "time")
        count = int(rng.poisson(self.calls_per_hour * self.until_s / 3600.0))
        return np.sort(rng.uniform(0.0, self.until_s, count))


def _sample(sort: CallType) -> Incident:
    """Return an incident of a sort, without id, place and time; it was checked when the sort was written."""
    return Incident.model_construct(**{name: getattr(sort, name) for name in Response.model_fields})


def _pick(rng: np.random.Generator, weights: list[float], count: int) -> NDArray[np.int64]:
    """Return *count* row numbers drawn with the given weights: (count,) array."""
    edges = np.cumsum(weights) / np.sum(weights)
    return np.searchsorted(edges, rng.random(count), side="right").astype(np.int64)
