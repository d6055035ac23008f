"""A wake-up call comes once, at the moment that was set last."""

from drillsim.engine.wakeup import Wakeup


class Clock:
    """Calls back in order of time."""

    def __init__(self):
        self.due = []

    def at(self, t_s, action):
        self.due.append((t_s, action))

    def go(self):
        while self.due:
            self.due.sort(key=lambda item: item[0])
            self.due.pop(0)[1]()


def test_the_callback_comes_at_its_moment_and_is_then_no_longer_pending():
    clock, said = Clock(), []
    wakeup = Wakeup(clock.at)
    wakeup.at(5, lambda: said.append(wakeup.pending))

    assert wakeup.pending
    clock.go()
    assert said == [False]


def test_setting_it_again_voids_the_former_whether_it_is_put_off_or_brought_forward():
    clock, said = Clock(), []
    later, sooner = Wakeup(clock.at), Wakeup(clock.at)
    for wakeup, first, second in ((later, 5, 7), (sooner, 7, 3)):
        wakeup.at(first, lambda: said.append("void"))
        wakeup.at(second, lambda second=second: said.append(second))
    clock.go()

    assert said == [3, 7]


def test_a_cancelled_one_never_comes_and_can_be_set_again():
    clock, said = Clock(), []
    wakeup = Wakeup(clock.at)
    wakeup.at(5, lambda: said.append("void"))
    wakeup.cancel()
    assert not wakeup.pending
    wakeup.at(6, lambda: said.append(6))
    clock.go()

    assert said == [6]


def test_the_action_may_set_the_next_one():
    clock, said = Clock(), []
    wakeup = Wakeup(clock.at)

    def tick():
        said.append(len(said))
        if len(said) < 3:
            wakeup.at(len(said), tick)

    wakeup.at(0, tick)
    clock.go()

    assert said == [0, 1, 2]
    assert not wakeup.pending
