"""The catalogues: every language says everything, says it with the same parts, and one more is one file."""

import ast
import re
from pathlib import Path

import pytest

import drillsim
from drillsim.language import catalogue as catalogues
from drillsim.language import has, languages, message, say, spoken, vocabulary, word
from drillsim.language.catalogue import FOLDER, catalogue

PACKAGE = Path(drillsim.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OTHERS = [code for code in languages() if code != "en"]
ENGLISH_IN_CHINESE: set[str] = set()
"""Texts that Chinese has in English, too."""
OTHER_PARTS = {"error.unknown_name_guess", "error.other_check", "error.said"}
"""Texts whose languages need other parts: English says what pydantic says, Chinese of what sort it is."""


def parts(text):
    return set(re.findall(r"(?<!{){(\w+)", text))


def text_of(key):
    return catalogue("en")[tuple(key.split(".", 1))]


def sources():
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def constant(call, place):
    found = call.args[place] if place < len(call.args) else None
    return found.value if isinstance(found, ast.Constant) else ""


def calls(name):
    """Every call of a function of that name in the source, with its file."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and name == getattr(node.func, "id", ""):
                yield path.relative_to(PACKAGE), node


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_every_text_and_no_other(lang):
    assert set(catalogue(lang)) - set(catalogue("en")) == set()
    missing = {key for key in catalogue("en") if key not in catalogue(lang)}

    assert {key for key in missing if catalogue("en")[key]} == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_every_translation_needs_the_same_parts(lang):
    texts = catalogue("en")
    other = {".".join(key) for key, text in texts.items() if parts(text) != parts(catalogue(lang).get(key, text))}

    assert other - OTHER_PARTS == set()


def test_english_is_english_and_chinese_is_chinese():
    said_as_it_is = {".".join(key) for key, text in catalogue("zh").items() if not CHINESE.search(text)}

    assert {".".join(k) for k, t in catalogue("en").items() if CHINESE.search(t)} <= {"language.name", "app.language"}
    assert {
        key for key in said_as_it_is if re.search(r"[a-z]{4}", re.sub(r"{[^}]*}", "", text_of(key)))
    } <= ENGLISH_IN_CHINESE


def test_every_key_in_the_source_is_in_the_catalogue():
    keys = {(str(path), key) for path, call in calls("say") if "." in (key := constant(call, 0))}
    asked = [call for name in ("word", "has", "vocabulary") for _, call in calls(name)]

    assert {(path, key) for path, key in keys if not has(*key.split(".", 1))} == set()
    assert {context for call in asked if (context := constant(call, 0))} <= {context for context, _ in catalogue("en")}
    assert len(keys) > 100


@pytest.mark.parametrize(
    ("context", "room"),
    [
        ("cli", "cli"),
        ("app", "app"),
        ("view", "views"),
        ("starter", "cli"),
        ("from_map", "cli"),
        ("speed_source", "cli"),
    ],
)
def test_every_text_of_a_room_is_used_in_it(context, room):
    code = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / room).rglob("*.py"))
    columns = {"count", "crew", "establishment", "vehicles"}  # said by name of the column

    unused = {name for name in vocabulary(context) if not re.search(rf"""["'.]{name}["']""", code)}
    assert unused <= columns


def test_a_problem_names_its_thing_and_its_quantity_in_its_language():
    assert message("unknown_name", "zh", what="plan", name="x", known="a") == "未知的力量部署方案“x”。可选：a"
    assert "泄漏孔径" in message(
        "out_of_range", "zh", quantity="hole", value=5.0, unit="mm", low=1.0, high=2.0, source="here"
    )


def test_a_language_that_nobody_speaks_falls_back_to_english():
    assert say("span.minutes", "tlh", minutes=5) == "5 min"
    assert word("metric", "closure_s", "tlh") == "Closure"
    assert spoken("tlh_XX") == "en"


def test_one_more_language_is_one_file(tmp_path, monkeypatch):
    for file in FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "xx.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: xx\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "language"\nmsgid "name"\nmsgstr "Xish"\n\n'
        'msgctxt "span"\nmsgid "minutes"\nmsgstr "{minutes} xx"\n\n'
        'msgctxt "term"\nmsgid "Danger zones"\nmsgstr "Xones"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogue.cache_clear()
    languages.cache_clear()
    try:
        assert dict(languages()) == {"en": "English", "xx": "Xish", "zh": "中文"}
        assert say("span.minutes", "xx", minutes=5) == "5 xx"
        assert catalogues.Term("Danger zones", "危险区").in_("xx") == "Xones"
        assert say("span.seconds", "xx", seconds=5) == "5 s"
    finally:
        catalogue.cache_clear()
        languages.cache_clear()
