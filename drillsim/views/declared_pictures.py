"""Pictures that hazards, scenario kinds and policies bring as a description: drawn as panels like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.base.plugin import Picture, Plugin
from drillsim.language import Term, word
from drillsim.scenario.plugins import every_plugin
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace
from drillsim.views.panel import Chart, Panel

MARKS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "line": ("mark_line", {}),
    "step": ("mark_line", {"interpolate": "step-after"}),
    "area": ("mark_area", {}),
    "bar": ("mark_bar", {}),
    "point": ("mark_point", {"filled": True}),
}
"""How each mark is drawn: the method of a chart, and its options."""


class DeclaredPicture(Panel):
    """One picture of a plug-in."""

    def __init__(self, plugin: type[Plugin], name: str, picture: Picture) -> None:
        self.title: Term = plugin.words[f"picture.{name}"]  # type: ignore[misc]  # of a class that it has no need of
        self.rank: int = picture.rank  # type: ignore[misc]  # of the class in other panels, of each picture here
        self._name = f"{plugin.model_fields['kind'].default}.{name}"
        self._picture = picture

    @property
    def name(self) -> str:
        """The kind and the name of the picture: ``grassland_front.front``."""
        return self._name

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether it has any rows of this run."""
        del scenario
        return any(True for _ in self._picture.rows(trace))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the chart of its rows, columns and text in words."""
        del scenario
        picture = self._picture
        rows = [
            {column: word("value", cell, lang) if isinstance(cell, str) else cell for column, cell in row.items()}
            for row in picture.rows(trace)
        ]
        channels = {"x": _axis(alt.X, rows, picture.x, lang), "y": _axis(alt.Y, rows, picture.y, lang)}
        if picture.colour:
            channels["color"] = _axis(alt.Color, rows, picture.colour, lang)
        method, options = MARKS[picture.mark]
        chart = getattr(alt.Chart(pd.DataFrame(rows)), method)(**options)
        return chart.encode(**channels).properties(height=340)


def _axis(channel: Any, rows: list[dict[str, Any]], column: str, lang: str) -> Any:
    sort = "N" if any(isinstance(row[column], str) for row in rows) else "Q"
    return channel(f"{column}:{sort}", title=word("column", column, lang))


def declared_pictures() -> Iterator[Panel]:
    """Yield the pictures of every plug-in."""
    for plugin in every_plugin():
        for name, picture in plugin.pictures.items():
            yield DeclaredPicture(plugin, name, picture)
