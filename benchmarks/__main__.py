"""All benchmarks of roads and replications in one run:  python benchmarks [--quick] [--out results.json]

Prints a table per question and writes all figures as JSON. ``--quick`` stops at 10,000 places (a minute); the whole
takes about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

import million
import routing_queries
import routing_replications

SIZES = [1_000, 10_000, 100_000]
LARGEST = 1_000_000


def main() -> None:
    """Run the benchmarks."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="up to 10,000 places")
    asked.add_argument("--out", type=Path, default=Path("results.json"), help="file of all figures")
    options = asked.parse_args()
    sizes = SIZES[:2] if options.quick else SIZES
    found = {"machine": f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"}
    print(found["machine"])
    print("One replication: 60 units, about 300 tasks, one section in a hundred closing or slowing")
    found["replications"] = routing_replications.main(sizes if options.quick else [*sizes, LARGEST])
    rows = found["replications"]
    growth = rows[-1]["drillsim_s"] / rows[0]["drillsim_s"]
    print(f"{rows[-1]['places'] / rows[0]['places']:,.0f} x the places: {growth:.1f} x the time of a replication")
    print("One way between random places")
    found["ways"] = routing_queries.main(sizes)
    if not options.quick:
        print("A million places")
        found["million"] = million.main()
    options.out.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"Wrote {options.out}")


if __name__ == "__main__":
    main()
