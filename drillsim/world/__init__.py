"""The world as hazards and scenario kinds see it: ground, weather, chance, tasks; never the plan."""
