"""The stages of the path: pure functions from records to records."""
