"""``drillsim schema``: the JSON Schema of scenario or plan files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from drillsim.cli.inputs import UsageError
from drillsim.cli.printing import print_text
from drillsim.language import say
from drillsim.scenario.json_schema import plan_schema, scenario_schema
from drillsim.scenario.saving import atomic_write


def main(lang: str, *, what: str, output: Path | None) -> None:
    """Print the schema, or write it to a file."""
    schemas = {"scenario": scenario_schema, "plan": plan_schema}
    if what not in schemas:
        raise UsageError(say("cli.what_schema", lang, what=what))
    text = json.dumps(schemas[what](), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        print_text(say("cli.wrote", lang, path=atomic_write(output, text)))
