"""The contract of a dispatch policy: it chooses a candidate or waits, and does so every time."""

from __future__ import annotations

from drillsim.dispatch import Call, Candidate, DispatchPolicy, Need
from drillsim.testing.contract import check_declarations, check_run, require

NEED = Need(
    Call("fire", "building_fire", "town", "west", 2, 0.0, {"fire_attack": 1}), 0, "fire_attack", 60.0, "first_alarm"
)


def check_policy(cls: type[DispatchPolicy]) -> None:
    """Check that a dispatch policy keeps its contract.

    Raises
    ------
    AssertionError
        With what is wrong and what to write.
    """
    check_declarations(cls)
    name, policy = cls.__name__, cls.example()
    candidates = (_candidate("a", 900.0, "west"), _candidate("b", 300.0, "west"), _candidate("c", 600.0, "east"))
    chosen = [policy.choose(NEED, candidates, 60.0) for _ in range(3)]
    require(chosen[0] in {None, "a", "b", "c"}, name, f"choose() returned {chosen[0]!r}, which is no candidate")
    require(len(set(chosen)) == 1, name, f"choose() must choose the same each time it is asked, not {chosen}")
    require(sum(policy.first_alarm(NEED.call).values()) >= 1, name, "first_alarm() must send at least one unit")
    require(policy.rank(NEED) == policy.rank(NEED), name, "rank() must be the same each time it is asked")
    require(policy.ask_again_s(NEED) > NEED.raised_at_s, name, "ask_again_s() must lie after the need was raised")
    check_run(cls)


def _candidate(unit: str, travel_s: float, district: str) -> Candidate:
    return Candidate(
        unit=unit, station="s", district=district, force="national_team", capabilities=("fire_attack",), crew=4,
        travel_s=travel_s,
    )  # fmt: skip
