"""Where the page of a story leads: to what it follows, and to what it became."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

import samples
from fakes import NOW
from makers import hours, site
from newsdesk.model.story import Edition, Published
from newsdesk.render import html
from newsdesk.render.story_links import StoryLinks


def published(
    name: str, *, after: float = 0, is_published: bool = True, **story
) -> Published:
    article = samples.article(name)
    whole = samples.story(f"s{name}", name, changed_at=NOW + hours(after))
    judged = samples.judged(replace(whole, **story), article)
    one = samples.published(f"_news/2026-02-19-{name}.md", judged, title=f"On {name}")
    return replace(one, record=replace(one.record, published=is_published))


def merged(name: str, into: str) -> Published:
    return published(name, is_published=False, merged_into=into, members=())


def page(records: list[Published], name: str) -> LexborHTMLParser:
    edition = Edition(as_of=NOW, records=tuple(records), front=(), misses=())
    files = dict(html.pages(edition, site()))
    return LexborHTMLParser(files[f"news/2026-02-19-{name}/index.html"])


def test_a_story_and_what_carries_it_on_lead_to_each_other():
    trial = published("trial")
    verdict = published("verdict", after=9, follows="strial")
    appeal = published("appeal", after=20, follows="strial")
    links = StoryLinks([appeal, verdict, trial])
    assert links.follows(verdict) is trial
    assert links.follows(trial) is None
    assert links.continued_in(trial) == (verdict, appeal)
    records = [trial, verdict, appeal]
    said = [one.text() for one in page(records, "trial").css(".follows")]
    assert said == ["Continued in: On verdict", "Continued in: On appeal"]
    (follows,) = page(records, "verdict").css(".follows")
    assert follows.text() == "Follows: On trial"
    assert follows.css_first("a").attributes["href"] == "../../news/2026-02-19-trial/"


def test_nobody_is_led_to_what_is_held_or_unknown():
    held = published("held", is_published=False)
    later = published("later", follows="sheld")
    lost = published("lost", follows="sgone")
    links = StoryLinks([held, later, lost, samples.published("old.md")])
    assert links.follows(later) is links.follows(lost) is None
    assert list(links.redirects()) == []


def test_a_link_to_a_merged_story_leads_to_what_it_became():
    trial, gone = published("trial"), merged("gone", "strial")
    later = published("later", follows="sgone")
    own = published("own", follows="sown")
    links = StoryLinks([trial, gone, later, own])
    assert links.follows(later) is trial
    assert links.continued_in(trial) == (later,)
    assert links.follows(own) is None
    assert list(links.redirects()) == [(gone, trial)]


def test_the_page_of_a_merged_story_leads_on_without_a_script():
    trial, gone = published("trial"), merged("gone", "strial")
    moved = page([trial, gone], "gone")
    refresh = moved.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == "0; url=../../news/2026-02-19-trial/"
    assert moved.css_first("p").text() == "This story is now part of On trial."
    assert moved.css_first("script") is None


def test_what_was_merged_into_something_held_has_no_page():
    held, gone = published("held", is_published=False), merged("gone", "sheld")
    edition = Edition(as_of=NOW, records=(held, gone), front=(), misses=())
    assert not [path for path, _ in html.pages(edition, site()) if "gone" in path]
