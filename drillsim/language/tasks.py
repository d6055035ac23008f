"""What tasks are called that have no title of their own."""

from __future__ import annotations

import re
from typing import Final

from drillsim.language.catalogue import has, word

AT_TANKS: Final = frozenset({"blanket", "cool", "foam", "topup", "watch"})
"""Tasks whose id goes on with that of a tank; a later attack on it has its number before that: ``foam2-t607``."""


def task_word(task: str, lang: str) -> str:
    """Return what a task without a title is called: one that a hazard called for by the catalogue, else its id.

    Examples
    --------
    >>> task_word("line-30-2", "en"), task_word("search-31", "zh"), task_word("dig", "zh")
    ('Attack line 30-2', '搜救 31', 'dig')
    >>> task_word("cool-t607", "zh"), task_word("decon-line", "en")
    ('冷却 t607', 'Decontamination set up')
    >>> task_word("foam2-t607", "en"), task_word("dike-foam", "en")
    ('Foam attack 2 t607', 'Foam on the dike fire')
    """
    stem = task if has("task", task) else re.sub(r"(-\d+)+$", "", task)
    number = task[len(stem) + 1 :]
    at_tank = re.fullmatch(r"([a-z]+)(\d*)-(.+)", task)
    if not has("task", stem) and at_tank is not None and at_tank[1] in AT_TANKS:
        stem, number = at_tank[1], " ".join(filter(None, at_tank.groups()[1:]))
    if not has("task", stem):
        return task
    return f"{word('task', stem, lang)} {number}" if number else word("task", stem, lang)
