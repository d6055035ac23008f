"""Mutants: a good file, changed in one to three places, with a word for each change."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from ruamel.yaml import YAML

from tests.fuzz.words import BYTES, NUMBERS, OTHERS, TEXTS

TOKEN: Final = re.compile(r"-?\d+(?:\.\d+)?|\w+", re.ASCII)
NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
MOST_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Mutant:
    """The content of a changed file, and what was changed."""

    content: bytes
    changes: tuple[str, ...]


def mutant_of(good: bytes, form: str, dice: Random) -> Mutant:
    """Return a mutant of a good file.

    Parameters
    ----------
    form
        ``yaml``, ``json_lines``, ``text`` or ``binary``.
    """
    if form == "binary":
        return _several(good, dice, lambda content: _of_bytes(content, dice))
    if form == "yaml" and dice.random() < 0.7:
        return _of_yaml(good, dice)
    if form == "json_lines" and dice.random() < 0.6:
        return _several(good, dice, lambda content: _of_json_lines(content, dice))
    if dice.random() < 0.15:
        return _several(good, dice, lambda content: _of_bytes(content, dice))
    return _several(good, dice, lambda content: _of_text(content, dice))


def _several(good: bytes, dice: Random, change: Callable[[bytes], tuple[bytes, str]]) -> Mutant:
    content, changes = good, []
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        content, what = change(content)
        changes.append(what)
    return Mutant(content, tuple(changes))


# --- bytes ----------------------------------------------------------------------------------------------------------


def flipped(content: bytes, bit: int) -> bytes:
    """Return the content with one bit flipped."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _of_bytes(content: bytes, dice: Random) -> tuple[bytes, str]:
    if not content:
        return b"\0", "a zero byte in an empty file"
    at, end = sorted((dice.randrange(len(content)), dice.randrange(len(content) + 1)))
    some, bit, zeros = dice.choice(BYTES), dice.randrange(8 * len(content)), min(end, at + 64) - at
    return dice.choice(
        [
            (flipped(content, bit), f"bit {bit} flipped"),
            (content[:at], f"cut at byte {at}"),
            (content[:at] + some + content[at:], f"{some[:8]!r} put in at byte {at}"),
            (content[:at] + content[end:], f"bytes {at} to {end} left out"),
            (content[:end] + content[at:], f"bytes {at} to {end} twice"),
            (content[:at] + bytes(zeros) + content[at + zeros :], f"{zeros} bytes from {at} on zero"),
        ]
    )


# --- lines and words ------------------------------------------------------------------------------------------------


def _of_text(content: bytes, dice: Random) -> tuple[bytes, str]:
    text = content.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    how = dice.randrange(10)
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    if how == 0:
        what = f"line {at + 1} left out: {_short(lines.pop(at))}"
    elif how == 1:
        lines.insert(other, lines[at])
        what = f"line {at + 1} again at {other + 1}: {_short(lines[other])}"
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
        what = f"lines {at + 1} and {other + 1} swapped"
    elif how == 3:
        lines[at] = dice.choice([" ", "  ", "\t", "- ", "#"]) + lines[at]
        what = f"line {at + 1} begins otherwise: {_short(lines[at])}"
    else:
        return _word(text, dice)
    return "\n".join(lines).encode("utf-8", "surrogateescape"), what


def _word(text: str, dice: Random) -> tuple[bytes, str]:
    """Replace one number or word by another value."""
    only_numbers = dice.random() < 0.5
    tokens = list((NUMBER if only_numbers else TOKEN).finditer(text))
    if not tokens:
        return (text + dice.choice(TEXTS)).encode("utf-8", "surrogateescape"), "a word at the end"
    token = dice.choice(tokens)
    new = _other_word(token.group(), tokens, dice)
    line = text.count("\n", 0, token.start()) + 1
    changed = text[: token.start()] + new + text[token.end() :]
    return changed.encode("utf-8", "surrogateescape"), f"line {line}: {_short(token.group())} -> {_short(new)}"


def _other_word(word: str, tokens: list[re.Match[str]], dice: Random) -> str:
    how = dice.randrange(5)
    if how == 0:
        return dice.choice(tokens).group()
    if how == 1:
        return str(dice.choice(NUMBERS))
    if how == 2:
        return dice.choice(TEXTS)
    if NUMBER.fullmatch(word):
        return str(_scaled(float(word) if "." in word else int(word), dice))
    at = dice.randrange(len(word) + 1)
    return word[:at] + dice.choice(["", "x", "_", "-", ".", " ", "é"]) + word[at + dice.randrange(2) :]


def _scaled(value: float, dice: Random) -> float:
    if not -1e300 < value < 1e300:
        return -value
    factor = dice.choice([-1, 0, 0.1, 0.5, 2, 10, 1000, 1e9, 1e300])
    return dice.choice([value * factor, value + 1, value - 1, round(value), value + 0.5])


# --- values in a tree -----------------------------------------------------------------------------------------------


def _of_yaml(good: bytes, dice: Random) -> Mutant:
    tree = YAML(typ="safe", pure=True).load(good.decode("utf-8"))
    changes = tuple(_of_tree(tree, dice) for _ in range(dice.choice([1, 1, 1, 2, 3])))
    written = io.StringIO()
    dumper = YAML(typ="safe", pure=True)
    dumper.allow_unicode, dumper.width = True, 1_000_000
    dumper.dump(tree, written)
    return Mutant(written.getvalue().encode("utf-8", "surrogatepass"), changes)


def _of_json_lines(content: bytes, dice: Random) -> tuple[bytes, str]:
    lines = content.split(b"\n")
    at = dice.choice([0, dice.randrange(len(lines)), dice.randrange(len(lines))])
    try:
        value = json.loads(lines[at])
    except ValueError:
        return _of_text(content, dice)
    if not isinstance(value, dict):
        return _of_text(content, dice)
    what = f"line {at + 1}, {_of_tree(value, dice)}"
    lines[at] = json.dumps(value, default=str).encode()
    return b"\n".join(lines), what


def _of_tree(tree: Any, dice: Random) -> str:
    """Change one value of a tree in place; say which and how."""
    places = list(_places(tree))
    if not places:
        return "nothing to change"
    holder, key, path = dice.choice(places)
    old = holder[key]
    how = dice.randrange(8)
    if how == 0:
        del holder[key]
        return f"{path} left out: {_short(old)}"
    if how == 1 and isinstance(holder, dict):
        name = _other_word(str(key), [*TOKEN.finditer("id node kind at_s crew capabilities")], dice)
        holder[name] = holder.pop(key)
        return f"{path} called {_short(name)}"
    if how == 2 and isinstance(holder, list):
        holder.insert(dice.randrange(len(holder) + 1), copy.deepcopy(old))
        return f"{path} twice: {_short(old)}"
    holder[key] = new = _other_value(old, places, dice)
    return f"{path}: {_short(old)} -> {_short(new)}"


def _other_value(old: Any, places: list[tuple[Any, Any, str]], dice: Random) -> Any:
    """Return something else: of another kind, from elsewhere in the tree, from elsewhere and of the same kind, or near."""
    values = [holder[key] for holder, key, _ in places]
    alike = [value for value in values if type(value) is type(old)]
    choices = [OTHERS, values, alike, *[_near(old, dice)] * 3]
    return copy.deepcopy(dice.choice(dice.choice(choices)))


def _near(old: Any, dice: Random) -> list[Any]:
    if isinstance(old, bool):
        return [not old, int(old), "yes", "false"]
    if isinstance(old, int | float):
        return [*NUMBERS, *[_scaled(old, dice)] * len(NUMBERS)]
    if isinstance(old, list) and old:
        return [old[:1], old * 2, list(reversed(old)), old * 40]
    return [*TEXTS, *NUMBERS]


def _places(tree: Any, path: str = "", depth: int = 0) -> Iterator[tuple[Any, Any, str]]:
    """Yield holder, key and path of every value of a tree."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        here = f"{path}.{key}" if path else str(key)
        yield tree, key, here
        if depth < 60:
            yield from _places(tree[key], here, depth + 1)


def _short(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else ascii(value) if not value.isprintable() else f"'{value}'"
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}... ({len(text)})"
