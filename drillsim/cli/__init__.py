"""The command line: a thin layer that reads files, calls one function, prints what it returned."""

from __future__ import annotations

import sys

INTERRUPTED = 130

__all__ = ["main"]


def main(args: list[str] | None = None) -> None:
    """Run the command line; Ctrl-C ends it silently at any moment, even while it is loading."""
    try:
        from drillsim.cli import application

        application.main(args)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
