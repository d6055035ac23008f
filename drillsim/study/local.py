"""A batch on this machine. Replication r of a seed is the same under every plan and with any number of processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

from drillsim.language.formatting import short_repr
from drillsim.metrics import Outcome
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.study.work import BatchError, Work, done_here
from drillsim.study.workers import done_elsewhere

ProgressCallback = Callable[[int, int], None]


def run_batch(
    scenario: Scenario,
    plans: Sequence[Plan],
    *,
    replications: int,
    seed: int,
    first: int = 0,
    jobs: int = 1,
    progress: ProgressCallback | None = None,
    check: bool = False,
) -> Mapping[str, tuple[Outcome, ...]]:
    """Run every plan on every replication and return the outcomes, by plan, in order of replication.

    Parameters
    ----------
    scenario
        What will happen whatever we decide.
    plans
        Complete plans with different ids.
    replications
        How many, from 1.
    seed
        Any whole number from 0 below 2**128.
    first
        Number of the first replication: machines of a cluster share a batch by ranges.
    jobs
        Processes that share the work; with 1 it is done in this one. A script that asks for more must start its work
        under ``if __name__ == "__main__":``.
    progress
        Called with runs done and runs in all, with several processes also while nothing is done; if it raises, the
        batch stops and the exception goes on.
    check
        Whether to check the invariants of every trace.

    Raises
    ------
    BatchError
        If there is nothing to run, a plan is none, two plans share an id, or a process ends before its work is done.
    """
    if replications < 1 or jobs < 1 or not plans:
        raise BatchError("a batch needs at least one plan, one replication and one process")
    _refuse_other_than_plans(plans)
    if len({plan.id for plan in plans}) < len(plans):
        raise BatchError("two plans of a batch share an id")
    work = Work(scenario, tuple(plans), seed, check)
    tasks = [(plan, number) for number in range(first, first + replications) for plan in range(len(plans))]
    found: dict[tuple[int, int], Outcome] = {}
    # closing, because an exception keeps a generator alive, and with it the processes, as long as somebody looks at it
    with closing(done_here(work, tasks) if jobs == 1 else done_elsewhere(work, tasks, jobs)) as done:
        for outcomes in done:
            found.update(outcomes)
            if progress is not None:
                progress(len(found), len(tasks))
    return {
        plan.id: tuple(found[i, number] for number in range(first, first + replications))
        for i, plan in enumerate(plans)
    }


def _refuse_other_than_plans(plans: Sequence[object]) -> None:
    wrong = plans if isinstance(plans, str) else next((plan for plan in plans if not isinstance(plan, Plan)), None)
    if wrong is not None:
        name = wrong if isinstance(wrong, str) else getattr(wrong, "id", "...")
        raise BatchError(f"a batch takes a list of plans, got {short_repr(wrong)}; write [scenario.plan({name!r})]")
