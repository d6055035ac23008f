"""People in a tall building: who waits, who goes down which stair, who breathes how much smoke; everybody is somewhere.

Stairs are cells of one flight each (Daganzo's cell transmission): people leave a flight at their free speed, no faster
than its capacity, and enter the next only where there is room; at a landing those from above and those from the floor
take turns. Speed, capacity and crowding are those of the SFPE model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.hazards.high_rise.tower import Tower, is_night
from drillsim.physics.fire.egress import (
    BEST_DENSITY,
    SLOPE_M_PER_M,
    STAIR_K,
    effective_width_m,
    pre_movement_s,
    specific_flow_p_sm,
    width_beside_crew_m,
)
from drillsim.physics.fire.smoke import fed_co

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

STATES: Final = ("in_place", "on_stairs", "refuge", "overcome", "evacuated", "rescued", "lost")
IN_PLACE, ON_STAIRS, REFUGE, OVERCOME, EVACUATED, RESCUED, LOST = range(len(STATES))
TREADS: Final = "178/279"
"""Riser and tread of stairs (assumption). [mm/mm]"""
FATAL_DOSES: Final = 3.0
"""So many times the dose that overcomes a person kills (assumption)."""


@dataclass(frozen=True, slots=True)
class Stair:
    """One flight of stairs as a cell. All stairs are alike."""

    step_s: float
    """Time that people who walk freely take for it: the time step. [s]"""
    capacity: float
    """Most people who pass in a step."""
    jam: float
    """Most people on a flight."""
    wave: float
    """Part of the free room that is filled in a step."""

    @classmethod
    def of(cls, tower: Tower, climbing: int = 0) -> Stair:
        """Return a flight of a building while so many people climb it."""
        k, length_m = STAIR_K[TREADS], SLOPE_M_PER_M * tower.storey_m
        width_m = effective_width_m(width_beside_crew_m(tower.stair_width_m, climbing))
        free_ms = 0.85 * k
        step_s = length_m / free_ms
        flow = max(specific_flow_p_sm(BEST_DENSITY, k) * width_m, 1e-3)
        jam = max(flow / free_ms * length_m + 1.0, 3.5 * width_m * length_m)
        wave_ms = flow / (jam / length_m - flow / free_ms)
        return cls(step_s, flow * step_s, jam, min(1.0, wave_ms * step_s / length_m))


@dataclass(frozen=True, eq=False, slots=True)
class People:
    """Everybody in the building, one row each: the sum over states never changes."""

    state: Ints
    """(n,) row of :data:`STATES`."""
    floor: Ints
    """(n,) floor on which they are; on stairs the floor they came past last."""
    stair: Ints
    """(n,) stair that they use."""
    moves_s: Array
    """(n,) when they set out; ``inf`` if not told to. [s after STARTEX]"""
    hesitates_s: Array
    """(n,) from being told until they set out. [s]"""
    walks: NDArray[np.bool_]
    """(n,) whether they can use stairs."""
    room: Ints
    """(n,) in which room of their floor they stay, of those that can burn one after the other."""
    cut_off: NDArray[np.bool_]
    """(n,) whether fire at the windows and in the corridor leaves them no way out."""
    dose: Array
    """(n,) smoke breathed, in doses that overcome the median person."""
    tolerance: Array
    """(n,) dose that overcomes each."""
    since: Array
    """(n,) order in which they came to where they are, for queues."""
    clock_s: float
    """Moment up to which they have walked: whole steps behind the clock. [s after STARTEX]"""
    carry: Array
    """(2, stairs, storeys) parts of people still to pass, from above and from the floor."""

    def counts(self) -> dict[str, int]:
        """Return how many are in which state."""
        number = np.bincount(self.state, minlength=len(STATES))
        return {name: int(n) for name, n in zip(STATES, number, strict=True)}

    def by_floor(self, storeys: int) -> Ints:
        """Return how many living people are on each floor and on the stairs beside it: (storeys,) array."""
        there = self.state < EVACUATED
        return np.bincount(self.floor[there] - 1, minlength=storeys)

    @property
    def walking(self) -> bool:
        """Whether anybody is on the stairs."""
        return bool((self.state == ON_STAIRS).any())

    def sets_out(self, until_s: float) -> bool:
        """Return whether anybody waits for the stairs, or will by *until_s*."""
        return bool(((self.state == IN_PLACE) & (self.moves_s <= until_s)).any())


def people_of(tower: Tower, t_s: float, hour: float, rng: np.random.Generator) -> People:
    """Return the people of a building at a moment and clock hour, spread evenly over the floors above the ground."""
    n = tower.occupants(hour)
    floors = 2 + np.arange(n, dtype=np.int64) % (tower.storeys - 1)
    first_s, last_s = tower.facts.asleep_s if is_night(hour) else tower.facts.pre_movement_s
    impaired = tower.facts.impaired_share if tower.impaired is None else tower.impaired
    return People(
        state=np.full(n, IN_PLACE, dtype=np.int64),
        floor=floors,
        stair=rng.integers(0, tower.stairs, n),
        moves_s=np.full(n, np.inf),
        hesitates_s=pre_movement_s(rng.random(n), first_s, last_s),
        walks=rng.random(n) >= impaired,
        room=(rng.random(n) * tower.floor_m2 / tower.burning_m2).astype(np.int64),
        cut_off=np.zeros(n, dtype=bool),
        dose=np.zeros(n),
        tolerance=portable.exp(rng.standard_normal(n)),
        since=np.zeros(n),
        clock_s=t_s,
        carry=np.zeros((2, tower.stairs, tower.storeys)),
    )


SEES_FIRE_S: Final = 60.0
"""Who is in the room that burns sets out within a minute of the alarm (assumption). [s]"""


def beside_fire(people: People, floor: int) -> People:
    """Let those in the room where it begins be quick."""
    quick = (people.room == 0) & (people.floor == floor)
    return replace(people, hesitates_s=np.where(quick, np.minimum(people.hesitates_s, SEES_FIRE_S), people.hesitates_s))


def told(people: People, t_s: float, floors: NDArray[np.bool_] | None = None) -> People:
    """Tell people to leave, all or those on the floors marked: they set out after their pre-movement time."""
    hears = people.state == IN_PLACE
    if floors is not None:
        hears &= floors[people.floor - 1]
    soonest_s = np.minimum(people.moves_s, t_s + people.hesitates_s)
    return replace(people, moves_s=np.where(hears, soonest_s, people.moves_s))


def walk(people: People, tower: Tower, until_s: float, climbing: int) -> People:
    """Let people go down the stairs until a moment, while so many come up the first stair."""
    free = Stair.of(tower)
    steps = int((until_s - people.clock_s) / free.step_s + 1e-9)
    if steps < 1:
        return people
    if not people.walking and not people.sets_out(until_s):
        return replace(people, clock_s=people.clock_s + steps * free.step_s)
    beside = Stair.of(tower, climbing)
    for _ in range(steps):
        people = _step(people, tower, (free, beside))
    return people


def _step(people: People, tower: Tower, stairs: tuple[Stair, Stair]) -> People:
    """Move everybody one step: first out of each flight and off each floor, as far as there is room."""
    t_s = people.clock_s + stairs[0].step_s
    state, floor, since = people.state.copy(), people.floor.copy(), people.since.copy()
    waits = (state == IN_PLACE) & (people.moves_s <= t_s) & ~people.cut_off
    state[waits & ~people.walks] = REFUGE
    waits &= people.walks
    rows, cells = tower.stairs, tower.storeys
    there = people.stair * cells + floor - 1
    climbs = state == ON_STAIRS
    on = np.bincount(there[climbs], minlength=rows * cells).reshape(rows, cells).astype(float)
    queue = np.bincount(there[waits], minlength=rows * cells).reshape(rows, cells).astype(float)
    down, enter, carry = _flows(on, queue, stairs, people.carry)
    goes = _first(np.flatnonzero(climbs), there, since, down.ravel())
    comes = _first(np.flatnonzero(waits), there, people.moves_s, enter.ravel())
    floor[goes] -= 1
    since[goes] = since[comes] = t_s
    state[comes] = ON_STAIRS
    state[goes[floor[goes] <= 1]] = EVACUATED
    return replace(people, state=state, floor=floor, since=since, clock_s=t_s, carry=carry)


def _flows(on: Array, queue: Array, stairs: tuple[Stair, Stair], carry: Array) -> tuple[Array, Array, Array]:
    """Return how many leave each flight downwards, how many enter from each floor, and the parts left over.

    The flight of row ``f - 1`` leads from floor f down to floor f - 1; there is none at the ground floor.
    """
    which = [stairs[1], *([stairs[0]] * (len(on) - 1))]
    capacity, jam, wave = (
        np.array([[getattr(stair, name)] for stair in which]) for name in ("capacity", "jam", "wave")
    )
    send = np.minimum(on, capacity)
    room = np.minimum(capacity, wave * np.maximum(jam - on, 0.0))
    above = np.zeros_like(on)
    above[:, :-1] = send[:, 1:]  # who comes from the flight above into each flight
    above[:, 0] = 0.0
    wish = np.minimum(queue, capacity)
    half = 0.5 * room
    taken = np.where(above + wish <= room, above, np.where(above < half, above, np.maximum(half, room - wish)))
    enters = np.minimum(wish, room - taken)
    down = np.zeros_like(on)
    down[:, 2:] = taken[:, 1:-1]
    down[:, 1] = send[:, 1]  # out at the bottom
    wanted = np.stack([down, enters]) + carry
    whole = np.minimum(np.floor(wanted + 1e-9), np.stack([on, queue]))
    return whole[0], whole[1], np.minimum(wanted - whole, 1.0)


def _first(rows: Ints, there: Ints, since: Array, quota: Array) -> Ints:
    """Return the first of *rows* at each place, as many as its quota, longest there first."""
    if not len(rows):
        return rows
    ordered = rows[np.lexsort((since[rows], there[rows]))]
    places = there[ordered]
    rank = np.arange(len(ordered)) - np.searchsorted(places, places, side="left")
    return ordered[rank < quota[places]]


def shut_in(people: People, exits_shut: NDArray[np.bool_]) -> People:
    """Cut off those who have not set out, on the floors marked: (storeys,) array; the others are free to go."""
    if not exits_shut.any() and not people.cut_off.any():
        return people
    return replace(people, cut_off=(people.state == IN_PLACE) & exits_shut[people.floor - 1])


def breathe(
    people: People, room_ppm: Array, floor_ppm: Array, stair_ppm: Array, dt_s: float, burning: Ints | None = None
) -> People:
    """Add what people breathe in *dt_s*; who has had too much is overcome, who has had far too much is lost.

    Parameters
    ----------
    room_ppm, floor_ppm, stair_ppm : (storeys,), (storeys,), (stairs, storeys) arrays
        Carbon monoxide in the rooms that burn, on the rest of the floors, and on the stairs. [ppm]
    dt_s
        Time. [s]
    burning : (storeys,) array
        Which room of each floor burns; the first if left out.
    """
    inside = people.state < EVACUATED
    if not len(people.state) or not (room_ppm.any() or floor_ppm.any() or stair_ppm.any()):
        return people
    row = people.floor - 1
    beside = people.room == (0 if burning is None else burning[row])
    near = beside & ((people.state == IN_PLACE) | (people.state == OVERCOME))
    ppm = np.where(near, np.maximum(room_ppm[row], floor_ppm[row]), floor_ppm[row])
    ppm = np.where(people.state == ON_STAIRS, stair_ppm[people.stair, row], ppm)
    dose = people.dose + np.where(inside, fed_co(ppm, dt_s), 0.0)
    state = np.where(inside & (people.state < OVERCOME) & (dose >= people.tolerance), OVERCOME, people.state)
    state = np.where(inside & (dose >= FATAL_DOSES * people.tolerance), LOST, state)
    return replace(people, dose=dose, state=state)


def searched(people: People, floor: int, t_s: float) -> People:
    """Bring out everybody whom a search finds on a floor; who can walk, and is free to, is sent down the stairs."""
    here = people.floor == floor
    carried = here & ((people.state == REFUGE) | (people.state == OVERCOME))
    alone = people.walks & ~people.cut_off
    carried |= here & (people.state == IN_PLACE) & ~alone
    walks = here & (people.state == IN_PLACE) & alone
    state = np.where(carried, RESCUED, people.state)
    return replace(people, state=state, moves_s=np.where(walks, np.minimum(people.moves_s, t_s), people.moves_s))


def to_carry(people: People, floor: int) -> int:
    """Return how many people a search will have to bring off a floor: who cannot walk, or is cut off."""
    helpless = ~people.walks | people.cut_off
    stays = (people.state == REFUGE) | (people.state == OVERCOME) | ((people.state == IN_PLACE) & helpless)
    return int(np.count_nonzero(stays & (people.floor == floor)))
