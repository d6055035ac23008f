"""Batches that users of the app ask for: one at a time gets all processors, any other does its runs in the server."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from drillsim.metrics import Outcome
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.study import run_batch
from drillsim.study.local import ProgressCallback

START_S: Final = 2.0
"""Time until processes have started and loaded the work; measured 1.2 to 1.7 s. [s]"""
BLOCK_S: Final = 1.0
"""Work that is done in the server before it is asked again whether the processors are free. [s]"""
_ALL_PROCESSORS: Final = threading.Lock()
"""Held by the batch of the one user that has them: processes of several would only take turns, and fill the memory."""


def shared_batch(
    scenario: Scenario, plans: Sequence[Plan], *, replications: int, seed: int, progress: ProgressCallback
) -> Mapping[str, tuple[Outcome, ...]]:
    """Return what :func:`drillsim.study.run_batch` returns, with as many processes as are free and repay starting.

    Parameters
    ----------
    progress
        Called with runs done and runs in all; if it raises, the batch stops and the exception goes on.
    """
    found: dict[str, tuple[Outcome, ...]] = {plan.id: () for plan in plans}
    done, each_s = 0, 0.0
    while done < replications:
        left = replications - done
        with _processes(left * each_s) as jobs:
            count = left if jobs > 1 else min(left, _block(each_s))
            start_s = time.perf_counter()
            onward = _Onward(progress, done * len(plans), replications * len(plans))
            some = run_batch(scenario, plans, replications=count, seed=seed, first=done, jobs=jobs, progress=onward)
        if done:  # the first replication also gets ready what all share, so it does not tell how long others take
            each_s = (time.perf_counter() - start_s) / count
        found = {plan_id: outcomes + some[plan_id] for plan_id, outcomes in found.items()}
        done += count
    return found


@dataclass(frozen=True, slots=True)
class _Onward:
    """Progress of a part, told as that of the whole."""

    progress: ProgressCallback
    before: int
    total: int

    def __call__(self, done: int, _: int) -> None:
        self.progress(self.before + done, self.total)


def _block(each_s: float) -> int:
    """Return how many replications are done in the server at a time: one as long as their length is not known."""
    return max(1, int(BLOCK_S / each_s)) if each_s else 1


@contextmanager
def _processes(work_s: float) -> Iterator[int]:
    """Say how many processes some work gets: all processors if they are free and repay starting, else one."""
    jobs = processors()
    repays = work_s * (1 - 1 / jobs) > START_S
    if not repays or not _ALL_PROCESSORS.acquire(blocking=False):
        yield 1
        return
    try:
        yield jobs
    finally:
        _ALL_PROCESSORS.release()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
