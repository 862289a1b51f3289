"""What changes from pass to pass of a simulated week: leads, records, stories judged."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newsdesk.model.article import ArticleId
from newsdesk.model.site import Site
from newsdesk.model.story import JudgedStory


class Watched:
    """A store that shows what was judged last."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.judged: tuple[JudgedStory, ...] = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def save_stories(self, *given: Any, **named: Any) -> Any:
        for value in (*given, *named.values()):
            if isinstance(value, tuple | list):
                found = tuple(one for one in value if isinstance(one, JudgedStory))
                self.judged = found or self.judged
        return self._store.save_stories(*given, **named)


@dataclass(slots=True)
class Watch:
    """What changed from pass to pass."""

    leads: dict[str, ArticleId] = field(default_factory=dict)
    lead_changes: Counter[str] = field(default_factory=Counter)
    sizes: dict[str, int] = field(default_factory=dict)
    judged: dict[str, JudgedStory] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    rewrites: Counter[str] = field(default_factory=Counter)
    published_at: dict[str, datetime] = field(default_factory=dict)
    withdrawn: int = 0

    def look(self, judged: Iterable[JudgedStory], site: Site, ports: Any) -> None:
        for one in judged:
            of = one.story.id
            if one.verdict.is_published:  # before that, no reader sees a lead
                if self.leads.get(of, one.lead.id) != one.lead.id:
                    self.lead_changes[of] += 1
                self.leads[of] = one.lead.id
            self.sizes[of] = len(one.story.members)
            self.judged[of] = one
        self._look_at_records(site, ports)

    def _look_at_records(self, site: Site, ports: Any) -> None:
        now = ports.clock()
        for one in ports.store.records():
            if not one.record.published:
                self.withdrawn += one.path in self.published_at
                self.published_at.pop(one.path, None)
                continue
            content = (site.content_folder / one.path).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if one.path in self.published_at:
                self.rewrites[one.path] += self.files[one.path] != digest
            self.published_at.setdefault(one.path, now)
            self.files[one.path] = digest
