"""The store: SQLite today, through SQLAlchemy Core and Alembic migrations."""
