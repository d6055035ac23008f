"""What ``drillsim show`` says of teams and of mobilisation waves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from drillsim.cli.printing import hours, print_table
from drillsim.cli.rows import first_rows, say_rest
from drillsim.forces.teams import TEAMS
from drillsim.language import say, word
from drillsim.scenario.plan import Plan, Unit, Wave

Row = Sequence[str]


def print_teams(plans: Sequence[Plan], lang: str) -> None:
    """Print what the teams of each plan consist of; a plan with the teams of one before it is left out."""
    rows = list(_new_rows(plans, lambda plan: _team_rows(plan, lang)))
    keys = ("plan", "team", "worksites", "people", "vehicles", "dogs", "self_sufficient")
    print_table(
        say("cli.title_teams_of", lang), [say(f"cli.{key}", lang) for key in keys], first_rows(rows), right=range(2, 7)
    )
    say_rest(rows, lang)


def _team_rows(plan: Plan, lang: str) -> list[Row]:
    """Return a row for each kind of team: one unit holds one worksite."""
    teams: dict[str, list[Unit]] = {}
    for unit in plan.units:
        if unit.team is not None:
            teams.setdefault(unit.team, []).append(unit)
    return [
        (
            word("value", team, lang),
            str(len(units)),
            str(sum(unit.crew for unit in units)),
            str(sum(unit.vehicles for unit in units)),
            str(TEAMS[team].dogs * len(units)),
            hours(min(unit.self_sufficient_s or 0.0 for unit in units)),
        )
        for team, units in teams.items()
    ]


def print_waves(plans: Sequence[Plan], lang: str) -> None:
    """Print who is called by whom, at which level of response; a plan with the waves of one before it is left out."""
    rows = list(_new_rows(plans, lambda plan: [_wave_row(plan, wave, lang) for wave in plan.waves]))
    keys = ("plan", "wave", "level", "ordered_by", "decided", "readied", "units", "people")
    print_table(
        say("cli.title_waves_of", lang), [say(f"cli.{key}", lang) for key in keys], first_rows(rows), right=range(4, 8)
    )
    say_rest(rows, lang)


def _wave_row(plan: Plan, wave: Wave, lang: str) -> Row:
    people = {unit.id: unit.crew for unit in plan.units}
    return (
        wave.title.in_(lang) if wave.title else wave.id,
        wave.response_level or "–",
        wave.ordered_by.in_(lang),
        hours(wave.decision.typical_s),
        hours(wave.preparation.typical_s),
        str(len(wave.units)),
        str(sum(people[name] for name in wave.units)),
    )


def _new_rows(plans: Sequence[Plan], rows_of: Callable[[Plan], list[Row]]) -> Iterator[Row]:
    """Yield the rows of each plan behind its id, unless an earlier plan has the very same."""
    seen: list[list[Row]] = []
    for plan in plans:
        rows = rows_of(plan)
        if rows not in seen:
            seen.append(rows)
            yield from ((plan.id, *row) for row in rows)
