"""``drillsim roads prepare``: the hierarchy for fast routing, stored in the network file."""

from __future__ import annotations

import shlex
import time
from pathlib import Path

from drillsim.cli.inputs import UsageError
from drillsim.cli.networks import named_network
from drillsim.cli.printing import print_text
from drillsim.language import say
from drillsim.roads import save_network
from drillsim.roads.routing.hierarchy import hierarchy_blocks


def main(lang: str, *, network: str) -> None:
    """Build the hierarchy and write the file again with it."""
    opened = named_network(network)
    if opened.path is None:
        raise UsageError(say("cli.import_first", lang, path=network, quoted=shlex.quote(network)))
    began_s = time.perf_counter()
    save_network(opened, Path(opened.path), blocks=hierarchy_blocks(opened))
    print_text(say("cli.prepared", lang, path=opened.path, seconds=f"{time.perf_counter() - began_s:.1f}"))
