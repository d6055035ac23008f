"""What must be said of a run: a value outside the range of a formula …, as a message with parts, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from drillsim.base.errors import PluginError
from drillsim.language import advice, has, language_codes
from drillsim.trace.events import AdvisoryIssued

Part: TypeAlias = str | float | int


class _Short(float):
    """A number that is shown with six digits unless the text says how."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return super().__format__(spec or ".6g")


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
        >>> Advisory.of("said", en=1.775660983176477, zh="").text("en")
        '1.77566'
        """
        return cls(code, tuple(parts), tuple(parts.values()))

    def text(self, lang: str = "en") -> str:
        """Return it in *lang*; floats with six digits unless the text says how.

        Raises
        ------
        KeyError
            If there is no text for its code, or the text needs a part that it lacks.
        """
        shown = [_Short(value) if isinstance(value, float) else value for value in self.values]
        return advice(self.code, lang, **dict(zip(self.names, shown, strict=True)))


def advisory_event(t_s: float, source: str, advisory: Advisory) -> AdvisoryIssued:
    """Return the event of an advisory: its text in English for who reads the trace, its parts for any language.

    Raises
    ------
    PluginError
        If a plug-in says something else than a :class:`Advisory`, or nobody has a text for it.
    """
    if not isinstance(advisory, Advisory):
        raise PluginError(f"{source}: an advisory must be a drillsim.world.advisory.Advisory, not {advisory!r}")
    if breach := advisory_breach(advisory):
        raise PluginError(f"{source}: {breach}")
    return AdvisoryIssued(t_s, source, advisory.text("en"), advisory.code, advisory.names, advisory.values)


def advisory_breach(advisory: Advisory) -> str:
    """Return why an advisory cannot be said, and what to write; empty if it can."""
    if not has("advisory", advisory.code):
        parts = " ".join(f"{{{name}}}" for name in advisory.names)
        text = f"… {parts}".strip()
        return f'add to words: "advisory.{advisory.code}": Term("{text}", "{text}")'
    try:
        for lang in language_codes():
            advisory.text(lang)
    except KeyError as error:
        return f"the advisory {advisory.code!r} lacks the part {error.args[0]!r} that its text needs"
    return ""


def advisory_text(event: AdvisoryIssued, lang: str) -> str:
    """Return the text of an advisory in *lang*; as it stands if no text is known for its code."""
    return Advisory(event.code, event.names, event.values).text(lang) if has("advisory", event.code) else event.text
