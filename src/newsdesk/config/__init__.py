"""The site folder: its configuration, its sources, and what is adopted into it."""
