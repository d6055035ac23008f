"""What the states mean in which hazards count people: dead, injured, out alive, waiting to be brought out.

A hazard, of a plug-in too, whose states are among these words is counted in every total; others have curves only.
"""

from __future__ import annotations

from typing import Final

KILLED_AT_ONCE: Final = frozenset({"killed"})
"""Dead of the first blow: hit, or under rubble."""
DIED_TRAPPED: Final = frozenset({"dead_in_rubble", "recovered_dead"})
"""Alive under rubble at first, dead there, brought out or not."""
DEAD: Final = KILLED_AT_ONCE | DIED_TRAPPED | {"dead", "lost"}
"""Dead of anything: at once, under rubble, of gas or blast, in a burning building."""
BROUGHT_OUT: Final = frozenset({"extricated_alive", "rescued"})
"""Brought out alive by crews."""
OUT_ALIVE: Final = BROUGHT_OUT | {"freed_by_neighbours"}
"""Out alive who could not come out by themselves."""
WAITING: Final = frozenset({"trapped", "overcome", "refuge"})
"""Alive and unable to come out by themselves."""
INJURED: Final = frozenset(
    {"injured", "hurt_light", "hurt_hospital", "hurt_critical", "freed_by_neighbours", "extricated_alive"}
)
"""Alive and hurt; whoever comes out of rubble alive is, at least lightly (Coburn and Spence, M4)."""
