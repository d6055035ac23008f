"""Fuzzing: damaged and absurd input, random worlds, killed commands; bounded and seeded, so that every finding can be met again.

``python -m tests.fuzz --help`` says what there is. A small share of each runs with the tests.
"""
