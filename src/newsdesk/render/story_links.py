"""How the records of an edition lead to each other: what a story follows, what carries it
on, and where one went that was merged into another.

Only what readers can see is led to. How that looks on a page is for the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsdesk.model.story import Published, Story, StoryId
from newsdesk.render import visibility


class StoryLinks:
    """The links among the records of one edition."""

    def __init__(self, records: Iterable[Published]) -> None:
        told = [one for one in records if one.story is not None]
        self._merged = [one for one in told if not _story(one).is_alive]
        self._by_id = {_story(one).id: one for one in visibility.shown(told)}
        self._into = {_story(one).id: _story(one).merged_into for one in self._merged}
        self._later: dict[StoryId, list[Published]] = {}
        for one in self._by_id.values():
            earlier = self.follows(one)
            if earlier is not None:
                self._later.setdefault(_story(earlier).id, []).append(one)

    def follows(self, published: Published) -> Published | None:
        """The earlier story that this one carries on; None: none, or none to be seen."""
        if published.story is None or published.story.story.follows is None:
            return None
        earlier = self._living(published.story.story.follows)
        return None if earlier is published else earlier

    def continued_in(self, published: Published) -> tuple[Published, ...]:
        """The later stories that carry this one on, the earliest first."""
        if published.story is None:
            return ()
        later = self._later.get(published.story.story.id, ())
        return tuple(sorted(later, key=lambda one: (_story(one).first_at, one.path)))

    def redirects(self) -> Iterator[tuple[Published, Published]]:
        """Records of stories that were merged, each with the one that readers are led
        to; what was merged into something held leads nowhere."""
        for one in self._merged:
            to = self._living(_story(one).id)
            if to is not None:
                yield one, to

    def _living(self, of: StoryId) -> Published | None:
        return self._by_id.get(self._into.get(of) or of)


def _story(published: Published) -> Story:
    assert published.story is not None
    return published.story.story
