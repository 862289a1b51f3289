"""Adapters that hand out: files."""
