"""What the path writes for readers and machines: every renderer in one place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial

from newsdesk.model.run import Written
from newsdesk.model.site import Site
from newsdesk.model.story import Edition
from newsdesk.render import (
    api_v2,
    api_v2_schema,
    feeds,
    html,
    json_api,
    receipts,
    sitemap,
)
from newsdesk.render.html_status import SourceHealth
from newsdesk.render.sheet import Sheet
from newsdesk.stages import rule_weights


def sheets(
    edition: Edition, site: Site, sources: SourceHealth | None = None
) -> Iterator[Sheet]:
    """Every file of the public folder but the pictures, not made yet. `sources`: how they
    are doing, for the page on which the desk tells of itself."""
    yield from html.sheets(edition, site, sources)
    records = [(p.path, p.record) for p in edition.records]
    yield from json_api.sheets(records, site.topics, locale=site.locale)
    yield from api_v2.sheets(edition, site)
    rest = itertools.chain(
        api_v2_schema.files(site),
        [receipts.rules_file(rule_weights.document(site))],
        feeds.files(site, edition),
        sitemap.files(site, edition.records, edition.as_of),
    )
    for path, content in rest:
        yield Sheet(path=path, of=None, make=partial(bytes, content))


def together(one: Written, other: Written) -> Written:
    """What two folders took, as one."""
    return Written(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        removed=one.removed + other.removed,
        unchanged=one.unchanged + other.unchanged,
    )
