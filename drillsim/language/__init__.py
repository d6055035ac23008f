"""What people read: one catalogue per language, and how values are shown."""

from drillsim.language.catalogue import (
    DeclaredTwiceError,
    Key,
    Term,
    advice,
    declare,
    find_declarations_by,
    has,
    language_codes,
    languages,
    message,
    say,
    spoken,
    untranslated,
    vocabulary,
    word,
)

__all__ = [
    "DeclaredTwiceError",
    "Key",
    "Term",
    "advice",
    "declare",
    "find_declarations_by",
    "has",
    "language_codes",
    "languages",
    "message",
    "say",
    "spoken",
    "untranslated",
    "vocabulary",
    "word",
]
