"""drillsim simulates emergency drills and plans the response.

One line carries everything::

    scenario = load_scenario("scenarios/gaoyuan-lijian-2021.yaml")
    plan = scenario.plan("two-staging-areas")
    trace = simulate(scenario, plan, seed=1)
    outcome = evaluate(trace, scenario.objectives)

and a batch of plans and replications is compared with :func:`compare`.
"""

from importlib import import_module

TYPE_CHECKING = False  # that of typing, whose import would take ten times as long as this package
if TYPE_CHECKING:  # the same names for type checkers and editors; a test compares them
    from drillsim.base.errors import DrillsimError as DrillsimError
    from drillsim.base.errors import ScenarioError as ScenarioError
    from drillsim.base.version import __version__ as __version__
    from drillsim.checks import check_invariants as check_invariants
    from drillsim.comparison import Comparison as Comparison
    from drillsim.comparison import compare as compare
    from drillsim.comparison import sentence as sentence
    from drillsim.engine import simulate as simulate
    from drillsim.metrics import Outcome as Outcome
    from drillsim.metrics import evaluate as evaluate
    from drillsim.roads import RoadNetwork as RoadNetwork
    from drillsim.roads import read_network as read_network
    from drillsim.scenario.files import load_plan as load_plan
    from drillsim.scenario.files import load_scenario as load_scenario
    from drillsim.scenario.files import save_plan as save_plan
    from drillsim.scenario.plan import Plan as Plan
    from drillsim.scenario.scenario import Scenario as Scenario
    from drillsim.study import run_batch as run_batch
    from drillsim.trace.trace import Trace as Trace

_HOMES = {
    "Comparison": "drillsim.comparison",
    "DrillsimError": "drillsim.base.errors",
    "Outcome": "drillsim.metrics",
    "Plan": "drillsim.scenario.plan",
    "RoadNetwork": "drillsim.roads",
    "Scenario": "drillsim.scenario.scenario",
    "ScenarioError": "drillsim.base.errors",
    "Trace": "drillsim.trace.trace",
    "__version__": "drillsim.base.version",
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
"""The public names, and the module of each: loaded when asked for, so that the command line answers at once."""

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'drillsim' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
