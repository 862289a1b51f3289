"""What can go wrong, as one tree. An error's docstring is its message.

NewsdeskError
├── ConfigError          site.toml, topics or sources cannot be used
├── RecordError          a content file cannot be read as a record
├── StoreError           the store cannot be opened or is of another version
├── DeliveryError        a file cannot be written, a mail not handed over
│   └── NotHandedError   and it is certain that nothing of it went out
└── BusyError            another run holds this site
"""

from __future__ import annotations


class NewsdeskError(Exception):
    """Something failed that a person can mend; the message says what, on what, and how."""


class ConfigError(NewsdeskError):
    """The site's configuration cannot be used."""


class RecordError(NewsdeskError):
    """A content file cannot be read as a record."""

    def __init__(self, reason: str, *, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        """1-based line in the file where reading stopped."""


class StoreError(NewsdeskError):
    """The store cannot be opened."""


class DeliveryError(NewsdeskError):
    """A file cannot be written."""


class NotHandedError(DeliveryError):
    """A mail server took nothing, so that it may be tried again."""


class BusyError(NewsdeskError):
    """Another run of this site is under way."""
