"""Blast: explosions and the effects of their overpressure."""
