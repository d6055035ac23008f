"""What people read: one catalogue per language, and how values are shown."""

from drillsim.language.catalogue import (
    Key,
    Term,
    declare,
    has,
    language_codes,
    languages,
    message,
    say,
    spoken,
    vocabulary,
    word,
)

__all__ = [
    "Key",
    "Term",
    "declare",
    "has",
    "language_codes",
    "languages",
    "message",
    "say",
    "spoken",
    "vocabulary",
    "word",
]
