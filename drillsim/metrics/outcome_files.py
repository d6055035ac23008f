"""Outcomes as files, so that the parts of a batch that ran apart can be joined and compared."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import OutcomeError
from drillsim.base.version import __version__
from drillsim.metrics.outcome import Outcome
from drillsim.trace.json_lines import json_object

FORMAT: Final = 1
"""Version of the file format."""


def write_outcomes(path: Path | str, outcomes: Mapping[str, Sequence[Outcome]]) -> Path:
    """Write what :func:`drillsim.run_batch` returned: JSON Lines, a header line, then one line per outcome.

    The file appears whole or not at all.

    Raises
    ------
    WriteError
        If it cannot be written.
    """
    path = Path(path)
    all_of_them = [outcome for many in outcomes.values() for outcome in many]
    lines = [_line(outcome.as_json()) for outcome in all_of_them]
    head = {"outcomes": FORMAT, "count": len(lines), "crc32": _checksum(lines), "version": __version__}
    with atomic_open(path) as file:
        file.write("".join(f"{line}\n" for line in (_line(head), *lines)).encode())
    return path


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _checksum(lines: Sequence[str]) -> str:
    return f"{zlib.crc32(chr(10).join(lines).encode()):08x}"


def read_outcomes(*paths: Path | str) -> dict[str, tuple[Outcome, ...]]:
    """Read the outcomes of one file, or join those of several: by plan, in order of replication.

    Raises
    ------
    OutcomeError
        If a file is not such a file, or not all of it; if files are of different scenarios, plans of one id, seeds or
        versions of drillsim; if a plan has the same replication twice, or the plans have different ones.
    """
    batch: _Batch | None = None
    plans: dict[str, str] = {}
    found: dict[str, dict[int | None, Outcome]] = {}
    for path in paths:
        version, outcomes = _read(Path(path))
        for outcome in outcomes:
            own = _Batch(outcome.scenario_digest, outcome.seed, version)
            batch = batch or own
            if own != batch:
                raise OutcomeError(f"{path}: {own.unlike(batch)}; only parts of one batch can be joined")
            if plans.setdefault(outcome.plan, outcome.plan_digest) != outcome.plan_digest:
                raise OutcomeError(f"{path}: its plan '{outcome.plan}' is not the one that the outcomes before had")
            of_plan = found.setdefault(outcome.plan, {})
            if outcome.replication in of_plan:
                raise OutcomeError(f"{path}: plan '{outcome.plan}' has replication {outcome.replication} twice")
            of_plan[outcome.replication] = outcome
    _check_alike(found)
    return {plan: tuple(many[n] for n in sorted(many, key=_number)) for plan, many in found.items()}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Identification that all outcomes of a batch share."""

    scenario_digest: str
    seed: int | None
    version: str

    def unlike(self, other: _Batch) -> str:
        """Describe the difference between two batches."""
        if self.scenario_digest != other.scenario_digest:
            return "its scenario is not that of the outcomes before"
        if self.seed != other.seed:
            return f"its seed is {self.seed}, that of the outcomes before {other.seed}"
        return f"drillsim {self.version} made it, drillsim {other.version} the outcomes before"


def _check_alike(found: Mapping[str, Mapping[int | None, Outcome]]) -> None:
    wanted = set().union(*found.values())
    for plan, many in found.items():
        missing = sorted(wanted - many.keys(), key=_number)
        if missing:
            raise OutcomeError(
                f"plan '{plan}' lacks {len(missing)} replication(s) that another plan has, the first is {missing[0]}"
            )


def _number(replication: int | None) -> int:
    return -1 if replication is None else replication


def _read(path: Path) -> tuple[str, list[Outcome]]:
    """Return which version made a file, and its outcomes."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise OutcomeError(f"{path}: cannot be read: {error}") from error
    head = json_object(lines[0], f"{path}:1", OutcomeError)
    if head.get("outcomes") != FORMAT:
        raise OutcomeError(f"{path}:1: expected outcomes of format {FORMAT}, got {str(head.get('outcomes'))[:40]}")
    if not isinstance(head.get("version"), str):
        raise OutcomeError(f"{path}:1: version must be text, the version of drillsim that wrote it")
    outcomes = []
    for n, line in enumerate(lines[1:], start=2):
        if line.strip():
            outcomes.append(_outcome(json_object(line, f"{path}:{n}", OutcomeError), f"{path}:{n}"))
    if head.get("count") != len(outcomes):
        raise OutcomeError(
            f"{path}: the header says {head.get('count')} outcomes, the file has {len(outcomes)}; it was cut short or "
            "changed, take a whole copy or run that part again"
        )
    if head.get("crc32") != _checksum([line for line in lines[1:] if line.strip()]):
        raise OutcomeError(f"{path}: it is not what was written; take a whole copy or run that part again")
    return head["version"], outcomes


def _outcome(data: dict[str, Any], where: str) -> Outcome:
    try:
        return Outcome.from_json(data)
    except OutcomeError as error:
        raise OutcomeError(f"{where}: {error}") from error
