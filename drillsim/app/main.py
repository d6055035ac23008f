"""Entry of the browser app."""

from __future__ import annotations

import streamlit as st

from drillsim.app import compare_page, plan_page, run_page
from drillsim.app.failures import failures_told
from drillsim.app.state import begin

STYLE = (
    ".block-container{padding:3.2rem 2rem 2rem} [data-testid=stSidebarHeader]{height:1.5rem;margin:0}"
    # what is long goes on in a second line instead of being cut off
    "[data-testid=stMetricLabel] *,[data-testid=stMetricValue] *"
    "{white-space:normal;text-overflow:clip;overflow:visible}"
    "[data-testid=stMetricValue]{font-size:1.75rem;line-height:1.3}"
)

# Streamlit says in English how to choose a file; this says it in the language of the session.
UPLOAD = (
    "[data-testid=stFileUploaderDropzone] button p{{font-size:0}}"
    '[data-testid=stFileUploaderDropzone] button p::after{{content:"{}";font-size:.875rem}}'
    "[data-testid=stFileUploaderDropzoneInstructions] *{{font-size:0}}"
    '[data-testid=stFileUploaderDropzoneInstructions]::after{{content:"{}";font-size:.8rem;opacity:.6}}'
)


def main() -> None:
    """Draw the requested page."""
    st.set_page_config(page_title="drillsim", layout="wide", initial_sidebar_state="expanded")
    st.html(f"<style>{STYLE}</style>")
    session = begin()
    st.html(f"<style>{UPLOAD.format(session.say('choose_file'), session.say('file_limit'))}</style>")
    pages = [
        st.Page(lambda: run_page.show(session), title=session.say("page_run"), url_path="run", default=True),
        st.Page(lambda: plan_page.show(session), title=session.say("page_plan"), url_path="plan"),
        st.Page(lambda: compare_page.show(session), title=session.say("page_compare"), url_path="compare"),
    ]
    page = st.navigation(pages, position="top")
    with failures_told(session.lang):
        page.run()
