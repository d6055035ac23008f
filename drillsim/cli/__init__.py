"""The command line: a thin layer that reads files, calls one function, prints what it returned."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
REFUSED = 2

__all__ = ["main"]


def main(args: list[str] | None = None) -> None:
    """Run the command line; Ctrl-C ends it with one line at any moment, even while it is loading.

    A library that is written in another language may make an error of its own of an interrupt that meets it half way
    (pydantic does while it builds a model), so whatever is raised after an interrupt is taken for one.
    """
    interrupts: list[int] = []
    listens = False
    try:
        listens = _listen(interrupts)
        from drillsim.cli import application

        application.main(args)
    except KeyboardInterrupt:
        _end()
    except OSError as error:  # of help or version, which are printed before any command
        if interrupts:
            _end()
        _refuse(error)
    except Exception:
        if not interrupts:
            raise
        _end()
    finally:
        if args is None:  # all is done: what is left is the end of Python
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        elif listens:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _listen(interrupts: list[int]) -> bool:
    """Note every interrupt in a list before it is raised; return False in a background job, which hears none."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupts.append(number)
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    signal.signal(signal.SIGINT, interrupt)
    return True


def _refuse(error: OSError) -> NoReturn:
    from drillsim.base.reasons import reason_of

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python must not try to flush it again at exit
    sys.stderr.write(f"{reason_of(error, 'en')}\n")
    sys.exit(REFUSED)


def _end() -> NoReturn:
    sys.stderr.write("Interrupted.\n")  # there may be no catalogue yet
    sys.exit(INTERRUPTED)
