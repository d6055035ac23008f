"""``drillsim new``: a small commented scenario to begin with."""

from __future__ import annotations

import re
from pathlib import Path

from drillsim.cli.inputs import UsageError
from drillsim.cli.printing import print_text
from drillsim.cli.starter import starter
from drillsim.cli.words import say
from drillsim.saving import write_whole


def main(lang: str, *, path: Path, force: bool) -> None:
    """Write the starter scenario."""
    if path.exists() and not force:
        raise UsageError(say("exists", lang, path=path))
    if not path.parent.is_dir():
        raise UsageError(say("no_folder", lang, path=path.parent))
    write_whole(path, starter(_id_of(path), str(path), lang))
    print_text(say("wrote", lang, path=path))
    print_text(say("begin", lang, path=path))


def _id_of(path: Path) -> str:
    """Return a short name made from the name of the file."""
    words = re.findall(r"[a-z0-9]+", path.stem.lower())
    name = "-".join(words)[:60].strip("-")
    return name if name[:1].isalpha() else f"scenario-{name}".strip("-")
