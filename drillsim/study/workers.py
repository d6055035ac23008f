"""A batch in several processes: chunks of work go out, outcomes come back in any order."""

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
"""Work that a process takes at a time: sending it costs a hundredth of that, and stopping is quick (assumption). [s]"""
BEAT_S: Final = 0.5
"""How long nothing is heard before that is said. [s]"""
AHEAD: Final = 2
"""Chunks that a process has: one that it works on, one that waits."""


def done_elsewhere(work: Work, tasks: Sequence[Task], jobs: int, *, shared: bool = sys.platform == "linux") -> Done:
    """Yield outcomes as they are done, none where nothing is done for a while; close it to stop within a replication.

    Parameters
    ----------
    shared
        Whether one process loads the work and then divides, so that what does not change is in memory once; where
        that is not safe, each process loads it for itself.
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
                yield {}  # so that whoever wants to stop can
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
    """Start the processes at the other ends of the pipes; an interrupt that comes meanwhile finds them in *started*."""
    groups = [theirs] if shared else [[their] for their in theirs]
    with _deaf_children():
        for group in groups:
            process = context.Process(target=divide if shared else serve, args=(work, group, stop))
            process.start()
            started.append(process)
    for their in theirs:
        their.close()  # so that a pipe ends when the process at its other end does


def _send(our: Connection, tasks: Sequence[Task]) -> None:
    with suppress(OSError):  # its process is gone, which _answer says
        our.send(tasks)


def _answer(our: Connection) -> Answer:
    """Return what a process found, or raise what it raised."""
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
    """Keep processes that start meanwhile from hearing an interrupt from the keyboard: it reaches all, one decides.

    The one that decides hears it when they have started: a process whose start is broken off half way fails loudly.
    """
    if sys.platform == "win32":  # pragma: no cover  # it has no masks of signals
        yield
        return
    resource_tracker.ensure_running()  # it unblocks the signal when it starts, which is at the first process otherwise
    signals: list[int] = []
    # only the main thread may, and what is not of Python could not be put back
    in_charge = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not None
    handler = signal.signal(signal.SIGINT, lambda number, _: signals.append(number)) if in_charge else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which processes inherit
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        if signals:
            signal.raise_signal(signal.SIGINT)


def _chunk_size(each_s: float, left: int, jobs: int) -> int:
    """Return how many tasks make a chunk; towards the end fewer, so that all processes have something to do."""
    fair = math.ceil(left / (2 * jobs))
    return max(1, min(fair, int(CHUNK_S / max(each_s, CHUNK_S / 1000))))
