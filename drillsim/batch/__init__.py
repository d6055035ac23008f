"""Batches: plans times replications, in this process or in several."""

from drillsim.batch.local import run_batch
from drillsim.batch.work import BatchError, LostProcessError

__all__ = ["BatchError", "LostProcessError", "run_batch"]
