"""``python -m tests.fuzz``: mutants, worlds, flips, kills, seeds and ranges; exit code 1 if anything was found.

Examples::

    python -m tests.fuzz mutants --count 10000 --jobs 2
    python -m tests.fuzz worlds --count 2000
    python -m tests.fuzz mutants --kinds trace,plan --first 417 --count 1 --show 1
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.flips import flip_trial
from tests.fuzz.kills import kill_trial
from tests.fuzz.mutants import mutant_trial
from tests.fuzz.ranges import range_trial
from tests.fuzz.seeds import seed_trial
from tests.fuzz.workers import Result, tried, work
from tests.fuzz.worlds import world_trial

COUNTS: Final = {"mutants": 300, "worlds": 60, "flips": 100, "kills": 9, "seeds": 18, "ranges": 60}
"""How many of each are tried if nothing is said."""


TRIALS: Final[Mapping[str, Callable[[int, int, Path], Result]]] = {
    "worlds": world_trial,
    "flips": flip_trial,
    "kills": kill_trial,
    "seeds": seed_trial,
    "ranges": range_trial,
}


def _trial(args: argparse.Namespace, folder: Path) -> Callable[[int], Result]:
    if args.what == "mutants":
        kinds = tuple(args.kinds.split(",")) if args.kinds else ()
        return lambda number: mutant_trial(args.seed, number, kinds, folder)
    return lambda number: TRIALS[args.what](args.seed, number, folder)


def report(results: Sequence[Result], show: int, seed: int) -> int:
    """Print what was found and some of what was accepted; return the number of findings."""
    faults = [r for r in results if "fault" in r]
    for r in faults:
        print(f"#{r['number']} {r['kind']} {r['of']}: {'; '.join(r['changes'])}\n    {r['fault']}")
    accepted = [r for r in results if r.get("accepted")]
    for r in Random(seed).sample(accepted, min(show, len(accepted))):
        print(f"accepted #{r['number']} {r['kind']} {r['of']}: {'; '.join(r['changes'])}\n{r['said']}")
    counts: Counter[str] = Counter()
    for r in results:
        state = "fault" if "fault" in r else "accepted" if r["accepted"] else "refused"
        counts[f"{r['kind'] or 'trial'}: {state}"] += 1
    for name, n in sorted(counts.items()):
        print(f"{n:7d} {name}")
    print(f"{len(results)} tried, {len(accepted)} accepted, {len(faults)} faults")
    return len(faults)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=list(COUNTS))
    parser.add_argument("--count", type=int, help="how many; a small share if left out")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--kinds", default="", help="of mutants: kinds of files, with commas")
    parser.add_argument("--show", type=int, default=0, help="accepted ones to print, to be read by eye")
    parser.add_argument("--out", type=Path, help="file for all results, JSON Lines")
    parser.add_argument("--numbers", help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.numbers:
        with tempfile.TemporaryDirectory(prefix="drillsim-fuzz-") as folder:
            work([int(n) for n in args.numbers.split(",")], _trial(args, Path(folder)))
        return 0
    command = ["-m", "tests.fuzz", args.what, "--seed", str(args.seed), "--kinds", args.kinds, "--numbers"]
    results = sorted(tried(command, args.count or COUNTS[args.what], args.jobs, args.first), key=lambda r: r["number"])
    if args.out:
        args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in results), encoding="utf-8")
    return 1 if report(results, args.show, args.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
