"""The version of drillsim."""

__version__ = "0.1.0"
