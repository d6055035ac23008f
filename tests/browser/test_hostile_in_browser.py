"""The console of a real browser stays clean, with a hostile scenario as well, of which nothing is fetched."""

import pytest

from tests.app.test_hostile_texts import hostile_town
from tests.browser.test_app_offline import CHROMIUM, address, browser, open_page  # noqa: F401  # fixtures

OF_STREAMLIT = ("Unrecognized feature: ", "An iframe which has both allow-scripts and allow-same-origin")
"""What Chromium says of the attributes that Streamlit gives every frame; a page of Streamlit cannot choose them."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def listened(page):
    """Return what the console says from now on that is not of Streamlit."""
    said = []

    def note(text):
        if not text.startswith(OF_STREAMLIT):
            said.append(text)

    page.on("console", lambda message: note(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: note(str(error)))
    return said


@pytest.mark.parametrize(("locale", "run"), [("en-GB", "Run the exercise"), ("zh-CN", "开始推演")])
def test_the_console_stays_clean_on_every_page(open_page, locale, run):  # noqa: F811
    page = open_page(locale=locale)
    said = listened(page)
    page.get_by_role("button", name=run).click()
    page.frame_locator("iframe").locator(".leaflet-overlay-pane").first.wait_for(state="attached")
    for name in ("plan", "compare"):
        page.locator(f"a[href$='/{name}']").first.click()
        page.wait_for_url(f"**/{name}*")
        page.wait_for_timeout(2000)

    assert said == []


def test_hostile_texts_are_shown_and_nothing_is_fetched(open_page):  # noqa: F811
    page = open_page()
    said = listened(page)
    page.get_by_role("button", name="Run the exercise").wait_for()
    upload = {"name": "town.yaml", "mimeType": "text/yaml", "buffer": hostile_town().encode()}
    page.locator("input[type=file]").set_input_files(upload)
    page.get_by_text("evil.example/a.png").first.wait_for()
    page.get_by_role("button", name="Run the exercise").click()
    page.frame_locator("iframe").locator(".leaflet-overlay-pane").first.wait_for(state="attached")
    page.wait_for_timeout(2000)

    assert page.locator("img[src*=evil], a[href*=evil] img").count() == 0
    assert said == []
