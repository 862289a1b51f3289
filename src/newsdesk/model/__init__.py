"""The ground: frozen records, errors and ports. Standard library only.

Records are raw or derived, never both: a stage reads one record and returns another.
Instants end in `_at`, are timezone-aware and in UTC.
"""
