"""``drillsim run``: one plan, once, and what happened."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from drillsim.checks import check_invariants
from drillsim.cli.inputs import UsageError, named_plan, named_scenario, with_plan_files
from drillsim.cli.printing import print_json, print_text
from drillsim.cli.run_tables import print_run
from drillsim.engine import simulate
from drillsim.language import say
from drillsim.metrics import Outcome, evaluate
from drillsim.metrics.story import incident_rows, task_rows, unmet_needs, wave_rows
from drillsim.scenario.plan import Plan
from drillsim.scenario.saving import atomic_write
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace


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
    """Run one plan once and print what happened."""
    _refuse_impossible(plan, plan_file, (trace, map_), lang)
    scenario, added = with_plan_files(named_scenario(file, lang), plan_file)
    chosen = named_plan(scenario, added[0] if added else plan, file, lang)
    happened = simulate(scenario, chosen, seed=seed, replication=replication)
    if check:
        check_invariants(happened)
    outcome = evaluate(happened, scenario.objectives)
    # files first: whoever reads the tables may have read enough, and close the pipe
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
