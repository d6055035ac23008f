"""Batches: every plan on every replication, here or in several processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from drillsim.base.errors import InvariantError, PluginError
from drillsim.dispatch.nearest import Nearest
from drillsim.engine import simulate
from drillsim.metrics import evaluate
from drillsim.study import BatchError, run_batch
from drillsim.study.work import Work
from drillsim.study.workers import CHUNK_S, _chunk_size, done_elsewhere
from tests.engine.conftest import engine, fire, plan, scenario, station

SPREAD = {"mean_s": "10 min", "cv": 0.5}
NEAR = plan(station("near", "p1", engine(turnout=SPREAD)))
FAR = plan(station("far", "p5", engine(turnout=SPREAD))) | {"id": "far"}
SOON = {"id": "soon", "title": "Soon", "metric": "first_arrival_s", "limit": "20 min"}


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process divides")


def town(**more):
    return scenario([fire("inc-1", "p2")], NEAR, FAR, objectives=[SOON], **more)


def batch(world, **more):
    plans = [world.plan("plan"), world.plan("far")]
    return run_batch(world, plans, **{"replications": 3, "seed": 1} | more)


def test_a_batch_is_the_line_in_a_loop():
    world = town()
    by_hand = {
        name: tuple(
            evaluate(simulate(world, world.plan(name), seed=1, replication=r), world.objectives) for r in range(3)
        )
        for name in ("plan", "far")
    }

    assert batch(world) == by_hand


def test_every_plan_meets_the_same_luck_in_a_replication():
    outcomes = batch(town())

    turnouts = [[o.values["turnout_s"]["inc-1/0"] for o in outcomes[name]] for name in ("plan", "far")]
    assert turnouts[0] == pytest.approx(turnouts[1])
    assert len(set(turnouts[0])) == 3


def test_more_replications_leave_the_first_ones_as_they_were():
    few, many = batch(town(), replications=2), batch(town(), replications=4)

    assert {name: many[name][:2] for name in many} == few


def test_another_seed_is_another_batch():
    assert batch(town(), seed=2) != batch(town(), seed=1)


def test_the_number_of_processes_changes_nothing():
    world = town()

    assert batch(world, replications=9, jobs=2) == batch(world, replications=9)


class WorkThatSaysWhoPrepares(Work):
    """Work that notes in the file ``WHO_PREPARES`` each process that gets it ready."""

    def prepare(self):
        super().prepare()
        with Path(os.environ["WHO_PREPARES"]).open("a", encoding="utf-8") as said:
            print(os.getpid(), file=said)


def test_processes_share_what_one_of_them_has_prepared(monkeypatch, tmp_path):
    monkeypatch.setenv("WHO_PREPARES", str(tmp_path / "who"))
    world = town()
    work = WorkThatSaysWhoPrepares(world, (world.plan("far"),), seed=1, check=False)
    tasks = [(0, replication) for replication in range(5)]

    found = {task: outcome for some in done_elsewhere(work, tasks, 2, shared=True) for task, outcome in some.items()}

    assert found == {task: work.run(task) for task in tasks}
    assert len((tmp_path / "who").read_text(encoding="utf-8").split()) == 1


class WorkThatCannotBegin(Work):
    """Work that cannot be got ready."""

    def prepare(self):
        raise PluginError("no such road")


def work_of(kind, *, check=False):
    world = town()
    return kind(world, (world.plan("far"),), seed=1, check=check)


def test_work_that_cannot_be_got_ready_says_so_once(capfd):
    with pytest.raises(PluginError, match="no such road"):
        list(done_elsewhere(work_of(WorkThatCannotBegin), [(0, 0), (0, 1)], 2, shared=True))

    assert "Traceback" not in capfd.readouterr().err


class WorkThatIsLongInTheMaking(Work):
    """Work that takes minutes to get ready; it says on the standard output when it begins."""

    def prepare(self):
        os.write(1, b"running\n")
        time.sleep(300)


@on_linux
def test_who_stops_while_the_work_is_got_ready_need_not_wait(capfd):
    def interrupt():
        while "running" not in capfd.readouterr().out:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)  # as from the keyboard

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        list(done_elsewhere(work_of(WorkThatIsLongInTheMaking), [(0, 0), (0, 1)], 2, shared=True))

    assert multiprocessing.active_children() == []


@on_linux
def test_who_watches_is_asked_before_anything_is_done():
    under_way = done_elsewhere(work_of(WorkThatIsLongInTheMaking), [(0, 0), (0, 1)], 2, shared=True)

    assert next(under_way) == {}
    under_way.close()
    assert multiprocessing.active_children() == []


class WorkWithoutRoom(Work):
    """Work after whose preparation only one more process can be started."""

    def prepare(self):
        fork, begun = os.fork, []

        def fork_once():
            if begun:
                raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
            begun.append(True)
            return fork()

        os.fork = fork_once


@on_linux
def test_where_there_is_no_room_for_another_process_it_is_said_and_nothing_is_waited_for():
    with pytest.raises(BatchError, match="another process cannot be started"):
        list(done_elsewhere(work_of(WorkWithoutRoom), [(0, number) for number in range(20)], 2, shared=True))

    assert multiprocessing.active_children() == []


class WorkThatLeaves(Work):
    """Work whose runs want to end the program."""

    def run(self, task):
        sys.exit("enough")


class WorkWithAnOddOutcome(Work):
    """Work whose outcomes cannot be sent from one process to another."""

    def run(self, task):
        return threading.Lock()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (WorkThatLeaves, "SystemExit: enough"),
        (WorkWithAnOddOutcome, "an outcome cannot go from one process to another"),
    ],
)
def test_what_goes_wrong_in_another_process_is_called_what_it_is(kind, said):
    with pytest.raises(BatchError, match=said):
        list(done_elsewhere(work_of(kind), [(0, 0), (0, 1)], 2))


@on_linux
def test_one_process_of_several_that_dies_is_said_and_not_waited_for():
    with pytest.raises(BatchError, match="a process ended before its work was done"):  # noqa: PT012  # in mid-batch
        for found in done_elsewhere(work_of(Work), [(0, number) for number in range(5000)], 2, shared=True):
            if (0, 0) in found:
                (divided,) = multiprocessing.active_children()
                workers = Path(f"/proc/{divided.pid}/task/{divided.pid}/children").read_text(encoding="ascii").split()
                os.kill(int(workers[1]), signal.SIGKILL)

    assert multiprocessing.active_children() == []


def test_processes_that_load_the_work_each_for_itself_find_the_same():
    world = town()
    work = Work(world, (world.plan("far"),), seed=1, check=False)
    tasks = [(0, replication) for replication in range(5)]

    found = {task: outcome for some in done_elsewhere(work, tasks, 2, shared=False) for task, outcome in some.items()}

    assert found == {task: work.run(task) for task in tasks}
    assert multiprocessing.active_children() == []


def test_progress_counts_up_to_all_runs():
    for jobs in (1, 2):
        said: list[tuple[int, int]] = []
        batch(town(), jobs=jobs, progress=lambda done, total, said=said: said.append((done, total)))

        done = [n for n, _ in said]
        assert done == sorted(done)
        assert said[-1] == (6, 6)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"replications": 0}, "at least one plan"),
        ({"jobs": 0}, "one process"),
        ({"replications": -3}, "one replication"),
    ],
)
def test_a_batch_of_nothing_is_refused(changes, expected):
    with pytest.raises(BatchError, match=expected):
        batch(town(), **changes)


def test_plans_that_share_an_id_are_refused():
    world = town()

    with pytest.raises(BatchError, match="share an id"):
        run_batch(world, [world.plan("far"), world.plan("far")], replications=1, seed=1)
    with pytest.raises(BatchError, match="at least one plan"):
        run_batch(world, [], replications=1, seed=1)


@pytest.mark.parametrize("plans", [["far"], "far", (town().plans[1],)])
def test_what_is_no_plan_is_refused_with_what_to_write(plans):
    with pytest.raises(BatchError, match=r"a batch takes a list of plans, got .*; write \[scenario\.plan\('far'\)\]"):
        run_batch(town(), plans, replications=1, seed=1)


class Stopped(BaseException):
    """What an app raises to stop a script: no Exception."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_progress_that_raises_stops_the_batch_and_every_process_at_once(jobs):
    calls = []

    def stop(done, total):
        calls.append(done)
        raise Stopped

    with pytest.raises(Stopped):
        batch(town(), replications=5000, jobs=jobs, progress=stop)

    assert len(calls) == 1
    assert multiprocessing.active_children() == []


class Stray(Nearest):
    """A policy that breaks its contract: it sends a unit that is no candidate."""

    def choose(self, *_):
        return "nobody"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_run_reaches_the_caller_as_what_it_is(jobs):
    world = town()
    broken = world.plan("plan").with_valid({"dispatch": Stray()})

    with pytest.raises(PluginError, match="'nobody', which is not a candidate"):
        run_batch(world, [broken], replications=3, seed=1, jobs=jobs)

    assert multiprocessing.active_children() == []


class OddError(Exception):
    """An error that cannot be sent to another process."""

    def __init__(self):
        super().__init__("the answer is no")
        self.lock = threading.Lock()


class Odd(Nearest):
    """A policy that raises something odd when it is asked for its rank, where nobody expects it."""

    def rank(self, need):
        raise OddError


def test_an_error_that_cannot_be_sent_is_told_in_words_and_says_where_it_came_about():
    world = town()
    broken = world.plan("plan").with_valid({"dispatch": Odd()})

    with pytest.raises(BatchError, match="OddError: the answer is no") as raised:
        run_batch(world, [broken], replications=3, seed=1, jobs=2)

    assert "in rank" in raised.value.__notes__[0]


def test_a_trace_is_checked_if_asked_for(monkeypatch):
    def contradict(trace):
        raise InvariantError("the trace contradicts itself")

    monkeypatch.setattr("drillsim.study.work.check_invariants", contradict)

    assert len(batch(town())["far"]) == 3
    with pytest.raises(InvariantError):
        batch(town(), check=True)


def test_a_process_that_dies_is_said_and_not_waited_for():
    def kill(done, total):
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(BatchError, match="a process ended before its work was done"):
        batch(town(), replications=5000, jobs=2, progress=kill)


SCRIPT = """
from drillsim.study import run_batch
from tests.study.test_batch import town

def say(done, total):
    print("running", flush=True)

if __name__ == "__main__":
    world = town()
    run_batch(world, [world.plan("far")], replications=10**6, seed=1, jobs=2, progress=say)
"""


def test_an_interrupt_from_the_keyboard_ends_all_processes_quietly(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(root)}, start_new_session=True,
    ) as running:  # fmt: skip
        assert running.stdout.readline() == "running\n"
        start_s = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate(timeout=30)[1]

    assert time.monotonic() - start_s < 10
    assert running.returncode in {-signal.SIGINT, 130}
    assert said.count("Traceback") == 1


HEAVY = """
import os, signal, threading
from tests.study.test_batch import WorkThatIsLongInTheMaking, done_elsewhere, work_of

if __name__ == "__main__":
    work = work_of(WorkThatIsLongInTheMaking, check="x" * 1_000_000)  # which takes a while to hand over
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    list(done_elsewhere(work, [(0, 0), (0, 1)], 2))
"""


def test_an_interrupt_while_processes_start_waits_until_they_have(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(HEAVY, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(
        [sys.executable, str(script)], env=env, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode in {-signal.SIGINT, 130}
    assert [line for line in ended.stderr.splitlines() if "Error" in line or "Interrupt" in line] == [
        "KeyboardInterrupt"
    ]


LONG = """
from tests.study.test_batch import WorkThatIsLongInTheMaking, done_elsewhere, work_of

if __name__ == "__main__":
    list(done_elsewhere(work_of(WorkThatIsLongInTheMaking), [(0, 0), (0, 1)], 2, shared=True))
"""


@pytest.mark.parametrize("text", [SCRIPT, pytest.param(LONG, marks=on_linux)], ids=["at-work", "getting-ready"])
def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path, text):
    script = tmp_path / "script.py"
    script.write_text(text, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, str(script)], env=env, stdout=subprocess.PIPE) as started:
        started.stdout.readline()
        started.kill()
        started.communicate(timeout=120)  # which waits for everybody who could still write into the pipe


def test_a_script_that_does_not_guard_its_work_is_told_how(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.replace('if __name__ == "__main__":', "if True:").replace("10**6", "2"), encoding="utf-8")
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"PYTHONPATH": str(root)},
    )  # fmt: skip

    assert ended.returncode != 0
    assert "does not start its work under 'if __name__" in ended.stderr


@pytest.mark.parametrize(
    ("each_s", "left", "jobs", "size"),
    [
        (CHUNK_S / 10, 1000, 2, 10),  # ten tasks make a tenth of a second
        (CHUNK_S * 30, 1000, 2, 1),  # a long replication goes alone
        (CHUNK_S / 10, 12, 2, 3),  # at the end each of two processes gets two chunks of what is left
        (0.0, 10**6, 2, 1000),  # what takes no time is not sent without bound
        (CHUNK_S, 0, 2, 1),
    ],
)
def test_a_chunk_is_a_tenth_of_a_second_of_work_and_less_towards_the_end(each_s, left, jobs, size):
    assert _chunk_size(each_s, left, jobs) == size
