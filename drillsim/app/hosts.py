"""Who may speak to the app: pages of this machine, and those of the host names that were allowed."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.middleware import Middleware

OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine for itself."""
VARIABLE: Final = "DRILLSIM_HOSTS"
"""Environment variable with further names, separated by commas: those of a reverse proxy."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def known_hosts() -> Middleware:
    """Return the middleware that refuses foreign hosts and origins, but for the names in the environment."""
    names = os.environ.get(VARIABLE, "").split(",")
    return Middleware(KnownHosts, allowed=[name.strip() for name in names if name.strip()])


class KnownHosts:
    """ASGI middleware that answers 403 where the Host or the Origin of a request is foreign.

    Any page on the internet may have its own name point to 127.0.0.1 (DNS rebinding) and then read what the app says;
    its Host gives it away. Streamlit checks that of web sockets only, and to judge an Origin it asks a server on the
    internet for the address of this machine; here every request is judged, and nobody is asked.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], allowed: Iterable[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(name.lower() for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif not self.is_known(_header(scope, b"host"), _header(scope, b"origin")):
            await _refuse(scope, send)
        else:
            await self.app(_as_same_origin(scope), receive, send)

    def is_known(self, host: str | None, origin: str | None) -> bool:
        """Return whether a request with these headers comes from a page of this machine or of an allowed name.

        Examples
        --------
        >>> known = KnownHosts(None, allowed=["drills.example"]).is_known
        >>> known("localhost:8501", "http://localhost:8501"), known("drills.example", "https://drills.example")
        (True, True)
        >>> known("evil.example:8501", "http://evil.example:8501"), known("localhost:8501", "http://evil.example")
        (False, False)
        """
        if host is None or _name(f"//{host}") not in OWN | self.allowed:
            return False
        if origin is None:  # not a page of another site: browsers name the origin of those
            return True
        return urlsplit(origin).netloc == host or _name(origin) in self.allowed


def _name(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # refuses what is no number
    except ValueError:
        return None
    return parts.hostname if not parts.username and not parts.path.strip("/") else None


def _header(scope: Scope, name: bytes) -> str | None:
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return values[0] if len(values) == 1 else ("" if values else None)  # two hosts are as good as a foreign one


def _as_same_origin(scope: Scope) -> Scope:
    """Return a web socket that has been judged with the origin that Streamlit expects: it asks outside for others."""
    host = _header(scope, b"host")
    if scope["type"] != "websocket" or host is None:
        return scope
    headers = [
        (key, f"http://{host}".encode("latin-1") if key == b"origin" else value) for key, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the server answers 403
        return
    await send(
        {"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    )
    await send({"type": "http.response.body", "body": b"This app answers only to its own pages. See --allow-host.\n"})
