"""Named random streams: a draw is addressed by what it decides, never by when it is asked for.

Two plans that face the same scenario then meet the same luck wherever luck has nothing to do with the plan.
A name may therefore hold only things that exist under every plan: incident, site, slot, road section; never a
unit or a station.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

WORD_BITS = 32
"""Bits of the words that numpy seeds from."""
WORD = (1 << WORD_BITS) - 1


class RandomStreams:
    """Independent generators, one per name, for one replication.

    Parameters
    ----------
    seed
        Any integer from 0 below 2**64.
    replication
        Which replication of that seed, from 0 below 2**64.

    Examples
    --------
    >>> streams = RandomStreams(seed=1, replication=0)
    >>> streams("turnout", "inc-1", 0).random() == streams("turnout", "inc-1", 0).random()
    True
    """

    __slots__ = ("_entropy",)

    def __init__(self, seed: int, replication: int = 0) -> None:
        # Low words first: numpy strings the words of all numbers together, so that (2**32, 0) would else be (0, 1).
        self._entropy = (seed & WORD, replication & WORD, seed >> WORD_BITS, replication >> WORD_BITS)

    def __call__(self, *name: str | int) -> np.random.Generator:
        """Return a fresh generator for *name*; the same name always restarts the same stream."""
        joined = "\x1f".join(f"{len(str(part))}:{part}" for part in name)
        digest = blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        key = tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(self._entropy, spawn_key=key)))
