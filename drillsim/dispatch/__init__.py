"""Dispatch policies: the rule that says which free unit answers, one file each."""

from drillsim.dispatch.base import Call, Candidate, Candidates, DispatchPolicy, Need, closest

__all__ = ["Call", "Candidate", "Candidates", "DispatchPolicy", "Need", "closest"]
