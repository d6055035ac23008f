"""Session state: language and scenario. The only module that writes them."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from drillsim.app.failures import TOLD, tell
from drillsim.app.markdown import plain
from drillsim.app.saved_plans import with_saved_plans
from drillsim.base.errors import ScenarioError
from drillsim.language import languages, say, spoken
from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.files import load_scenario, read_scenario
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.reader import decoded

FIRST = "gaoyuan-lijian-2021"
"""Scenario shown at first."""


@dataclass(frozen=True)
class Session:
    """Language and scenario of a session, as every page receives them."""

    lang: str
    scenario: Scenario | None

    def say(self, key: str, **values: object) -> str:
        """Return a text in the language of the session."""
        return say(f"app.{key}", self.lang, **values)


def begin() -> Session:
    """Draw the side bar and return the session."""
    lang = _language()
    try:
        with st.sidebar:
            found = _choose_scenario(lang)
    except TOLD as error:  # told outside the side bar, where there is room
        tell(error, lang)
        return Session(lang, None)
    if not found.plans:
        st.info(say("app.no_plans", lang))
        return Session(lang, None)
    return Session(lang, found)


def offer(key: str, first: object, options: Collection[object] | None = None, *, lang: str = "") -> str:
    """Initialise a field with *first*, and keep its value while other pages are shown.

    Streamlit forgets a field that is not drawn, or whose options were renamed. The field is reset when its value is no
    longer an option.

    Parameters
    ----------
    lang
        The language in which its options have names, if they have any: there is a field of its own in each.

    Returns
    -------
    str
        The key of the field to draw.
    """
    kept = st.session_state.setdefault("kept_fields", {})
    field = f"{key}_{lang}" if lang else key
    if field not in st.session_state:
        st.session_state[field] = kept.get(key, first)
    if options is not None and st.session_state[field] not in options:
        st.session_state[field] = first
    kept[key] = st.session_state[field]
    return field


def _language() -> str:
    """Return the language: chosen in the side bar; at first that of the command line, else of the browser."""
    first = os.environ.get("DRILLSIM_LANG") or spoken(st.context.locale or "")
    names = languages()
    with st.sidebar:
        chosen = st.segmented_control(
            "Language / 语言",
            list(names),
            default=first if first in names else "en",
            format_func=names.__getitem__,
            key="lang",
        )
    return str(chosen or first)


def _choose_scenario(lang: str) -> Scenario:
    paths = list(shipped_scenarios())
    titles = {path: _title(path, lang) for path in paths}
    first = next((path for path in paths if path.stem == FIRST), paths[0])
    field = offer("scenario_path", first, paths, lang=lang)
    path = st.selectbox(say("app.scenario", lang), paths, format_func=lambda p: titles[p], key=field)
    upload = st.file_uploader(
        say("app.upload", lang), type=["yaml", "yml"], help=say("app.upload_note", lang), key="scenario_upload"
    )
    if upload is not None:
        content = decoded(upload.getvalue(), upload.name)
        scenario = read_scenario(content, folder=paths[0].parent, name=upload.name, only_in_folder=True)
    else:
        scenario = _shipped(path)
    scenario, broken = with_saved_plans(scenario)
    for file in broken:
        st.warning(say("app.broken_plan", lang, file=plain(file)))
    return scenario


def _as_it_stands(path: Path) -> tuple[str, float]:
    return str(path), path.stat().st_mtime


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs={type(Path()): _as_it_stands})
def _shipped(path: Path) -> Scenario:
    """Return a shipped scenario, from memory unless its file has changed."""
    return load_scenario(path)


def _title(path: Path, lang: str) -> str:
    try:
        return _shipped(path).title.in_(lang)
    except (ScenarioError, OSError):
        return path.stem
