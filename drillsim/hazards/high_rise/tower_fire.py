"""The fire in a tall building, floor by floor: growth, flashover, spread by windows and façade, water, burn-out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.hazards.high_rise.tower import BURNS_KW_M2, Tower
from drillsim.physics.fire.compartment_fire import (
    DECAY_FROM,
    flashover_mqh_kw,
    growth_s,
    mean_height_m,
    one_opening,
    ventilation_limit_kw,
)
from drillsim.physics.fire.fire_flow import kw_under_water
from drillsim.physics.fire.floor_spread import (
    FACADE_DOWN_M_S,
    FACADE_ENTRY_S,
    FACADE_UP_M_S,
    FROM_WINDOW_TO_FLOOR_S,
    sprinkler_activation_kw,
    sprinklered_kw,
    window_flame_m,
)
from drillsim.physics.fire.growth import ALPHA_KW_S2

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

LININGS_KW_M2K: Final = 0.03
"""Effective conductance of plastered walls after some ten minutes (knowledge: order of sqrt(k rho c / t))."""
TO_PEAK_S: Final = 60.0
"""From flashover to the peak (assumption). [s]"""
IGNITED_KW: Final = 20.0
"""Size of fire that counts as established burning (assumption). [kW]"""
EMBERS_KW: Final = 50.0
"""Less than this, after the fuel is gone or under water, is out (assumption). [kW]"""
SPRINKLERS_HOLD: Final = 2
"""Floors that sprinklers hold at a time; their tank and pump are laid out for one fire (assumption)."""
FACADE_BURNS_S: Final = 900.0
"""For how long a piece of cladding burns (assumption). [s]"""
TO_NEXT_ROOM_S: Final = (600.0, 1800.0)
"""From the end of a fire in one room until the next burns behind a door or wall without rating: 10 to 30 minutes
(assumption). [s]"""
NEVER: Final = math.inf


@dataclass(frozen=True, slots=True)
class Room:
    """What the room of a floor says of its fire."""

    growth: str
    flashover_kw: float
    peak_kw: float
    fuel_mj: float
    flame_spreads: bool
    """Whether flames at the peak reach the windows above."""
    sprinkler_kw: float
    """Size at which sprinklers open; ``inf`` without."""
    spray_mm_s: float
    """Water that they put on the floor. [mm/s]"""


@dataclass(frozen=True, eq=False, slots=True)
class SpreadDraws:
    """What chance decides about the fire, drawn beforehand."""

    to_next_s: Array
    """(storeys,) exposure that sets each floor alight. [s]"""
    enters: NDArray[np.bool_]
    """(storeys,) whether burning cladding sets each floor alight."""
    shuts: NDArray[np.bool_]
    """(storeys,) whether fire in a room there shuts the way out."""
    next_room_s: Array
    """(storeys, rooms) from the end of each room's fire until the next room burns; ``inf`` if it never does. [s]"""


@dataclass(frozen=True, eq=False, slots=True)
class Blaze:
    """The fire at one moment. Row i is floor i + 1."""

    kw: Array
    """(storeys,) heat release rate in the rooms. [kW]"""
    burnt_mj: Array
    """(storeys,) heat released so far by the room that burns. [MJ]"""
    flashed: NDArray[np.bool_]
    """(storeys,) whether the room that burns, or burnt last, flashed over."""
    over: NDArray[np.bool_]
    """(storeys,) the same put out, or burnt out."""
    opened: NDArray[np.bool_]
    """(storeys,) sprinklers have opened there."""
    exposed_s: Array
    """(storeys,) time for which flames from below, or from the façade, have been at the windows. [s]"""
    facade_lit_s: Array
    """(storeys,) when the cladding of each floor catches fire; ``inf`` if not. [s after STARTEX]"""
    facade_out_s: Array
    """(storeys,) when it is out again. [s after STARTEX]"""
    room: Ints
    """(storeys,) which room of each floor burns, or burnt last."""
    flares_s: Array
    """(storeys,) when the next room catches fire; ``inf`` if none will. [s after STARTEX]"""

    @property
    def rooms(self) -> tuple[int, ...]:
        """Floors with a fire inside, lowest first."""
        return tuple(int(i) + 1 for i in np.flatnonzero(self.kw > 0))

    def facade(self, t_s: float) -> NDArray[np.bool_]:
        """Return where the cladding burns: (storeys,) array."""
        return (self.facade_lit_s <= t_s) & (t_s < self.facade_out_s)

    def alive(self, t_s: float) -> bool:
        """Return whether anything burns, or will of itself."""
        cladding = (t_s < self.facade_out_s) & (self.facade_lit_s < NEVER)
        return bool((self.kw > 0).any() or cladding.any() or self.smoulders)

    @property
    def smoulders(self) -> bool:
        """Whether a fire that seems out will take another room."""
        return bool((self.flares_s < NEVER).any())

    def exits_shut(self, t_s: float, draws: SpreadDraws) -> NDArray[np.bool_]:
        """Return where fire at the windows and in the corridor leaves no way out: (storeys,) array."""
        return (self.facade_lit_s <= t_s) & self.flashed & (self.kw > 0) & draws.shuts


def room_of(tower: Tower, growth: str, air: float = 1.0) -> Room:
    """Return what the room of a floor says of its fire.

    Parameters
    ----------
    tower, growth
        Building and growth class.
    air
        Pressure of the air over that at sea level. In thin air a smaller fire flashes over, opens sprinklers and uses
        up the air that windows let in; surfaces burn slower in the same proportion, as standard fires did in Lhasa
        (Fang et al. 2008: found). How fast fires grow there the literature does not decide: as at sea level.
    """
    area = tower.burning_m2
    opening_m2, opening_height_m = one_opening(tower.vents)
    inner = 2.0 * area + tower.wall_m2 - opening_m2
    flashover = flashover_mqh_kw(LININGS_KW_M2K, inner, opening_m2, opening_height_m, air)
    peak = min(air * BURNS_KW_M2 * area, ventilation_limit_kw(opening_m2, opening_height_m, air))
    width_m = sum(area_m2 / height_m for area_m2, height_m in tower.vents)
    flame_m = window_flame_m(peak, width_m, mean_height_m(tower.vents), air)
    opens = sprinkler_activation_kw(tower.storey_m, air=air) if tower.sprinklers == "working" else NEVER
    reaches = flame_m >= tower.spandrel_m
    return Room(growth, min(flashover, peak), peak, tower.fuel_mj, reaches, opens, tower.spray_mm_s)


def draw_spread(tower: Tower, rng: np.random.Generator) -> SpreadDraws:
    """Draw what chance decides."""
    low, high = FROM_WINDOW_TO_FLOOR_S
    n, each = tower.storeys, (tower.storeys, tower.rooms_per_floor)
    to_next_s, enters = rng.uniform(low, high, n), rng.random(n) < tower.facade_enters
    shuts, flares = rng.random(n) < tower.exit_shut, rng.random(each) < tower.flares_up
    return SpreadDraws(to_next_s, enters, shuts, np.where(flares, rng.uniform(*TO_NEXT_ROOM_S, each), NEVER))


def ignite(tower: Tower, floor: int, t_s: float, *, outside: bool) -> Blaze:
    """Return the fire at established burning on *floor*, inside or on the cladding."""
    n = tower.storeys
    kw, lit = np.zeros(n), np.full(n, NEVER)
    if outside:
        lit[floor - 1] = t_s
    else:
        kw[floor - 1] = IGNITED_KW
    no = np.zeros(n, dtype=bool)
    out, first, never = (
        np.where(lit < NEVER, t_s + FACADE_BURNS_S, NEVER),
        np.zeros(n, dtype=np.int64),
        np.full(n, NEVER),
    )
    return Blaze(kw, np.zeros(n), no, no, no, np.zeros(n), lit, out, first, never)


def burn(
    blaze: Blaze, tower: Tower, room: Room, draws: SpreadDraws, span: tuple[float, float],
    water_l_s: Mapping[int, float], stream_to_m: float = -1.0,
) -> Blaze:  # fmt: skip
    """Return the fire after the span of time.

    Parameters
    ----------
    blaze, tower, room, draws
        Fire, building, its rooms, chance.
    span
        From and until. [s after STARTEX]
    water_l_s
        Water that reaches each floor from lines on it. [L/s]
    stream_to_m
        Height up to which aerials cool the façade; negative if none is at work. [m]
    """
    t_s, until_s = span
    dt_s = until_s - t_s
    kw, burnt, flashed, over = blaze.kw.copy(), blaze.burnt_mj.copy(), blaze.flashed.copy(), blaze.over.copy()
    held = _held_by_sprinklers(blaze)
    for i in np.flatnonzero(kw > 0):
        free = _free_kw(kw[i], burnt[i], bool(flashed[i]), room, dt_s)
        if i in held:
            free = min(free, sprinklered_kw(kw[i], dt_s, room.spray_mm_s))
        flow = water_l_s.get(int(i) + 1, 0.0)
        after = kw_under_water(float(kw[i]), free, flow, dt_s) if flow > 0 else free
        burnt[i] += 0.5 * (kw[i] + after) * dt_s / 1000.0
        dies = after < EMBERS_KW and (flow > 0 or i in held or burnt[i] > DECAY_FROM * room.fuel_mj)
        kw[i], over[i] = (0.0, True) if dies else (after, False)
        flashed[i] |= kw[i] >= room.flashover_kw
    opened = blaze.opened | (kw >= room.sprinkler_kw)
    moved = replace(blaze, kw=kw, burnt_mj=burnt, flashed=flashed, over=over, opened=opened)
    died = over & ~blaze.over
    spread = _spread(_clad(moved, tower, room, span, stream_to_m), room, draws, span, water_l_s)
    return _flare_up(spread, died, draws, until_s, water_l_s)


def _free_kw(kw: float, burnt_mj: float, flashed: bool, room: Room, dt_s: float) -> float:
    """Return what a fire grows to if nobody comes: t-squared, the jump of flashover, decay. [kW]"""
    left = 1.0 - burnt_mj / room.fuel_mj
    cap = room.peak_kw * min(1.0, max(0.0, left) / (1.0 - DECAY_FROM))
    if flashed:
        grown = kw + (room.peak_kw - room.flashover_kw) * dt_s / TO_PEAK_S
    else:
        grown = ALPHA_KW_S2[room.growth] * portable.square(growth_s(room.growth, kw) + dt_s)
    return min(grown, cap)


def _held_by_sprinklers(blaze: Blaze) -> frozenset[int]:
    """Return the rows that sprinklers hold: the lowest of those where they opened."""
    opened = np.flatnonzero(blaze.opened & (blaze.kw > 0))
    return frozenset(int(i) for i in opened[:SPRINKLERS_HOLD])


def _clad(blaze: Blaze, tower: Tower, room: Room, span: tuple[float, float], stream_to_m: float) -> Blaze:
    """Let the cladding burn: it is lit by a room that has flashed over, and carries fire up, and slowly down."""
    until_s = span[1]
    lit, out = blaze.facade_lit_s.copy(), blaze.facade_out_s.copy()
    if tower.facade == "sound" and not (lit < NEVER).any():
        return blaze
    if tower.facade == "combustible":
        from_inside = (blaze.kw >= room.flashover_kw) & (lit == NEVER)
        lit[from_inside] = until_s
        for i in np.flatnonzero((lit <= until_s) & (until_s < out)):
            for other, speed in ((i + 1, FACADE_UP_M_S), (i - 1, FACADE_DOWN_M_S)):
                reaches_s = lit[i] + tower.storey_m / speed
                if 0 <= other < len(lit) and reaches_s <= out[i]:
                    lit[other] = min(lit[other], reaches_s)
    fresh = (lit < NEVER) & np.isinf(out)
    out[fresh] = lit[fresh] + FACADE_BURNS_S
    if stream_to_m >= 0:
        wetted = np.arange(len(lit)) * tower.storey_m <= stream_to_m
        out[wetted & (lit <= until_s)] = np.minimum(out[wetted & (lit <= until_s)], until_s)
        lit[wetted & (lit > until_s)] = out[wetted & (lit > until_s)] = NEVER
    return replace(blaze, facade_lit_s=lit, facade_out_s=out)


def _spread(
    blaze: Blaze, room: Room, draws: SpreadDraws, span: tuple[float, float], water_l_s: Mapping[int, float]
) -> Blaze:
    """Set floors alight that flames have been at for long enough; a line on a floor keeps it."""
    t_s, until_s = span
    dt_s = until_s - t_s
    kw, exposed = blaze.kw.copy(), blaze.exposed_s.copy()
    cold = (kw == 0) & ~blaze.over
    below = np.zeros(len(kw), dtype=bool)
    below[1:] = (kw[:-1] >= 0.5 * room.peak_kw) & blaze.flashed[:-1] & room.flame_spreads
    facade = blaze.facade(until_s) & draws.enters
    watched = _watched(len(kw), water_l_s)
    heated = (below | facade) & cold & ~watched
    exposed[heated & below] += dt_s
    exposed[heated & facade] += dt_s * draws.to_next_s[heated & facade] / FACADE_ENTRY_S
    exposed[~(below | facade)] = 0.0
    kw[heated & (exposed >= draws.to_next_s)] = IGNITED_KW
    return replace(blaze, kw=kw, exposed_s=exposed)


def _flare_up(
    blaze: Blaze, died: NDArray[np.bool_], draws: SpreadDraws, until_s: float, water_l_s: Mapping[int, float]
) -> Blaze:
    """Let a fire that has died behind burnt cladding take the next room of its floor, where no line stands."""
    if not died.any() and not blaze.smoulders:
        return blaze
    rows, rooms = np.arange(len(died)), draws.next_room_s.shape[1]
    wait_s = np.where(blaze.room + 1 < rooms, draws.next_room_s[rows, blaze.room], NEVER)
    begins = died & blaze.flashed & (blaze.facade_lit_s <= until_s)
    due_s = np.where(begins, until_s + wait_s, blaze.flares_s)
    due = due_s <= until_s
    lit = due & ~_watched(len(died), water_l_s)
    return replace(
        blaze,
        kw=np.where(lit, IGNITED_KW, blaze.kw),
        burnt_mj=np.where(lit, 0.0, blaze.burnt_mj),
        flashed=blaze.flashed & ~lit,
        opened=blaze.opened & ~lit,
        over=blaze.over & ~lit,
        room=np.where(lit, blaze.room + 1, blaze.room),
        flares_s=np.where(due, NEVER, due_s),
    )


def _watched(storeys: int, water_l_s: Mapping[int, float]) -> NDArray[np.bool_]:
    """Return the floors where water stands ready: (storeys,) array."""
    found = np.zeros(storeys, dtype=bool)
    found[[floor - 1 for floor, flow in water_l_s.items() if flow > 0]] = True
    return found
