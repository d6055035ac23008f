"""The command line: a thin layer that reads files, calls one function, prints what it returned."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130

__all__ = ["main"]


def main(args: list[str] | None = None) -> None:
    """Run the command line; Ctrl-C ends it with one line at any moment, even while it is loading."""
    try:
        from drillsim.cli import application

        application.main(args)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")  # there may be no catalogue yet
        sys.exit(INTERRUPTED)
    finally:
        if args is None:  # all is done: what is left is the end of Python
            signal.signal(signal.SIGINT, signal.SIG_IGN)
