"""Response times: how the crews of a kind of city turn out and drive, as measured; a scenario takes them by name.

Another city is one more row of :data:`RESPONSE_TIMES`, with its source. What a scenario or plan says goes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from drillsim.base.quantities import Duration, Model, Text
from drillsim.forces.forces import Force, ForceName, Night
from drillsim.roads import HeavyVehicleSpeed
from drillsim.world.weather import Traffic


class ResponseTimes(Model):
    """Alarm handling, turnout, driving and traffic of one kind of city."""

    alarm_handling: Duration
    """From the call until units can be sent."""
    forces: dict[ForceName, Force]
    """Rules of the kinds of force that differ from the built-in ones: turnout by day and night."""
    night: Night
    """When night turnout times hold."""
    speeds: HeavyVehicleSpeed
    """How fast units drive."""
    traffic: Traffic
    """How traffic slows the roads by the hour."""
    source: Text
    """What the numbers rest on, told among the assumptions of a scenario that takes them."""

    def for_plan(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a complete plan, of which *written* are said by the plan itself.

        Speeds are taken field by field, a kind of force as a whole.
        """
        fields: dict[str, Any] = {"alarm_handling": self.alarm_handling, "night": self.night, **written}
        fields["forces"] = {**self.forces, **(written.get("forces") or {})}
        own: HeavyVehicleSpeed | None = written.get("speeds")
        said = {} if own is None else {name: getattr(own, name) for name in own.model_fields_set}
        fields["speeds"] = self.speeds.with_valid(said)
        return fields


_CREW: Final = Force(turnout_day=Duration(mean_s=79, cv=0.35), turnout_night=Duration(mean_s=138, cv=0.35))

RESPONSE_TIMES: Final[Mapping[str, ResponseTimes]] = MappingProxyType(
    {
        "urban": ResponseTimes(
            alarm_handling=Duration(mean_s=100, cv=0.5),
            forces={
                "national_team": _CREW,
                "government_brigade": _CREW,
                "enterprise_brigade": _CREW.with_valid({"reach_s": 1800.0}),
            },
            night=Night(from_hour=23, to_hour=7),
            speeds=HeavyVehicleSpeed(
                factor=1.0, siren_factor=1.68, other_cap_kmh=70.0, motorway_cap_kmh=90.0, start_stop_s=18.0
            ),
            traffic=Traffic(
                weekday=(
                    *(1.0,) * 6, 0.97, *(0.90,) * 3, *(0.95,) * 6, *(0.865,) * 3, *(0.97,) * 3, *(1.0,) * 2,
                ),
                weekend=(*(1.0,) * 10, *(0.95,) * 9, *(0.97,) * 3, *(1.0,) * 2),
            ),
            source=Text(
                en=(
                    "Response times of a large city: turnout and alarm handling of the London Fire Brigade, siren by "
                    "Ho & Casey 1998, traffic by Transport for London, within a quarter of the law of RAND and ISO."
                ),
                zh=(
                    "响应时间取大城市数据：出动与接警调派取自伦敦消防队，警灯警报系数取自 Ho & Casey（1998），"
                    "交通取自伦敦交通局；与 RAND/ISO 行车时间定律相差不超过四分之一。"
                ),
            ),
        ),
    }
)  # fmt: skip
"""Response times by name.

``urban``, full-time crews in a large city:

- turnout by day 79 s in the mean: London Fire Brigade 2015, crews of all London, all hours (urbs.london, found);
- turnout by night 138 s and the coefficient of variation 0.35: nine mobilisations shortly after midnight in the records
  of the London Fire Brigade (2009, Open Government Licence); a fit, and older than the figure by day;
- night from 23:00 to 07:00, and the crews of works like those of the city: assumptions;
- alarm handling 100 s in the mean: target of the London Fire Brigade from answering a call to mobilisation (2015/16,
  found); the coefficient of variation is that of the default (assumption);
- siren 1.68: 7.48 min without against 4.46 min with lights and siren on the same 64 urban ways (Ho & Casey 1998, Annals
  of Emergency Medicine 32, abstract read), ambulances; 1.43 in the country (Ho & Lindquist 2001, abstract read);
- a factor of 1: in streets a fire engine keeps up with cars (assumption); the 0.8 of a march is not for a city;
- at most 70 km/h: fitted, of 60, 70 and 80, to the law of RAND and ISO (``docs/validation/cities.md``); 90 on
  motorways: assumption;
- 18 s for starting and stopping: 35 mph within 25 s (NFPA 1901, general knowledge; wants checking) costs half of that,
  and braking at 1.5 m/s² from there (assumption) 5 s;
- traffic: between the peaks 0.95 (assumption); in the peaks less by half of what all traffic loses against that (half
  is an assumption): 0.89 in the morning and 0.82 in the evening, the mean of inner and outer London in 2014/15
  (Transport for London, Travel in London report 8, table 4.9, found).
"""

RESPONSE_TIMES_NAMES: Final = tuple(RESPONSE_TIMES)
"""Names of response times."""
