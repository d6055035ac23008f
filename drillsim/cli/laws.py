"""The table of an earthquake by several attenuation laws."""

from __future__ import annotations

from collections.abc import Sequence

from drillsim.cli.console import print_table, print_text
from drillsim.cli.tables import first_rows
from drillsim.incidents.earthquake import Earthquake
from drillsim.incidents.earthquake.laws import LawEffect, law_effects
from drillsim.language import say, word
from drillsim.scenario.scenario import Scenario
from drillsim.world.random_streams import RandomStreams
from drillsim.world.world import World


def print_laws(scenario: Scenario, lang: str) -> None:
    """Print, for each earthquake, what each law expects of it; nothing in a scenario without one."""
    for quake in scenario.incidents:
        if not isinstance(quake, Earthquake):
            continue
        world = World(scenario.ground, RandomStreams(0), scenario.startex, scenario.ends_at_s, scenario.weather)
        found = list(law_effects(quake, world))
        heads = [say(f"cli.{key}", lang) for key in ("law", "law_trapped", "law_killed", "law_intensity")]
        print_table(say("cli.title_laws", lang), heads, [_row(one, lang) for one in found], right=(1, 2))
        _print_settlements(found, scenario, lang)


def _row(effect: LawEffect, lang: str) -> Sequence[str]:
    name = word("value", effect.law, lang)
    strongest = effect.intensity.max(axis=1, initial=1.0)
    return (
        say("cli.law_used", lang, law=name) if effect.used else name,
        _spread(*effect.trapped.tolist(), digits=0),
        _spread(*effect.killed.tolist(), digits=0),
        _spread(*strongest.tolist(), digits=1),
    )


def _spread(low: float, middle: float, high: float, *, digits: int) -> str:
    return f"{middle:,.{digits}f} ({low:,.{digits}f} … {high:,.{digits}f})"


def _print_settlements(found: list[LawEffect], scenario: Scenario, lang: str) -> None:
    settlements = found[0].settlements
    order = sorted(range(len(settlements)), key=lambda i: -settlements[i].population)
    rows = []
    for i in first_rows(order):
        one, place = settlements[i], scenario.roads.places[settlements[i].node]
        name = place.name(lang) if one.title is None else one.title.in_(lang)
        rows.append((name, f"{one.population:,}", *(f"{effect.intensity[1, i]:.1f}" for effect in found)))
    heads = [say("cli.place", lang), say("cli.people", lang), *(word("value", effect.law, lang) for effect in found)]
    print_table(say("cli.title_law_intensity", lang), heads, rows, right=range(1, len(heads)))
    if len(order) > len(rows):
        print_text(say("cli.more", lang, n=len(order) - len(rows)))
    print_text(say("cli.law_note", lang))
    print_text()
