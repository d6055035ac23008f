"""``drillsim plugins``: hazards, scenario kinds and policies, and where each comes from."""

from __future__ import annotations

from inspect import getdoc

from drillsim.cli.printing import print_json, print_table
from drillsim.language import has, say, word
from drillsim.scenario.plugins import FOLDERS, kinds


def main(lang: str, *, as_json: bool) -> None:
    """List every plug-in."""
    found = [
        {
            "folder": folder,
            "kind": kind,
            "name": word("kind", kind, lang),
            "origin": cls.__module__,
            "about": _about(kind, cls, lang),
        }
        for folder in FOLDERS
        for kind, cls in kinds(folder).items()
    ]
    if as_json:
        print_json(found)
        return
    for folder in FOLDERS:
        print_table(
            word("thing", f"kind_{folder}", lang),
            [say(f"cli.{key}", lang) for key in ("kind", "about", "origin")],
            [(f"{p['kind']}\n{p['name']}", p["about"], p["origin"]) for p in found if p["folder"] == folder],
        )


def _about(kind: str, cls: type, lang: str) -> str:
    return say(f"about.{kind}", lang) if has("about", kind) else (getdoc(cls) or "").partition("\n")[0]
