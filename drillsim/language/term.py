"""What one thing is called in English and in Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One thing and what it is called."""

    en: str
    zh: str
    unit: str = ""
    """Unit of a metric: ``s``, ``m``, ``1`` (a share) or empty (a count)."""

    def in_(self, lang: str) -> str:
        """Return the word in *lang*."""
        return self.zh if lang == "zh" else self.en
