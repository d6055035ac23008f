"""What people read: one catalogue per language, and how values are shown."""
