"""Ctrl-C at any moment ends a command with one line and 130: no traceback, no half file, no process left."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

START = "import sys, drillsim.cli; print('ready', flush=True); drillsim.cli.main(sys.argv[1:])"
COMMANDS = {
    "check": ["check", "xining-winter-night"],
    "run": ["run", "gaoyuan-lijian-2021", "--map", "map.html", "--trace", "trace.jsonl"],
    "compare": ["compare", "xining-winter-night", "--replications", "200", "--jobs", "2"],
    "app": ["app", "--no-browser", "--port"],
}
WHOLE = {"map.html": b"</html>", "trace.jsonl": b"}"}
"""How each file that a command writes ends."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no process group to interrupt")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def interrupted(command, after_s, folder):
    """Return exit code and stderr of a command whose whole group got SIGINT, as a terminal sends it."""
    words = [sys.executable, "-c", START, "--lang", "en", *command, *([free_port()] if command[-1] == "--port" else [])]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=folder, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            time.sleep(after_s)
            os.killpg(process.pid, signal.SIGINT)
            stderr = process.communicate(timeout=30)[1]
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    for _ in range(50):
        if not lives(process.pid):
            break
        time.sleep(0.1)
    assert not lives(process.pid), "a process was left"
    return process.returncode, stderr


@pytest.mark.parametrize("after_s", [0.0, 0.3, 1.2, 3.0])
@pytest.mark.parametrize("name", COMMANDS)
def test_one_line_and_130_at_any_moment(name, after_s, tmp_path):
    code, stderr = interrupted(COMMANDS[name], after_s, tmp_path)

    assert "Traceback" not in stderr
    assert code in ({0, 130} if name in {"check", "run"} else {130})  # a short one may be done before
    lines = [line for line in stderr.splitlines() if "nterrupted" in line]
    assert len(lines) == (1 if code == 130 else 0)
    for path in tmp_path.iterdir():
        assert path.read_bytes().rstrip().endswith(WHOLE[path.name])


def test_the_app_ends_with_its_command_however_it_is_told(tmp_path):
    words = [sys.executable, "-m", "drillsim", "app", "--no-browser", "--port", free_port()]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        time.sleep(4)
        process.terminate()  # that process alone
        process.wait(20)

    assert process.returncode == 128 + signal.SIGTERM
    assert not lives(process.pid)
