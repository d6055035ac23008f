"""Texts of users are shown as they stand, on every page: nothing in them is drawn, fetched or run."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from drillsim.app.markdown import plain, plain_paragraphs
from drillsim.engine import simulate
from drillsim.scenario.files import read_scenario
from drillsim.scenario.saving import as_yaml
from drillsim.views import page, run_map
from drillsim.views.names import names_of

HOSTILE = (
    "![i](http://evil.example/a.png) <img src=http://evil.example/b.png> [l](http://evil.example) "
    "url(http://evil.example/c.png) </script><script>alert(1)</script> $x$ :red[r] `${1}` {{ 7*7 }}"
)
DRAWN = re.compile(r"(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)<\s*(img|script)|(?<!\\)\]\\?\(http")
NOT_MARKDOWN = {"text", "code", "text_area", "text_input", "selectbox", "multiselect", "arrow_data_frame", "dataframe"}
"""Elements that show a value as it stands."""


def hostile_town() -> str:
    """Return a scenario with hostile text wherever people may write any."""
    unit = {"crew": 6, "capabilities": ["fire_attack"], "title": HOSTILE}
    task = {"id": "attack", "title": HOSTILE, "capabilities": ["fire_attack"], "min_crew": 4, "work": 600}
    places = {"a": 36.0, "b": 36.1}
    plans = [
        {
            "id": name,
            "title": f"{name} {HOSTILE}",
            "stations": [{"id": "west", "title": HOSTILE, "node": node, "units": [{"id": "engine", **unit}]}],
        }
        for name, node in (("near", "b"), ("far", "a"))
    ]
    return as_yaml(
        {
            "drillsim": 1,
            "id": "town",
            "title": HOSTILE,
            "description": HOSTILE,
            "assumptions": [HOSTILE],
            "startex": "2021-03-29 07:00",
            "ends_at_s": 14400,
            "roads": {
                "nodes": [
                    {"id": name, "name_en": HOSTILE, "name_zh": HOSTILE, "lat": lat, "lon": 101.0}
                    for name, lat in places.items()
                ],
                "edges": [{"from": "a", "to": "b", "road": HOSTILE[:60], "length_km": 12, "free_flow_kmh": 80}],
            },
            "incidents": [
                {
                    "id": "fire",
                    "title": HOSTILE,
                    "type": "building_fire",
                    "node": "b",
                    "starts_at_s": 60,
                    "tasks": [task],
                }
            ],
            "injects": [{"id": "told", "at_s": 60, "text": HOSTILE}],
            "objectives": [{"id": "o", "title": HOSTILE, "metric": "first_arrival_s", "limit": 600}],
            "plans": plans,
        }
    )


@pytest.fixture(scope="module")
def world():
    return read_scenario(hostile_town(), name="town.yaml")


def elements(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        yield child


def drawn_in(app) -> list[str]:
    found = []
    for element in elements(app._tree):
        if element.type in NOT_MARKDOWN:
            continue
        said = [getattr(element, name, "") for name in ("value", "label", "help", "body", "options")]
        texts = [t for s in said for t in (s if isinstance(s, (list, tuple)) else [s]) if isinstance(t, str)]
        found += [f"{element.type}: {text[:80]}" for text in texts if DRAWN.search(text)]
    return found


def test_the_scenario_is_hostile(world):
    assert world.title.en == world.description.en == HOSTILE
    assert HOSTILE in world.plans[0].title.en


@pytest.mark.parametrize("page_name", ["run", "plan", "compare"])
def test_no_page_draws_or_fetches_a_text(page_name, tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    imports = f"from drillsim.app import {page_name}_page\nfrom drillsim.app.state import begin\n"
    body = f"{imports}{page_name}_page.show(begin())"
    app = AppTest.from_string(body, default_timeout=120).run()
    app.get("file_uploader")[0].set_value(
        ("![f](http://evil.example).yaml", hostile_town().encode(), "text/yaml")
    ).run()
    for button in ("run_button", "compare_button", "save_plan"):
        if button in [b.key for b in app.button]:
            app.button(key=button).click().run()

    assert not app.exception
    assert "evil" in "".join(str(e.value) for e in app.markdown)
    assert drawn_in(app) == []


def test_the_map_shows_hostile_names_and_loads_nothing(world):
    plan = world.plan(world.plans[0].id)
    trace = simulate(world, plan, seed=1)
    html = page(run_map(trace, world.roads, names=names_of(world, plan, trace)))

    assert "<img" not in html
    assert "alert(1)" not in html
    assert "evil.example" in html
    assert "//evil" not in html


def test_every_sign_of_markdown_is_escaped_and_lines_are_joined():
    assert plain("# a\n    b") == r"\# a b"
    assert plain_paragraphs("- a\nb\n\n\n1. c") == "\\- a b\n\n1\\. c"
