"""Pure renderers: records and editions to paths and bytes."""
