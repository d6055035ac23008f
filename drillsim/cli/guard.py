"""Error handling of commands: failures become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

import typer

from drillsim.base.errors import DrillsimError, InputError, InvariantError, WriteError
from drillsim.base.reasons import reason_of
from drillsim.language import say

Options = ParamSpec("Options")
Main = Callable[Concatenate[str, Options], None]
"""``main`` of the module of a command: the language first, then its options."""

WRONG_INPUT: Final = 2
CONTRADICTION: Final = 3
INTERRUPTED: Final = 130


def do(lang: str, main: Main[Options], *args: Options.args, **options: Options.kwargs) -> None:
    """Call *main* of a command and exit; a failure becomes a message and an exit code."""
    code = 0
    try:
        code = _done(lang, main, *args, **options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe; Python must not try to flush it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt as interrupt:
        sys.exit(_print_error(str(interrupt) or say("cli.ended", lang), INTERRUPTED))
    raise typer.Exit(code)


def _done(lang: str, main: Main[Options], *args: Options.args, **options: Options.kwargs) -> int:
    try:
        main(lang, *args, **options)
    except InputError as error:
        return _print_error(error.text(lang), WRONG_INPUT)
    except InvariantError as error:
        return _print_error(error, CONTRADICTION)
    except WriteError as error:
        return _print_error(reason_of(error, lang), WRONG_INPUT)
    except DrillsimError as error:
        return _print_error(error, WRONG_INPUT)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _print_error(reason_of(error, lang), WRONG_INPUT)
    return 0


def _print_error(what: object, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{what}\n")
    return code
