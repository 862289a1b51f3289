"""How far a story has come, and when it is fixed."""

from __future__ import annotations

import pytest

from makers import NOW, hours
from newsdesk.model.site import Window
from newsdesk.model.story import Lifecycle, Story, StoryId
from newsdesk.stages import lifecycle

WINDOW = Window(story_hours=96, new_source_days=7)


def story(began: float, changed: float, name: str = "s1") -> Story:
    return Story(
        id=StoryId(name),
        members=("1",),
        first_at=NOW - hours(began),
        changed_at=NOW - hours(changed),
    )


@pytest.mark.parametrize(
    ("began", "changed", "origins", "expected"),
    [
        (1, 0, 3, Lifecycle.BREAKING),
        (1, 0, 2, Lifecycle.DEVELOPING),
        (7, 0, 9, Lifecycle.DEVELOPING),
        (200, 96, 9, Lifecycle.DEVELOPING),
        (200, 97, 9, Lifecycle.SETTLED),
        (200, 168, 9, Lifecycle.SETTLED),
        (200, 169, 9, Lifecycle.ARCHIVED),
    ],
)
def test_a_story_comes_of_age(began, changed, origins, expected):
    assert lifecycle.of(story(began, changed), origins, NOW, WINDOW) is expected


def test_settled_stories_keep_what_they_were_judged_unless_an_editor_speaks():
    stories = [
        story(200, 97, "settled"),
        story(200, 97, "touched"),
        story(200, 97, "never judged"),
        story(200, 96, "developing"),
    ]
    judged = {StoryId(name) for name in ("settled", "touched", "developing")}
    fixed = lifecycle.fixed(
        stories, NOW, WINDOW, judged=judged, touched={StoryId("touched")}
    )
    assert fixed == {"settled"}
