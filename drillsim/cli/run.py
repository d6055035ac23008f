"""``drillsim run``: one replication of one plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from drillsim.checks import check_invariants
from drillsim.cli.console import hours, moment, print_json, print_table, print_text, quantity
from drillsim.cli.inputs import UsageError, named_plan, named_scenario, with_plan_files
from drillsim.cli.laws import print_laws
from drillsim.cli.tables import (
    case_word,
    effects,
    first_rows,
    incident_titles,
    period,
    print_injects,
    print_rest,
    task_titles,
)
from drillsim.engine import simulate
from drillsim.language import say, word
from drillsim.language.tasks import task_word
from drillsim.metrics import Outcome, evaluate
from drillsim.metrics.headlines import results
from drillsim.metrics.registry import unit_of
from drillsim.metrics.story import TaskRow, incident_rows, task_rows, unmet_needs, wave_rows
from drillsim.scenario.lint import lint
from drillsim.scenario.plan import Plan
from drillsim.scenario.saving import atomic_write
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import AdvisoryIssued, InjectDelivered, UnitInPlace, UnitLeftBehind, WaveOrdered
from drillsim.trace.trace import Trace
from drillsim.world.advisory import advisory_text

DOUBTFUL: Final = frozenset({"snapped_far", "cut_off", "closed_in_season"})
"""Lint warnings that put every figure of a run in doubt."""


def main(
    lang: str,
    *,
    file: str,
    plan: str | None,
    plan_file: list[Path] | None,
    seed: int,
    replication: int,
    trace: Path | None,
    map_: Path | None,
    check: bool,
    as_json: bool,
) -> None:
    """Run one replication of a plan and print its results."""
    _refuse_impossible(plan, plan_file, (trace, map_), lang)
    scenario, added = with_plan_files(named_scenario(file, lang), plan_file)
    chosen = named_plan(scenario, added[0] if added else plan, file, lang)
    happened = simulate(scenario, chosen, seed=seed, replication=replication)
    if check:
        check_invariants(happened)
    outcome = evaluate(happened, scenario.objectives)
    # files first: the reader of the tables may close the pipe early
    written = [happened.write(trace)] if trace is not None else []
    if map_ is not None:
        written.append(_write_map(map_, scenario, chosen, happened, lang))
    if as_json:
        print_json(_as_data(happened, outcome))
    else:
        print_run(scenario, chosen, happened, outcome, lang)
        advisories = [say("cli.wrote", lang, path=path) for path in written] + [say("cli.sound", lang)] * check
        print_text("\n".join(advisories))


def _refuse_impossible(
    plan: str | None, files: list[Path] | None, outputs: tuple[Path | None, Path | None], lang: str
) -> None:
    if plan is not None and files:
        raise UsageError(say("cli.plan_or_file", lang))
    if files and len(files) > 1:
        raise UsageError(say("cli.one_plan_file", lang))
    trace = outputs[0]
    if trace is not None and trace.suffix not in {".jsonl", ".parquet"}:
        raise UsageError(say("cli.trace_name", lang, path=trace))
    if outputs[1] is not None and outputs[1].suffix != ".html":
        raise UsageError(say("cli.map_name", lang, path=outputs[1]))
    for path in outputs:
        if path is not None and not path.parent.is_dir():
            raise UsageError(say("cli.no_folder", lang, path=path.parent))


def _write_map(path: Path, scenario: Scenario, plan: Plan, happened: Trace, lang: str) -> Path:
    from drillsim.views import page, run_map
    from drillsim.views.names import names_of

    drawn = run_map(happened, scenario.roads, names=names_of(scenario, plan, happened), lang=lang)
    return atomic_write(path, page(drawn))


def _as_data(trace: Trace, outcome: Outcome) -> dict[str, Any]:
    header = asdict(trace.header)
    return {
        "run": header,
        "digest": trace.digest(),
        "events": len(trace.events),
        "waves": [asdict(row) for row in wave_rows(trace)],
        "incidents": [asdict(row) for row in incident_rows(trace)],
        "tasks": [asdict(row) for row in task_rows(trace)],
        "unmet_needs": [asdict(need) for need in unmet_needs(trace)],
        "objectives": [asdict(result) for result in outcome.objectives],
        "metrics": outcome.as_json()["values"],
    }


def print_run(scenario: Scenario, plan: Plan, trace: Trace, outcome: Outcome, lang: str) -> None:
    """Print header, injects, waves, incidents, tasks, objectives, unmet needs and the digest of a run."""
    _print_header(scenario, plan, trace, lang)
    _print_results(scenario, trace, outcome, lang)
    print_laws(scenario, lang)
    delivered = {event.inject: event.t_s for event in trace.of(InjectDelivered)}
    print_injects(scenario, delivered, lang, changed=effects(scenario, trace, lang))
    _print_waves(scenario, plan, trace, lang)
    _print_incidents(scenario, trace, lang)
    _print_tasks(scenario, trace, lang)
    _print_objectives(scenario, outcome, lang)
    _print_unmet(scenario, trace, lang)
    _print_advisories(scenario, trace, lang)
    print_text(say("cli.events", lang, n=len(trace.events), digest=trace.digest()[:16]))


def _print_header(scenario: Scenario, plan: Plan, trace: Trace, lang: str) -> None:
    header = trace.header
    named = {"scenario": scenario.title.in_(lang), "plan": plan.title.in_(lang)}
    print_text(say("cli.ran", lang, **named, seed=header.seed, replication=header.replication))
    print_text(period(scenario, lang))
    elsewhere = _only_in_other_plans(scenario, plan)
    for warning in lint(scenario):
        if warning.code in DOUBTFUL and warning.path not in elsewhere:
            print_text(f"{say('cli.remarks', lang)} {warning.text(lang)}")
    print_text()


def _only_in_other_plans(scenario: Scenario, plan: Plan) -> set[str]:
    """Return the other plans, as lint warnings name them, and places that only they have."""
    others = [scenario.plan(spec.id) for spec in scenario.plans if spec.id != plan.id]
    theirs = {place for other in others for place in _places(other)}
    happen_at = {str(getattr(incident, "node", "")) for incident in scenario.incidents}
    return {f"plans.{other.id}" for other in others} | (theirs - _places(plan) - happen_at)


def _places(plan: Plan) -> set[str]:
    return {unit.node for unit in plan.units} | {area.node for area in plan.staging_areas}


def _print_results(scenario: Scenario, trace: Trace, outcome: Outcome, lang: str) -> None:
    """Print the results: casualties, losses."""
    titles = incident_titles(scenario, lang, trace)
    print_table(
        say("cli.title_results", lang),
        [say(f"cli.{key}", lang) for key in ("metric", "case", "value")],
        [
            (word("metric", metric, lang), case_word(case, titles, lang), quantity(value, unit_of(metric)))
            for metric, case, value in first_rows(list(results(outcome.values)))
        ],
        right=(2,),
    )


def _print_waves(scenario: Scenario, plan: Plan, trace: Trace, lang: str) -> None:
    titles = {wave.id: wave.title.in_(lang) for wave in plan.waves if wave.title is not None}
    rows = wave_rows(trace, [wave.id for wave in plan.waves])
    start = scenario.startex
    keys = ("wave", "ordered", "departed", "first_in_place", "closure", "units", "vehicles", "people")
    print_table(
        say("cli.title_waves", lang),
        [say(f"cli.{key}", lang) for key in keys],
        [
            (
                titles.get(row.wave, row.wave),
                *(moment(start, t) for t in (row.ordered_s, row.departed_s, row.first_in_place_s, row.closed_s)),
                *(str(n) for n in (row.units, row.vehicles, row.people)),
            )
            for row in first_rows(rows)
        ],
        right=range(1, 8),
    )
    print_rest(rows, lang)
    for key, wave, units in _missing_from_waves(trace):
        print_text(say(f"cli.{key}", lang, wave=titles.get(wave, wave), units=", ".join(units)))


def _missing_from_waves(trace: Trace) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the waves that went without units, or were not complete at ENDEX, and those units."""
    left = {(event.wave, event.unit) for event in trace.of(UnitLeftBehind)}
    came = left | {(event.wave, event.unit) for event in trace.of(UnitInPlace)}
    for order in trace.of(WaveOrdered):
        without = [unit for unit in order.units if (order.wave, unit) in left]
        awaited = [unit for unit in order.units if (order.wave, unit) not in came]
        if without:
            yield "wave_without", order.wave, without
        if awaited:
            yield "wave_awaits", order.wave, awaited


def _print_incidents(scenario: Scenario, trace: Trace, lang: str) -> None:
    titles = incident_titles(scenario, lang, trace)
    rows = incident_rows(trace)
    start, places = scenario.startex, scenario.roads.places
    keys = ("incident", "place", "started", "called", "first_arrival", "closed")
    print_table(
        say("cli.title_incidents", lang),
        [say(f"cli.{key}", lang) for key in keys],
        [
            (
                titles.get(row.incident, row.incident),
                places[row.node].name(lang) if row.node in places else row.node,
                *(moment(start, t) for t in (row.started_s, row.called_s, row.first_arrival_s, row.closed_s)),
            )
            for row in first_rows(rows)
        ],
        right=range(2, 6),
    )
    print_rest(rows, lang)


def _print_tasks(scenario: Scenario, trace: Trace, lang: str) -> None:
    titles = incident_titles(scenario, lang, trace)
    tasks = task_titles(scenario, lang)
    rows = task_rows(trace)
    start = scenario.startex
    print_table(
        say("cli.title_tasks", lang),
        [say(f"cli.{key}", lang) for key in ("incident", "task", "begun", "finished", "most_people", "times")],
        [
            (
                titles.get(row.incident, row.incident), tasks.get((row.incident, row.task), task_word(row.task, lang)),
                moment(start, row.started_s), _ended(scenario, row, lang), str(row.people), str(row.times),
            )
            for row in first_rows(rows)
        ],
        right=range(2, 6),
    )  # fmt: skip
    print_rest(rows, lang)


def _ended(scenario: Scenario, row: TaskRow, lang: str) -> str:
    """Return when a task was finished or called off; a dash if it was in progress at ENDEX."""
    if math.isfinite(row.finished_s) or not math.isfinite(row.withdrawn_s):
        return moment(scenario.startex, row.finished_s)
    return f"{hours(row.withdrawn_s)}\n{say('cli.called_off', lang)}"


def _print_objectives(scenario: Scenario, outcome: Outcome, lang: str) -> None:
    titles = {objective.id: objective.title.in_(lang) for objective in scenario.objectives}
    print_table(
        say("cli.title_objectives", lang),
        [say(f"cli.{key}", lang) for key in ("objective", "metric", "limit", "kept", "met")],
        [
            (
                titles.get(result.id, result.id), word("metric", result.metric, lang),
                quantity(result.limit, unit_of(result.metric)),
                f"{result.achieved:.0%} / {result.share:.0%}",
                say("cli.yes" if result.met else "cli.no", lang),
            )
            for result in outcome.objectives
        ],
        right=(2, 3),
    )  # fmt: skip


def _print_unmet(scenario: Scenario, trace: Trace, lang: str) -> None:
    titles = incident_titles(scenario, lang, trace)
    rows = unmet_needs(trace)
    print_table(
        say("cli.title_unmet", lang),
        [say(f"cli.{key}", lang) for key in ("incident", "capability", "since")],
        [
            (titles.get(need.incident, need.incident), word("capability", need.capability, lang), hours(need.t_s))
            for need in first_rows(rows)
        ],
        right=(2,),
    )
    print_rest(rows, lang)


def _print_advisories(scenario: Scenario, trace: Trace, lang: str) -> None:
    """Print the advisories: where models left their valid range in this run."""
    titles = incident_titles(scenario, lang, trace)
    rows: list[Sequence[str]] = list(
        dict.fromkeys((titles.get(e.source, e.source), advisory_text(e, lang)) for e in trace.of(AdvisoryIssued))
    )
    print_table(
        say("cli.title_advisories", lang),
        [say(f"cli.{key}", lang) for key in ("source_of_advisory", "advisory")],
        first_rows(rows),
    )
    print_rest(rows, lang)
