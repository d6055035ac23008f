"""``drillsim roads calibrate``: speeds fitted to journeys that were timed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from drillsim.cli.networks import named_network
from drillsim.cli.printing import print_json, print_table, print_text
from drillsim.cli.roads_info import class_name
from drillsim.language import say
from drillsim.roads.speeds.calibration import calibrate
from drillsim.roads.speeds.observed_times import read_observations

MOST_NAMED = 10
"""Journeys that are named one by one."""


def main(lang: str, *, network: str, journeys: Path, folds: int, as_json: bool) -> None:
    """Fit the speeds and print them as a plan would say them."""
    opened = named_network(network)
    observations = read_observations(journeys, opened)
    found = calibrate(opened, observations, folds=folds)
    snapped = [o for o in observations if o.off_m]
    if as_json:
        points = {
            "snapped": len(snapped),
            "snapped_most_m": max((o.off_m for o in snapped), default=0.0),
            "far": [{"origin": o.origin, "destination": o.destination, "off_m": o.off_m} for o in snapped if o.far],
        }
        print_json(asdict(found) | {"speeds": found.speeds.model_dump(exclude_defaults=True)} | points)
        return
    print_text(say("cli.journeys", lang, n=found.observations, out=found.unreachable))
    if snapped:
        print_text(say("cli.journeys_snapped", lang, n=len(snapped), most=f"{max(o.off_m for o in snapped):.0f}"))
    far = [f"{o.origin} - {o.destination}" for o in snapped if o.far]
    if far:
        print_text(say("cli.journeys_far", lang, n=len(far), names="; ".join(far[:MOST_NAMED])))
    if found.strange:
        print_text(say("cli.strange_journeys", lang, n=len(found.strange), names="; ".join(found.strange[:MOST_NAMED])))
    print_table(
        "",
        [say(f"cli.{key}", lang) for key in ("road_class", "driven", "heavy_kmh")],
        [
            (class_name(name, lang), f"{km:,.0f} km", f"{found.speeds.class_kmh[name]:.1f} km/h")
            for name, km in found.km_by_class.items()
        ],
        right=(1, 2),
    )
    print_text(say("cli.siren", lang, factor=f"{found.speeds.siren_factor:.2f}"))
    error = {"before": f"{found.error_before:.1%}", "after": f"{found.error_after:.1%}"}
    print_text(say("cli.error", lang, **error, bias=f"{found.bias_after:+.1%}"))
    hours = "  ".join(f"{part} {ratio:.2f}" for part, ratio in found.error_by_hour.items())
    if hours:
        print_text(say("cli.by_hour", lang, hours=hours))
    classes = ", ".join(f"{name}: {kmh:.1f}" for name, kmh in found.speeds.class_kmh.items())
    caps = f"motorway_cap_kmh: {found.speeds.motorway_cap_kmh:g}, other_cap_kmh: {found.speeds.other_cap_kmh:g}"
    text = f"speeds: {{class_kmh: {{{classes}}}, siren_factor: {found.speeds.siren_factor:.2f}, {caps}}}"
    print_text(say("cli.write_plan", lang) + "\n" + text)
