"""Write the reference pages from the code:  python tools/reference.py

The pages follow from the models, events, metrics, glossary and command line; a test says when they are out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from typer.main import get_command

from drillsim.base.plugin import Plugin
from drillsim.cli.application import app
from drillsim.language import say, vocabulary, word
from drillsim.metrics import metric_functions
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.model_paths import reachable_models
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plugins import FOLDERS, kinds
from drillsim.scenario.saving import as_yaml
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import event_types

PAGES = Path(__file__).parents[1] / "docs" / "reference"


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {
        "README.md": _index(),
        "scenario-file.md": _models(),
        "plug-ins.md": _plugins(),
        "events.md": _events(),
        "metrics.md": _metrics(),
        "glossary.md": _glossary(),
        "command-line.md": _commands(),
    }


def _index() -> str:
    rows = [
        ("Scenario and plan files", "scenario-file.md"),
        ("Hazards, scenario kinds, policies", "plug-ins.md"),
        ("Road networks", "road-network.md"),
        ("Events of a trace", "events.md"),
        ("Metrics", "metrics.md"),
        ("Command line", "command-line.md"),
        ("Glossary 术语", "glossary.md"),
    ]
    return "# Reference\n\n" + "".join(f"- [{title}]({page})\n" for title, page in rows)


def _models() -> str:
    plugged = {cls for folder in FOLDERS for cls in kinds(folder).values()}
    parts = [
        "# Scenario and plan files\n",
        "Every mapping that can stand in a file, with its fields. A time is a number of seconds, or a text with its "
        "unit: `90 s`, `5 min`, `1 h 30 min`. `drillsim schema` writes the same as JSON Schema, for editors.\n",
    ]
    parts += [_model(model) for model in reachable_models(Scenario, PlanSpec) if model not in plugged]
    return "\n".join(parts)


def _plugins() -> str:
    parts = ["# Hazards, scenario kinds and dispatch policies\n"]
    for folder in FOLDERS:
        parts.append(f"# {folder}\n")
        for kind, cls in kinds(folder).items():
            parts += [_model(cls, title=f"{kind}  {word('kind', kind, 'zh')}"), _example(cls)]
    return "\n".join(parts)


def _example(cls: type[Plugin]) -> str:
    said = {"kind": cls.model_fields["kind"].default} | to_yaml_data(cls.example())
    return f"Example:\n\n```yaml\n{as_yaml(said)}```\n"


def _model(model: type[BaseModel], title: str = "") -> str:
    rows = "".join(
        f"| `{name}` | {word('field', name, 'zh')} | {_default(field)} | {_cell(field.description or '')} |\n"
        for name, field in model.model_fields.items()
    )
    head = f"## {title or model.__name__}\n\n{_prose(model.__doc__)}\n\n"
    return f"{head}| field | 中文 | if left out | |\n|---|---|---|---|\n{rows}"


def _default(field: Any) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, BaseModel):
        text = ", ".join(f"{name}: {item}" for name, item in value.model_dump(exclude_defaults=True).items())
        return f"`{text}`" if text else "its own defaults"
    return f"`{value}`"


def _events() -> str:
    parts = ["# Events of a trace\n", "Every event has `t_s`: the moment, in seconds after STARTEX.\n"]
    for name, kind in event_types().items():
        own = ", ".join(f"`{field.name}`" for field in fields(kind) if field.name != "t_s")
        parts.append(f"**{name}** {word('event', name, 'zh')}: {_prose(kind.__doc__)} {own}\n")
    return "\n".join(parts)


def _metrics() -> str:
    functions = metric_functions()
    rows = "".join(
        f"| `{name}` | {word('metric', name, 'en')} | {word('metric', name, 'zh')} |"
        f" {_cell(_thing(_prose(functions[name].__doc__)))} |\n"
        for name in vocabulary("metric")
    )
    head = "# Metrics\n\nA case that did not come about by ENDEX is infinite, never missing.\n\n"
    return f"{head}| name | English | 中文 | |\n|---|---|---|---|\n{rows}"


def _thing(doc: str) -> str:
    """Return what a function returns as a description: without the verb."""
    text = doc.removeprefix("Return").lstrip(" ,")
    return f"{text[:1].upper()}{text[1:]}"


def _glossary() -> str:
    lists = {
        "Nouns": "noun",
        "Metrics": "metric",
        "Kinds": "kind",
        "Capabilities": "capability",
        "Types of incident": "incident_type",
        "Tasks that hazards call for": "task",
        "Events": "event",
        "Fields": "field",
    }
    return "# Glossary 术语\n\n" + "\n".join(_terms(title, context) for title, context in lists.items())


def _terms(title: str, context: str) -> str:
    rows = "".join(
        f"| `{name}` | {word(context, name, 'en')} | {word(context, name, 'zh')} |\n" for name in vocabulary(context)
    )
    return f"## {title}\n\n| | English | 中文 |\n|---|---|---|\n{rows}"


def _commands() -> str:
    parts = [f"# Command line\n\n{_prose(say('help.drillsim', 'en'))}\n"]
    return "\n".join([*parts, *_under(get_command(app), "", "##")])


def _under(group: Any, path: str, mark: str) -> Iterator[str]:
    """Yield the commands under a group, and those under them."""
    for name, one in group.commands.items():
        key = f"{path} {name}".strip()
        rows = "".join(
            f"| `{_option(param)}` | {_cell(say(f'help.{key} {param.name}', 'en'))} |\n" for param in one.params
        )
        table = f"\n| | |\n|---|---|\n{rows}" if rows else ""
        yield f"{mark} drillsim {key}\n\n{_prose(say(f'help.{key}', 'en'))}\n{table}"
        if hasattr(one, "commands"):
            yield from _under(one, key, f"{mark}#")


def _option(param: Any) -> str:
    return ", ".join(param.opts) if param.opts and param.opts[0].startswith("-") else str(param.name).upper()


def _prose(doc: str | None) -> str:
    """Return the first paragraphs of a docstring, up to its first section, as one paragraph."""
    lines = []
    for line in (doc or "").strip().splitlines():
        if line.strip() and set(line.strip()) == {"-"}:
            lines.pop()
            break
        lines.append(line.strip())
    return " ".join(" ".join(lines).split()).replace("``", "`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("``", "`")


if __name__ == "__main__":
    main()
