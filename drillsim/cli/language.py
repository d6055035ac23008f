"""Which language the command line speaks."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from enum import StrEnum


class Language(StrEnum):
    """A language that the command line speaks."""

    zh = "zh"
    en = "en"


def chosen_language(args: Sequence[str]) -> str:
    """Return the language that the arguments ask for, else the environment, else the locale.

    Examples
    --------
    >>> chosen_language(["--lang", "zh", "run"]), chosen_language(["run", "--lang=en"])
    ('zh', 'en')
    """
    asked = next((arg.partition("=")[2] for arg in args if arg.startswith("--lang=")), "")
    if not asked and "--lang" in args[:-1]:
        asked = args[args.index("--lang") + 1]
    wanted = (
        asked,
        os.environ.get("DRILLSIM_LANG", ""),
        *(os.environ.get(v, "") for v in ("LC_ALL", "LC_MESSAGES", "LANG")),
    )
    first = next((name for name in wanted if name), "") or locale.getlocale()[0] or "en"
    return "zh" if first.lower().startswith(("zh", "chinese")) else "en"
