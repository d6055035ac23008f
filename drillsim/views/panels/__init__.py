"""Panels: one picture of a run each, shown wherever a run is shown, if it has anything to show.

A new panel is one new file in this folder with one subclass of :class:`Panel`; no page has to be edited. An outside
package names its class under the entry-point group ``drillsim.panels``. A picture that a plug-in declares
(:class:`drillsim.base.plugin.Picture`) is a panel, too.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from inspect import isabstract
from pkgutil import iter_modules

from drillsim.base.errors import PluginError
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace
from drillsim.views.declared_pictures import declared_pictures
from drillsim.views.panel import Chart, Panel, Picture

__all__ = ["Chart", "Panel", "Picture", "panels", "panels_for"]


@cache
def panels() -> tuple[Panel, ...]:
    """Return every panel, in the order in which they are shown; found once per process."""
    found: list[Panel] = []
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        name = f"{__name__}.{module.name}"
        classes = [cls for cls in vars(import_module(name)).values() if isinstance(cls, type)]
        found += [cls() for cls in classes if issubclass(cls, Panel) and cls.__module__ == name and not isabstract(cls)]
    found += [_outside(point) for point in entry_points(group="drillsim.panels")]
    found += declared_pictures()
    return tuple(sorted(found, key=lambda panel: (panel.rank, panel.name)))


def _outside(point: EntryPoint) -> Panel:
    try:
        cls = point.load()
    except Exception as error:
        raise PluginError(f"entry point {point.name} = {point.value} cannot be loaded: {error}") from error
    if not (isinstance(cls, type) and issubclass(cls, Panel)) or isabstract(cls):
        raise PluginError(f"{point.value}: must be a concrete subclass of {Panel.__module__}.Panel")
    return cls()


def panels_for(trace: Trace, scenario: Scenario) -> tuple[Panel, ...]:
    """Return the panels that have something to show of a run."""
    return tuple(panel for panel in panels() if panel.applies(trace, scenario))
