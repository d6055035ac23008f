"""Parsing of JSON Lines."""

from __future__ import annotations

import json
from typing import Any

from drillsim.base.errors import DrillsimError


def json_object(line: str, where: str, error: type[DrillsimError]) -> dict[str, Any]:
    """Return the JSON object in a line; raise *error*, naming *where*, if it holds none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as cause:
        raise error(f"{where}: not a JSON line: {cause}") from cause
    if not isinstance(value, dict):
        raise error(f"{where}: expected a JSON object, got {line[:40]!r}")
    return value
