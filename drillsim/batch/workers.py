"""A batch in several processes: chunks of work go out, outcomes come back in any order."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from typing import ClassVar, Final

from drillsim.batch.work import BatchError, Done, Task, Work
from drillsim.metrics import Outcome

CHUNK_S: Final = 0.1
"""Work that a process takes at a time: sending it costs a hundredth of that, and stopping is quick (assumption). [s]"""

Returned = tuple[dict[Task, Outcome], float]
"""Outcomes of a chunk, and how long they took. [s]"""


def done_elsewhere(work: Work, tasks: Sequence[Task], jobs: int) -> Done:
    """Yield outcomes as they are done; close the generator to stop within one replication."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    jobs = min(jobs, len(tasks))
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_Process.begin, initargs=(work, stop))
    under_way: set[Future[Returned]] = set()
    sent, size = 0, 1
    try:
        while sent < len(tasks) or under_way:
            # two chunks a process: one that it works on, one that waits
            while sent < len(tasks) and len(under_way) < 2 * jobs:
                with _deaf_children():
                    under_way.add(pool.submit(_Process.run, tasks[sent : sent + size]))
                sent += size
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                outcomes, took_s = future.result()
                size = _chunk_size(took_s / len(outcomes), len(tasks) - sent, jobs)
                yield outcomes
    except BrokenProcessPool as error:
        raise BatchError(
            "a process ended before its work was done: memory may have run out, or a script asks for several processes"
            " and does not start its work under 'if __name__ == \"__main__\":'; jobs=1 needs no other process"
        ) from error
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Keep processes that start meanwhile from hearing an interrupt from the keyboard: it reaches all, one decides."""
    if sys.platform == "win32":  # pragma: no cover  # it has no masks of signals
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunk_size(each_s: float, left: int, jobs: int) -> int:
    """Return how many tasks make a chunk; towards the end fewer, so that all processes have something to do."""
    fair = math.ceil(left / (2 * jobs))
    return max(1, min(fair, int(CHUNK_S / max(each_s, CHUNK_S / 1000))))


def _end_with_parent() -> None:  # pragma: no cover  # it ends the process that would count the lines
    """End this process when the one that started it is gone, however it went: nobody would collect the outcomes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Process:
    """What a process keeps between chunks; set once when it starts."""

    work: ClassVar[Work]
    stop: ClassVar[Event]

    @classmethod
    def begin(cls, work: Work, stop: Event) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        cls.work, cls.stop = work, stop

    @classmethod
    def run(cls, tasks: Sequence[Task]) -> Returned:
        start_s = time.perf_counter()
        outcomes = {task: cls.work.run(task) for task in tasks if not cls.stop.is_set()}
        return outcomes, time.perf_counter() - start_s
