"""What can go wrong in a command, and what a person sees of it: a message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any, Final

import typer

FAULT: Final = 2
CONTRADICTION: Final = 3
INTERRUPTED: Final = 130
_REASONS: Final = {
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENOENT: "not_there",
    errno.ENOSPC: "disk_full",
}


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
    errors = import_module("drillsim.base.errors")
    try:
        import_module(f"drillsim.cli.{command}").main(lang, **options)
    except errors.InputError as error:
        return _say(error.text(lang), FAULT)
    except errors.InvariantError as error:
        return _say(error, CONTRADICTION)
    except errors.WriteError as error:
        return _say(_why(error.__cause__, lang), FAULT)
    except errors.DrillsimError as error:
        return _say(error, FAULT)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _say(_why(error, lang), FAULT)
    return 0


def _why(error: OSError, lang: str) -> str:
    """Return which file could not be read or written, and why."""
    words = import_module("drillsim.cli.words")
    reason = _REASONS.get(error.errno or 0)
    said = words.say(reason, lang) if reason else error.strerror or str(error)
    file = str(error.filename or "")
    return f"{file}: {said}" if file else said


def _say(what: object, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{what}\n")
    return code
