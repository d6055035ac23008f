"""Mutants of every kind of file: each is read and used as a user would, and accepted or refused in words."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

from tests.fuzz.mutate import mutant_of
from tests.fuzz.subjects import Subject, subjects
from tests.fuzz.workers import MOST_TOLD, Result, judged


def mutant_trial(seed: int, number: int, kinds: tuple[str, ...], work: Path) -> Result:
    """Make the mutant of a number, use it in a folder of its own, and return what came of it."""
    known = subjects(work)
    chosen = {name: known[name] for name in (kinds or known)}
    dice = Random(f"{seed} {number}")
    kind = dice.choices(list(chosen), [subject.weight for subject in chosen.values()])[0]
    subject = chosen[kind]
    name = dice.choice(list(subject.good))
    mutant = mutant_of(subject.good[name], subject.form, dice)

    def use() -> Result:
        accepted, said = use_in(work, subject, mutant.content, dice.choice(["en", "zh"]))
        return {"accepted": accepted, "said": said[:MOST_TOLD]}

    return judged({"kind": kind, "of": name, "changes": list(mutant.changes)}, use)


def use_in(work: Path, subject: Subject, content: bytes, lang: str) -> tuple[bool, str]:
    """Use a file in a folder of its own; return whether it was accepted, and what was said."""
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        _lay_out(folder, subject, content)
        accepted, said = subject.use(folder, subject.file, lang)
    finally:
        shutil.rmtree(folder)
    return accepted, said.replace(str(folder), "")


def _lay_out(folder: Path, subject: Subject, content: bytes) -> None:
    for name, text in dict(subject.beside).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / subject.file).write_bytes(content)
