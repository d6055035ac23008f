"""What drillsim says about faults, in English and Chinese, keyed by a code."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "zh")

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "n_faults": ("{n} fault(s):", "共 {n} 处错误："),
    "got": (" (got {got})", "（实际为 {got}）"),
    "unknown_name": ("unknown {what} '{name}'. Known: {known}", "未知的{what}“{name}”。可选：{known}"),
    "unknown_name_guess": (
        "unknown {what} '{name}'. Did you mean '{guess}'? Known: {known}",
        "未知的{what}“{name}”。是否想写“{guess}”？可选：{known}",
    ),
}


def message(code: str, lang: str = "en", **values: object) -> str:
    """Return message *code* in *lang* with *values* filled in.

    Raises
    ------
    KeyError
        If there is no message with that code.
    """
    return MESSAGES[code][LANGUAGES.index(lang)].format(**values)
