"""Texts of users for Streamlit, which takes nearly every text for Markdown: an image in one would be fetched."""

from __future__ import annotations

import re
from typing import Final

PUNCTUATION: Final = re.compile(r"""[!-/:-@\[-`{-~]""")
"""Every ASCII character that Markdown allows to be escaped; so none keeps a meaning."""
PARAGRAPHS: Final = re.compile(r"\n\s*\n")


def plain(text: object) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> print(plain("1. ![x](http://a.b)"))
    1\. \!\[x\]\(http\:\/\/a\.b\)
    """
    return PUNCTUATION.sub(r"\\\g<0>", " ".join(str(text).split()))


def plain_paragraphs(text: str) -> str:
    """Return a text that Markdown shows as it is, its paragraphs kept apart."""
    return "\n\n".join(filter(None, map(plain, PARAGRAPHS.split(text))))
