"""Maps that need no network: Leaflet stands in the page itself, and nothing else is loaded."""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import folium
from branca.element import Element

ALLOWED: Final = ("http://www.w3.org/", "https://leafletjs.com")
"""Names of standards, and the link in the attribution; none of them is loaded."""
PAPER: Final = (
    "body{margin:0} .leaflet-container{background:#f6f7f9}"
    " .leaflet-control-layers-expanded{font-size:12px;line-height:1.35}"
    " .leaflet-control-layers input{margin:1px 4px 0 0}"
)
"""What a map is drawn on."""
SIGNS: Final = ("\\", "`", "$", "{", "}", ":", "/", "(")
"""What has a meaning in a script, a style or a web address."""
_LINK: Final = re.compile(r"""https?://[^\s"'<>)\\]+""")
_LOADS: Final = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=|(?<![A-Za-z])url\(\s*['"]?(?!data:)\w"""
)


class OfflineMap(folium.Map):  # type: ignore[misc]  # folium has no types
    """A folium map without background tiles whose page holds everything it needs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, prefer_canvas=True, control_scale=False, **options)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []

    def render(self, **options: Any) -> None:
        """Put Leaflet into the head of the page, then render as folium does."""
        figure = self.get_root()
        figure.header.add_child(Element(f"<style>{_vendored('leaflet.css')}{PAPER}</style>"), name="leaflet_css")
        figure.header.add_child(Element(f"<script>{_vendored('leaflet.js')}</script>"), name="leaflet_js")
        scale = f'window.addEventListener("load", () => L.control.scale({{imperial: false}}).addTo({self.get_name()}));'
        figure.script.add_child(Element(scale), name="scale")
        super().render(**options)


@cache
def _vendored(name: str) -> str:
    """Return a vendored file; Leaflet 1.9.4, BSD-2-Clause."""
    text = (files("drillsim.views") / "vendor" / name).read_text(encoding="utf-8")
    return f"{{% raw %}}{text}{{% endraw %}}"  # the page is a template


def page(drawn: folium.Map) -> str:
    """Return the whole page of a map as one text.

    Raises
    ------
    ValueError
        If the page would load anything from elsewhere.
    """
    text = str(drawn.get_root().render())
    outside = [link for link in outside_links(text) if not link.startswith(ALLOWED)]
    if outside or _LOADS.search(text):
        raise ValueError(f"the map would load from elsewhere: {outside[:3] or _LOADS.findall(text)[:3]}")
    return text


def outside_links(text: str) -> list[str]:
    """Return every web address in a page."""
    return _LINK.findall(text)


def safe(text: str) -> str:
    """Return *text* escaped for HTML and for a template literal in a script.

    A web address in it is text, and so is ``url(``: neither looks like what a page loads, for which :func:`page` looks.

    Examples
    --------
    >>> safe("<b>`${x}`")
    '&lt;b&gt;&#96;&#36;&#123;x&#125;&#96;'
    >>> safe("http://a url(b)")
    'http&#58;&#47;&#47;a url&#40;b)'
    """
    escaped = html.escape(text)
    for sign in SIGNS:
        escaped = escaped.replace(sign, f"&#{ord(sign)};")
    return escaped
