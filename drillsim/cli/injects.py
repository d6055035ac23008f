"""The table of injects: when, what it says and changes, from whom to whom, what is expected."""

from __future__ import annotations

from collections.abc import Mapping

from drillsim.cli.printing import clock, hours, print_table
from drillsim.cli.rows import first_rows, say_rest
from drillsim.language import say, word
from drillsim.scenario.scenario import Inject, Scenario


def print_injects(scenario: Scenario, at_s: Mapping[str, float], lang: str) -> None:
    """Print the injects that have a moment in *at_s*, in order. [s after STARTEX]"""
    injects = sorted((inject for inject in scenario.injects if inject.id in at_s), key=lambda one: at_s[one.id])
    print_table(
        say("cli.title_injects_of", lang),
        [say(f"cli.{key}", lang) for key in ("at", "id", "text", "what", "from_whom", "expected")],
        [_row(scenario, inject, at_s[inject.id], lang) for inject in first_rows(injects)],
    )
    say_rest(injects, lang)


def _row(scenario: Scenario, inject: Inject, at_s: float, lang: str) -> tuple[str, ...]:
    ends = [text.in_(lang) if text else "–" for text in (inject.sender, inject.receiver)]
    return (
        f"{hours(at_s)}\n{clock(scenario.startex, at_s)}",
        inject.id,
        inject.text.in_(lang),
        _change(scenario, inject, lang),
        " → ".join(ends) if inject.sender or inject.receiver else "",
        inject.expected_action.in_(lang) if inject.expected_action else "",
    )


def _change(scenario: Scenario, inject: Inject, lang: str) -> str:
    """Say in a few words what an inject changes."""
    places = scenario.roads.places
    if inject.road is not None:
        ends = "–".join(places[end].name(lang) for end in inject.road.between)
        return f"{inject.road.road or ''} {ends}: {inject.road.speed_factor:.0%}".strip()
    if inject.unit is not None:
        able = word("capability", inject.unit.capability, lang)
        return f"{places[inject.unit.node].name(lang)}: −{inject.unit.units} {able}"
    if inject.incident is not None:
        return inject.incident.id
    if inject.weather is None:
        return ""
    snow = word("value", inject.weather.snow, lang)
    return say("cli.weather_now", lang, celsius=f"{inject.weather.temperature_c:g}", snow=snow)
