"""YAML from untrusted sources: read within limits, every problem with its line and column."""
