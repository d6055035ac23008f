"""Incidents: occurrences that need a response, and the scenario kinds that bring them about, one file each."""

from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Needs, Occurrence, Response
from drillsim.world.task import Task

__all__ = ["CallSettings", "Incident", "IncidentKind", "Needs", "Occurrence", "Response", "Task"]
