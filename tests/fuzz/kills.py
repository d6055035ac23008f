"""Commands that write, killed at any moment: what they write is whole, as it was before, or not there."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz import originals
from tests.fuzz.workers import FaultError, Result, judged

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "out.yaml": ("new", "out.yaml", "--force"),
    "own.yaml": ("new", "own.yaml", "--from", "map.osm", "--force"),
    "out.jsonl": ("run", "town.yaml", "--trace", "out.jsonl"),
    "out.parquet": ("run", "town.yaml", "--trace", "out.parquet"),
    "out.html": ("run", "town.yaml", "--map", "out.html"),
    "out.roads": ("roads", "import", "map.osm", "--output", "out.roads", "--force"),
    "city.roads": ("roads", "synth", "--output", "city.roads", "--places", "2000", "--force"),
    "prepared.roads": ("roads", "prepare", "prepared.roads"),
    "map.html": ("roads", "import", "map.osm", "--output", "other.roads", "--map", "map.html", "--force"),
}
"""Commands by the file that they write."""
BESIDE: Final = frozenset({"town.yaml", "map.osm", "prepared.roads"})
"""Files that lie in the folder before."""


def kill_trial(seed: int, number: int, work: Path) -> Result:
    """Kill a command at a random moment, over an older file or none, and look at what is there."""
    dice = Random(f"{seed} {number}")
    name = list(COMMANDS)[number % len(COMMANDS)]
    takes_s, whole = _undisturbed(name, work)
    folder = _folder(work)
    before = b"older" if dice.random() < 0.5 and name != "prepared.roads" else None
    if before is not None:
        (folder / name).write_bytes(before)
    elif name == "prepared.roads":
        before = (folder / name).read_bytes()
    after_s = dice.uniform(0.0, 1.1 * takes_s)

    def kill() -> Result:
        process = _begin(name, folder)
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        try:
            return _looked_at(folder / name, before, whole)
        finally:
            shutil.rmtree(folder)

    return judged({"kind": "kill", "of": name, "changes": [f"killed after {after_s:.2f} s of {takes_s:.2f}"]}, kill)


def _looked_at(path: Path, before: bytes | None, whole: str) -> Result:
    """Look at what a killed command has left, and give it again."""
    there = path.read_bytes() if path.exists() else None
    left = sum(other.name not in {*BESIDE, *COMMANDS, "other.roads"} for other in path.parent.iterdir())
    if there not in (None, before) and _fingerprint(there) != whole:
        raise FaultError(f"{path.name} is neither the old file nor the whole new one")
    if _begin(path.name, path.parent).wait() or _fingerprint(path.read_bytes()) != whole:
        raise FaultError(f"{path.name} is not written when the command is given again")
    return {"accepted": True, "said": f"{'as before' if there == before else 'whole'}, {left} temporary file(s) left"}


def _begin(name: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "drillsim", "--lang", "en", *COMMANDS[name]]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@cache
def _undisturbed(name: str, work: Path) -> tuple[float, str]:
    """Return how long the command takes [s] and the fingerprint of what it writes."""
    folder = _folder(work)
    begun = time.monotonic()
    code = _begin(name, folder).wait()
    takes_s = time.monotonic() - begun
    if code:
        raise RuntimeError(f"{COMMANDS[name]} ends with {code}")
    whole = _fingerprint((folder / name).read_bytes())
    shutil.rmtree(folder)
    return takes_s, whole


def _folder(work: Path) -> Path:
    folder = Path(tempfile.mkdtemp(dir=work))
    (folder / "town.yaml").write_text(originals.TOWN, encoding="utf-8")
    (folder / "map.osm").write_text(originals.OSM, encoding="utf-8")
    (folder / "prepared.roads").write_bytes(_city(work))
    return folder


@cache
def _city(work: Path) -> bytes:
    path = work / "city-to-prepare.roads"
    synth = ["roads", "synth", "--output", str(path), "--places", "2000"]
    subprocess.run([sys.executable, "-m", "drillsim", *synth], check=True, stdout=subprocess.DEVNULL)
    return path.read_bytes()


def _fingerprint(content: bytes) -> str:
    """Return a digest; the names that folium draws by chance do not count."""
    return hashlib.sha256(re.sub(rb"[0-9a-f]{32}", b"", content)).hexdigest()
