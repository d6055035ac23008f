"""``drillsim app``: the app in the browser, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import drillsim
from drillsim.cli.console import print_text
from drillsim.cli.inputs import UsageError
from drillsim.language import say

HOST: Final = "127.0.0.1"
STOP_S: Final = 5.0
"""Longest time that the server gets to end by itself. [s]"""
LOOK_EVERY_S: Final = 0.2
"""Interval of looking whether the server answers, or has ended. [s]"""


def main(lang: str, *, port: int, browser: bool, hosts: Sequence[str] = (), asked: str | None = None) -> None:
    """Start the app and serve it until Ctrl-C, in the browser's language unless one was *asked* for."""
    script = Path(drillsim.__file__).parent / "app" / "serve.py"
    if not script.is_file():
        raise UsageError(say("cli.app_missing", lang))
    if _answers(port):
        raise UsageError(say("cli.port_taken", lang, port=port))
    if bad := [name for name in hosts if not _is_host_name(name)]:
        raise UsageError(say("cli.bad_host", lang, name=bad[0]))
    print_text(say("cli.app_at", lang, port=port))
    env = {**os.environ, **({"DRILLSIM_LANG": asked} if asked else {})}
    if hosts:
        env["DRILLSIM_HOSTS"] = ",".join(hosts)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the server stops with this process
    _serve(app_command(script, port=port), env, port=port, browser=browser)


def app_command(script: Path, *, port: int) -> list[str]:
    """Return the command that serves the app on localhost, without telemetry."""
    return [
        sys.executable, "-m", "streamlit", "run", str(script),
        "--server.address", HOST,
        "--server.port", str(port),
        "--server.headless", "true",
        "--browser.gatherUsageStats", "false",
        "--logger.hideWelcomeMessage", "true",  # this also removes an offer to install packages from the page
        "--client.toolbarMode", "minimal",
        "--client.showErrorDetails", "none",
        "--server.maxUploadSize", "2",
    ]  # fmt: skip


def _serve(command: Sequence[str], env: Mapping[str, str], *, port: int, browser: bool) -> None:
    """Run the server until it ends or this process is told to; open the browser as soon as it answers."""
    server = _started(command, env)
    try:
        while server.poll() is None:
            if browser and _answers(port):
                webbrowser.open(f"http://{HOST}:{port}")
                browser = False
            time.sleep(LOOK_EVERY_S)
    finally:
        if server.poll() is None:
            server.terminate()
            try:
                server.wait(STOP_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    if server.returncode:
        raise SystemExit(server.returncode)


def _started(command: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server deaf to Ctrl-C, which reaches every process of a terminal: this one ends it in good order."""
    if sys.platform == "win32":
        group = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(command, env=env, creationflags=group)  # noqa: S603  # our own command
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(command, env=env)  # noqa: S603  # our own command
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answers(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        return probe.connect_ex((HOST, port)) == 0


def _is_host_name(name: str) -> bool:
    return bool(name) and all(part and part.replace("-", "").isalnum() for part in name.split("."))
