"""Processes of a run: generators that yield SimPy events, driven without an event for an end that nobody waits for.

A ``simpy.Process`` makes two events of its own, one to begin and one to end. A replication begins some thousand
processes and waits for the end of none, so the second would be a tenth of all that happens.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import simpy
from simpy.events import URGENT

Process = Generator[simpy.Event, Any, None]


class AtOnce(simpy.Event):
    """Happens this very moment, before all else that is due now and after whatever is happening."""

    def __init__(self, env: simpy.Environment, action: Callable[[simpy.Event], None]) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        self.callbacks.append(action)
        env.schedule(self, URGENT)


class _Course:
    """A process and where it is; no closure, which would be a circle that only the collector of cycles ends."""

    __slots__ = ("process",)

    def __init__(self, process: Process) -> None:
        self.process = process

    def go_on(self, _: simpy.Event) -> None:
        """Go on to the next event that has not happened yet."""
        for event in self.process:
            if event.callbacks is not None:
                event.callbacks.append(self.go_on)
                return


def begin_process(env: simpy.Environment, process: Process) -> None:
    """Let a process run from now on; what it raises comes out of ``env.run``."""
    AtOnce(env, _Course(process).go_on)
