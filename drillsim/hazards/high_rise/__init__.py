"""Fires in buildings: growth, smoke, people on stairs, water, air, climbing: formulas, and the parts of a tower."""
