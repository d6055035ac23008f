"""Speeds: how fast heavy vehicles drive, how columns march, how both are calibrated."""
