"""Mails that came back -> whom they were for, and whether for good (RFC 3464)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceReport:
    """What a mail server says of one recipient."""

    address: str
    is_for_good: bool
    """The mailbox is not there, or takes no mail of ours; False: it did not now."""


def reports(data: bytes) -> tuple[BounceReport, ...]:
    """What a delivery report says of each recipient who did not get the mail; none: it
    is no delivery report. Bad input gives none."""
    try:
        message = message_from_bytes(data[:MOST_BYTES], policy=policy.compat32)
        return tuple(_of(message))
    except (ValueError, LookupError):
        return ()


def _of(message: Message) -> Iterator[BounceReport]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if not isinstance(block, Message):
                continue
            action = str(block.get("Action", "")).strip().lower()
            recipient = block.get("Final-Recipient") or block.get("Original-Recipient")
            if action != "failed" or not recipient:
                continue
            status = str(block.get("Status", "")).strip()
            yield BounceReport(
                address=str(recipient).rpartition(";")[2].strip().strip("<>"),
                is_for_good=status.startswith("5"),
            )
