"""Scenarios and plans: their models, and reading and writing of their files."""
