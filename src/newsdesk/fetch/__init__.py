"""Adapters that ask the world: HTTP, WARC, politeness."""
