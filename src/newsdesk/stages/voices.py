"""What providers have shown lately -> how much the voice of each weighs.

The record is evidence, not a label: of its articles, how many had another's text, how
many were gone when they were asked for again, and whether any says what it put right. Few
articles show nothing, and then a voice weighs what a voice weighs.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.model.summary import ProviderRecord
from newsdesk.stages import heat

ENOUGH = 20
"""Articles from which a record says something."""
COPYING = 0.4
"""What a provider loses that has nothing but others' text."""
VANISHING, ALL_VANISHED = 0.2, 0.1
"""What one loses that does not keep what it published: in full from this share on."""
CORRECTING = 0.05
"""What one wins back that says what it put right: who corrects is held to account."""
STEP = 0.05
"""Weights go in steps, so that a single article more changes few."""


def weights(records: Iterable[ProviderRecord]) -> dict[str, float]:
    """How much the voice of each provider weighs, 0.5–1, by domain; those whose record
    says too little are left out."""
    return {
        record.domain: weight(record)
        for record in sorted(records, key=lambda one: one.domain)
        if record.articles >= ENOUGH
    }


def weight(record: ProviderRecord) -> float:
    """How much a voice weighs by a record that says enough, 0.5–1."""
    copied = record.copies / record.articles
    gone = min(1.0, record.gone / record.articles / ALL_VANISHED)
    corrects = CORRECTING if record.corrected else 0.0
    exact = min(1.0, 1.0 - COPYING * copied - VANISHING * gone + corrects)
    return max(heat.LEAST_VOICE, round(round(exact / STEP) * STEP, 2))
