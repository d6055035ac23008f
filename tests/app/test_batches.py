"""Batches that users ask for: who gets the processors, and what is left when somebody stops."""

import multiprocessing
import threading

import pytest

from drillsim.app import batches
from drillsim.app.batches import _block, _processes, shared_batch
from drillsim.study import run_batch
from tests.study.test_batch import town


class Stopped(BaseException):
    """What the app raises to stop a script."""


@pytest.fixture(autouse=True)
def two_processors_at_once(monkeypatch):
    """Give every batch that is longer than nothing both of two processors."""
    monkeypatch.setattr(batches, "processors", lambda: 2)
    monkeypatch.setattr(batches, "START_S", 0.0)


@pytest.fixture
def jobs_of_parts(monkeypatch):
    found = []

    def advisory_event(*args, jobs, **more):
        found.append(jobs)
        return run_batch(*args, jobs=jobs, **more)

    monkeypatch.setattr(batches, "run_batch", advisory_event)
    return found


def ask(world, progress=lambda *_: None, replications=9):
    plans = [world.plan("plan"), world.plan("far")]
    return shared_batch(world, plans, replications=replications, seed=1, progress=progress)


def test_the_outcomes_are_those_of_one_process(jobs_of_parts):
    world = town()

    assert ask(world) == run_batch(world, [world.plan("plan"), world.plan("far")], replications=9, seed=1)
    assert jobs_of_parts == [1, 1, 2]  # one gets ready, one is timed, the rest is shared


def test_progress_counts_the_runs_of_all_parts():
    said = []
    ask(town(), lambda done, total: said.append((done, total)))

    counted = [done for done, _ in said]
    assert counted == sorted(counted)
    assert said[-1] == (18, 18)


def test_a_short_batch_starts_no_processes(jobs_of_parts, monkeypatch):
    monkeypatch.setattr(batches, "START_S", 2.0)
    ask(town())

    assert set(jobs_of_parts) == {1}


def test_one_batch_at_a_time_gets_the_processors():
    with _processes(60) as first, _processes(60) as second:
        assert (first, second) == (2, 1)

    with _processes(60) as after:
        assert after == 2


def test_a_batch_that_waits_gets_the_processors_when_they_are_free(jobs_of_parts, monkeypatch):
    monkeypatch.setattr(batches, "BLOCK_S", 1e-9)  # it asks after each replication
    four_done, free = threading.Event(), threading.Event()

    def wait_after_four(done, _):
        if done >= 8:
            four_done.set()
            free.wait(60)

    elsewhere = threading.Thread(target=ask, args=(town(), wait_after_four))
    with _processes(60):
        elsewhere.start()
        assert four_done.wait(60)
    free.set()
    elsewhere.join(60)

    assert jobs_of_parts == [1, 1, 1, 1, 2]


def test_who_stops_leaves_no_process_behind_and_the_processors_free():
    def stop(done, total):
        if multiprocessing.active_children():
            raise Stopped

    with pytest.raises(Stopped):
        ask(town(), stop, replications=5000)

    assert multiprocessing.active_children() == []
    with _processes(60) as jobs:
        assert jobs == 2


def test_a_batch_in_the_server_is_done_in_blocks_of_a_second():
    assert [_block(each_s) for each_s in (0.0, 0.01, 0.3, 7.0)] == [1, 100, 3, 1]
