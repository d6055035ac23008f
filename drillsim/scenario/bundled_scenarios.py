"""The scenarios and road networks that come with drillsim, found by name."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from drillsim.base.errors import Problem, guess

PACKAGE = Path(__file__).parents[1]


def shipped_scenarios() -> tuple[Path, ...]:
    """Return the scenario files that come with drillsim, sorted by name.

    They are in the package when it is installed from a wheel, else beside it in the repository.
    """
    return tuple(sorted(_folder().glob("*.yaml")))


def _folder() -> Path:
    inside, beside = PACKAGE / "shipped", PACKAGE.parent / "scenarios"
    return inside if inside.is_dir() else beside


def shipped_networks() -> tuple[str, ...]:
    """Return the names of the road networks that come with drillsim."""
    return tuple(sorted(path.parent.name for path in _folder().glob("*/nodes.csv")))


def find_network(name: str, folder: Path) -> Path | None:
    """Return the path of a road network: relative to *folder* if it exists there, else the shipped one of that name."""
    here = folder / name
    if _exists(here):
        return here
    return _folder() / name if name in shipped_networks() else None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # Path.exists lets this one through
            return False
        raise


def no_such_network(name: str, path: str = "") -> Problem:
    """Return the problem of an unknown road network, with a guess; *path* is where it is named in a file."""
    shipped = shipped_networks()
    hint = guess(name, shipped)
    code = "no_such_network_guess" if hint else "no_such_network"
    return Problem(code, path, values={"known": ", ".join(shipped) or "-", "guess": hint}, got=name[:60])


def find_scenario(name: str) -> Path:
    """Return the path of a scenario: the file *name* if it exists, else the shipped scenario of that id."""
    path = Path(name)
    if not is_bare_name(name) or _exists(path):
        return path
    return next((shipped for shipped in shipped_scenarios() if shipped.stem == name), path)


def is_bare_name(name: str) -> bool:
    """Return whether *name* looks like the id of a scenario rather than a file name."""
    return re.fullmatch(r"[a-z][a-z0-9-]*", name) is not None
