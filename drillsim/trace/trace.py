"""The trace: the time-ordered record of one run or of one recorded exercise, and the only output of a run.

A trace is written as JSON Lines (a header line that says how many events follow, then one line per
event) or as Parquet, and read back to the same value.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import TraceError
from drillsim.trace.events import RENAMED_EVENTS, Event, event_types
from drillsim.trace.json_lines import json_object

FORMAT = 2
"""Version of the file format: since 2 the header says how many events follow."""
UNCOUNTED = 1
"""Version of the format whose header lacks the count."""

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class TraceHeader:
    """Identification of a run, sufficient to repeat it."""

    scenario: str
    scenario_digest: str
    plan: str
    plan_digest: str
    seed: int | None
    """None for a recorded exercise."""
    replication: int | None
    startex: str
    """Local date and clock of STARTEX, ISO 8601."""
    ends_at_s: float
    """ENDEX; nothing that happens at that very moment belongs to the exercise any more. [s]"""
    source: Literal["simulated", "recorded"]
    version: str
    """Version of drillsim that wrote it."""


@dataclass(frozen=True)
class Trace:
    """The time-ordered events of one run or exercise, with a header that identifies it.

    Life: a run or a recording makes it once; checks, metrics, views and files read it. It never changes, so that its
    index by type is built on first use and kept.
    """

    header: TraceHeader
    events: tuple[Event, ...]

    def of(self, kind: type[E], *, exact: bool = False) -> tuple[E, ...]:
        """Return the events of *kind*, in order; with *exact*, without its subtypes."""
        found = [kind] if exact else [known for known in self._by_type if issubclass(known, kind)]
        if len(found) > 1:
            return tuple(event for event in self.events if isinstance(event, kind))
        return cast("tuple[E, ...]", self._by_type.get(found[0], ())) if found else ()

    @cached_property
    def _by_type(self) -> dict[type[Event], tuple[Event, ...]]:
        index: dict[type[Event], list[Event]] = {}
        for event in self.events:
            index.setdefault(type(event), []).append(event)
        return {kind: tuple(events) for kind, events in index.items()}

    def digest(self) -> str:
        """Return a SHA-256 digest of header and events: equal digests mean equal runs.

        The version of drillsim that wrote the trace is left out.
        """
        hashed = sha256()
        header = asdict(self.header) | {"version": ""}
        hashed.update(_json(header).encode())
        for line in _event_lines(self.events):
            hashed.update(line.encode())
        return hashed.hexdigest()

    def json_lines(self) -> Iterator[str]:
        """Yield the header line, then one line per event."""
        lines = [*_event_lines(self.events)]
        about = {"trace": FORMAT, "events": len(lines), "crc32": _checksum(lines)}
        yield _json({**about, **asdict(self.header)}) + "\n"
        yield from lines

    def write(self, path: Path | str) -> Path:
        """Write the trace to *path*: Parquet if its name ends in ``.parquet``, else JSON Lines.

        The file appears whole or not at all.

        Raises
        ------
        TraceError
            If the name ends in anything but ``.parquet`` or ``.jsonl``.
        WriteError
            If the file cannot be written.
        """
        path = Path(path)
        if path.suffix not in {".parquet", ".jsonl"}:
            raise TraceError(f"{path}: the name of a trace ends in .jsonl or .parquet")
        with atomic_open(path) as file:
            if path.suffix == ".parquet":
                _write_parquet(self, file)
            else:
                file.write("".join(self.json_lines()).encode())
        return path

    @classmethod
    def read(cls, path: Path | str) -> Trace:
        """Read a trace that :meth:`write` wrote.

        Raises
        ------
        TraceError
            If the file is not such a trace, or not all of it; the message says which line.
        """
        path = Path(path)
        try:
            lines, checksum = _parquet_lines(path) if path.suffix == ".parquet" else (_text_lines(path), None)
        except (OSError, UnicodeDecodeError) as error:
            raise TraceError(f"{path}: cannot be read: {error}") from error
        trace = _parse(lines, str(path))
        if checksum is not None and checksum != _checksum(lines):
            raise TraceError(f"{path}: damaged: it is not what was written; take a whole copy or run it again")
        return trace


def _event_lines(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield _json({"event": type(event).__name__, **_plain(event)}) + "\n"


def _plain(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in field_names(type(event))}


def field_names(kind: type[Event]) -> tuple[str, ...]:
    """Return the field names of an event type, ``t_s`` first."""
    return tuple(field.name for field in fields(kind))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _text_lines(path: Path) -> list[str]:
    # not splitlines: a text may hold other line separators of Unicode
    return path.read_text(encoding="utf-8").split("\n")


def _parse(lines: list[str], where: str) -> Trace:
    if not any(lines):
        raise TraceError(f"{where}:1: the file is empty; a trace begins with a header line")
    head = json_object(lines[0], f"{where}:1", TraceError)
    declared = _declared_count(head, where)
    stated = head.pop("crc32", None)  # a trace that was written by hand has none
    header = _parse_header(head, where)
    kinds = event_types()
    events = tuple(
        _parse_event(json_object(line, f"{where}:{n}", TraceError), kinds, f"{where}:{n}")
        for n, line in enumerate(lines[1:], start=2)
        if line.strip()
    )
    if declared is not None and declared != len(events):
        raise TraceError(
            f"{where}: the header says {declared} events, the file has {len(events)}; it was cut short or changed, "
            "take a whole copy or run it again"
        )
    if stated is not None and stated != _checksum(line.rstrip("\n") + "\n" for line in lines[1:] if line.strip()):
        raise TraceError(f"{where}: damaged: it is not what was written; take a whole copy or run it again")
    _check_times(header, events, where)
    return Trace(header, events)


def _check_times(header: TraceHeader, events: Iterable[Event], where: str) -> None:
    """Raise unless all happens between STARTEX and ENDEX, in order of time."""
    before_s = 0.0
    for n, event in enumerate(events, start=1):
        if not 0 <= event.t_s < header.ends_at_s:
            limits = f"from 0 up to ENDEX, {header.ends_at_s:g} s"
            raise TraceError(f"{where}: event {n}, {type(event).__name__}: t_s must be {limits}, got {event.t_s:g}")
        if event.t_s < before_s:
            raise TraceError(
                f"{where}: event {n}, {type(event).__name__}: it is at {event.t_s:g} s, after one at {before_s:g} s; "
                "a trace is in order of time"
            )
        before_s = event.t_s


def _declared_count(head: dict[str, Any], where: str) -> int | None:
    """Remove the count of events from the header line and return it; None in versions without one."""
    found = head.pop("trace", None)
    if found == UNCOUNTED:
        return None
    if found != FORMAT:
        raise TraceError(f"{where}:1: expected a trace of format {UNCOUNTED} or {FORMAT}, got {found!r}")
    declared = head.pop("events", None)
    if not _holds(declared, int):
        raise TraceError(f"{where}:1: header: events must be int, got {str(declared)[:40]!r}")
    return cast("int", declared)


def _parse_header(value: dict[str, Any], where: str) -> TraceHeader:
    try:
        header = TraceHeader(**value)
    except TypeError as error:
        raise TraceError(f"{where}:1: header: {error}") from error
    _check_fields(header, f"{where}:1: header")
    try:
        local = datetime.fromisoformat(header.startex).tzinfo is None
    except ValueError:
        local = False
    if not local:
        got = header.startex[:40]
        raise TraceError(f"{where}:1: header: startex must be a local date and time, 2021-03-29T07:00, got {got!r}")
    for name in ("seed", "replication", "ends_at_s"):
        number = getattr(header, name)
        if number is not None and number < 0:
            raise TraceError(f"{where}:1: header: {name} must not be negative, got {number}")
    return header


def _parse_event(value: dict[str, Any], kinds: dict[str, type[Event]], where: str) -> Event:
    said = value.pop("event", None)
    name = RENAMED_EVENTS.get(said, said) if isinstance(said, str) else ""
    if name not in kinds:
        raise TraceError(f"{where}: unknown event {said!r}")
    tupled = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    try:
        build: Any = kinds[name]  # each type has fields of its own
        event = cast("Event", build(**tupled))
    except TypeError as error:
        raise TraceError(f"{where}: {name}: {error}") from error
    _check_fields(event, f"{where}: {name}")
    unequal = event.unequal_lists()
    if unequal:
        raise TraceError(f"{where}: {name}: its lists do not belong together: {unequal}; take a whole copy")
    return event


def _check_fields(value: TraceHeader | Event, where: str) -> None:
    """Raise if the value of a field does not match its type."""
    kind: Any = type(value)
    for name, hint in _hints(kind).items():
        got = getattr(value, name)
        if not _holds(got, hint):
            expected = hint.__name__ if hint in {str, int, float} else str(hint)
            raise TraceError(f"{where}: {name} must be {expected}, got {str(got)[:40]!r}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _holds(value: object, hint: Any) -> bool:
    """Return whether *value* matches a type hint of an event; numbers must be finite."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return isinstance(value, tuple) and all(_holds(item, args[0]) for item in value)
    if origin is Literal:
        return value in args
    if origin is not None:
        return any(_holds(value, choice) for choice in args)
    if isinstance(value, bool):
        return False
    if hint is float:
        return isinstance(value, (int, float)) and abs(value) <= sys.float_info.max
    return isinstance(value, hint)


def _write_parquet(trace: Trace, file: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, *lines = trace.json_lines()
    columns = {
        "t_s": [event.t_s for event in trace.events],
        "event": [type(event).__name__ for event in trace.events],
        **{key: [getattr(event, key, None) for event in trace.events] for key in ("incident", "unit", "wave")},
        "json": lines,
    }
    table = pa.table(columns).replace_schema_metadata({"drillsim": header, "crc32": _checksum((header, *lines))})
    pq.write_table(table, file, compression="zstd", write_page_checksum=True)


def _checksum(lines: Iterable[str]) -> str:
    found = 0
    for line in lines:
        found = zlib.crc32(line.encode(), found)
    return f"{found:08x}"


def _parquet_lines(path: Path) -> tuple[list[str], str | None]:
    """Return the lines, and their checksum when they were written; None from versions that wrote none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, page_checksum_verification=True)
        about = table.schema.metadata or {}
        lines = [about[b"drillsim"].decode(), *(str(line) for line in table.column("json").to_pylist())]
    except (pa.ArrowException, KeyError) as error:
        raise TraceError(f"{path}: not a trace in Parquet, or damaged: {error}") from error
    return lines, about[b"crc32"].decode() if b"crc32" in about else None
