"""What drillsim reads: for each kind of file good ones, and what a user does with such a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import DrillsimError, InvariantError
from drillsim.checks import check_invariants
from drillsim.cli import main
from drillsim.comparison import compare
from drillsim.metrics import evaluate
from drillsim.metrics.outcome_files import read_outcomes
from drillsim.trace.trace import Trace
from tests.fuzz import originals
from tests.fuzz.workers import FaultError

CONTRADICTION: Final = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of file: good ones by name, what else lies beside it, and its use.

    Parameters
    ----------
    form
        How it is changed: ``yaml``, ``json_lines``, ``text`` or ``binary``.
    file
        Name of the changed file.
    beside
        Other files of the folder.
    use
        What is done with the folder; returns whether the file was accepted, and what was said.
    weight
        How often it is chosen.
    """

    form: str
    file: str
    good: Mapping[str, bytes]
    use: Callable[[Path, str, str], tuple[bool, str]]
    beside: Mapping[str, str] = ()  # type: ignore[assignment]
    weight: int = 1


@contextmanager
def _captured() -> Any:
    """Catch what is printed."""
    before = sys.stdout, sys.stderr
    said = io.StringIO()
    sys.stdout = sys.stderr = said
    try:
        yield said
    finally:
        sys.stdout, sys.stderr = before


def cli(lang: str, *args: object) -> tuple[int, str]:
    """Run a command in this process; return its exit code and all that it printed."""
    with _captured() as said:
        try:
            main(["--lang", lang, *map(str, args)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        else:
            code = 0
    return code, said.getvalue()


def _told(code: int, said: str, names: Sequence[str]) -> bool:
    """Return whether a command accepted a file; a refusal names the file and says what is wrong."""
    if "Traceback" in said:
        raise FaultError(f"traceback printed: {said[-2000:]}")
    if code == CONTRADICTION:
        raise FaultError(f"the run contradicts itself: {said[-1500:]}")
    if code not in {0, 2}:
        raise FaultError(f"exit code {code}: {said[-1500:]}")
    if code == 2 and not any(name in said.replace("\n", "") for name in names):
        raise FaultError(f"refused without the name of the file: {said[-800:]}")
    if code == 2 and "Input should be" in said:
        raise FaultError(f"a message that is not of drillsim: {said[-800:]}")
    return code == 0


def _commands(*lines: Sequence[str]) -> Callable[[Path, str, str], tuple[bool, str]]:
    """Return a use that runs commands one after the other until one refuses; ``{}`` is the folder.

    A refusal names a file of the folder, the changed one or the one whose fault it became, or the folder of tables.
    """

    def use(folder: Path, _file: str, lang: str) -> tuple[bool, str]:
        said = ""
        for line in lines:
            code, more = cli(lang, *[part.replace("{}", str(folder)) for part in line])
            said += more
            if not _told(code, more, [folder.name, *(path.stem for path in folder.iterdir())]):
                return False, said
        return True, said

    return use


def _trace(folder: Path, file: str, _lang: str) -> tuple[bool, str]:
    try:
        trace = Trace.read(folder / file)
        check_invariants(trace)
        outcome = evaluate(trace)
    except InvariantError as error:
        return False, f"contradicts itself: {error}"
    except DrillsimError as error:
        return False, str(error)
    return True, f"{len(trace.events)} events, {outcome.as_json()}"[:2000]


def _outcomes(folder: Path, file: str, lang: str) -> tuple[bool, str]:
    try:
        a, b = read_outcomes(folder / file).values()
        compared = compare(a, b)
    except DrillsimError as error:
        return False, str(error)
    except ValueError as error:  # only one plan, or three, is left to compare
        if "unpack" in str(error):
            return True, "other than two plans"
        raise
    return True, f"{compared}"[:2000]


SCENARIO: Final = (
    ("check", "{}/mutant.yaml"),
    ("show", "{}/mutant.yaml"),
    ("run", "{}/mutant.yaml", "--map", "{}/map.html"),
)


@cache
def subjects(folder: Path) -> Mapping[str, Subject]:
    """Return all kinds of files; *folder* is for files that are made first."""
    town = {"town.yaml": originals.TOWN}
    tables = {"nodes.csv": originals.NODES, "edges.csv": originals.EDGES}
    network = ("--output", "{}/out.roads", "--force")
    osm = {"mutant.osm": originals.OSM}
    return {
        "scenario": Subject("yaml", "mutant.yaml", dict(originals.scenarios()), _commands(*SCENARIO), weight=8),
        "plan": Subject(
            "yaml", "mutant.yaml", {"mine": originals.PLAN.encode()},
            _commands(("run", "{}/town.yaml", "--plan-file", "{}/mutant.yaml")), town, weight=3,
        ),
        "places": Subject(
            "text", "nodes.csv", {"nodes": originals.NODES.encode()},
            _commands(("roads", "import", "{}", *network), ("roads", "info", "{}/out.roads")), tables,
        ),
        "sections": Subject(
            "text", "edges.csv", {"edges": originals.EDGES.encode()},
            _commands(("roads", "import", "{}", *network), ("roads", "info", "{}/out.roads")),
            tables,
        ),
        "osm": Subject(
            "text", "mutant.osm", {"osm": originals.OSM.encode()},
            _commands(("roads", "import", "{}/mutant.osm", *network), ("roads", "info", "{}/out.roads")), weight=2,
        ),
        "map": Subject(
            "text", "mutant.osm", {"osm": originals.OSM.encode()},
            _commands(("new", "{}/own.yaml", "--from", "{}/mutant.osm", "--force"), ("check", "{}/own.yaml")),
        ),
        "graphml": Subject(
            "text", "mutant.graphml", {"graph": originals.GRAPHML.encode()},
            _commands(("roads", "import", "{}/mutant.graphml", *network), ("roads", "info", "{}/out.roads")),
        ),
        "heights": Subject(
            "text", "heights.csv", {"heights": originals.HEIGHTS.encode()},
            _commands(("roads", "import", "{}/mutant.osm", *network, "--elevation", "{}/heights.csv")), osm,
        ),
        "keep": Subject(
            "text", "keep.csv", {"keep": originals.KEEP.encode()},
            _commands(("roads", "import", "{}/mutant.osm", *network, "--keep", "{}/keep.csv")), osm,
        ),
        "journeys": Subject(
            "text", "journeys.csv", {"journeys": originals.JOURNEYS.encode()},
            _commands(("roads", "calibrate", "{}", "{}/journeys.csv")), tables,
        ),
        "shakemap": Subject(
            "text", "grid.xml", {"grid": originals.SHAKEMAP.encode()},
            _commands(("check", "{}/quake.yaml"), ("run", "{}/quake.yaml")), {"quake.yaml": originals.shaken("grid.xml")},
            weight=2,
        ),
        "trace": Subject(
            "json_lines", "mutant.jsonl", {"town": originals.trace_file(folder, ".jsonl")}, _trace, weight=3
        ),
        "trace_table": Subject(
            "binary", "mutant.parquet", {"town": originals.trace_file(folder, ".parquet")}, _trace
        ),
        "outcomes": Subject(
            "json_lines", "mutant.jsonl", {"town": originals.outcomes_file(folder)}, _outcomes, weight=2
        ),
    }  # fmt: skip
