"""How fast a heavy fire vehicle drives on each section: every factor has its source and can be switched off."""

from __future__ import annotations

import math
from typing import Annotated, Final, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field

from drillsim.base.quantities import Model
from drillsim.roads.network.columns import equals, numbers
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.speeds.courses import Stretches, stretches_of

Kmh = Annotated[float, Field(gt=0, le=200, json_schema_extra={"unit": "km/h"})]
Factor = Annotated[float, Field(gt=0, le=2)]

SNOW_FACTOR: Final = {"none": 1.0, "light": 0.90, "heavy": 0.65, "packed": 0.50}
"""Middle of the ranges 0.85-0.95 (light snow), 0.60-0.70 (heavy snow), 0.4-0.6 (packed snow, ice; planning
values, knowledge). [dimensionless]"""
SURFACE_FACTOR: Final = {"paved": 1.0, "gravel": 0.7, "unpaved": 0.5}
"""Part of the speed that is kept on other surfaces (assumption; gravel in the mountains is planned at 25 km/h)."""
GRAVITY_MS2: Final = 9.81
ROLLING: Final = 0.012
"""Rolling resistance of truck tyres on asphalt. [dimensionless] General knowledge; 0.01 to 0.015."""
DRIVELINE: Final = 0.85
"""Part of the engine's power that comes to the wheels (assumption). [dimensionless]"""
DESCENT_FROM: Final = 0.06
"""Grade from which a heavy vehicle is held back downhill (assumption). [dimensionless]"""


def snow_speed_factor(level: Literal["none", "light", "heavy", "packed"]) -> float:
    """Return the part of its speed that a vehicle keeps on a road with snow. [dimensionless]

    Notes
    -----
    Highway Capacity Manual 2016: 0.85 to 0.95 in light snow, 0.60 to 0.70 in heavy snow; the middle of each range is
    taken. From general knowledge of the manual; wants checking. Packed snow and ice in the mountains: 0.4 to 0.6.

    Examples
    --------
    >>> snow_speed_factor("heavy")
    0.65
    """
    return SNOW_FACTOR[level]


def climbing_kmh(
    power_kw: float, mass_t: float, grade: NDArray[np.float64], elevation_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the speed at which all power goes into climbing and rolling; shape of *grade*. [km/h]

    Parameters
    ----------
    power_kw
        Power of the engine at sea level. [kW]
    mass_t
        Mass of the loaded vehicle. [t]
    grade
        Rise over length, from above minus the rolling resistance. [dimensionless]
    elevation_m
        Height above sea level. [m]

    Notes
    -----
    ``v = eta P / (m g (grade + f_r))``, air resistance left out; a turbo-diesel loses 1 % of its power per 100 m above
    2000 m (engine makers' practice after ISO 3046; general knowledge).

    Examples
    --------
    300 kW and 20 t up 5 %: 255 kW at the wheels over 12.2 kN:

    >>> climbing_kmh(300, 20, np.array([0.05]), np.array([1000.0])).round(1)
    array([75.5])
    """
    left = 1.0 - 0.01 * np.maximum(0.0, elevation_m - 2000.0) / 100.0
    force_n = 1000.0 * mass_t * GRAVITY_MS2 * np.maximum(grade + ROLLING, 1e-6)
    return np.asarray(3.6 * DRIVELINE * 1000.0 * power_kw * np.maximum(left, 0.1) / force_n)


class HeavyVehicleSpeed(Model):
    """Speed of a heavy vehicle on a road section: part of what a car drives there, up to a cap per class of road.

    The rule of the march tables: leg speed = min(class limit x 0.8, slowest vehicle, limit by grade and altitude).
    From general knowledge of planning practice, to be checked against observed marches: Xining to Yushu is planned at
    55-65 km/h, Qamdo to Yushu was driven at about 40 km/h in 2010.
    """

    factor: Factor = 0.8
    """Part of the free-flow speed of a car."""
    class_kmh: dict[Literal[ROAD_CLASSES], Kmh] = Field(default_factory=dict)  # type: ignore[valid-type]  # mypy wants the words themselves
    """Speed on all roads of a class, in place of that part: what a calibration has found."""
    siren_factor: Factor = 1.0
    """By how much lights and siren speed it up, before the caps; 1 for a march without (set it by calibration)."""
    motorway_cap_kmh: Kmh = 70.0
    """Most on a motorway: planning speed of heavy vehicles on an expressway."""
    other_cap_kmh: Kmh = 60.0
    """Most on any other road (assumption)."""
    surface: bool = True
    """Whether gravel and unpaved roads slow it."""
    grade: bool = True
    """Whether climbs and steep descents slow it, those of a pass or a gorge between the ends of a section among them;
    where only ends and highest point are known, it climbs and descends at 5 % near that point (assumption)."""
    power_kw: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "kW"})] = 300.0
    """Power of the engine at sea level (assumption)."""
    mass_t: Annotated[float, Field(gt=0, le=100, json_schema_extra={"unit": "t"})] = 20.0
    """Mass of the loaded vehicle; weaker bridges are closed to it (assumption)."""
    height_m: Annotated[float, Field(gt=0, le=6, json_schema_extra={"unit": "m"})] = 3.6
    """Height of the vehicle; lower underpasses are closed to it (assumption)."""
    width_m: Annotated[float, Field(gt=0, le=6, json_schema_extra={"unit": "m"})] = 2.5
    """Width of the vehicle; narrower gaps and roads are closed to it (assumption)."""
    limits: bool = True
    """Whether limits of height and width close a road, and limits of weight a bridge; elsewhere these are rules for
    others."""
    descent_kmh: Kmh = 40.0
    """Most on descents steeper than 6 % (assumption)."""
    junctions: bool = True
    """Whether time is lost at junctions."""
    start_stop_s: Annotated[float, Field(ge=0, le=300, json_schema_extra={"unit": "s"})] = 0.0
    """Lost on the way to an incident by getting up to speed and stopping there, over driving at full speed; less where
    full speed is never reached; 0 leaves it out."""
    wrong_way_kmh: Annotated[float, Field(ge=0, le=60, json_schema_extra={"unit": "km/h"})] = 0.0
    """Speed against a one-way road, with the risk of a collision head-on; 0 for never."""
    pedestrian_kmh: Annotated[float, Field(ge=0, le=60, json_schema_extra={"unit": "km/h"})] = 0.0
    """Speed on ways for people on foot, with the risk to them; 0 for never."""

    def section_s(self, network: RoadNetwork) -> NDArray[np.float64]:
        """Return the travel time along and against each section, dry and open; ``inf`` where it cannot go.

        Returns
        -------
        numpy.ndarray
            (n_sections, 2) [s]
        """
        columns = network.section_columns
        free_kmh = numbers(columns["free_flow_kmh"])
        back_kmh = numbers(columns["backward_kmh"]).astype(float)
        delay_s = numbers(columns["delay_s"]) if self.junctions else 0.0
        stretches = stretches_of(network)
        seconds = np.column_stack(
            [
                self._driven_s(self._level_kmh(columns, kmh), stretches, sign)
                for sign, kmh in ((1.0, free_kmh), (-1.0, np.where(np.isnan(back_kmh), free_kmh, back_kmh)))
            ]
        )
        seconds[self._too_large(columns)] = np.inf
        return np.asarray(seconds + np.reshape(delay_s, (-1, 1)))

    def standing_to_standing_s(self, driving_s: float) -> float:
        """Return the time of a journey from standing to standing, which at full speed takes *driving_s*. [s]

        Notes
        -----
        A vehicle that accelerates and brakes at a m/s² and drives at v in between takes ``D/v + v/a`` for a distance D
        of at least ``v²/a``, and ``2 sqrt(D/a)`` for less: Kolesar and Walker 1974 (RAND R-1449) for fire engines;
        Larson and Odoni, Urban Operations Research, eq. 3.88. Here ``D/v`` is the time at full speed and ``v/a``
        :attr:`start_stop_s`.

        Examples
        --------
        >>> speeds = HeavyVehicleSpeed(start_stop_s=40)
        >>> speeds.standing_to_standing_s(100), speeds.standing_to_standing_s(10)
        (140.0, 40.0)
        """
        if self.start_stop_s == 0.0:
            return driving_s
        if driving_s >= self.start_stop_s:
            return driving_s + self.start_stop_s
        return 2.0 * math.sqrt(driving_s * self.start_stop_s)

    def _level_kmh(self, columns: pa.Table, free_kmh: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the speed on level ground where a car drives *free_kmh*: both (n_sections,). [km/h]"""
        speed_kmh = self.factor * free_kmh
        for name, kmh in self.class_kmh.items():
            speed_kmh = np.where(equals(columns["road_class"], name), kmh, speed_kmh)
        if self.surface:
            for name, factor in SURFACE_FACTOR.items():
                if factor != 1.0:
                    speed_kmh = np.where(equals(columns["surface"], name), factor * speed_kmh, speed_kmh)
        cap_kmh = np.where(equals(columns["road_class"], "motorway"), self.motorway_cap_kmh, self.other_cap_kmh)
        speed_kmh = np.minimum(self.siren_factor * speed_kmh, cap_kmh)
        for why, kmh in (("wrong_way", self.wrong_way_kmh), ("pedestrian", self.pedestrian_kmh)):
            speed_kmh = np.where(equals(columns["risk"], why), kmh, speed_kmh)
        return np.asarray(speed_kmh)

    def _driven_s(self, level_kmh: NDArray[np.float64], stretches: Stretches, sign: float) -> NDArray[np.float64]:
        """Return the time over all stretches of each section, along it or, with a sign of -1, against: (n,). [s]"""
        kmh = self._on_grade(
            level_kmh[stretches.section], stretches.length_m, sign * stretches.rise_m, stretches.middle_m
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            seconds = np.where(kmh > 0, 3.6 * stretches.length_m / kmh, np.inf)
        return np.asarray(np.bincount(stretches.section, seconds, len(level_kmh)), dtype=float)

    def _on_grade(
        self, level_kmh: NDArray[np.float64], length_m: NDArray[np.float64], rise_m: NDArray[np.float64],
        elevation_m: NDArray[np.float64],
    ) -> NDArray[np.float64]:  # fmt: skip
        if not self.grade:
            return level_kmh
        grade = np.divide(rise_m, length_m, out=np.zeros_like(rise_m), where=length_m > 0)
        climbing = climbing_kmh(self.power_kw, self.mass_t, grade, elevation_m)
        slowed = np.where(grade > 0, np.minimum(level_kmh, climbing), level_kmh)
        return np.asarray(np.where(grade < -DESCENT_FROM, np.minimum(slowed, self.descent_kmh), slowed))

    def _too_large(self, columns: pa.Table) -> NDArray[np.bool_]:
        if not self.limits:
            return np.zeros(columns.num_rows, bool)
        low = numbers(columns["max_height_m"]) < self.height_m
        narrow = numbers(columns["max_width_m"]).astype(float) < self.width_m
        weak = numbers(columns["max_weight_t"]) < self.mass_t
        return np.asarray(low | narrow | (weak & (numbers(columns["bridge"]) == 1)))
