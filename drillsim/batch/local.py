"""A batch on this machine. Replication r of a seed is the same under every plan and with any number of processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

from drillsim.engine import simulate
from drillsim.errors import DrillsimError
from drillsim.invariants import check_invariants
from drillsim.metrics import Outcome, evaluate
from drillsim.plan import Plan
from drillsim.scenario import Scenario

Progress = Callable[[int, int], None]
CHUNK = 10
"""Replications that a process takes at a time: some tenths of a second of work, so that stopping is quick."""


class BatchError(DrillsimError, ValueError):
    """A batch was asked for that cannot be run."""


def run_batch(
    scenario: Scenario,
    plans: Sequence[Plan],
    *,
    replications: int,
    seed: int,
    jobs: int = 1,
    progress: Progress | None = None,
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
        Any integer from 0.
    jobs
        Processes that share the work; with 1 it is done in this one.
    progress
        Called with runs done and runs in all; if it raises, the batch stops and the exception goes on.
    check
        Whether to check the invariants of every trace.

    Raises
    ------
    BatchError
        If there is nothing to run, or two plans share an id.
    """
    if replications < 1 or jobs < 1 or not plans:
        raise BatchError("a batch needs at least one plan, one replication and one process")
    if len({plan.id for plan in plans}) < len(plans):
        raise BatchError("two plans of a batch share an id")
    chunks = [
        (plan, range(first, min(first + CHUNK, replications)))
        for first in range(0, replications, CHUNK)
        for plan in plans
    ]
    total, done = replications * len(plans), 0
    found: dict[str, dict[int, Outcome]] = {plan.id: {} for plan in plans}
    work = _here(scenario, chunks, seed, check) if jobs == 1 else _elsewhere(scenario, chunks, seed, check, jobs)
    for outcomes in work:
        for outcome in outcomes:
            found[outcome.plan][int(outcome.replication or 0)] = outcome
        done += len(outcomes)
        if progress is not None:
            progress(done, total)
    return {plan: tuple(by_number[r] for r in sorted(by_number)) for plan, by_number in found.items()}


Chunk = tuple[Plan, range]


def _here(scenario: Scenario, chunks: list[Chunk], seed: int, check: bool) -> Iterator[list[Outcome]]:
    for plan, numbers in chunks:
        for number in numbers:
            yield [_one(scenario, plan, seed, number, check)]


def _elsewhere(scenario: Scenario, chunks: list[Chunk], seed: int, check: bool, jobs: int) -> Iterator[list[Outcome]]:
    """Yield chunks as they are done; never more than two chunks a process are under way, so that stopping is quick."""
    context = multiprocessing.get_context("spawn")
    waiting = iter(chunks)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_Worker.begin, initargs=(scenario,)) as pool:
        under_way: set[Future[list[Outcome]]] = set()
        try:
            while True:
                for plan, numbers in waiting:
                    under_way.add(pool.submit(_Worker.run, plan, numbers, seed, check))
                    if len(under_way) >= 2 * jobs:
                        break
                if not under_way:
                    return
                finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _one(scenario: Scenario, plan: Plan, seed: int, number: int, check: bool) -> Outcome:
    trace = simulate(scenario, plan, seed=seed, replication=number)
    if check:
        check_invariants(trace)
    return evaluate(trace, scenario.objectives)


class _Worker:
    """What a process keeps between chunks: the scenario, sent once."""

    scenario: Scenario

    @classmethod
    def begin(cls, scenario: Scenario) -> None:
        cls.scenario = scenario

    @classmethod
    def run(cls, plan: Plan, numbers: range, seed: int, check: bool) -> list[Outcome]:
        return [_one(cls.scenario, plan, seed, number, check) for number in numbers]
