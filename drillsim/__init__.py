"""drillsim simulates emergency drills and plans the response.

One line carries everything::

    scenario = load_scenario("scenarios/gaoyuan-lijian-2021.yaml")
    plan = scenario.plan("two-staging-areas")
    trace = simulate(scenario, plan, seed=1)
    outcome = evaluate(trace, scenario.objectives)

and a batch of plans and replications is compared with :func:`compare`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from drillsim.version import __version__

if TYPE_CHECKING:
    from drillsim.batch import run_batch
    from drillsim.compare import Comparison, compare, sentence
    from drillsim.engine import simulate
    from drillsim.errors import DrillsimError, ScenarioError
    from drillsim.files import load_plan, load_scenario, save_plan
    from drillsim.invariants import check_invariants
    from drillsim.metrics import Outcome, evaluate
    from drillsim.plan import Plan
    from drillsim.roads import RoadNetwork, read_network
    from drillsim.scenario import Scenario
    from drillsim.trace import Trace

__all__ = [
    "Comparison",
    "DrillsimError",
    "Outcome",
    "Plan",
    "RoadNetwork",
    "Scenario",
    "ScenarioError",
    "Trace",
    "__version__",
    "check_invariants",
    "compare",
    "evaluate",
    "load_plan",
    "load_scenario",
    "read_network",
    "run_batch",
    "save_plan",
    "sentence",
    "simulate",
]

_HOMES = {
    "Comparison": "drillsim.compare",
    "DrillsimError": "drillsim.errors",
    "Outcome": "drillsim.metrics",
    "Plan": "drillsim.plan",
    "RoadNetwork": "drillsim.roads",
    "Scenario": "drillsim.scenario",
    "ScenarioError": "drillsim.errors",
    "Trace": "drillsim.trace",
    "check_invariants": "drillsim.invariants",
    "compare": "drillsim.compare",
    "evaluate": "drillsim.metrics",
    "load_plan": "drillsim.files",
    "load_scenario": "drillsim.files",
    "read_network": "drillsim.roads",
    "run_batch": "drillsim.batch",
    "save_plan": "drillsim.files",
    "sentence": "drillsim.compare",
    "simulate": "drillsim.engine",
}
"""Where each name lives: loaded when it is asked for, so that the command line answers at once."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'drillsim' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps ``drillsim.compare`` the function, though its folder has the same name and Python would put that there."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
