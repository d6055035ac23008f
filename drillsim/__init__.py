"""drillsim simulates emergency drills and plans the response.

One line carries everything::

    scenario = load_scenario("scenarios/gaoyuan-lijian-2021.yaml")
    plan = scenario.plan("two-staging-areas")
    trace = simulate(scenario, plan, seed=1)
    outcome = evaluate(trace, scenario.objectives)

and a batch of plans and replications is compared with :func:`compare`.
"""

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
from drillsim.version import __version__

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
