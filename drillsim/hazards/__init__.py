"""Hazards: sources of harm as functions of place and time, one file per phenomenon."""

from drillsim.hazards.base import Hazard, Intervention

__all__ = ["Hazard", "Intervention"]
