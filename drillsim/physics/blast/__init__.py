"""Blast: explosions and what their pressure does."""
