"""A batch in several processes: chunks of tasks are sent out, outcomes come back in any order."""

from __future__ import annotations

import math
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Final, cast

from drillsim.study.process import Answer, Flag, divide, serve
from drillsim.study.work import Done, LostProcessError, Task, Work

CHUNK_S: Final = 0.1
"""Target duration of a chunk: sending costs a hundredth of it, and stopping is quick (assumption). [s]"""
BEAT_S: Final = 0.5
"""Longest wait for an outcome before an empty result is yielded. [s]"""
AHEAD: Final = 2
"""Chunks per process: one in work, one queued."""


def done_elsewhere(work: Work, tasks: Sequence[Task], jobs: int, *, shared: bool = sys.platform == "linux") -> Done:
    """Yield outcomes as they complete, and nothing now and then while none do; close it to stop at once.

    Parameters
    ----------
    shared
        Whether one process loads the work and then forks, so that constant data is in memory once; where forking is
        not safe, each process loads its own copy.
    """
    context = multiprocessing.get_context("spawn")
    stop: Flag = context.RawValue("b", 0)
    pipes = [context.Pipe() for _ in range(min(jobs, len(tasks)))]
    ours = [our for our, _ in pipes]
    started: list[SpawnProcess] = []
    under_way = dict.fromkeys(ours, 0)
    sent = done = 0
    size = 1
    try:
        _start(context, work, [their for _, their in pipes], stop, started, shared=shared)
        while done < len(tasks):
            for ahead in range(1, AHEAD + 1):
                for our in ours:
                    if under_way[our] < ahead and sent < len(tasks):
                        _send(our, tasks[sent : sent + size])
                        under_way[our] += 1
                        sent += size
            ready = cast("list[Connection]", wait(ours, timeout=BEAT_S))
            if not ready:
                yield {}  # so that the caller can stop
            for our in ready:
                outcomes, took_s = _answer(our)
                under_way[our] -= 1
                done += len(outcomes)
                size = _chunk_size(took_s / len(outcomes), len(tasks) - sent, len(ours))
                yield outcomes
    finally:
        stop.value = 1
        for our in ours:
            our.close()
        for process in started:
            process.join()


def _start(
    context: SpawnContext,
    work: Work,
    theirs: list[Connection],
    stop: Flag,
    started: list[SpawnProcess],
    *,
    shared: bool,
) -> None:
    """Start the workers of the pipes; they are in *started* even if an interrupt arrives meanwhile."""
    groups = [theirs] if shared else [[their] for their in theirs]
    with _deaf_children():
        for group in groups:
            process = context.Process(target=divide if shared else serve, args=(work, group, stop))
            process.start()
            started.append(process)
    for their in theirs:
        their.close()  # so that a pipe closes when its worker ends


def _send(our: Connection, tasks: Sequence[Task]) -> None:
    with suppress(OSError):  # the worker is gone; _answer reports it
        our.send(tasks)


def _answer(our: Connection) -> Answer:
    """Return the answer of a worker, or raise its error."""
    try:
        answer: Answer | Exception = our.recv()
    except (EOFError, OSError) as error:
        raise LostProcessError(
            "a process ended before its work was done: memory may have run out, or a script asks for several processes"
            " and does not start its work under 'if __name__ == \"__main__\":'; jobs=1 needs no other process"
        ) from error
    if isinstance(answer, Exception):
        raise answer
    return answer


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Block SIGINT in processes started meanwhile: Ctrl-C reaches the whole group, and only the parent decides.

    The parent handles it once they have started: a worker interrupted half way through its start would fail noisily.
    """
    if sys.platform == "win32":  # pragma: no cover  # Windows has no signal masks
        yield
        return
    resource_tracker.ensure_running()  # it unblocks the signal when it starts, which is at the first process otherwise
    signals: list[int] = []
    # only the main thread may set handlers, and a handler not set by Python could not be restored
    in_charge = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not None
    handler = signal.signal(signal.SIGINT, lambda number, _: signals.append(number)) if in_charge else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # inherited by the new processes
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        if signals:
            signal.raise_signal(signal.SIGINT)


def _chunk_size(each_s: float, left: int, jobs: int) -> int:
    """Return the number of tasks in a chunk; fewer towards the end, so that all processes stay busy."""
    fair = math.ceil(left / (2 * jobs))
    return max(1, min(fair, int(CHUNK_S / max(each_s, CHUNK_S / 1000))))
