"""Fire: growth, compartments, flames, smoke, people on stairs, water, hose, air, crews."""
