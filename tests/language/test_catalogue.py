"""The catalogues: every language says everything, says it with the same parts, and one more is one file."""

import ast
import re
from pathlib import Path

import pytest

import drillsim
from drillsim.language import (
    Term,
    advice,
    declare,
    has,
    languages,
    message,
    say,
    spoken,
    untranslated,
    vocabulary,
    word,
)
from drillsim.language import catalogue as catalogues
from drillsim.language.catalogue import FOLDER, DeclaredTwiceError, catalogue, declared
from drillsim.scenario.plugins import every_plugin

PACKAGE = Path(drillsim.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OTHERS = [code for code in languages() if code != "en"]
ENGLISH_IN_CHINESE: set[str] = set()
"""Texts that Chinese has in English, too."""
OTHER_PARTS = {"error.unknown_name_guess", "error.other_check", "advisory.said"}
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


def assert_complete(lang):
    """A language has every text, and nothing but these and, under the context ``term``, words of plug-ins."""
    terms = {("term", term.en) for term in declared().values()}
    assert set(catalogue(lang)) - set(catalogue("en")) - set(declared()) - terms == set()
    assert untranslated(lang) == ()


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_every_text_of_the_catalogue_and_of_plugins_and_no_other(lang):
    assert_complete(lang)


def test_every_word_that_a_plugin_declares_is_known_and_no_catalogue_repeats_it():
    words = {key for cls in every_plugin() for key in cls.words if "." in key}

    assert {key for key in words if not has(*key.split(".", 1))} == set()
    assert set(declared()) & set(catalogue("en")) == set()
    assert len(words) > 200


@pytest.mark.parametrize("lang", OTHERS)
def test_every_translation_needs_the_same_parts(lang):
    texts = catalogue("en")
    other = {".".join(key) for key, text in texts.items() if parts(text) != parts(catalogue(lang).get(key, text))}
    of_plugins = {key for key, term in declared().items() if parts(term.en) != parts(term.in_(lang))}

    assert other - OTHER_PARTS == set()
    assert of_plugins == set()


def test_english_is_english_and_chinese_is_chinese():
    said_as_it_is = {".".join(key) for key, text in catalogue("zh").items() if not CHINESE.search(text)}

    assert {".".join(k) for k, t in catalogue("en").items() if CHINESE.search(t)} <= {"language.name", "app.language"}
    assert {
        key for key in said_as_it_is if re.search(r"[a-z]{4}", re.sub(r"{[^}]*}", "", text_of(key)))
    } <= ENGLISH_IN_CHINESE
    assert [term for term in declared().values() if CHINESE.search(term.en) or not CHINESE.search(term.zh)] == []


def test_two_plugins_may_say_the_same_word_but_not_under_one_key_another():
    declared()  # so that those who own the word have said it first
    declare({("value", "open"): Term("open", "通行")})

    with pytest.raises(
        DeclaredTwiceError,
        match=r"value\.open is 'ajar / 虚掩' here and 'open / 通行' in broken_roads \(drillsim\.hazards\.broken_roads\)",
    ):
        declare({("value", "ajar"): Term("ajar", "虚掩"), ("value", "open"): Term("ajar", "虚掩")})
    assert not has("value", "ajar")


def test_every_key_in_the_source_is_in_the_catalogue():
    keys = {(str(path), key) for path, call in calls("say") if "." in (key := constant(call, 0))}
    asked = [call for name in ("word", "has", "vocabulary") for _, call in calls(name)]

    assert {(path, key) for path, key in keys if not has(*key.split(".", 1))} == set()
    assert {context for call in asked if (context := constant(call, 0))} <= {
        context for context, _ in catalogues.every_key()
    }
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
    assert "泄漏孔径" in advice(
        "out_of_range", "zh", quantity="hole", value=5.0, unit="mm", low=1.0, high=2.0, source="here"
    )


def test_a_language_that_nobody_speaks_falls_back_to_english():
    assert say("span.minutes", "tlh", minutes=5) == "5 min"
    assert word("metric", "closure_s", "tlh") == "Closure"
    assert spoken("tlh_XX") == "en"


HEAD = 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def xx(tmp_path, monkeypatch):
    """Return what writes one more catalogue, xx.po, beside those of drillsim."""
    for file in FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)

    def write(entries):
        (tmp_path / "xx.po").write_text(HEAD + entries, encoding="utf-8")
        catalogue.cache_clear()
        languages.cache_clear()

    yield write
    catalogue.cache_clear()
    languages.cache_clear()


def test_a_catalogue_that_is_just_begun_does_not_even_need_a_name(xx):
    xx('msgctxt "span"\nmsgid "minutes"\nmsgstr "{minutes} xx"\n')

    assert languages()["xx"] == "xx"
    assert say("span.minutes", "xx", minutes=5) == "5 xx"


def test_a_translation_that_is_marked_as_unsure_is_not_used(xx):
    xx('#, fuzzy\nmsgctxt "span"\nmsgid "minutes"\nmsgstr "{minutes} xx"\n')

    assert say("span.minutes", "xx", minutes=5) == "5 min"


def test_one_more_language_is_one_file(tmp_path, monkeypatch):
    for file in FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "xx.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: xx\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "language"\nmsgid "name"\nmsgstr "Xish"\n\n'
        'msgctxt "span"\nmsgid "minutes"\nmsgstr "{minutes} xx"\n\n'
        'msgctxt "term"\nmsgid "Danger zones"\nmsgstr "Xones"\n\n'
        'msgctxt "kind"\nmsgid "snowfall"\nmsgstr "Xnow"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogue.cache_clear()
    languages.cache_clear()
    try:
        assert dict(languages()) == {"en": "English", "xx": "Xish", "zh": "中文"}
        assert say("span.minutes", "xx", minutes=5) == "5 xx"
        assert Term("Danger zones", "危险区").in_("xx") == "Xones"
        assert word("kind", "snowfall", "xx") == "Xnow"
        assert word("kind", "nearest", "xx") == "Nearest unit"
        assert ("kind", "snowfall") not in untranslated("xx")
        assert ("kind", "nearest") in untranslated("xx")
        assert say("span.seconds", "xx", seconds=5) == "5 s"
    finally:
        catalogue.cache_clear()
        languages.cache_clear()


@pytest.mark.parametrize("lacking", [None, ("span", "minutes"), "term"])
def test_a_third_language_is_complete_with_every_key_and_a_term_for_each_word_of_plugins(
    tmp_path, monkeypatch, lacking
):
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.pofile import write_po  # noqa: PLC0415

    made = Catalog(locale="fr")
    texts = {key: f"~{text}" for key, text in catalogue("en").items() if key != lacking}
    terms = {term.en: f"~{term.en}" for term in declared().values()} if lacking != "term" else {}
    for (context, name), text in texts.items():
        made.add(name, text, context=context)
    for english, text in terms.items():
        made.add(english, text, context="term")
    for file in FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "fr.po").open("wb") as file:
        write_po(file, made)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogue.cache_clear()
    try:
        if lacking is None:
            assert_complete("fr")
            assert say("span.minutes", "fr", minutes=5) == "~5 min"
            assert word("kind", "snowfall", "fr").startswith("~")
        else:
            with pytest.raises(AssertionError):
                assert_complete("fr")
    finally:
        catalogue.cache_clear()
