"""What drillsim says: one catalogue per language, a file in the format of gettext.

``en.po`` holds every text under its key (``msgctxt`` and ``msgid``: ``error`` and ``file_missing``); every other
language is one more file beside it with the same keys, which any translator's program opens. Plug-ins bring words of
their own with them: those stand in their classes and are made known by :func:`declare`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from locale import locale_alias
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).parent
"""Where the catalogues lie."""
SOURCE: Final = "en"
"""Language in which a text is shown that another one lacks."""
Key = tuple[str, str]
"""Context and name: ``("error", "file_missing")``."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a sentence in English and Chinese, as a plug-in brings it.

    Another language has it in its catalogue under the context ``term`` and the English; without that, it is English.
    """

    en: str
    zh: str

    def in_(self, lang: str) -> str:
        """Return it in *lang*; in English if nobody has said it in that language."""
        return self.says(lang) or self.en

    def says(self, lang: str) -> str:
        """Return it in *lang*; empty if nobody has said it in that language."""
        own = {SOURCE: self.en, "zh": self.zh}.get(lang, "")
        return catalogue(lang).get(("term", self.en)) or own


_DECLARED: Final[dict[Key, Term]] = {}
"""Words of plug-ins by key. Like the cache of modules it only grows, and only by what is installed."""
_OWNERS: Final[dict[Key, str]] = {}
"""Who declared a word first."""
_FINDERS: Final[list[Callable[[], object]]] = []
"""What imports every plug-in, so that each has declared its words; a call that finds nothing new costs nothing."""


class DeclaredTwiceError(ValueError):
    """Two plug-ins declare a word under the same key, and not the same one."""


@cache
def catalogue(lang: str) -> Mapping[Key, str]:
    """Return the texts of *lang* by context and name, in the order of its file; empty if there is no such language."""
    path = FOLDER / f"{lang}.po"
    if not path.is_file():
        return MappingProxyType({})
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        entries = [message for message in read_po(file) if message.id and message.string and not message.fuzzy]
    return MappingProxyType({(message.context or "", str(message.id)): str(message.string) for message in entries})


@cache
def languages() -> Mapping[str, str]:
    """Return the languages that drillsim speaks, by code, each with its name in itself; English first."""
    return MappingProxyType({code: catalogue(code).get(("language", "name"), code) for code in language_codes()})


def language_codes() -> list[str]:
    """Return the codes of the languages that drillsim speaks, English first; no catalogue is read for it."""
    return sorted((path.stem for path in FOLDER.glob("*.po")), key=lambda code: (code != SOURCE, code))


def spoken(code: str) -> str:
    """Return the language that a locale asks for, English if drillsim does not speak it.

    Examples
    --------
    >>> spoken("zh_CN.UTF-8"), spoken("en-GB"), spoken("Chinese (Simplified)_China"), spoken("German_Germany")
    ('zh', 'en', 'zh', 'en')
    """
    low = code.lower()
    name = re.split(r"[_ (.]", low)[0]
    windows = {"chinese": "zh"}.get(name) or locale_alias.get(name, low)  # Windows calls its locales by English names
    named = windows[:2]
    return named if named in language_codes() else SOURCE


def declare(words: Mapping[Key, Term], owner: str = "another plug-in") -> None:
    """Make words of a plug-in known; a catalogue that has the same key goes before them.

    Parameters
    ----------
    words
        Words by key.
    owner
        Whose they are, for the message when somebody else says something else.

    Raises
    ------
    DeclaredTwiceError
        If another plug-in has declared another word under one of the keys; then none is made known.
    """
    for key, term in words.items():
        known = _DECLARED.get(key, term)
        if known != term:
            here, there = f"{term.en} / {term.zh}", f"{known.en} / {known.zh}"
            raise DeclaredTwiceError(f"{'.'.join(key)} is {here!r} here and {there!r} in {_OWNERS[key]}")
    _DECLARED.update(words)
    for key in words:
        _OWNERS.setdefault(key, owner)


def find_declarations_by(finder: Callable[[], object]) -> None:
    """Name what imports every plug-in. It is called when a word is asked for that no catalogue has."""
    _FINDERS.append(finder)


def declared() -> Mapping[Key, Term]:
    """Return the words of all plug-ins by key."""
    for finder in _FINDERS:
        finder()
    return MappingProxyType(_DECLARED)


def every_key() -> Iterator[Key]:
    """Yield every key there is, once: those of the English catalogue in their order, then those of plug-ins."""
    yield from dict.fromkeys([*catalogue(SOURCE), *declared()])


def untranslated(lang: str) -> tuple[Key, ...]:
    """Return the keys of which nothing is said in *lang*: neither by its catalogue nor by the plug-in."""
    own, terms = catalogue(lang), declared()
    return tuple(key for key in every_key() if key not in own and not (key in terms and terms[key].says(lang)))


def vocabulary(context: str) -> tuple[str, ...]:
    """Return every name that a context knows: those of the catalogue in their order, then those of plug-ins."""
    return tuple(name for where, name in every_key() if where == context)


def has(context: str, name: str) -> bool:
    """Return whether there is a text under that key in any language."""
    return (context, name) in catalogue(SOURCE) or (context, name) in declared()


def say(key: str, lang: str, **values: object) -> str:
    """Return the text under *key*, ``cli.no_station``, in *lang* with *values* filled in.

    Raises
    ------
    KeyError
        If there is no such text.
    """
    context, _, name = key.partition(".")
    return _text(context, name, lang).format(**values)


def message(code: str, lang: str = SOURCE, **values: object) -> str:
    """Return what is said of the problem *code*; ``what`` and ``quantity`` among the values are put into words.

    Raises
    ------
    KeyError
        If there is no message with that code, or a value is missing.
    """
    return _filled("error", code, lang, values)


def advice(code: str, lang: str = SOURCE, **values: object) -> str:
    """Return the text of the advisory *code*; ``quantity`` among the values is put into words.

    Raises
    ------
    KeyError
        If there is no advisory with that code, or a value is missing.
    """
    return _filled("advisory", code, lang, values)


def _filled(context: str, code: str, lang: str, values: dict[str, object]) -> str:
    if "what" in values:
        values["what"] = word("thing", str(values["what"]), lang)
    if "quantity" in values and has("quantity", str(values["quantity"])):
        values["quantity"] = word("quantity", str(values["quantity"]), lang)
    return _text(context, code, lang).format(**values)


def word(context: str, name: str, lang: str) -> str:
    """Return what *name* is called in *lang*; the name itself, spaced out, if nobody has a word for it.

    Plug-ins and scenarios may bring names of their own.

    Examples
    --------
    >>> word("capability", "usar_heavy", "zh"), word("capability", "cable_car_rescue", "zh")
    ('重型地震救援', 'cable car rescue')
    """
    return _text(context, name, lang) if has(context, name) else name.replace("_", " ")


def _text(context: str, name: str, lang: str) -> str:
    key = context, name
    found = catalogue(lang).get(key)
    if found is not None:
        return found
    term, source = declared().get(key), catalogue(SOURCE).get(key)
    if term is not None and source is None:
        return term.in_(lang)
    return (term.says(lang) if term is not None else "") or catalogue(SOURCE)[key]
