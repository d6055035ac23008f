"""What can go wrong in a command, and what a person sees of it: a message and an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, Final

import typer

FAULT: Final = 2
CONTRADICTION: Final = 3
INTERRUPTED: Final = 130


def do(lang: str, command: str, **options: Any) -> None:
    """Do a command: call ``main`` of its module; turn what goes wrong into a message and an exit code."""
    code = 0
    try:
        code = _done(lang, command, options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has read enough; Python must not try to flush it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        code = INTERRUPTED
    raise typer.Exit(code)


def _done(lang: str, command: str, options: dict[str, Any]) -> int:
    errors = import_module("drillsim.errors")
    try:
        import_module(f"drillsim.cli.{command}").main(lang, **options)
    except errors.InputError as error:
        return _say(error.text(lang), FAULT)
    except errors.InvariantError as error:
        return _say(error, CONTRADICTION)
    except errors.DrillsimError as error:
        return _say(error, FAULT)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _say(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), FAULT)
    return 0


def _say(what: object, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{what}\n")
    return code
