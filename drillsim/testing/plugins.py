"""Every check of a plug-in, whatever it is."""

from __future__ import annotations

from types import ModuleType

from drillsim.base.plugin import Plugin
from drillsim.dispatch import DispatchPolicy
from drillsim.hazards import Hazard
from drillsim.incidents import IncidentKind
from drillsim.scenario.plugins import classes_of, folder_of
from drillsim.testing.contract import require
from drillsim.testing.hazards import check_hazard
from drillsim.testing.kinds import check_kind
from drillsim.testing.policies import check_policy


def check_plugin(plugin: type[Plugin] | ModuleType) -> None:
    """Check that a plug-in keeps its contract; of a module, every plug-in that is defined in it.

    Raises
    ------
    AssertionError
        With what is wrong and what to write.
    PluginError
        If it is no plug-in at all.
    """
    if isinstance(plugin, ModuleType):
        found = [cls for cls, _ in classes_of(plugin)]
        require(bool(found), plugin.__name__, "holds no hazard, scenario kind or dispatch policy")
        for cls in found:
            check_plugin(cls)
        return
    folder_of(plugin, plugin.__module__)
    if issubclass(plugin, Hazard):
        check_hazard(plugin)
    elif issubclass(plugin, IncidentKind):
        check_kind(plugin)
    elif issubclass(plugin, DispatchPolicy):
        check_policy(plugin)
