"""Single-bit flips of a network file: each is refused, or read as the same roads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from drillsim.base.errors import DrillsimError
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, RoadState, read_network, router_of
from tests.fuzz.mutate import flipped
from tests.fuzz.subjects import cli
from tests.fuzz.workers import FaultError, Result, judged


def flip_trial(seed: int, number: int, work: Path) -> Result:
    """Flip one bit of a network file, read all of it and find ways on it."""
    whole, want = _network(work)
    bit = Random(f"{seed} {number}").randrange(8 * len(whole))
    path = work / f"flipped-{number}.roads"
    path.write_bytes(flipped(whole, bit))

    def read() -> Result:
        try:
            got = _content(read_network(path))
        except DrillsimError as error:
            return {"accepted": False, "said": str(error)}
        finally:
            path.unlink()
        if got != want:
            raise FaultError("other roads than were written")
        return {"accepted": True, "said": "the same roads"}

    return judged({"kind": "flip", "of": "roads", "changes": [f"bit {bit}"]}, read)


@cache
def _network(work: Path) -> tuple[bytes, object]:
    path = work / "whole.roads"
    for command in (("roads", "synth", "--output", path, "--places", "500"), ("roads", "prepare", path)):
        code, said = cli("en", *command)
        if code:
            raise FaultError(said)
    return path.read_bytes(), _content(read_network(path))


def _content(network: RoadNetwork) -> object:
    """Return all that a network says, and some ways on it."""
    names = list(network.place_ids)
    router = router_of(network, HeavyVehicleSpeed())
    router.prepare(names[:3])
    ways = [router.travel_s(a, b, RoadState()) for a in names[:3] for b in names[-20:]]
    return network.digest, network.place_columns.to_pydict(), network.section_columns.to_pydict(), ways
