"""The road network that a command line names."""

from __future__ import annotations

from pathlib import Path

from drillsim.cli.inputs import UsageError
from drillsim.cli.words import say
from drillsim.errors import NetworkError
from drillsim.names import network_of
from drillsim.roads import SUFFIX, RoadNetwork
from drillsim.shipping import find_network, no_such_network


def named_network(name: str) -> RoadNetwork:
    """Return the network of a file or folder, or the shipped one of that name.

    Raises
    ------
    NetworkError
        If there is none, or it is faulty.
    """
    found = find_network(name, Path())
    if found is None:
        raise NetworkError([no_such_network(name)])
    return network_of(found)


def refuse_output(path: Path, lang: str, *, force: bool) -> None:
    """Refuse to write a network where it cannot or should not be written."""
    if path.suffix != SUFFIX:
        raise UsageError(say("network_name", lang, path=path))
    if path.exists() and not force:
        raise UsageError(say("exists", lang, path=path))
    if not path.parent.is_dir():
        raise UsageError(say("no_folder", lang, path=path.parent))


def names_by_commas(text: str) -> list[str]:
    """Return the names that stand between commas."""
    return [name.strip() for name in text.split(",") if name.strip()]
