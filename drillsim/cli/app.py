"""``drillsim app``: the app in the browser, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import drillsim
from drillsim.cli.console import print_text
from drillsim.cli.inputs import UsageError
from drillsim.language import say

HOST = "127.0.0.1"


def main(lang: str, *, port: int, browser: bool, asked: str | None = None) -> None:
    """Start the app and serve it until Ctrl-C, in the browser's language unless one was *asked* for."""
    script = Path(drillsim.__file__).parent / "app" / "start.py"
    if not script.is_file():
        raise UsageError(say("cli.app_missing", lang))
    if _taken(port):
        raise UsageError(say("cli.port_taken", lang, port=port))
    print_text(say("cli.app_at", lang, port=port))
    env = {**os.environ, **({"DRILLSIM_LANG": asked} if asked else {})}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the server stops with this process
    subprocess.run(app_command(script, port=port, browser=browser), check=False, env=env)  # noqa: S603  # our own command


def app_command(script: Path, *, port: int, browser: bool) -> list[str]:
    """Return the command that serves the app on localhost, without telemetry."""
    return [
        sys.executable, "-m", "streamlit", "run", str(script),
        "--server.address", HOST,
        "--server.port", str(port),
        "--server.headless", "false" if browser else "true",
        "--browser.gatherUsageStats", "false",
        "--logger.hideWelcomeMessage", "true",  # this also removes an offer to install packages from the page
        "--client.toolbarMode", "minimal",
        "--client.showErrorDetails", "none",
        "--server.maxUploadSize", "2",
    ]  # fmt: skip


def _taken(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        return probe.connect_ex((HOST, port)) == 0
