"""Which keys go with which kind of decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.model.decision import DecisionKind

KEYS = (
    *("decision", "story", "stories", "articles", "place", "title", "excerpt"),
    *("add", "remove", "by", "at", "why", "expires"),
)
"""All that a file may have, in the order in which they are told."""
LISTS = ("stories", "articles", "add", "remove")
"""Those under which several things may stand."""
_EVERY = ("decision", "story", "by", "at", "why", "expires")
"""Keys that go with every kind."""
NEEDED = ("decision", "by", "at", "why")
"""What no kind goes without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a kind says besides the keys that go with every one."""

    needs: tuple[str, ...] = ("story",)
    one_of: tuple[tuple[str, ...], ...] = ()
    """Of each group one must be there."""
    may: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Every key that goes with it."""
        groups = (key for group in self.one_of for key in group)
        return frozenset((*_EVERY, *self.needs, *groups, *self.may))


_BARE = Form()
_FORMS: Mapping[DecisionKind, Form] = {
    DecisionKind.MERGE: Form(needs=("story", "stories")),
    DecisionKind.SPLIT: Form(needs=("story", "articles")),
    DecisionKind.MOVE: Form(needs=("story", "articles")),
    DecisionKind.LEAD: Form(needs=("story", "articles")),
    DecisionKind.PIN: Form(may=("place",)),
    DecisionKind.EDIT: Form(one_of=(("title", "excerpt"),)),
    DecisionKind.TOPIC: Form(
        needs=(), one_of=(("story", "articles"), ("add", "remove"))
    ),
}


def form_of(kind: DecisionKind) -> Form:
    """The keys that go with a kind."""
    return _FORMS.get(kind, _BARE)
