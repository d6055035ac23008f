"""The contract of a hazard: it moves forward and comes to rest, and asking it anything changes nothing."""

from __future__ import annotations

import math
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from drillsim.base.quantities import Duration
from drillsim.hazards import Hazard, Intervention
from drillsim.language import word
from drillsim.physics.blast.explosion import Explosion
from drillsim.scenario.example import example_world
from drillsim.testing.contract import (
    WEATHERS,
    check_declarations,
    check_run,
    require,
    require_advisory_words,
    require_error_words,
    require_task_words,
    require_words,
)
from drillsim.trace.people_states import DEAD
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import GRADES
from drillsim.world.task import Task

MOST_STEPS: Final = 1000
"""Changes within which a hazard that is left alone comes to rest (``next_change_s`` is ``inf``): a step a minute for
sixteen hours. In a run, a hazard may go on until ENDEX."""
BEGINS_AT_S: Final = 100.0
STRANGE: Final = Intervention("nothing_known", "crew", "x", people=4)
PHASES: Final[tuple[tuple[Literal["start", "crew", "end"], int], ...]] = (("start", 4), ("crew", 8), ("end", 0))
NUMBERED: Final = re.compile(r"\d")
"""What is in the name of a measure of one floor or tank among many: it has no word of its own, it is shown as it is."""
SAYS_DEAD: Final = re.compile(r"\b(dead|died|killed|deaths?|fatal)\b", re.IGNORECASE)
"""What the English word of a state of people says if it is one of the dead."""
MOST_TRIED: Final = 50
"""States of its course in which everything that may happen to a hazard is tried."""
TASK: Final = Task(
    id="work", capabilities=("fire_attack",), work=Duration(mean_s=600), intervention="water_on",
)  # fmt: skip


def check_hazard(cls: type[Hazard]) -> None:
    """Check that a hazard keeps its contract.

    Raises
    ------
    AssertionError
        With what is wrong and what to write.
    """
    check_declarations(cls)
    hazard = cls.example()
    stages = set()
    require_error_words(hazard)
    for number, (state, t_s) in enumerate(_course(hazard)):
        before = pickle.dumps(state)
        _check_answers(hazard, state, t_s)
        later_s = t_s + min(60.0, (hazard.next_change_s(state) - t_s) / 2)
        same = hazard.intervene(state, later_s, STRANGE)
        breach = "intervene() must return the same state for a name it does not know"
        require(same == state, cls.__name__, breach)
        if number < MOST_TRIED:
            check_people(hazard, state, later_s, (task.intervention for task in hazard.tasks(state, "x")))
        require(pickle.dumps(state) == before, cls.__name__, f"a state is changed by being asked, at {t_s:g} s")
        stages.add(hazard.stage(state))
    require(len(stages) > 1, cls.__name__, f"its example never leaves the stage {', '.join(stages)}; let it change")
    check_run(cls)


def check_people(hazard: Hazard, state: Any, t_s: float, interventions: Iterable[str | None]) -> None:
    """Check that nobody is lost or made by what may happen to a hazard in one state.

    Raises
    ------
    AssertionError
        With the hook and the people before and after.
    """
    name, people = type(hazard).__name__, dict(hazard.people(state))
    ground = example_world().ground
    blast = Explosion(float(ground.lat_deg[0]), float(ground.lon_deg[0]), tnt_kg=20_000.0)
    tried = [("hit_by()", hazard.hit_by(state, t_s, blast))]
    tried += [("weather_changed()", hazard.weather_changed(state, t_s, weather)) for weather in WEATHERS]
    for one in sorted({one for one in interventions if one is not None}):
        for phase, crew in PHASES:
            after = hazard.intervene(state, t_s, Intervention(one, phase, "x", "work", crew))
            tried.append((f"intervene() with {one!r}, phase {phase!r},", after))
    for hook, after in tried:
        _require_same_people(name, people, hazard.people(after), hook)


def _require_same_people(name: str, before: Mapping[str, int], after: Mapping[str, int], hook: str) -> None:
    same = not before or sum(before.values()) == sum(after.values())
    require(same, name, f"{hook} loses or makes people: {dict(before)} became {dict(after)}; their sum never changes")


def _course(hazard: Hazard) -> Iterator[tuple[Any, float]]:
    """Yield the states of a hazard that is left alone, each with the moment at which it begins."""
    name, t_s = type(hazard).__name__, BEGINS_AT_S
    state = hazard.begin(t_s, example_world())
    people = dict(hazard.people(state))
    for _ in range(MOST_STEPS):
        yield state, t_s
        due_s = hazard.next_change_s(state)
        if due_s == math.inf:
            return
        require(due_s > t_s, name, f"next_change_s() gives {due_s:g} s at {t_s:g} s; it must lie after the state")
        state, t_s = hazard.advance(state, due_s), due_s
        _require_same_people(name, people, hazard.people(state), "advance()")
        people = dict(hazard.people(state))
    require(False, name, f"it has not come to rest after {MOST_STEPS} changes; end it, or take longer steps")


def _check_answers(hazard: Hazard, state: Any, t_s: float) -> None:
    """Check what a hazard says of one state."""
    name, ground = type(hazard).__name__, example_world().ground
    first, again = (_answers(hazard, state, t_s) for _ in range(2))
    differ = [hook for hook in first if first[hook] != again[hook]]
    require(not differ, name, f"asked twice, these answer differently: {', '.join(differ)}; they must be pure")
    factors, people, measures = first["speed_factors"], first["people"], first["measures"]
    require(set(factors) <= set(ground.section_ids), name, "speed_factors() names a road section that there is not")
    require(all(0 <= factor <= 1 for factor in factors.values()), name, "speed_factors() must lie within 0 and 1")
    require(first["work_factor"] > 0, name, "work_factor() must be above 0")
    require(all(count >= 0 for count in people.values()), name, "people() must not be less than 0")
    require(all(map(math.isfinite, measures.values())), name, "measures() must be finite")
    require_words(name, "value", (hazard.stage(state), *people, *(one for one in measures if not NUMBERED.search(one))))
    for one in people:
        uncounted = SAYS_DEAD.search(word("value", one, "en")) and one not in DEAD
        require(not uncounted, name, f"people_lost does not count {one!r}; call that state one of {sorted(DEAD)}")
    tasks, advisories = first["tasks"], first["advisories"]
    require(len({task.id for task in tasks}) == len(tasks), name, "tasks() gives two tasks the same id")
    require_task_words(name, tasks)
    require(all(isinstance(one, Advisory) for one in advisories), name, "advisories() must be Advisory.of(…)")
    require_advisory_words(name, advisories)
    _check_exclusion(name, first["exclusion"], ground)


def _answers(hazard: Hazard, state: Any, t_s: float) -> dict[str, Any]:
    ground = example_world().ground
    return {
        "stage": hazard.stage(state),
        "next_change_s": hazard.next_change_s(state),
        "speed_factors": dict(hazard.speed_factors(state, ground)),
        "work_factor": hazard.work_factor(state, t_s, TASK),
        "explosions": hazard.explosions(state),
        "tasks": hazard.tasks(state, "x"),
        "alarm_level": hazard.alarm_level(state, "x"),
        "holds_open": hazard.holds_open(state, "x"),
        "releases_idle_units": hazard.releases_idle_units(state, "x"),
        "withdrawal_signal": hazard.withdrawal_signal(state),
        "exclusion": hazard.exclusion(state, ground),
        "advisories": hazard.advisories(state),
        "order_delay_s": hazard.order_delay_s(state, t_s, "town"),
        "people": dict(hazard.people(state)),
        "measures": dict(hazard.measures(state, t_s)),
    }


def _check_exclusion(name: str, exclusion: Any, ground: Any) -> None:
    for now, ahead, known in (
        (exclusion.places, exclusion.places_ahead, set(ground.place_ids)),
        (exclusion.sections, exclusion.sections_ahead, set(ground.section_ids)),
    ):
        grades = {*now.values(), *ahead.values()}
        require({*now, *ahead} <= known, name, "exclusion() names a place or a road section that there is not")
        require(grades <= GRADES, name, f"exclusion() gives the grades {sorted(grades)}; write 1, 2 or 3")
        less = [one for one, grade in now.items() if ahead.get(one, 0) < grade]
        require(not less, name, f"exclusion(): what is ahead includes what is now, but does not at {', '.join(less)}")
