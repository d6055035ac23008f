"""Tasks: pieces of work at an incident."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Capabilities, Duration, EntityId, Model, Positive, Seconds, SupplyName, Text

Rate = Annotated[float, Field(gt=0, le=1e6)]
RESTART_S: Final = 60.0
"""Stock, as a time of use, at which work that waits for a supply begins or resumes (assumption). [s]"""
Rates = Annotated[dict[SupplyName, Rate], Field(max_length=10)]


class Spell(Model):
    """How long a person works on a task at a stretch: a shift, or as long as the air lasts."""

    work_s: Annotated[Seconds, Field(ge=60)]
    """Time at the work, after which the person comes out and is relieved by idle people if there are any."""
    rest_s: Seconds = 0.0
    """Time for which the person then does nothing."""
    rest_after: bool = False
    """Whether people rest, for the part of the spell that they used, also when the work is done before it is over."""
    supply: SupplyName | None = None
    """Supply of which each person takes one for each spell: ``air_set`` …"""


class Task(Model):
    """One piece of work at an incident that needs certain capabilities and a minimum crew for some time."""

    id: EntityId
    """Short name, unique within the incident."""
    title: Text | None = None
    """What is done, for people."""
    capabilities: Annotated[Capabilities, Field(min_length=1)]
    """What it takes. Only people of units with at least one of these work on it, and together they must have all."""
    min_crew: Positive = 1
    """People without whom it must not begin; with breathing apparatus inside a building that is 4 (2 in, 2 out)."""
    useful_crew: Positive | None = None
    """People beyond whom it goes no faster; the minimum crew if left out."""
    one_unit: bool = False
    """Whether all people on it must belong to one unit: a crew that stays together."""
    in_turn: bool = False
    """Whether people who can do it begin no task that stands behind it before it has begun, as long as those on scene
    and coming, with the supplies there, are enough for it and for what must be done before."""
    work: Duration
    """Person-time: how long one person alone would take at sea level. [person·s]"""
    access: Duration = Duration(mean_s=0)
    """From the base of the scene to the work: stairs, a walk. Whoever is put on the task needs it first."""
    spell: Spell | None = None
    """How long people work on it at a stretch; to the end if left out."""
    uses: Rates = Field(default_factory=dict)
    """Supplies that it uses up while people are at work, per second; without them it stands still."""
    yields: Rates = Field(default_factory=dict)
    """Supplies that it brings to the scene while people are at work, per second: a relay, a shuttle."""
    after: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    """Tasks of the same incident that must be done first."""
    danger: bool = False
    """Whether it takes people into danger; some kinds of force must not do that."""
    intervention: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)] | None = None
    """What it does to the hazard of its incident when work begins, grows, stops and is done: ``water_on`` …"""

    @model_validator(mode="after")
    def _crew_in_order(self) -> Task:
        if self.useful_crew is not None and self.useful_crew < self.min_crew:
            raise PydanticCustomError(
                "crew_order",
                "useful_crew {useful} is less than min_crew {minimum}",
                {"useful": self.useful_crew, "minimum": self.min_crew},
            )
        return self

    @property
    def most_people(self) -> int:
        """People beyond whom the task goes no faster."""
        return self.useful_crew or self.min_crew
