"""drillsim simulates emergency drills and plans the response.

One line carries everything::

    scenario = load_scenario("scenarios/gaoyuan-lijian-2021.yaml")
    plan = scenario.plan("two-staging-areas")
    trace = simulate(scenario, plan, seed=1)
    outcome = evaluate(trace, scenario.objectives)

and a batch of plans and replications is compared with :func:`compare`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from drillsim.base.version import __version__

if TYPE_CHECKING:
    from drillsim.base.errors import DrillsimError, ScenarioError
    from drillsim.checks import check_invariants
    from drillsim.comparison import Comparison, compare, sentence
    from drillsim.engine import simulate
    from drillsim.metrics import Outcome, evaluate
    from drillsim.roads import RoadNetwork, read_network
    from drillsim.scenario.files import load_plan, load_scenario, save_plan
    from drillsim.scenario.plan import Plan
    from drillsim.scenario.scenario import Scenario
    from drillsim.study import run_batch
    from drillsim.trace.trace import Trace

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
    "Comparison": "drillsim.comparison",
    "DrillsimError": "drillsim.base.errors",
    "Outcome": "drillsim.metrics",
    "Plan": "drillsim.scenario.plan",
    "RoadNetwork": "drillsim.roads",
    "Scenario": "drillsim.scenario.scenario",
    "ScenarioError": "drillsim.base.errors",
    "Trace": "drillsim.trace.trace",
    "check_invariants": "drillsim.checks",
    "compare": "drillsim.comparison",
    "evaluate": "drillsim.metrics",
    "load_plan": "drillsim.scenario.files",
    "load_scenario": "drillsim.scenario.files",
    "read_network": "drillsim.roads",
    "run_batch": "drillsim.study",
    "save_plan": "drillsim.scenario.files",
    "sentence": "drillsim.comparison",
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
