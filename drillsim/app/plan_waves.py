"""What becomes of the waves of a plan when its table of units is edited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from drillsim.app.plan_table import Row, name_of
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.plan import PlanSpec, Removed, UnitSpec
from drillsim.scenario.plan_inheritance import unit_names, waves_left


def changed_waves(
    before: PlanSpec, shown: PlanSpec, rows: Sequence[Row], gone: Removed, written: Collection[str]
) -> tuple[list[Row], list[str]]:
    """Return the waves that are not what follows from what is removed, and those of the plan beneath that go."""
    follow: dict[str, str | None] = {}
    now = {row["was"]: row for row in rows if row.get("was")}
    for unit in (unit for station in shown.stations for unit in station.units):
        follow.update(_followed(unit, now.get(unit.id)))
    wanted = {}
    for wave in shown.waves:
        units = [name for old in wave.units if (name := follow.get(old, old)) is not None]
        if units:
            wanted[wave.id] = {**to_yaml_data(wave), "units": units}
    left = {wave.id: to_yaml_data(wave) for wave in waves_left(before, gone, written)}
    changed = {name: wave for name, wave in wanted.items() if wave != left.get(name)}
    # merging adds to a wave what it no longer says, so one that says less takes the place of the old one
    less = [name for name, wave in changed.items() if left.get(name, {}).keys() - wave.keys()]
    return list(changed.values()), [name for name in left if name not in wanted or name in less]


def _followed(unit: UnitSpec, row: Row | None) -> Iterator[tuple[str, str | None]]:
    """Yield what an entry and its single units are called now; None for those that are gone."""
    name = None if row is None else name_of(row, "unit")
    count = 0 if row is None else 1 if row.get("count") is None else int(row["count"])
    yield unit.id, name if count else None
    singles = unit_names(unit)
    if singles != (unit.id,):
        yield from ((single, f"{name}-{n}" if n <= count else None) for n, single in enumerate(singles, start=1))
