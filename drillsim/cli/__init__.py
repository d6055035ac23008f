"""The command line: a thin layer that reads files, calls one function, prints what it returned."""

from drillsim.cli.application import main

__all__ = ["main"]
