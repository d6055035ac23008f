"""Batches: plans times replications, in this process or in several."""

from drillsim.batch.local import run_batch

__all__ = ["run_batch"]
