"""What a story's page says of the outlets that cover it."""

from __future__ import annotations

from dataclasses import replace

import editions
from newsdesk.model.article import ProviderKind
from newsdesk.render import html_story
from newsdesk.render.html_rows import Rows


def test_coverage_says_what_sort_of_outlet_it_is_and_where_as_far_as_known() -> None:
    one = editions.published(0)
    assert one.story is not None
    lead, other = one.story.lead, one.story.related[0]
    told = replace(lead.provider, kind=ProviderKind.AGENCY, country="FR")
    partly = replace(other.provider, kind=ProviderKind.TRADE_PRESS)
    story = replace(
        one.story,
        lead=replace(lead, provider=told),
        related=(replace(other, provider=partly), *one.story.related[1:]),
    )
    site = editions.site()
    view = html_story.view(replace(one, story=story), site, Rows(site, {}))
    shown = {one.outlet.name: one.outlet_is for one in view.coverage}
    assert shown[lead.provider.name] == "agency, FR"
    assert shown[other.provider.name] == "trade press"
    assert set(list(shown.values())[2:]) == {""}
