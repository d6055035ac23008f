"""What the processes of a batch do: load the work once, divide, and answer chunks of it until nobody asks."""

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
"""Outcomes of a chunk, and how long they took. [s]"""


class Flag(Protocol):
    """A number that processes share, without a lock: one that dies while it looks leaves nothing locked."""

    value: int


LOOK_EVERY_S: Final = 0.1
"""How often it is looked whether somebody still waits for what is got ready. [s]"""


def divide(work: Work, ends: Sequence[Connection], stop: Flag) -> None:
    """Get ready what all replications share, then become one process per pipe, which share its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with _while_somebody_waits(stop):
            work.prepare()
    except _NobodyWaitsError:
        return
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it goes to whoever asked for the work
        _broadcast(ends, error)
        return
    gc.freeze()  # what is here stays: to look through it for circles would copy it
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
        with suppress(OSError):  # who has heard it from the first pipe closes the others
            _send(end, _portable(error))


def _serve_one_of(work: Work, ends: Sequence[Connection], own: int, stop: Flag) -> None:
    for i, end in enumerate(ends):
        if i != own:
            end.close()  # so that a pipe ends with the process that it belongs to
    serve(work, [ends[own]], stop)


def serve(work: Work, ends: Sequence[Connection], stop: Flag) -> None:
    """Do the chunks that come through the only pipe, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    (end,) = ends
    try:
        while True:
            _send(end, _done(work, end.recv(), stop))
    except (EOFError, OSError):  # nobody asks any more, or waits for the answer
        return


def _done(work: Work, tasks: Sequence[Task], stop: Flag) -> Answer | Exception:
    start_s = time.perf_counter()
    try:
        outcomes = {task: work.run(task) for task in tasks if not stop.value}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it goes to whoever asked for the work
        return _portable(error)
    return outcomes, time.perf_counter() - start_s


def _send(end: Connection, answer: Answer | Exception) -> None:
    """Send an answer; of one that cannot be sent, that it cannot."""
    try:
        payload = multiprocessing.reduction.ForkingPickler.dumps(answer)
    except Exception as error:  # noqa: BLE001  # what a plug-in measured may hold anything
        words = f"an outcome cannot go from one process to another ({error}); jobs=1 needs no other process"
        payload = multiprocessing.reduction.ForkingPickler.dumps(BatchError(words))
    end.send_bytes(payload)


def _portable(error: BaseException) -> Exception:
    """Return an error as it can be sent to another process, with where it came about."""
    where = "".join(traceback.format_exception(error))
    if not isinstance(error, Exception):  # to leave is for the process that asked
        error = BatchError(f"{type(error).__name__}: {error}")
    try:
        multiprocessing.reduction.ForkingPickler.loads(multiprocessing.reduction.ForkingPickler.dumps(error))
    except Exception:  # noqa: BLE001  # an error of a plug-in may hold anything
        error = BatchError(f"{type(error).__name__}: {error}")
    error.add_note(where)
    return error


class _NobodyWaitsError(BaseException):
    """Raised in the middle of whatever is done, when whoever asked for it has stopped or is gone."""


@contextmanager
def _while_somebody_waits(stop: Flag) -> Iterator[None]:
    """Break off what is done meanwhile when nobody waits for it; no thread is left, so that the process may fork."""

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
    """End this process when the one that started it is gone, however it went: nobody would collect the outcomes."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:  # pragma: no cover  # it ends the process that would count the lines
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
