"""Pages that say what they are made from, so that few need be made anew."""

from __future__ import annotations

from dataclasses import replace

import editions
from newsdesk.model.story import Edition, Published
from newsdesk.render import html


def changed(edition: Edition, old: Published, new: Published) -> Edition:
    def other(records: tuple[Published, ...]) -> tuple[Published, ...]:
        return tuple(new if one.path == old.path else one for one in records)

    return replace(edition, records=other(edition.records), front=other(edition.front))


def test_a_page_changes_only_with_the_records_that_it_is_of():
    edition, site = editions.edition(), editions.site()
    old = editions.published(4)
    new = replace(old, record=replace(old.record, title="Quite another headline"))
    before = {sheet.path: sheet for sheet in html.sheets(edition, site)}
    after = {
        sheet.path: sheet for sheet in html.sheets(changed(edition, old, new), site)
    }
    assert before.keys() == after.keys()
    touched = set()
    for path, sheet in after.items():
        if before[path].make() != sheet.make():
            touched.add(path)
            assert sheet.of is None or old.path in sheet.of, path
    assert "news/2026-02-19-story-4/index.html" in touched
    assert len(touched) < 20


def test_nothing_is_printed_before_it_is_asked_for():
    one = editions.published(0)
    broken = replace(one, record=replace(one.record, excerpt=1))  # type: ignore[arg-type]
    edition = Edition(as_of=editions.AS_OF, records=(broken,), front=(), misses=())
    assert any(
        "story-0" in sheet.path for sheet in html.sheets(edition, editions.site())
    )
