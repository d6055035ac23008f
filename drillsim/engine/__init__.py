"""The discrete-event engine: from a scenario and a plan to a trace. The only package that knows SimPy."""

from drillsim.engine.simulation import prepare, simulate

__all__ = ["prepare", "simulate"]
