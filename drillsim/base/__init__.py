"""Foundations without a domain: quantities, the base model of inputs, errors, atomic file writes, the version."""
