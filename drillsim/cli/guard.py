"""Turns what goes wrong in a command into a message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

import typer

from drillsim.base.errors import DrillsimError, InputError, InvariantError, WriteError
from drillsim.language import say

Options = ParamSpec("Options")
Main = Callable[Concatenate[str, Options], None]
"""``main`` of the module of a command: the language first, then its options."""

WRONG_INPUT: Final = 2
CONTRADICTION: Final = 3
INTERRUPTED: Final = 130
_REASONS: Final = {
    errno.EACCES: "cli.not_allowed",
    errno.EPERM: "cli.not_allowed",
    errno.EROFS: "cli.not_allowed",
    errno.ENOENT: "cli.not_there",
    errno.ENOSPC: "cli.disk_full",
}


def do(lang: str, main: Main[Options], *args: Options.args, **options: Options.kwargs) -> None:
    """Call *main* of a command and exit; a failure becomes a message and an exit code."""
    code = 0
    try:
        code = _done(lang, main, *args, **options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has read enough; Python must not try to flush it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        code = INTERRUPTED
    raise typer.Exit(code)


def _done(lang: str, main: Main[Options], *args: Options.args, **options: Options.kwargs) -> int:
    try:
        main(lang, *args, **options)
    except InputError as error:
        return _print_error(error.text(lang), WRONG_INPUT)
    except InvariantError as error:
        return _print_error(error, CONTRADICTION)
    except WriteError as error:
        cause = error.__cause__
        return _print_error(_why(cause if isinstance(cause, OSError) else error, lang), WRONG_INPUT)
    except DrillsimError as error:
        return _print_error(error, WRONG_INPUT)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _print_error(_why(error, lang), WRONG_INPUT)
    return 0


def _why(error: OSError, lang: str) -> str:
    """Return the name of the file that could not be read or written, and the reason."""
    reason = _REASONS.get(error.errno or 0)
    text = say(reason, lang) if reason else error.strerror or str(error)
    file = str(error.filename or "")
    return f"{file}: {text}" if file else text


def _print_error(what: object, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{what}\n")
    return code
