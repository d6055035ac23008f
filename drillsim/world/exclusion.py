"""Exclusion zones: the grade of danger of places and road sections.

Grade 1, warm: only with breathing apparatus. Grade 2, hot: only in a gas-tight suit. Grade 3: nobody.

What is so now is recorded, and the checks hold every unit to it. What is ahead is now or soon: units keep out of it,
leave it, and take no route through it. So it holds at least what is now; how far it looks ahead, the hazard says:
as long as a unit needs to get out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

GRADES: Final = frozenset({1, 2, 3})
"""Grades of danger."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The grade of danger of places and sections; those not named have none."""

    places: Mapping[str, int] = field(default_factory=dict)
    """Places as they are now."""
    sections: Mapping[str, int] = field(default_factory=dict)
    """Road sections as they are now: the worst along them."""
    places_ahead: Mapping[str, int] = field(default_factory=dict)
    """Places now or soon: what units keep out of and leave."""
    sections_ahead: Mapping[str, int] = field(default_factory=dict)
    """Sections now or soon: what no way is taken through."""
