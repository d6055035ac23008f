"""Numbered trials in processes that may die: each has a bound on processor time and memory, and a death is a finding."""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

CPU_S: Final = 60
"""Processor time of one trial beyond which it hangs. [s]"""
SILENT_S: Final = 300.0
"""Time without a word beyond which a trial hangs, on a busy machine as well. [s]"""
MEMORY_BYTES: Final = 4 * 2**30
MOST_TOLD: Final = 3000
"""Characters of a traceback or of what was said that are kept: its end."""

Result = dict[str, Any]


class FaultError(Exception):
    """What must never happen."""


def judged(about: Result, trial: Callable[[], Result]) -> Result:
    """Return what a trial is *about*, with its result; whatever it raises is a fault."""
    try:
        return about | trial()
    except FaultError as fault:
        return about | {"fault": str(fault)}
    except Exception:  # noqa: BLE001  # that is what is looked for
        return about | {"fault": traceback.format_exc()[-MOST_TOLD:]}


def work(numbers: Sequence[int], trial: Callable[[int], Result], *, cpu_s: float = CPU_S) -> None:
    """Try each number; print one JSON line before it and one with its result."""
    out = os.fdopen(os.dup(1), "w")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in numbers:
        print(json.dumps({"begun": number}), file=out, flush=True)
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # the default of SIGPROF ends the process, whatever it is doing
        result = judged({"kind": "", "of": "", "changes": []}, partial(trial, number))
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps({"number": number, **result}), file=out, flush=True)


@dataclass
class _Worker:
    """One process and what it has yet to do."""

    left: list[int]
    process: subprocess.Popen[str] | None = None
    begun: int | None = None
    heard_at: float = field(default_factory=time.monotonic)


def tried(command: Sequence[str], count: int, jobs: int, first: int = 0) -> Iterator[Result]:
    """Yield the result of every number from *first* on, tried by processes that *command* starts; a death is ``died``.

    The numbers of a process are appended to the command, as one argument with commas.
    """
    workers = [_Worker(list(range(first + i, first + count, jobs))) for i in range(jobs)]
    with selectors.DefaultSelector() as heard:
        for worker in workers:
            _start(worker, command, heard)
        while any(worker.process for worker in workers):
            for key, _ in heard.select(timeout=5.0):
                yield from _hear(key.data, command, heard)
            for worker in workers:
                if worker.process and time.monotonic() - worker.heard_at > SILENT_S:
                    worker.process.kill()
                    worker.heard_at = time.monotonic()


def _start(worker: _Worker, command: Sequence[str], heard: selectors.BaseSelector) -> None:
    worker.begun, worker.process = None, None
    if worker.left:
        numbers = ",".join(map(str, worker.left))
        worker.process = subprocess.Popen([sys.executable, *command, numbers], stdout=subprocess.PIPE, text=True)
        worker.heard_at = time.monotonic()
        heard.register(worker.process.stdout, selectors.EVENT_READ, worker)  # type: ignore[arg-type]


def _hear(worker: _Worker, command: Sequence[str], heard: selectors.BaseSelector) -> Iterator[Result]:
    process = worker.process
    assert process is not None
    assert process.stdout is not None
    line = process.stdout.readline()
    worker.heard_at = time.monotonic()
    if line:
        said = json.loads(line)
        if "begun" in said:
            worker.begun = said["begun"]
        else:
            worker.left.remove(said["number"])
            worker.begun = None
            yield said
        return
    heard.unregister(process.stdout)
    process.stdout.close()
    code = process.wait()
    if worker.begun is not None:
        worker.left.remove(worker.begun)
        how = "hangs" if code in {-signal.SIGPROF, -signal.SIGKILL} else f"died with {code}"
        yield {"number": worker.begun, "kind": "", "of": "", "changes": [], "fault": how}
    elif worker.left:
        raise RuntimeError(f"a process of the trials ended with {code} before its first trial")
    _start(worker, command, heard)
