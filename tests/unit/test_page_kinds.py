"""What becomes of pages that are no plain articles: at the door, in records, on pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

import editions
from makers import good_article, site
from newsdesk.model.article import Article, ArticleType, Video
from newsdesk.model.picture import Pictures
from newsdesk.model.run import Failed
from newsdesk.model.site import Rules
from newsdesk.model.story import Story, StoryId
from newsdesk.render import html
from newsdesk.render.html_rows import labels
from newsdesk.stages import compose, cover, judge
from written_pages import LONG, SENTENCES, SITE, data, document, page

TEASERS = "".join(
    f'<h3><a href="/city/{n}">Headline number {n} of the day in the city</a></h3>'
    f"<p>{SENTENCES[n % 4][:60]}</p>"
    for n in range(14)
)


def test_a_page_that_lists_others_is_kept_out_at_the_door_with_its_reason() -> None:
    html = document(data({"@type": "CollectionPage", "name": "City"}), TEASERS)
    got = cover.covered(page(html, url=f"{SITE}/city"), cover.newsroom(site(), ()))
    assert isinstance(got, Failed)
    assert (got.kind, got.is_final) == ("listing", True)
    assert "headlines that lead elsewhere" in got.reason


def test_an_article_gets_in() -> None:
    html = document(body=LONG)
    got = cover.covered(page(html), cover.newsroom(site(), ()))
    assert isinstance(got, Article)


def embed(one: Article) -> str | None:
    story = Story(
        id=StoryId("s1"), members=(one.id,),
        first_at=one.instant, changed_at=one.first_seen_at,
    )  # fmt: skip
    judged = judge.judged([story], {one.id: one}, Rules(), has_topics=False)
    (made,) = compose.published(judged.stories, (), site(), Pictures())
    return made.record.featured_content


@pytest.mark.parametrize(
    ("video", "address"),
    [
        (("youtube", "MGtomFKVDys"), "https://www.youtube.com/embed/MGtomFKVDys"),
        (("vimeo", "123456789"), "https://player.vimeo.com/video/123456789"),
        (("dailymotion", "x8abcd"), "https://www.dailymotion.com/embed/video/x8abcd"),
    ],
)
def test_a_video_is_shown_by_a_player_made_of_its_id(
    video: tuple[str, str], address: str
) -> None:
    film = Video(platform=video[0], id=video[1])
    one = good_article("1", "a.example", type=ArticleType.VIDEO, video=film)
    assert embed(one) == (
        f'<iframe width="800" height="500" frameborder="0" src="{address}" '
        'allow="accelerometer; autoplay; encrypted-media; gyroscope; '
        'picture-in-picture" allowfullscreen></iframe>'
    )


@pytest.mark.parametrize(
    ("kind", "video"),
    [
        (ArticleType.ARTICLE, Video(platform="youtube", id="MGtomFKVDys")),
        (ArticleType.VIDEO, Video(platform="youtube", id='"><script>')),
        (ArticleType.VIDEO, Video(platform="elsewhere", id="MGtomFKVDys")),
        (ArticleType.VIDEO, None),
    ],
)
def test_no_player_without_a_video_page_and_a_proper_id(
    kind: ArticleType, video: Video | None
) -> None:
    assert embed(good_article("1", "a.example", type=kind, video=video)) is None


@pytest.mark.parametrize(
    ("kind", "paywall", "expected"),
    [
        (ArticleType.ARTICLE, (), ()),
        (ArticleType.LIVE_BLOG, (), ("Live blog",)),
        (ArticleType.PRESS_RELEASE, (), ("Press release",)),
        (ArticleType.VIDEO, ("locked",), ("Video", "Paywalled")),
        (ArticleType.ARTICLE, ("metered",), ("Paywalled",)),
    ],
)
def test_a_row_says_what_a_piece_is_where_it_is_no_plain_article(
    kind: ArticleType, paywall: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    one = good_article("1", "a.example", type=kind, paywall=paywall)
    assert expected == labels(one, kind.as_record)


def test_of_an_adopted_record_only_a_video_is_known() -> None:
    assert labels(None, "video") == ("Video",)
    assert labels(None, "article") == ()


def test_the_labels_of_a_story_are_on_its_page() -> None:
    edition = editions.edition()
    first = next(p for p in edition.records if p.story and p.record.published)
    assert first.story is not None
    lead = first.story.lead
    reading = replace(lead.reading, type=ArticleType.PODCAST, paywall=("locked",))
    story = replace(first.story, lead=replace(lead, reading=reading))
    changed = replace(edition, records=(replace(first, story=story),))
    pages = dict(html.pages(changed, editions.site()))
    whole = b"".join(pages.values()).decode()
    assert (
        '<span class="tag">Podcast</span> <span class="tag">Paywalled</span>' in whole
    )
