"""What does a network of a million places take?  python benchmarks/million.py [file.roads]

Made, prepared and saved once (or taken from a file that was); then two processes at a time open it, and say how long
that took and how much memory is theirs alone: what is mapped from the file is shared by all. At last one process opens
it, makes the router, and divides in two, as a batch does: what then is theirs alone.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

PLACES = 1_000_000
PROCESSES = 2
QUERIES = 100


def main(path: Path | None = None) -> dict[str, Any]:
    """Print the figures, write them as JSON and return them."""
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Any] = {}
        if path is None:
            path = Path(folder) / "million.roads"
            found |= made(path)
        found["file_mb"] = path.stat().st_size / 1e6
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            each = pool.map(opened, [str(path)] * PROCESSES, chunksize=1)
        found |= {name: max(one[name] for one in each) for name in each[0]}
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            found |= pool.submit(divided, str(path)).result()
    for name, value in found.items():
        print(f"{name:24} {value:12,.3f}", flush=True)
    Path("million.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def made(path: Path) -> dict[str, float]:
    """Make a city, build its hierarchy and save both."""
    from drillsim.roads import save_network  # noqa: PLC0415  # the processes that only open it start sooner
    from drillsim.roads.routing.hierarchy import hierarchy_blocks, topology_of  # noqa: PLC0415
    from drillsim.roads.synthetic import synthetic_city  # noqa: PLC0415

    began_s = time.perf_counter()
    network = synthetic_city(PLACES, seed=1).network
    made_s = time.perf_counter() - began_s
    topology_of.cache_clear()  # another benchmark may have built it in this process
    began_s = time.perf_counter()
    blocks = hierarchy_blocks(network)
    prepared_s = time.perf_counter() - began_s
    save_network(network, path, blocks=blocks)
    return {"made_s": made_s, "prepared_s": prepared_s}


def opened(path: str) -> dict[str, float]:
    """Open the network, look at all of it, find ways; say what each step took and how much memory is private."""
    from drillsim.roads import HeavyVehicleSpeed, open_network, router_of  # noqa: PLC0415

    import_mb = private_mb()
    began_s = time.perf_counter()
    network = open_network(path)
    found = {"places": float(len(network.places)), "opened_s": time.perf_counter() - began_s}
    assert float(np.asarray(network.section_columns["length_m"]).sum()) > 0
    found["opened_private_mb"] = private_mb() - import_mb
    began_s = time.perf_counter()
    router = router_of(network, HeavyVehicleSpeed())
    found["router_s"] = time.perf_counter() - began_s
    found["router_private_mb"] = private_mb() - import_mb
    return found | {"way_ms": median_route_ms(network, router)}


def median_route_ms(network: Any, router: Any) -> float:
    """Return the median time of a way between two places drawn at random. [ms]"""
    from drillsim.roads import RoadState  # noqa: PLC0415

    rng = np.random.default_rng(1)
    rows = rng.integers(0, len(network.places), (QUERIES, 2)).tolist()
    names = [(network.place_ids[a], network.place_ids[b]) for a, b in rows]
    each_s = []
    for a, b in names:
        began_s = time.perf_counter()
        router.travel_s(a, b, RoadState())
        each_s.append(time.perf_counter() - began_s)
    return 1000 * float(np.median(each_s))


def divided(path: str) -> dict[str, float]:
    """Open the network, make the router, divide in two; say what a way then takes and how much memory is private."""
    from drillsim.roads import HeavyVehicleSpeed, open_network, router_of  # noqa: PLC0415

    network = open_network(path)
    router = router_of(network, HeavyVehicleSpeed())
    gc.freeze()
    fork = multiprocessing.get_context("fork")

    def ask(end: Connection) -> None:
        before_mb = private_mb()
        route_ms = median_route_ms(network, router)
        made_mb = private_mb() - before_mb
        end.send({"divided_way_ms": route_ms, "divided_private_mb": private_mb(), "divided_new_mb": made_mb})

    pipes = [fork.Pipe(duplex=False) for _ in range(PROCESSES)]
    for _, theirs in pipes:
        fork.Process(target=ask, args=(theirs,)).start()
        theirs.close()  # so that a process that dies is heard of
    each = [ours.recv() for ours, _ in pipes]
    return {name: max(one[name] for one in each) for name in each[0]}


def private_mb() -> float:
    """Return the memory that only this process has. [MB]"""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
