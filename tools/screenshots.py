"""Take the pictures of the README from the running app:  python tools/screenshots.py

Needs Chromium (``DRILLSIM_CHROMIUM``, else found on the path) and the test extra.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from drillsim import load_scenario, simulate
from drillsim.views import page as map_page
from drillsim.views import run_map
from drillsim.views.names import names_of
from drillsim.views.panels.danger_zones import DangerZonesPanel

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SIZE = {"width": 1360, "height": 850}


def main() -> None:
    """Take every picture."""
    chromium = os.environ.get("DRILLSIM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        port = _free_port()
        with _server(port, home) as server:
            try:
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                _run_page(browser, port)
                _compare_page(browser, port)
                _map(browser, Path(home))
                _zones(browser, Path(home))
                browser.close()
            finally:
                server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server(port: int, home: str) -> subprocess.Popen[bytes]:
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]
    env = os.environ | {"DRILLSIM_HOME": home}
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.5)
        else:
            break
    return server


def _open(browser: Any, address: str, locale: str) -> Any:
    page = browser.new_context(viewport=SIZE, locale=locale).new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    return page


def _run_page(browser: Any, port: int) -> None:
    page = _open(browser, f"http://127.0.0.1:{port}/", "en-GB")
    page.get_by_role("button", name="Run the exercise").click()
    page.frame_locator("iframe").get_by_text("Kanbula").first.wait_for()
    page.wait_for_timeout(3000)
    page.screenshot(path=IMAGES / "app-run.png")


def _compare_page(browser: Any, port: int) -> None:
    page = _open(browser, f"http://127.0.0.1:{port}/compare", "zh-CN")
    page.get_by_role("button", name="开始比较").click()
    page.get_by_text("差值与置信区间").wait_for()
    page.wait_for_timeout(4000)
    page.screenshot(path=IMAGES / "app-compare-zh.png")


def _map(browser: Any, folder: Path) -> None:
    scenario = load_scenario(ROOT / "scenarios" / "gaoyuan-lijian-2021.yaml")
    plan = scenario.plan("as-ordered")
    trace = simulate(scenario, plan, seed=1)
    path = folder / "map.html"
    path.write_text(
        map_page(run_map(trace, scenario.roads, names=names_of(scenario, plan, trace), lang="zh")), encoding="utf-8"
    )
    page = _open(browser, path.as_uri(), "zh-CN")
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / "map-zh.png")


def _zones(browser: Any, folder: Path) -> None:
    """Draw the danger zones of a chlorine leak over the streets."""
    scenario = load_scenario(ROOT / "scenarios" / "chlorine-park.yaml")
    trace = simulate(scenario, scenario.plan("as-today"), seed=1)
    path = folder / "zones.html"
    path.write_text(str(DangerZonesPanel().draw(trace, scenario, "en")), encoding="utf-8")
    page = _open(browser, path.as_uri(), "en-GB")
    page.set_viewport_size({"width": 1360, "height": 440})
    page.reload()
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / "danger-zones.png")


if __name__ == "__main__":
    main()
