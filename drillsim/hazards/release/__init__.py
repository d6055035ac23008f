"""Chemical accidents: leaks, clouds, blast, burning tanks, people exposed: formulas, and tasks that go with them."""
