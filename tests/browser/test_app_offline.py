"""The app in a real browser that may speak to nobody but this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("DRILLSIM_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve the app on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"DRILLSIM_HOME": str(tmp_path_factory.mktemp("home"))}
    env.pop("DRILLSIM_LANG", None)
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    options |= {"browser.gatherUsageStats": "false", "server.fileWatcherType": "none"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *words]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port):
    for _ in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the app did not start")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    """Open pages that stop whatever would leave this machine; at the end nothing must have tried."""
    left: list[str] = []
    contexts = []

    def guard(route):
        url = route.request.url
        if url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            left.append(url)
            route.abort()

    def opened(path="", locale="en-GB"):
        context = browser.new_context(viewport={"width": 1360, "height": 850}, locale=locale)
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.set_default_timeout(25_000)
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert left == [], "requests left the machine"


def run_drill(page, button):
    page.get_by_role("button", name=button).click()
    page.wait_for_selector("iframe")
    return page.frame_locator("iframe")


def test_a_run_draws_its_map_and_nothing_leaves_the_machine(open_page):
    page = open_page()
    drawn = run_drill(page, "Run the exercise")

    drawn.locator(".leaflet-overlay-pane canvas").wait_for()
    box = drawn.locator(".leaflet-overlay-pane canvas").bounding_box()
    assert box["width"] > 300
    assert box["height"] > 200
    drawn.get_by_text("Kanbula").first.wait_for()
    page.get_by_text("not met").first.wait_for()
    page.locator(".stVegaLiteChart").locator("canvas, svg.marks").first.wait_for()


def test_a_browser_that_prefers_chinese_gets_chinese(open_page):
    page = open_page(locale="zh-CN")
    drawn = run_drill(page, "开始推演")

    drawn.get_by_text("坎布拉").first.wait_for()
    page.get_by_text("未达到").first.wait_for()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name="Run the exercise").wait_for()


def test_two_edits_in_a_row_are_both_kept_and_the_plan_can_be_saved_and_compared(open_page):
    page = open_page("plan")
    totals = page.get_by_text("people on duty of")
    before = int(totals.inner_text().split(" units, ")[1].split()[0])
    for row in (0, 1):
        # an entry of two units goes from 6 people to 9; on a busy machine a key may come before the cell listens
        more = page.get_by_text(f"{before + 6 * (row + 1)} people on duty of")
        for _ in range(3):
            edit_crew(page, row, "9")
            page.wait_for_timeout(5000)
            if more.count():
                break
        more.wait_for()
    page.get_by_role("button", name="Save as a plan").click()
    page.get_by_text("It can be run and compared now").wait_for()

    page.get_by_text("Compare", exact=True).first.click()
    page.get_by_role("button", name="Compare").last.click()
    page.get_by_text("interval").first.wait_for()
    page.get_by_text("100 replications").first.wait_for(timeout=120_000)  # two hundred runs


def test_what_was_chosen_on_a_page_outlives_a_visit_to_another(open_page):
    page = open_page()
    page.get_by_role("button", name="Run the exercise").wait_for()
    plan = page.locator("[data-testid=stMain] [data-testid=stSelectbox]").first
    plan.locator("input").click()
    page.get_by_role("option", name="Two staging areas").click()
    page.get_by_label("Seed").fill("7")
    run_drill(page, "Run the exercise")

    page.get_by_text("Compare", exact=True).first.click()
    page.get_by_text("Reference plan").wait_for()
    page.get_by_text("Run", exact=True).first.click()

    page.wait_for_selector("iframe")
    assert plan.get_by_text("Two staging areas").count() or plan.locator("input").input_value() == "Two staging areas"
    assert page.get_by_label("Seed").input_value() == "7"


def edit_crew(page, row, people):
    """Type into the cell «On duty» of one row of the units table, which is drawn on a canvas."""
    table = page.locator("[data-testid=stDataFrame]").first
    table.wait_for()
    page.wait_for_timeout(1000)
    box = table.bounding_box()
    header_px, row_px, on_duty_px = 36, 35, 600
    page.mouse.click(box["x"] + on_duty_px, box["y"] + header_px + row_px * row + row_px / 2)
    page.keyboard.type(people)
    page.wait_for_timeout(500)  # the cell turns into an editor
    page.keyboard.press("Enter")
