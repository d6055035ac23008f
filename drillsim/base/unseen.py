"""Characters that nobody sees: they move the cursor of a terminal, turn a text round, or make two names look alike."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks of direction
    r"\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff]"  # separators, spaces of no width
)
"""Regular expression of one of them (Unicode 15, categories Cc, Cf, Zl, Zp). The joiners U+200C and U+200D stay:
scripts are written with them."""
_UNSEEN: Final = re.compile(PATTERN)


def first_unseen(text: str) -> str:
    r"""Return the first character that nobody sees, as ``U+202E``; empty if there is none.

    Examples
    --------
    >>> first_unseen("Xi\u202ening"), first_unseen("西宁 Xining")
    ('U+202E', '')
    """
    found = _UNSEEN.search(text)
    return "" if found is None else f"U+{ord(found[0]):04X}"


def without_unseen(text: str) -> str:
    r"""Return a text without them.

    Examples
    --------
    >>> without_unseen("\u200eXining\u200b")
    'Xining'
    """
    return _UNSEEN.sub("", text)
