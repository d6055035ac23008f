"""Worker processes of a batch: load the work once, fork, and serve chunks of it until the pipe closes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Final, Protocol, cast

from drillsim.metrics import Outcome
from drillsim.study.work import BatchError, Task, Work

Answer = tuple[dict[Task, Outcome], float]
"""Outcomes of a chunk, and the time it took. [s]"""


class Flag(Protocol):
    """An integer in shared memory, without a lock: a process that dies cannot leave it locked."""

    value: int


LOOK_EVERY_S: Final = 0.1
"""Interval at which preparation checks that its result is still wanted. [s]"""


def divide(work: Work, ends: Sequence[Connection], stop: Flag) -> None:
    """Prepare what all replications share, then fork one worker per pipe; they share its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with _while_somebody_waits(stop):
            work.prepare()
    except _NobodyWaitsError:
        return
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it is sent to the parent process
        _broadcast(ends, error)
        return
    gc.freeze()  # keep the collector from touching, and so copying, shared pages
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_serve_one_of, args=(work, ends, i, stop)) for i in range(len(ends))]
    try:
        for worker in workers:
            worker.start()
    except OSError as error:
        _broadcast(ends, BatchError(f"another process cannot be started ({error.strerror}); ask for fewer"))
        stop.value = 1
    for end in ends:
        end.close()
    _end_with_parent()
    for worker in workers:
        if worker.pid is not None:
            worker.join()


def _broadcast(ends: Sequence[Connection], error: BaseException) -> None:
    for end in ends:
        with suppress(OSError):  # the parent closes the other pipes after the first error
            _send(end, _portable(error))


def _serve_one_of(work: Work, ends: Sequence[Connection], own: int, stop: Flag) -> None:
    for i, end in enumerate(ends):
        if i != own:
            end.close()  # so that a pipe closes with its own worker
    serve(work, [ends[own]], stop)


def serve(work: Work, ends: Sequence[Connection], stop: Flag) -> None:
    """Run the chunks that arrive through the only pipe, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    (end,) = ends
    try:
        while True:
            _send(end, _done(work, end.recv(), stop))
    except (EOFError, OSError):  # the parent has closed the pipe
        return


def _done(work: Work, tasks: Sequence[Task], stop: Flag) -> Answer | Exception:
    start_s = time.perf_counter()
    try:
        outcomes = {task: work.run(task) for task in tasks if not stop.value}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it is sent to the parent process
        return _portable(error)
    return outcomes, time.perf_counter() - start_s


def _send(end: Connection, answer: Answer | Exception) -> None:
    """Send an answer, or an error if it cannot be pickled."""
    try:
        payload = multiprocessing.reduction.ForkingPickler.dumps(answer)
    except Exception as error:  # noqa: BLE001  # a metric of a plug-in may return anything
        words = f"an outcome cannot go from one process to another ({error}); jobs=1 needs no other process"
        payload = multiprocessing.reduction.ForkingPickler.dumps(BatchError(words))
    end.send_bytes(payload)


def _portable(error: BaseException) -> Exception:
    """Return a picklable form of an error, with its traceback as a note."""
    where = "".join(traceback.format_exception(error))
    if not isinstance(error, Exception):  # only the parent may exit
        error = BatchError(f"{type(error).__name__}: {error}")
    try:
        multiprocessing.reduction.ForkingPickler.loads(multiprocessing.reduction.ForkingPickler.dumps(error))
    except Exception:  # noqa: BLE001  # an error of a plug-in may hold anything
        error = BatchError(f"{type(error).__name__}: {error}")
    error.add_note(where)
    return error


class _NobodyWaitsError(BaseException):
    """Raised asynchronously when the parent has stopped or is gone."""


@contextmanager
def _while_somebody_waits(stop: Flag) -> Iterator[None]:
    """Abort the body when the parent stops waiting; its thread has ended on return, so that forking is safe."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        while not done.wait(LOOK_EVERY_S):
            if stop.value or (parent is not None and not parent.is_alive()):
                signal.pthread_kill(cast("int", threading.main_thread().ident), signal.SIGTERM)
                return

    def leave(*_: object) -> None:
        raise _NobodyWaitsError

    done = threading.Event()
    watcher = threading.Thread(target=watch, daemon=True)
    signal.signal(signal.SIGTERM, leave)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with_parent() -> None:
    """End this process when its parent is gone, for whatever reason: nobody would collect the outcomes."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:  # pragma: no cover  # it ends the process that would count the lines
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
