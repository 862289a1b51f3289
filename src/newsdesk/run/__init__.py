"""How work is spread and how its progress is told."""
