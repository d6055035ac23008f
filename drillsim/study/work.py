"""The work of a batch: what is to be run, and running it one by one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from drillsim.base.errors import DrillsimError
from drillsim.checks import check_invariants
from drillsim.engine import prepare, simulate
from drillsim.metrics import Outcome, evaluate
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario

Task = tuple[int, int]
"""Number of a plan, and of a replication."""
Done = Generator[dict[Task, Outcome], None, None]


class BatchError(DrillsimError, ValueError):
    """A batch was asked for that cannot be run, or could not be finished."""


class LostProcessError(BatchError):
    """A process that shared the work has ended before it was done."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all tasks of a batch share; sent once to each process."""

    scenario: Scenario
    plans: tuple[Plan, ...]
    seed: int
    check: bool

    def prepare(self) -> None:
        """Get ready what all replications share."""
        for plan in self.plans:
            prepare(self.scenario, plan)

    def run(self, task: Task) -> Outcome:
        """Return the outcome of one replication of one plan."""
        plan, number = task
        trace = simulate(self.scenario, self.plans[plan], seed=self.seed, replication=number)
        if self.check:
            check_invariants(trace)
        return evaluate(trace, self.scenario.objectives)


def done_here(work: Work, tasks: Sequence[Task]) -> Done:
    """Yield the outcomes one by one, in order."""
    for task in tasks:
        yield {task: work.run(task)}
