"""Batches: plans times replications, in this process or in several."""

from drillsim.study.local import run_batch
from drillsim.study.work import BatchError, LostProcessError

__all__ = ["BatchError", "LostProcessError", "run_batch"]
