"""YAML: read with limits, every fault with its line and column."""
