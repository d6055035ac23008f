"""Earthquakes: shaking, damage, people under rubble, broken roads: formulas without events."""
