"""Traces as values and as files."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict, replace
from importlib import import_module
from pkgutil import walk_packages

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from drillsim import hazards, physics
from drillsim.base.errors import PluginError, TraceError, WriteError
from drillsim.hazards.release.leak import HOLE
from drillsim.language import vocabulary
from drillsim.physics.validity import ValidRange
from drillsim.trace import events
from drillsim.trace.events import (
    AdvisoryIssued,
    CallReceived,
    Event,
    InjectDelivered,
    UnitArrived,
    UnitEnRoute,
    UnitHome,
    UnitRerouted,
    WaveOrdered,
    event_types,
)
from drillsim.trace.trace import Trace, field_names
from drillsim.world.advisory import advisory_event, advisory_text
from tests.metrics.conftest import called, drives, on_duty, trace, turns

SAMPLES = {
    "float": 1.5,
    "int": 3,
    "str": "海东—互助",
    "tuple[str, ...]": ("a", "b"),
    "tuple[float, ...]": (0.1, 2.0),
    "tuple[int, ...]": (3, 0),
    "tuple[str | float, ...]": ("hole", 500.0),
    "Literal['none', 'light', 'heavy', 'packed']": "light",
}
FORMATS = ["run.jsonl", "run.parquet"]


def one_of_each() -> tuple[Event, ...]:
    """One event of every type, with a sample in each field; between two places lies one section."""
    hints = {
        name: {f: kind.__dataclass_fields__[f].type for f in field_names(kind)} for name, kind in event_types().items()
    }
    values = {name: {f: SAMPLES[hint] for f, hint in fields.items()} for name, fields in hints.items()}
    for name in ("UnitEnRoute", "UnitRerouted"):
        values[name]["sections"] = ("a",)
    return tuple(kind(**values[name]) for name, kind in event_types().items())


def test_every_event_of_the_package_can_be_imported_from_it_and_read_from_a_trace():
    modules = [import_module(found.name) for found in walk_packages(events.__path__, "drillsim.trace.events.")]
    written = {k.__name__ for m in modules for k in vars(m).values() if isinstance(k, type) and issubclass(k, Event)}

    assert written == {"Event", *event_types()}
    assert set(events.__all__) == {"event_types", *written}


@pytest.mark.parametrize("name", FORMATS)
def test_every_type_of_event_comes_back_from_a_file_as_it_was(tmp_path, name):
    written = trace(*one_of_each())

    read = Trace.read(written.write(tmp_path / name))

    assert read == written
    assert read.digest() == written.digest()


def test_an_advisory_of_an_old_trace_under_its_old_name_and_without_codes_is_read_and_said_as_it_stands(tmp_path):
    path = tmp_path / "old.jsonl"
    path.write_text(f'{HEADER}\n{{"event":"Noted","t_s":0.0,"source":"leak","text":"hole 500 mm is outside"}}\n')

    [event] = Trace.read(path).of(AdvisoryIssued)

    assert advisory_text(event, "zh") == advisory_text(event, "en") == "hole 500 mm is outside"


def test_an_advisory_is_readable_in_the_file_and_said_in_both_languages(tmp_path):
    path = trace(advisory_event(0.0, "leak", *HOLE.advisories(500))).write(tmp_path / "new.jsonl")
    [event] = Trace.read(path).of(AdvisoryIssued)

    assert "hole 500 mm is outside 1 to 300 mm (CCPS 1999)" in path.read_text(encoding="utf-8")
    assert advisory_text(event, "en") == event.text
    assert "泄漏孔径为 500 mm，超出 1 至 300 mm" in advisory_text(event, "zh")


def test_an_advisory_that_is_none_is_the_fault_of_its_plug_in():
    with pytest.raises(PluginError, match="town: an advisory must be"):
        advisory_event(0.0, "town", "it snowed")


def test_every_quantity_with_a_valid_range_has_a_chinese_name():
    modules = [
        import_module(m.name)
        for m in (
            *walk_packages(physics.__path__, "drillsim.physics."),
            *walk_packages(hazards.__path__, "drillsim.hazards."),
        )
    ]
    ranges = [value for module in modules for value in vars(module).values() if isinstance(value, ValidRange)]

    assert {found.quantity for found in ranges} == set(vocabulary("quantity"))


@pytest.mark.parametrize("name", FORMATS)
def test_an_exercise_in_which_nothing_happened_comes_back_too(tmp_path, name):
    written = trace(seed=None, replication=None, source="recorded")

    assert Trace.read(written.write(tmp_path / name)) == written


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_may_hold_any_separator_of_lines(tmp_path, name):
    written = trace(WaveOrdered(0.5, "first", 'a\nb\rc\u2028d\x85e\x0bf"g\\', ("x",)))

    assert Trace.read(written.write(tmp_path / name)) == written


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_appears_whole_or_not_at_all(tmp_path, name):
    broken = trace(CallReceived(float("nan"), "fire"))

    with pytest.raises(ValueError, match="Out of range float"):
        broken.write(tmp_path / name)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_written_is_named_as_the_user_named_it(tmp_path, name):
    with pytest.raises(WriteError) as caught:
        trace().write(tmp_path / "none" / name)

    assert str(caught.value) == f"{tmp_path / 'none' / name}: cannot be written: No such file or directory"


@pytest.mark.parametrize("name", FORMATS)
def test_a_link_is_written_through(tmp_path, name):
    (tmp_path / name).symlink_to(tmp_path / "run-7")

    trace(*called(10)).write(tmp_path / name)

    assert (tmp_path / name).is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["run-7", name])
    assert Trace.read(tmp_path / name) == trace(*called(10))


@pytest.mark.parametrize("lines", [1, 4])
def test_a_file_cut_between_two_lines_is_refused(tmp_path, lines):
    path = trace(*called(10)).write(tmp_path / "run.jsonl")
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-lines]), encoding="utf-8")

    with pytest.raises(
        TraceError, match=rf"run\.jsonl: the header says 4 events, the file has {4 - lines}; it was cut"
    ):
        Trace.read(path)


def test_a_table_that_lost_rows_is_refused(tmp_path):
    path = trace(*called(10)).write(tmp_path / "run.parquet")
    pq.write_table(pq.read_table(path).slice(0, 2), path)

    with pytest.raises(TraceError, match="the header says 4 events, the file has 2"):
        Trace.read(path)


def test_a_table_that_was_changed_is_refused(tmp_path):
    path = trace(*called(10)).write(tmp_path / "run.parquet")
    table = pq.read_table(path)
    lines = [line.replace("10.0", "30.0") for line in table["json"].to_pylist()]
    pq.write_table(table.set_column(table.schema.get_field_index("json"), "json", [lines]), path)

    with pytest.raises(TraceError, match=r"run\.parquet: damaged: it is not what was written"):
        Trace.read(path)


def test_a_file_of_a_version_that_did_not_count_events_is_read(tmp_path):
    path = tmp_path / "old.jsonl"
    path.write_text(f"{HEADER}\n{CALL}\n", encoding="utf-8")

    assert Trace.read(path) == trace(CallReceived(10.0, "fire"))


def test_times_keep_every_digit(tmp_path):
    written = trace(CallReceived(0.1 + 0.2, "fire"))

    assert Trace.read(written.write(tmp_path / "run.jsonl")).events[0].t_s == 0.1 + 0.2


def test_a_file_edited_with_blank_lines_at_its_end_is_still_read(tmp_path):
    path = trace(*called(10)).write(tmp_path / "run.jsonl")
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")

    assert Trace.read(path) == trace(*called(10))


def test_the_digest_does_not_depend_on_the_version_that_wrote_the_trace():
    assert trace(*called(10), version="0.1").digest() == trace(*called(10), version="9.9").digest()


@pytest.mark.parametrize("field", ["scenario_digest", "plan_digest", "seed", "replication", "ends_at_s", "source"])
def test_the_digest_depends_on_what_was_run(field):
    other = {"seed": 2, "replication": 5, "ends_at_s": 10.0, "source": "recorded"}.get(field, "other")

    assert trace(**{field: other}).digest() != trace().digest()


def test_the_digest_depends_on_every_event_and_on_their_order():
    a, b = CallReceived(1.0, "a"), CallReceived(1.0, "b")

    assert len({trace(*events).digest() for events in [(), (a,), (b,), (a, b), (b, a)]}) == 5
    assert trace(replace(a, t_s=1.0000000000000002)).digest() != trace(a).digest()


def test_events_are_found_by_type_in_order_subtypes_included_unless_exact():
    way, turn = drives(0, ("p0", 0), ("p1", 60)), turns(30, ("p1", 60))
    t = trace(on_duty(), way, turn, UnitHome(60, "engine", "west", "p1"))

    assert t.of(UnitEnRoute) == (way, turn)
    assert t.of(UnitEnRoute, exact=True) == (way,)
    assert t.of(UnitRerouted) == (turn,)
    assert t.of(UnitArrived) == t.of(UnitArrived, exact=True) == ()
    assert t.of(Event) == t.events


def test_a_trace_goes_to_another_process_and_back():
    t = trace(*called(10))
    t.of(CallReceived)

    assert pickle.loads(pickle.dumps(t)) == t  # noqa: S301  # written a moment ago


# --- files that are no trace ------------------------------------------------------------------------------

HEADER = json.dumps({"trace": 1} | asdict(trace().header))
"""As versions wrote it that did not count events."""
CALL = '{"event":"CallReceived","t_s":10.0,"incident":"fire"}'
DRIVE = (
    '{"event":"UnitEnRoute","t_s":1,"unit":"e","purpose":"incident","target":"f","nodes":["p0"],"times_s":[1],'
    '"sections":[],"length_m":0}'
)
BROKEN = {
    "empty": ("", ":1: the file is empty"),
    "blank": ("\n\n", ":1: the file is empty"),
    "not json": ("hello\n", ":1: not a JSON line"),
    "not an object": (f"{HEADER}\n[1, 2]\n", ":2: expected a JSON object"),
    "not a trace": ('{"type": "FeatureCollection"}\n', ":1: expected a trace of format 1 or 2, got None"),
    "another format": ('{"trace": 7}\n', ":1: expected a trace of format 1 or 2, got 7"),
    "header field missing": ('{"trace": 1, "scenario": "town"}\n', ":1: header: "),
    "header field unknown": (HEADER[:-1] + ', "colour": "red"}\n', ":1: header: "),
    "header field wrong": (HEADER.replace("3600.0", '"soon"'), ":1: header: ends_at_s must be float, got 'soon'"),
    "header without a count": (
        HEADER.replace('"trace": 1', '"trace": 2'),
        ":1: header: events must be int, got 'None'",
    ),
    "moment before STARTEX": (
        f'{HEADER}\n{{"event":"CallReceived","t_s":-5,"incident":"a"}}\n',
        ": event 1, CallReceived: t_s must be from 0",
    ),
    "moment after ENDEX": (
        f'{HEADER}\n{{"event":"CallReceived","t_s":1e9,"incident":"a"}}\n',
        ": event 1, CallReceived: t_s must be from 0",
    ),
    "order of time": (
        f'{HEADER}\n{{"event":"CallReceived","t_s":5,"incident":"a"}}\n{{"event":"CallReceived","t_s":4,"incident":"b"}}\n',
        ": event 2, CallReceived: it is at 4 s, after one at 5 s",
    ),
    "seed below zero": (HEADER.replace('"seed": 1', '"seed": -1', 1), ":1: header: seed must not be negative, got -1"),
    "header without a date": (HEADER.replace("2021", "65536", 1), ":1: header: startex must be a local date and time"),
    "header source wrong": (HEADER.replace("simulated", "dreamt"), ":1: header: source must be"),
    "header seed wrong": (HEADER.replace('"seed": 1', '"seed": 1.5'), ":1: header: seed must be int | None, got '1.5'"),
    "unknown event": (f'{HEADER}\n{CALL}\n{{"event": "Earthquake", "t_s": 1}}\n', ":3: unknown event 'Earthquake'"),
    "no event": (f'{HEADER}\n{{"t_s": 1}}\n', ":2: unknown event None"),
    "no time": (f"{HEADER}\n{CALL.replace('10.0', 'null')}\n", ":2: CallReceived: t_s must be float, got 'None'"),
    "a time that is no number": (
        f"{HEADER}\n{CALL.replace('10.0', 'NaN')}\n",
        ":2: CallReceived: t_s must be float, got 'nan'",
    ),
    "a time without end": (
        f"{HEADER}\n{CALL.replace('10.0', '1e999')}\n",
        ":2: CallReceived: t_s must be float, got 'inf'",
    ),
    "a time too large": (f"{HEADER}\n{CALL.replace('10.0', '1' + 400 * '0')}\n", ":2: CallReceived: t_s must be float"),
    "a number too long": (f"{HEADER}\n{CALL.replace('10.0', 5000 * '1')}\n", ":2: not a JSON line"),
    "a time that is a yes": (
        f"{HEADER}\n{CALL.replace('10.0', 'true')}\n",
        ":2: CallReceived: t_s must be float, got 'True'",
    ),
    "a name that is a number": (
        f"{HEADER}\n{CALL.replace(chr(34) + 'fire' + chr(34), '5')}\n",
        ":2: CallReceived: incident must be str, got '5'",
    ),
    "field missing": (f'{HEADER}\n{{"event":"CallReceived","t_s":1}}\n', ":2: CallReceived: "),
    "field unknown": (f'{HEADER}\n{CALL[:-1]},"unit":"e"}}\n', ":2: CallReceived: "),
    "text for a list": (
        f"{HEADER}\n{DRIVE.replace('[1]', chr(34) + '1' + chr(34))}\n",
        ":2: UnitEnRoute: times_s must be tuple[float, ...]",
    ),
    "lists in a list": (
        f"{HEADER}\n{DRIVE.replace('[1]', '[[1]]')}\n",
        ":2: UnitEnRoute: times_s must be tuple[float, ...]",
    ),
    "a place without a moment": (
        f"{HEADER}\n{CALL}\n{DRIVE.replace('[1]', '[]')}\n",
        ":3: UnitEnRoute: its lists do not belong together: nodes has 1, times_s has 0",
    ),
    "a section too many": (
        f"{HEADER}\n{DRIVE.replace('[]', json.dumps(['s1']))}\n",
        ":2: UnitEnRoute: its lists do not belong together: nodes has 1, sections has 1, one less is right",
    ),
    "a way without places": (
        f"{HEADER}\n{DRIVE.replace(json.dumps(['p0']), '[]').replace('[1]', '[]')}\n",
        ":2: UnitEnRoute: its lists do not belong together: nodes is empty",
    ),
    "a number without a name": (
        f'{HEADER}\n{{"event":"HazardMeasured","t_s":1,"hazard":"h","names":["heat_kw"],"values":[1,2]}}\n',
        ":2: HazardMeasured: its lists do not belong together: names has 1, values has 2",
    ),
    "people of no state": (
        f'{HEADER}\n{{"event":"PeopleChanged","t_s":1,"hazard":"h","states":[],"counts":[5]}}\n',
        ":2: PeopleChanged: its lists do not belong together: states has 0, counts has 1",
    ),
    "a place without a grade": (
        f'{HEADER}\n{{"event":"ZonesChanged","t_s":1,"hazard":"h","places":["a","b"],"place_grades":[1],"sections":[],'
        '"section_grades":[]}\n',
        ":2: ZonesChanged: its lists do not belong together: places has 2, place_grades has 1",
    ),
    "cut off": (f"{HEADER}\n{CALL}\n{CALL[:20]}", ":3: not a JSON line"),
    "nested without end": (f"{HEADER}\n" + 100_000 * "[", ":2: not a JSON line"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_line(tmp_path, name):
    text, expected = BROKEN[name]
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(TraceError) as caught:
        Trace.read(path)

    assert f"{path}{expected}" in str(caught.value)


def test_a_file_that_is_not_there_or_not_text_is_refused_by_name(tmp_path):
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b"\xff\xfe")

    for path in (tmp_path / "none.jsonl", tmp_path / "none.parquet", tmp_path, latin):
        with pytest.raises(TraceError, match="cannot be read"):
            Trace.read(path)


def test_a_table_that_is_no_trace_is_refused(tmp_path):
    text, other, columns, numbers = (tmp_path / f"{n}.parquet" for n in ("text", "other", "columns", "numbers"))
    text.write_text("hello", encoding="utf-8")
    pq.write_table(pa.table({"json": ["{}"]}), other)
    marked = {"drillsim": HEADER}
    pq.write_table(pa.table({"x": [1]}).replace_schema_metadata(marked), columns)
    pq.write_table(pa.table({"json": [1]}).replace_schema_metadata(marked), numbers)

    for path in (text, other, columns):
        with pytest.raises(TraceError, match="not a trace in Parquet"):
            Trace.read(path)
    with pytest.raises(TraceError, match=r"numbers\.parquet:2: expected a JSON object"):
        Trace.read(numbers)


def test_a_table_can_be_asked_without_reading_the_events(tmp_path):
    t = trace(*called(10), on_duty("a"), InjectDelivered(20.0, "note", "message"))

    table = pq.read_table(t.write(tmp_path / "run.parquet")).to_pydict()

    assert table["event"][-2:] == ["UnitOnDuty", "InjectDelivered"]
    assert table["incident"] == 4 * ["fire"] + [None, None]
    assert table["unit"] == 4 * [None] + ["a", None]
