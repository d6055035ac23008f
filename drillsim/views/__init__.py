"""Views: maps, charts and tables as pure functions of traces and comparisons. The only package that knows folium."""

from drillsim.views.map import run_map
from drillsim.views.offline import page

__all__ = ["page", "run_map"]
