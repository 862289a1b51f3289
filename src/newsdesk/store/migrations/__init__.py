"""Alembic's folder: `opening` runs what is due whenever a store is opened."""
