"""The app answers to pages of this machine and of allowed names, and to nobody else."""

import asyncio

import pytest

from drillsim.app.hosts import KnownHosts, known_hosts

HERE = "127.0.0.1:8501"


def answer(*headers, kind="http"):
    """Return what the app behind the guard is asked, if anything, and what the guard says itself."""
    asked, said = [], []

    async def app(scope, receive, send):
        asked.append(scope)

    async def send(message):
        said.append(message)

    scope = {"type": kind, "headers": [(name, value.encode()) for name, value in headers]}
    asyncio.run(KnownHosts(app, allowed=["drills.example"])(scope, None, send))
    return asked, said


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (HERE, None, 200),
        (HERE, f"http://{HERE}", 200),
        ("localhost:8501", "http://localhost:8501", 200),
        ("[::1]:8501", "http://[::1]:8501", 200),
        ("drills.example", "https://drills.example", 200),
        (HERE, "https://drills.example", 200),  # a proxy that hands on its own Host
        ("DRILLS.example:443", None, 200),
        ("evil.example:8501", "http://evil.example:8501", 403),
        ("evil.example:8501", None, 403),
        (HERE, "http://evil.example", 403),
        (HERE, "http://127.0.0.1:9999", 403),
        (HERE, "null", 403),
        ("127.0.0.1.evil.example", None, 403),
        ("user@127.0.0.1", None, 403),
        ("127.0.0.1:port", None, 403),
        ("", None, 403),
    ],
)
def test_who_is_answered(host, origin, status):
    asked, said = answer((b"host", host), *([(b"origin", origin)] if origin else []))

    assert (len(asked), [m["status"] for m in said if "status" in m]) == ((1, []) if status == 200 else (0, [403]))


def test_a_web_socket_of_a_known_page_is_handed_on_as_one_of_the_same_origin():
    asked, said = answer((b"host", HERE), (b"origin", "https://drills.example"), kind="websocket")

    assert (b"origin", f"http://{HERE}".encode()) in asked[0]["headers"]
    assert said == []


def test_a_web_socket_of_a_foreign_page_is_closed_before_it_is_accepted():
    assert answer((b"host", HERE), (b"origin", "http://evil.example"), kind="websocket") == (
        [],
        [{"type": "websocket.close", "code": 1008}],
    )


def test_two_hosts_are_as_good_as_a_foreign_one_and_so_is_none():
    assert answer((b"host", HERE), (b"host", "localhost"))[1][0]["status"] == 403
    assert answer()[1][0]["status"] == 403


def test_starting_and_stopping_are_handed_on():
    asked, said = answer(kind="lifespan")

    assert ([scope["type"] for scope in asked], said) == (["lifespan"], [])


def test_names_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOSTS", "a.example, b.example,")

    assert known_hosts().kwargs["allowed"] == ["a.example", "b.example"]
