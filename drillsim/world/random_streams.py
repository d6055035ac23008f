"""Named random streams: a draw is addressed by what it decides, never by when it is asked for.

Two plans on the same scenario then share common random numbers wherever chance does not depend on the plan.
A name may therefore hold only things that exist under every plan: incident, site, slot, road section; never a
unit or a station.
"""

from __future__ import annotations

from hashlib import blake2b
from operator import index
from typing import SupportsIndex

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.errors import Problem, SeedError
from drillsim.language.formatting import short_repr


class RandomStreams:
    """Independent generators, one per name, for one replication.

    Each is a Philox generator, whose key is a fingerprint of seed, replication and name.

    Parameters
    ----------
    seed
        Any whole number from 0 below 2**128, of Python or numpy.
    replication
        Which replication of that seed, from 0 below 2**64.

    Raises
    ------
    SeedError
        If one of them is none.

    Examples
    --------
    >>> streams = RandomStreams(seed=1, replication=0)
    >>> streams("turnout", "inc-1", 0).random() == streams("turnout", "inc-1", 0).random()
    True
    """

    __slots__ = ("_bits", "_fingerprint", "_once", "_start", "replication", "seed")

    def __init__(self, seed: SupportsIndex, replication: SupportsIndex = 0) -> None:
        self.seed = _whole("seed", seed, bits=128)
        self.replication = _whole("replication", replication, bits=64)
        # a large seed makes a longer text, so that no two pairs collide
        number = self.seed.to_bytes(8 if self.seed < 2**64 else 16, "little") + self.replication.to_bytes(8, "little")
        self._fingerprint = blake2b(number, digest_size=16)
        self._bits = Philox(key=0)
        self._once = Generator(self._bits)
        self._start = self._bits.state

    def __call__(self, *name: str | int) -> Generator:
        """Return a fresh generator for *name*; the same name always restarts the same stream."""
        return Generator(Philox(key=int.from_bytes(self._key(name), "little")))

    def once(self, *name: str | int) -> Generator:
        """Return the same stream in a shared generator, valid until the next call; seven times as fast."""
        self._start["state"]["key"] = np.frombuffer(self._key(name), np.uint64)
        self._bits.state = self._start
        return self._once

    def standard_normals(self, name: str, fingerprints: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Return one normal number for each of (n,) things, which depends on its fingerprint and on no other thing.

        The fingerprint is mixed with the key of *name* (finalizer of SplitMix64: G. L. Steele et al., OOPSLA 2014), and
        two uniform numbers make a normal one (G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29 (1958) 610).
        """
        first, second = np.frombuffer(self._key((name,)), "<u8").astype(np.uint64)
        mixed = _mixed(fingerprints ^ first)
        above_0 = ((mixed >> np.uint64(11)) + np.uint64(1)) * 2.0**-53
        turn = (_mixed(mixed ^ second) >> np.uint64(11)) * 2.0**-53
        return np.sqrt(-2.0 * portable.log(above_0)) * portable.cos(2.0 * np.pi * turn)

    def _key(self, name: tuple[str | int, ...]) -> bytes:
        fingerprint = self._fingerprint.copy()
        texts = [part if isinstance(part, str) else str(part) for part in name]
        fingerprint.update("\x1f".join([f"{len(text)}:{text}" for text in texts]).encode("utf-8", "surrogatepass"))
        return fingerprint.digest()


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    return bits ^ (bits >> np.uint64(31))


def _whole(name: str, value: SupportsIndex, *, bits: int) -> int:
    try:
        number = index(value)
    except TypeError:
        number = -1
    if not 0 <= number < 2**bits:
        raise SeedError([Problem("no_seed", name, values={"bits": bits}, got=short_repr(value))])
    return number
