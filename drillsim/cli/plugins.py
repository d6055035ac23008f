"""``drillsim plugins``: hazards, scenario kinds and policies, and where each comes from."""

from __future__ import annotations

from inspect import getdoc

from drillsim.cli.plugins_zh import about_zh
from drillsim.cli.printing import print_json, print_table
from drillsim.cli.words import say
from drillsim.language.terms import KINDS, WHAT, word
from drillsim.scenario.plugins import FOLDERS, kinds


def main(lang: str, *, as_json: bool) -> None:
    """List every plug-in."""
    found = [
        {
            "folder": folder,
            "kind": kind,
            "name": word(KINDS, kind, lang),
            "origin": cls.__module__,
            "about": _about(folder, kind, cls, lang),
        }
        for folder in FOLDERS
        for kind, cls in kinds(folder).items()
    ]
    if as_json:
        print_json(found)
        return
    for folder in FOLDERS:
        print_table(
            word(WHAT, f"kind_{folder}", lang),
            [say(key, lang) for key in ("kind", "about", "origin")],
            [(f"{p['kind']}\n{p['name']}", p["about"], p["origin"]) for p in found if p["folder"] == folder],
        )


def _about(folder: str, kind: str, cls: type, lang: str) -> str:
    said = (getdoc(cls) or "").partition("\n")[0]
    return about_zh(folder, kind, said) if lang == "zh" else said
