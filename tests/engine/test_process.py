"""Processes of a run: they begin at once, wait for events, and can be cancelled wherever they are."""

import pytest
import simpy

from drillsim.engine.process import ProcessRun


def test_a_process_begins_before_all_else_that_is_due_now_and_goes_on_after_each_wait():
    env, said = simpy.Environment(), []

    def work():
        said.append(("begins", env.now))
        yield env.timeout(5)
        said.append(("goes on", env.now))

    env.timeout(0).callbacks.append(lambda _: said.append(("timeout", env.now)))
    ProcessRun(env, work())
    env.run()

    assert said == [("begins", 0), ("timeout", 0), ("goes on", 5)]


@pytest.mark.parametrize("cancelled_s", [None, 0, 3])
def test_a_cancelled_process_does_not_come_back_even_if_it_has_not_begun(cancelled_s):
    env, said = simpy.Environment(), []

    def work():
        said.append("begins")
        yield env.timeout(5)
        said.append("goes on")

    running = ProcessRun(env, work())
    if cancelled_s is None:
        running.cancel()
    else:
        env.timeout(cancelled_s).callbacks.append(lambda _: running.cancel())
    env.run()

    assert said == ([] if cancelled_s is None else ["begins"])


def test_one_that_cancels_itself_ends_where_it_next_waits():
    env, said = simpy.Environment(), []

    def work():
        running.cancel()
        said.append("runs on to the next wait")
        yield env.timeout(1)
        said.append("never")

    running = ProcessRun(env, work())
    env.run()

    assert said == ["runs on to the next wait"]


def test_it_does_not_wait_for_what_has_happened_already():
    env, said = simpy.Environment(), []
    past = env.timeout(1)

    def work():
        yield env.timeout(2)
        yield past
        said.append(env.now)

    ProcessRun(env, work())
    env.run()

    assert said == [2]


def test_what_it_raises_comes_out_of_the_run():
    env = simpy.Environment()

    def work():
        yield env.timeout(1)
        raise LookupError("of a plug-in")

    ProcessRun(env, work())
    with pytest.raises(LookupError, match="of a plug-in"):
        env.run()
