"""Newsdesk: a self-hosted engine for topical news sites."""

__version__ = "0.1.0"
