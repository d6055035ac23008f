"""drillsim simulates emergency drills and plans the response."""

from drillsim.version import __version__

__all__ = ["__version__"]
