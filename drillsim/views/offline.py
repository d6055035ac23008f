"""Maps that need no network: Leaflet stands in the page itself, and nothing else is loaded."""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import folium
from branca.element import Element
from folium.map import FitBounds
from jinja2 import Template

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
LEAST_PX: Final = 150
"""Width and height from which on a map is fitted: more than the space that it keeps free at its edges. [px]"""
MOST_ZOOM: Final = 16
"""Zoom at which one sees single buildings."""
_LINK: Final = re.compile(r"""https?://[^\s"'<>)\\]+""")
_LOADS: Final = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=|(?<![A-Za-z])url\(\s*['"]?(?!data:)\w"""
)


class _FitWhenShown(FitBounds):  # type: ignore[misc]  # folium has no types
    """Fit a map to its bounds as soon as it has a size: a frame has none while it is laid out."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            (function () {
                var map = {{ this._parent.get_name() }};
                function fit() {
                    map.invalidateSize(false);
                    var size = map.getSize();
                    if (size.x < LEAST || size.y < LEAST) { return false; }
                    map.fitBounds({{ this.bounds|tojson }}, {{ this.options|tojson }});
                    return true;
                }
                function again() { if (fit()) { window.removeEventListener("resize", again); } }
                if (!fit()) { window.addEventListener("resize", again); }
            })();
        {% endmacro %}
        """.replace("LEAST", str(LEAST_PX))
    )


class OfflineMap(folium.Map):  # type: ignore[misc]  # folium has no types
    """A folium map without background tiles whose page holds everything it needs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, prefer_canvas=True, control_scale=False, **options)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []

    def fit_bounds(self, bounds: Any, **options: Any) -> None:
        """Fit it to two corners or more points, as folium does, once it is shown; a single point at a fixed zoom."""
        self.add_child(_FitWhenShown(bounds, **{"max_zoom": MOST_ZOOM} | options))

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
