"""The work of a batch: its tasks, and serial execution."""

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
"""Index of a plan, and number of a replication."""
Done = Generator[dict[Task, Outcome], None, None]


class BatchError(DrillsimError, ValueError):
    """A batch that cannot be run, or could not be finished."""


class LostProcessError(BatchError):
    """A worker process ended before its work was done."""


@dataclass(frozen=True, slots=True)
class Work:
    """The shared input of all tasks of a batch.

    Life: :func:`drillsim.study.run_batch` makes it, each worker process receives it once, prepares it if it is to be
    shared, and runs tasks on it until the batch is complete. It is never changed.
    """

    scenario: Scenario
    plans: tuple[Plan, ...]
    seed: int
    check: bool

    def prepare(self) -> None:
        """Compute what all replications share, before workers fork."""
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
    """Yield the outcomes one by one, in the order of *tasks*."""
    for task in tasks:
        yield {task: work.run(task)}
