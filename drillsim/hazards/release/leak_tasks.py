"""What a leak calls for: a water curtain, entry teams to stop it, decontamination and care of the injured."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.quantities import LONGEST_S, Capability, Duration, Model, Positive, Seconds, Text
from drillsim.world.task import Spell, Task

ENTRY_CREW: Final = 4
"""Two in and two ready outside in the same dress. Source: OSHA 1910.134(g)(4) (knowledge); GA/T 970."""
LONG_S: Final = 100 * 86_400.0
"""Person-time of work that lasts as long as it is called for (numerical bound). [person·s]"""
MOST_MEDICS: Final = 100_000
"""More than so many never treat a batch together (assumption)."""
WATER: Final = "water_l"
FOAM: Final = "foam_l"
WAYS: Final[dict[str, tuple[str, str, str]]] = {
    "plug": ("leak_plugged", "Plug the leak", "堵漏"),
    "valve": ("valve_closed", "Close the valve", "关阀断料"),
    "transfer": ("transferred", "Transfer the rest", "倒罐输转"),
}
"""Each way to stop a leak: intervention, title in English and Chinese."""

OfAnEntry = Annotated[Seconds, Field(le=86_400)]
"""A time of one entry: no part of it lasts longer than a day (assumption). [s]"""


def water_task(litres_s: float) -> Task:
    """Return the work of bringing water to the scene, as long as it is needed."""
    return Task(
        id="water", title=Text(en=f"Bring {litres_s:g} L/s of water", zh=f"供水{litres_s:g}升/秒"),
        capabilities=("water_supply",), min_crew=2, work=Duration(mean_s=LONG_S), yields={WATER: litres_s},
    )  # fmt: skip


class LeakResponse(Model):
    """How a leak is dealt with."""

    ways: Annotated[tuple[Literal["plug", "valve", "transfer"], ...], Field(max_length=3)] = ("plug",)
    """Ways to stop it; whichever is done first stops it, and the others are given up."""
    way_work: Duration = Duration(mean_s=4800)
    """Person-time of each way, two in and two out counted (assumption: 20 minutes of four people). [person·s]"""
    suit: Literal["A", "B"] = "A"
    """Gas-tight (A) or splash-proof (B)."""
    dressing_s: OfAnEntry = 600.0
    """Time to dress. Source: practice, 5 to 15 min (knowledge)."""
    walk_s: OfAnEntry = 300.0
    """From the safe line to the leak (assumption: 300 m in a suit)."""
    work_s: Annotated[OfAnEntry, Field(gt=0)] = 900.0
    """Work on one air set: 15 min in A. Source: practice (knowledge)."""
    rest_s: OfAnEntry = 1200.0
    """Rest after an entry. Source: NFPA 1584 (knowledge)."""
    decon_s: OfAnEntry = 480.0
    """Decontamination of one person. Source: practice, 5 to 10 min (knowledge)."""
    decon_lanes: Annotated[int, Field(ge=1, le=100)] = 1
    """Lanes of the decontamination point."""
    decon_crew: Annotated[int, Field(ge=1, le=1000)] = 2
    """People who serve one lane (assumption)."""
    treat_s: Seconds = 1800.0
    """Care of one injured person by one medic until handed over (assumption)."""
    curtain_l_s: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "L/s"})] = 40.0
    """Flow of the water curtain."""
    curtain_crew: Positive = 3
    """People at it (assumption)."""
    curtain: bool = True
    """Whether there is one."""
    main_l_s: Annotated[float, Field(ge=0, le=10_000, json_schema_extra={"unit": "L/s"})] = 80.0
    """Water that one unit brings from mains or open water while it is needed; 0 for none (assumption: 80 L/s)."""
    air_supply: Annotated[str, Field(max_length=40)] | None = None
    """Supply of air sets, one a person and entry; not counted if left out."""
    entry: Capability = "hazmat"
    """What entry takes."""
    decontamination: Capability = "decontamination"
    """What decontamination takes."""
    medical: Capability = "medical"
    """What care takes."""
    curtain_by: Capability = "fire_attack"
    """What a water curtain takes."""
    after: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Tasks of the incident before which nobody goes in."""
    curtain_after: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Tasks before which no curtain is built."""

    @property
    def spell(self) -> Spell:
        """One entry: work on one air set, then decontamination of two at a time, then rest."""
        queue_s = self.decon_s * ENTRY_CREW / 2.0 / self.decon_lanes
        return Spell(work_s=self.work_s, rest_s=self.rest_s + queue_s, supply=self.air_supply)

    def to_stop(self) -> tuple[Task, ...]:
        """Return what a running leak calls for."""
        entries = tuple(
            Task(
                id=way, title=Text(en=WAYS[way][1], zh=WAYS[way][2]), capabilities=(self.entry,), min_crew=ENTRY_CREW,
                work=self.way_work, access=Duration(mean_s=self.dressing_s + self.walk_s), spell=self.spell,
                after=self.after, danger=True, intervention=WAYS[way][0],
            )
            for way in self.ways
        )  # fmt: skip
        water = (water_task(self.main_l_s),) if self.main_l_s > 0 else ()
        return (*water, self._curtain(), *entries) if self.curtain else entries

    def _curtain(self) -> Task:
        return Task(
            id="curtain", title=Text(en="Water curtain", zh="水幕稀释"), capabilities=(self.curtain_by,),
            min_crew=self.curtain_crew, work=Duration(mean_s=LONG_S), uses={WATER: self.curtain_l_s},
            after=self.curtain_after, intervention="water_curtain",
        )  # fmt: skip

    def for_injured(self, number: int, people: int) -> tuple[Task, ...]:
        """Return decontamination and care of one batch of injured people.

        Work on hundreds of thousands counts as ten years, the most that a task may take: no run lasts so long.
        """
        crew = self.decon_crew
        return (
            Task(
                id=f"decon-{number}", title=Text(en=f"Decontaminate {people} injured", zh=f"洗消伤员{people}人"),
                capabilities=(self.decontamination,), min_crew=crew, useful_crew=crew * self.decon_lanes,
                work=Duration(mean_s=min(people * self.decon_s * crew, LONGEST_S)),
            ),
            Task(
                id=f"treat-{number}", title=Text(en=f"Treat {people} injured", zh=f"救治伤员{people}人"),
                capabilities=(self.medical,), min_crew=1, useful_crew=min(max(1, people), MOST_MEDICS),
                work=Duration(mean_s=min(people * self.treat_s, LONGEST_S)), after=(f"decon-{number}",),
            ),
        )  # fmt: skip
