"""What people write, scenario and plan, and how it is read and written."""
