"""What must be said of a run: a value outside the range of a formula …, as a message with parts, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from drillsim.base.errors import PluginError
from drillsim.language import advice, has
from drillsim.trace.events import AdvisoryIssued

Part: TypeAlias = str | float | int


@dataclass(frozen=True, slots=True)
class Advisory:
    """One thing to be said: the code of a text, and its parts.

    A plug-in has the text among its ``words``, under ``advisory.CODE``. One that only the run knows is
    ``Advisory.of("said", en=…, zh=…)``.
    """

    code: str
    """Name of the text: ``out_of_range`` …"""
    names: tuple[str, ...] = ()
    """Names of the parts that the text needs."""
    values: tuple[Part, ...] = ()

    @classmethod
    def of(cls, code: str, **parts: Part) -> Advisory:
        """Return the advisory with these parts.

        Examples
        --------
        >>> Advisory.of("said", en="It snowed.", zh="下雪。").text("zh")
        '下雪。'
        """
        return cls(code, tuple(parts), tuple(parts.values()))

    def text(self, lang: str = "en") -> str:
        """Return it in *lang*."""
        return advice(self.code, lang, **dict(zip(self.names, self.values, strict=True)))


def advisory_event(t_s: float, source: str, advisory: Advisory) -> AdvisoryIssued:
    """Return the event of an advisory: its text in English for who reads the trace, its parts for any language.

    Raises
    ------
    PluginError
        If a plug-in says something else than a :class:`Advisory`.
    """
    if not isinstance(advisory, Advisory):
        raise PluginError(f"{source}: an advisory must be a drillsim.world.advisory.Advisory, not {advisory!r}")
    return AdvisoryIssued(t_s, source, advisory.text("en"), advisory.code, advisory.names, advisory.values)


def advisory_text(event: AdvisoryIssued, lang: str) -> str:
    """Return the text of an advisory in *lang*; as it stands if no text is known for its code."""
    return Advisory(event.code, event.names, event.values).text(lang) if has("advisory", event.code) else event.text
