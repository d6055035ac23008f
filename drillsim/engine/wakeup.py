"""One pending callback that can be postponed, brought forward or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Action: TypeAlias = Callable[[], None]


class Wakeup:
    """At most one pending callback: setting it again cancels the previous one.

    For work that is due at a moment unless something intervenes: the end of a journey, the next change
    of a scene, the next stage of a hazard.

    Parameters
    ----------
    schedule
        Calls an action at a moment, ``Run.at``: it need not be able to take that back.
    """

    __slots__ = ("_due", "_schedule")

    def __init__(self, schedule: Callable[[float, Action], None]) -> None:
        self._schedule = schedule
        self._due: object | None = None

    @property
    def pending(self) -> bool:
        """Whether a callback is due."""
        return self._due is not None

    def at(self, t_s: float, action: Action) -> None:
        """Call *action* at the moment *t_s*, or now if that has passed; a previous callback is cancelled."""
        # A bare token and not the event itself: a reference to the event, whose callback leads back here, would be a
        # cycle, and cyclic garbage collection is off during a run.
        due = self._due = object()

        def wake() -> None:
            if self._due is due:
                self._due = None  # before the action, which may set the next one
                action()

        self._schedule(t_s, wake)

    def cancel(self) -> None:
        """Cancel the pending callback, if there is one."""
        self._due = None
