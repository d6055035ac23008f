"""What could not be done, told on the page in one place: no traceback, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from drillsim.app.markdown import plain
from drillsim.base.errors import DrillsimError, InputError
from drillsim.base.reasons import reason_of
from drillsim.language import say
from drillsim.study import LostProcessError

TOLD = (DrillsimError, OSError, MemoryError)
"""What may fail through no fault of the program: an input, a plug-in, a disk, the memory."""


@contextmanager
def failures_told(lang: str) -> Iterator[None]:
    """Tell what fails meanwhile on the page, and go on after it; a fault of the program itself is raised."""
    try:
        yield
    except TOLD as error:
        tell(error, lang)


def tell(error: BaseException, lang: str) -> None:
    """Say on the page what has failed, and why."""
    if isinstance(error, InputError):
        show_problems(error, lang)
    elif isinstance(error, LostProcessError):
        st.error(say("app.process_lost", lang))
    elif isinstance(error, MemoryError):
        st.error(say("app.not_done", lang, why=say("app.out_of_memory", lang)))
    elif isinstance(error, OSError):
        st.error(say("app.not_done", lang, why=plain(reason_of(error, lang))))
    else:  # of a plug-in, as it is
        st.error(plain(error))


def show_problems(error: InputError, lang: str, *, located: bool = True) -> None:
    """Show every problem, each on a line of its own.

    Parameters
    ----------
    located
        Whether to say in which line it is: not of a text that nobody has seen.
    """
    st.error(say("app.faults", lang))
    shown = [problem if located else replace(problem, where="") for problem in error.problems[:50]]
    st.code("\n".join(problem.text(lang) for problem in shown), language=None, wrap_lines=True)
