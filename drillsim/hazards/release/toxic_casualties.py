"""People in and around a plant: who is indoors, who leaves when, what dose each takes up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field

from drillsim.base import portable
from drillsim.base.quantities import EntityId, Model, Seconds, Share, Text
from drillsim.physics.gas.substances import Toxic
from drillsim.physics.gas.toxicity import death_part, exponent_of, indoors, part_of_aegl
from drillsim.physics.validity import Array
from drillsim.world.references import NodeRef

COHORTS: Final = 20
"""Into how many equal groups the people of a place are cut by when they leave (numerical choice)."""
STATES: Final = ("present", "sheltering", "under_way", "evacuated", "injured", "dead")
"""Where people are and how; each person is in one."""


class Settlement(Model):
    """People at one place: a plant, a village, a school."""

    id: EntityId
    """Short name, unique within the hazard."""
    title: Text | None = None
    """Name for people."""
    sort: Literal["plant", "village", "school", "town"] = "village"
    """What sort of place it is."""
    node: NodeRef
    """Place on the road network."""
    people: Annotated[int, Field(ge=0, le=1_000_000)]
    """People there when it begins."""
    radius_m: Annotated[float, Field(ge=0, le=5000, json_schema_extra={"unit": "m"})] = 200.0
    """They are spread evenly over a disc of this radius (assumption: 200 m)."""
    outdoors: Share = 0.1
    """Part of them outdoors before they are warned (assumption: 0.1)."""
    protect: Literal["evacuate", "shelter", "nothing"] = "evacuate"
    """What they do when they are warned."""
    warned_after_s: Seconds = 1800.0
    """From the start until they are warned if nobody does anything about it (assumption: 30 minutes)."""
    told_after_s: Seconds = 300.0
    """From when responders begin to warn until they are warned (assumption: 5 minutes); the earlier counts."""
    leaving_s: Annotated[Seconds, Field(gt=0)] = 1800.0
    """From being warned until the last have left; they leave evenly (assumption: 30 minutes)."""
    clear_s: Seconds = 900.0
    """How long each is under way in the open until out of the cloud (assumption: 15 minutes, across the wind)."""


@dataclass(frozen=True, slots=True, eq=False)
class Doses:
    """What the people of each settlement have taken up so far."""

    load: Array
    """(n_settlements, COHORTS, 2) toxic load of those indoors and outdoors at first. [(mg/m³)^n min]"""
    exposed_min: Array
    """As *load*: how long they have been above the lowest AEGL-3. [min]"""
    part_of_aegl_3: Array
    """As *load*: highest mean of the load over the time exposed so far, as part of AEGL-3 for that time."""
    inside_mg_m3: Array
    """(n_settlements, COHORTS) concentration in closed houses. [mg/m³]"""


def spread_m(settlements: tuple[Settlement, ...]) -> tuple[Array, Array]:
    """Return where each cohort is from the middle of its settlement: a sunflower over the disc. [m]

    (n_settlements, COHORTS) east, north each. The order has nothing to do with who leaves first.
    """
    number = (7 * np.arange(COHORTS)) % COHORTS
    radius = np.sqrt((number + 0.5) / COHORTS)
    angle = number * np.pi * (3.0 - np.sqrt(5.0))
    wide = np.array([s.radius_m for s in settlements])[:, np.newaxis]
    return wide * (radius * portable.cos(angle)), wide * (radius * portable.sin(angle))


def no_doses(settlements: int) -> Doses:
    """Return the doses before anything happened."""
    nothing = np.zeros((settlements, COHORTS, 2))
    return Doses(nothing, nothing, nothing, np.zeros((settlements, COHORTS)))


def leave_at_s(settlements: tuple[Settlement, ...], warned_s: Array) -> Array:
    """Return when each cohort leaves; ``inf`` where people stay. (n_settlements, COHORTS) [s]"""
    leaving = np.array([s.leaving_s if s.protect == "evacuate" else np.inf for s in settlements])
    part = (np.arange(COHORTS) + 0.5) / COHORTS
    with np.errstate(invalid="ignore"):
        return np.asarray(warned_s[:, np.newaxis] + leaving[:, np.newaxis] * part)


def take_up(
    doses: Doses,
    settlements: tuple[Settlement, ...],
    outside_mg_m3: Array,
    times_s: Array,
    warned_s: Array,
    toxic: Toxic,
    mg_m3_per_ppm: float,
) -> Doses:
    """Return the doses after some steps.

    Parameters
    ----------
    doses, settlements
        So far, and who.
    outside_mg_m3
        (n_steps, n_settlements, COHORTS) concentration in the open during each step. [mg/m³]
    times_s
        (n_steps + 1,) ends of the steps. [s after STARTEX]
    warned_s
        (n_settlements,) when people are warned.
    toxic, mg_m3_per_ppm
        Limits of the substance, and mass of its gas in the air of the place.
    """
    leave = leave_at_s(settlements, warned_s)
    clear = leave + np.array([s.clear_s for s in settlements])[:, np.newaxis]
    goes_in = np.array([s.protect == "shelter" for s in settlements])
    exponent, inside_mg_m3 = exponent_of(toxic), [doses.inside_mg_m3]
    load, exposed, worst = doses.load.copy(), doses.exposed_min.copy(), doses.part_of_aegl_3
    counts = portable.power(toxic.aegl_ppm[2][-1] * mg_m3_per_ppm, exponent)
    for outside, step_s in zip(outside_mg_m3, np.diff(times_s).tolist(), strict=True):
        inside_mg_m3.append(indoors(outside, step_s, inside_mg_m3[-1]))
    harmful = portable.power(np.stack((outside_mg_m3, inside_mg_m3[1:])), exponent)
    for outside, inside, start_s, end_s in zip(*harmful, times_s[:-1], times_s[1:], strict=True):
        minutes = (end_s - start_s) / 60.0
        middle = 0.5 * (start_s + end_s)
        gone, away = middle >= leave, middle >= clear
        in_open = np.where(away, 0.0, outside) * minutes
        in_house = np.where(gone, in_open, inside * minutes)
        sheltered = (goes_in & (middle >= warned_s))[:, np.newaxis]
        taken = np.stack((in_house, np.where(sheltered, in_house, in_open)), axis=-1)
        load += taken
        exposed += np.where(taken > counts * minutes, minutes, 0.0)
        if taken.any():
            worst = np.maximum(worst, part_of_aegl(load, exposed, toxic, 3, mg_m3_per_ppm))
    return Doses(load, exposed, worst, inside_mg_m3[-1])


def harm(doses: Doses, settlements: tuple[Settlement, ...], toxic: Toxic) -> tuple[Array, Array]:
    """Return expected deaths and injuries by settlement and cohort. (n_settlements, COHORTS) people each

    Deaths by the probit of the substance, none if it has none. Injured are those who live and whose mean of the toxic
    load, over the time that they were exposed, was ever above AEGL-3 for that time (assumption).
    """
    people = np.array([[s.people / COHORTS * (1.0 - s.outdoors), s.people / COHORTS * s.outdoors] for s in settlements])
    dead = np.zeros(doses.load.shape) if toxic.probit is None else death_part(doses.load, toxic.probit)
    hurt = np.where(doses.part_of_aegl_3 > 1.0, 1.0 - dead, 0.0)
    weight = people.reshape(len(settlements), 1, 2)
    return (dead * weight).sum(axis=-1), (hurt * weight).sum(axis=-1)


def headcount(
    settlements: tuple[Settlement, ...], dead: Array, hurt: Array, warned_s: Array, t_s: float, luck: Array
) -> dict[str, int]:
    """Return everybody by state, in whole people; the sum is that of the settlements.

    Parameters
    ----------
    dead, hurt
        From :func:`harm`.
    luck
        (n_settlements,) 0 to 1: where fractions of people are rounded up; the same under every plan.
    """
    counts = dict.fromkeys(STATES, 0)
    leave = leave_at_s(settlements, warned_s)
    for i, s in enumerate(settlements):
        died = min(s.people, int(dead[i].sum() + luck[i]))
        injured = min(s.people - died, int(hurt[i].sum() + luck[i]))
        gone = int(np.sum(t_s >= leave[i])) / COHORTS
        clear = int(np.sum(t_s >= leave[i] + s.clear_s)) / COHORTS
        alive = s.people - died - injured
        evacuated = round(alive * clear)
        under_way = round(alive * gone) - evacuated
        stay = "sheltering" if s.protect == "shelter" and t_s >= warned_s[i] else "present"
        counts["dead"] += died
        counts["injured"] += injured
        counts["evacuated"] += evacuated
        counts["under_way"] += under_way
        counts[stay] += alive - evacuated - under_way
    return counts
