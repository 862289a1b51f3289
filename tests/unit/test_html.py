"""The website as files: whole, safe, the same each time."""

import gzip
import json
import posixpath
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

import editions
from newsdesk.model.site import Output
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, html

MADE_ELSEWHERE = ("api/", "feeds/", "pictures/")
HOSTILE = (
    '"><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} &amp; </title>'
)


def made(edition: Edition | None = None, **changes: object) -> dict[str, bytes]:
    files = list(html.pages(edition or editions.edition(), editions.site(**changes)))
    assert len(files) == len(dict(files)), "a path was written twice"
    return dict(files)


def parsed(content: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(content.decode())


def documents(files: dict[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {path: parsed(one) for path, one in files.items() if path.endswith(".html")}


def page_of(one: Published) -> str:
    return addresses.page_file(addresses.story_page(one.path))


def with_story(one: Published) -> Edition:
    return Edition(
        as_of=editions.AS_OF,
        records=(one,),
        front=(one,),
        misses=(),
        copies=editions.copies([editions.published(0)]),
    )


def hostile() -> Published:
    """A story in which every word from outside tries to become markup."""
    one = editions.published(0)
    assert one.story is not None
    related = tuple(
        replace(
            item,
            title=HOSTILE,
            excerpt=HOSTILE,
            web_url="javascript:alert(3)",
            provider=replace(item.provider, name=HOSTILE),
        )
        for item in one.record.related
    )
    record = replace(
        one.record,
        title=HOSTILE,
        excerpt=HOSTILE,
        web_url="javascript:alert(4)",
        original_url="data:text/html,<script>alert(5)</script>",
        provider=replace(one.record.provider, name=HOSTILE),
        topics=(HOSTILE,),
        related=related,
    )
    lead = one.story.lead
    reading = replace(lead.reading, title=HOSTILE, authors=(HOSTILE,), language='x"y')
    reading = replace(reading, web_url="javascript:alert(6)")
    story = replace(one.story, lead=replace(lead, reading=reading))
    return Published(path=one.path, record=record, story=story, heat_now=9)


def test_the_same_edition_gives_the_same_bytes():
    assert made() == made()


def test_every_published_story_has_a_page_and_no_held_one_has():
    edition = editions.edition()
    files = made(edition)
    for one in edition.records:
        assert (page_of(one) in files) is one.record.published


def test_held_stories_are_named_nowhere_while_there_is_news():
    everything = b"".join(made().values()).decode()
    for title, *_ in editions.HELD:
        assert title not in everything


def test_a_front_page_without_news_names_the_nearest_misses_and_why():
    text = parsed(made(editions.empty())["index.html"]).body.text()
    for title, quality, reason in editions.HELD:
        assert title in text
        assert quality in text
        assert reason in text


def test_an_empty_front_page_leads_to_the_last_day_that_had_stories():
    records = editions.edition(3).records
    edition = replace(editions.empty(), records=records)
    links = parsed(made(edition)["index.html"]).css("main a")
    assert "archive/2026/02/19/" in [link.attributes["href"] for link in links]


def test_the_first_edition_ever_says_that_no_news_has_come_in():
    files = made(editions.nothing())
    assert "No news has come in yet" in parsed(files["index.html"]).body.text()


def test_the_front_page_ends_and_leads_to_yesterday():
    end = parsed(made()["index.html"]).css_first(".end")
    assert end.css("a")[1].attributes["href"] == "archive/2026/02/18/"
    assert "Wednesday, 18 February 2026" in end.text()


def test_stories_on_the_front_page_stand_in_the_order_of_the_edition():
    edition = editions.edition()
    links = [one.attributes["href"] for one in parsed(made()["index.html"]).css("h2 a")]
    assert [addresses.story_page(one.path) for one in edition.front] == links


@pytest.mark.parametrize("count", [0, 1, 2, 4, 11, 12])
def test_any_number_of_stories_makes_a_front_page(count: int):
    front = parsed(made(editions.edition(count))["index.html"])
    assert len(front.css("article")) == count


@pytest.mark.parametrize(
    "edition", [editions.edition(), editions.empty(), editions.nothing()]
)
def test_links_between_pages_lead_to_files_that_exist(edition: Edition):
    files = made(edition)
    for path, document in documents(files).items():
        ids = {one.attributes["id"] for one in document.css("[id]")}
        for target in _targets(document):
            if target.startswith("#"):
                assert target[1:] in ids, (path, target)
            elif not urlsplit(target).scheme:
                wanted = _resolved(path, target)
                known = wanted in files or wanted.startswith(MADE_ELSEWHERE)
                assert known, (path, target, wanted)


def test_fragments_on_other_pages_exist():
    files = made()
    there = documents(files)
    for link in there["index.html"].css("a[href*='#']"):
        target, _, fragment = str(link.attributes["href"]).partition("#")
        if target:
            assert there[f"{target}index.html"].css_first(f"#{fragment}"), target


def test_links_of_the_404_page_work_at_any_depth_below_the_site():
    files = made(url="https://example.org/news/ai/")
    for target in _targets(parsed(files["404.html"])):
        assert target.startswith(("/news/ai/", "#", "https:")), target


def test_words_from_outside_stay_words():
    edition = with_story(hostile())
    for path, document in documents(made(edition)).items():
        sources = [
            str(one.attributes.get("src") or one.attributes.get("type"))
            for one in document.css("script")
        ]
        ours = re.compile(r"(.*/)?static/(site|search)\.\w+\.js|application/ld\+json")
        assert all(map(ours.fullmatch, sources)), (path, sources)
        assert not document.css("img[onerror]"), path


def test_a_hostile_headline_is_read_back_as_it_was():
    page = parsed(made(with_story(hostile()))[page_of(hostile())])
    assert page.css_first("h1").text() == HOSTILE
    assert page.css_first("title").text().startswith('"><script>')


def test_links_leave_only_for_http_and_https():
    for edition in (with_story(hostile()), editions.edition()):
        for path, document in documents(made(edition)).items():
            for target in _targets(document):
                assert urlsplit(target).scheme in {"", "http", "https"}, (path, target)


def test_metadata_for_machines_is_valid_and_cannot_close_its_element():
    page = parsed(made(with_story(hostile()))[page_of(hostile())])
    data = page.css_first("script[type='application/ld+json']").text()
    assert json.loads(data)["mainEntity"]["headline"] == HOSTILE
    assert "<" not in data


@pytest.mark.parametrize(
    "path",
    ["index.html", "topics/robotics/index.html", "archive/2026/02/18/index.html"],
)
def test_lists_tell_machines_their_stories_in_order(path: str):
    page = parsed(made()[path])
    data = json.loads(page.css_first("script[type='application/ld+json']").text())
    items = data["mainEntity"]["itemListElement"]
    assert [one["name"] for one in items] == [
        one.text() for one in page.css("article h2, article h3")
    ]
    assert [one["position"] for one in items] == list(range(1, len(items) + 1))
    for one in items:
        assert one["url"].startswith("https://machine-age.example/news/")


def test_a_long_day_has_several_pages_that_lead_to_each_other():
    one = editions.published(0)
    many = tuple(
        replace(one, path=f"_news/2026-02-19-again-{n}.md") for n in range(230)
    )
    edition = Edition(as_of=editions.AS_OF, records=many, front=(), misses=())
    files = made(edition)
    paths = [f"archive/2026/02/19/{part}index.html" for part in ("", "2/", "3/")]
    shown = [len(parsed(files[path]).css("article")) for path in paths]
    assert shown == [100, 100, 30]
    for place, path in enumerate(paths, start=1):
        assert len(gzip.compress(files[path])) < 50_000
        links = parsed(files[path]).css(".parts a")
        wanted = [_resolved(path, str(link.attributes["href"])) for link in links]
        assert wanted == paths
        (here,) = parsed(files[path]).css(".parts [aria-current]")
        assert here.text() == str(place)


def test_nothing_is_loaded_from_anywhere_else():
    for path, document in documents(made()).items():
        loaded = document.css("img, script[src], iframe, video, link[rel='stylesheet']")
        for one in loaded:
            source = str(one.attributes.get("src") or one.attributes.get("href"))
            assert not urlsplit(source).netloc, (path, source)
        policy = document.css_first("meta[http-equiv]").attributes["content"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_every_page_has_one_headline_its_landmarks_and_a_way_past_them():
    for path, document in documents(made()).items():
        assert len(document.css("h1")) == 1, path
        assert len(document.css("main")) == 1, path
        assert len(document.css("header.masthead")) == 1, path
        assert len(document.css("footer")) == 1, path
        assert document.css_first("body > a").attributes["href"] == "#main", path
        assert document.css_first("html").attributes["lang"] == "en", path


def test_headings_never_skip_a_level():
    for path, document in documents(made()).items():
        levels = [int(one.tag[1]) for one in document.css("h1, h2, h3, h4")]
        steps = [b - a for a, b in pairwise(levels)]
        assert all(step <= 1 for step in steps), (path, levels)


def test_pictures_are_ours_and_keep_their_place():
    for path, document in documents(made()).items():
        for picture in document.css("img"):
            assert "pictures/" in str(picture.attributes["src"]), path
            assert int(str(picture.attributes["width"])) == 1200
            assert int(str(picture.attributes["height"])) == 750
            assert picture.attributes["alt"], path


def test_a_browser_can_choose_among_the_widths_of_a_picture():
    front = parsed(made()["index.html"])
    for picture in front.css("img"):
        widths = re.findall(r" (\d+)w", str(picture.attributes["srcset"]))
        assert widths == ["320", "640", "1200"]
        assert picture.attributes["sizes"]
    (source,) = front.css("picture > source")
    files = re.findall(r"\S+\.avif (\d+)w", str(source.attributes["srcset"]))
    assert (files, source.attributes["type"]) == (["640", "1200"], "image/avif")


def test_whoever_took_a_picture_stands_beside_it():
    files = made()
    for path in ("index.html", page_of(editions.published(0))):
        (credit,) = parsed(files[path]).css(".credit, figcaption")
        assert credit.text() == "Picture: Ana Ruiz", path


def test_pictures_that_are_not_cached_are_not_shown():
    one = editions.published(0)
    images = tuple(replace(image, is_cached=False) for image in one.record.images)
    bare = replace(one, record=replace(one.record, images=images))
    assert not parsed(made(with_story(bare))["index.html"]).css("img")


def test_pictures_that_an_older_system_cached_are_not_shown():
    one = editions.published(0)
    older = replace(one, story=None)
    assert parsed(made(with_story(one))["index.html"]).css("img")
    assert not parsed(made(with_story(older))["index.html"]).css("img")


def test_a_site_that_caches_no_pictures_shows_none():
    files = made(output=Output(picture_widths=()))
    assert not any(document.css("img") for document in documents(files).values())


def test_headlines_carry_their_language_and_direction():
    front = parsed(made()["index.html"])
    languages = {one.attributes["lang"] for one in front.css("h2[dir='auto']")}
    assert {"en", "ar", "he", "ja", "zh"} <= languages


def test_a_story_page_changes_only_with_its_story():
    now, later = editions.edition(), editions.edition()
    assert now.as_of is not None
    later = replace(
        later,
        as_of=now.as_of + timedelta(hours=5),
        records=tuple(replace(one, heat_now=1) for one in later.records),
    )
    before, after = made(now), made(later)
    changed = {path for path, content in after.items() if before[path] != content}
    assert changed == {"index.html", "status/index.html"}


def test_a_receipt_shows_each_part_with_its_reason_and_the_sum():
    one = editions.published(0)
    page = parsed(made()[page_of(one)])
    rows = [
        [cell.text() for cell in row.css("th, td")]
        for row in page.css("#receipt table")[0].css("tbody tr")
    ]
    assert rows[0] == ["length", "612 words; full marks from 500", "+24"]
    assert page.css("#receipt summary b")[0].text() == "94"
    assert "Quality 94 reaches the 70" in page.css_first(".verdict").text()


def test_coverage_lists_the_lead_and_then_the_record_s_order():
    one = editions.published(0)
    page = parsed(made()[page_of(one)])
    listed = [heading.text() for heading in page.css("#coverage .headline")]
    assert listed == [one.record.title, *(item.title for item in one.record.related)]
    assert page.css_first("#coverage h2").text() == "Coverage by 14 outlets"


def test_an_adopted_record_has_a_page_and_says_that_it_has_no_receipt():
    one = editions.adopted()
    page = parsed(made()[page_of(one)])
    assert "adopted from an older archive" in page.css_first("#receipt").text()
    assert not page.css("#receipt table")


def test_a_topic_page_lists_its_own_stories_by_day():
    page = parsed(made()["topics/robotics/index.html"])
    days = [one.text() for one in page.css("section.day > h2")]
    assert days == [
        "Thursday, 19 February 2026",
        "Wednesday, 18 February 2026",
        "Tuesday, 17 February 2026",
    ]
    assert len(page.css("article")) == 4


def test_days_of_the_archive_lead_to_the_days_before_and_after():
    page = parsed(made()["archive/2026/02/18/index.html"])
    assert page.css_first("[rel=prev]").attributes["href"].endswith("2026/02/17/")
    assert page.css_first("[rel=next]").attributes["href"].endswith("2026/02/19/")


def test_a_canonical_address_and_a_feed_stand_on_story_pages():
    page = parsed(made()[page_of(editions.published(5))])
    canonical = page.css_first("link[rel=canonical]").attributes["href"]
    assert canonical == "https://machine-age.example/news/2026-02-19-story-5/"
    feeds = [one.attributes["href"] for one in page.css("link[rel=alternate]")]
    assert feeds == ["../../feeds/all.atom", "../../feeds/robotics.atom"]
    image = page.css_first("meta[property='og:image']").attributes["content"]
    assert re.fullmatch(
        r"https://machine-age\.example/pictures/card-[0-9a-f]{20}\.png", str(image)
    )


def test_static_files_are_named_by_their_content():
    red, blue = made(), made(output=Output(accent="#1a4fba"))
    sheets = [
        next(path for path in files if path.endswith(".css")) for files in (red, blue)
    ]
    assert sheets[0] != sheets[1]
    assert sheets[0].encode() in red["index.html"]


def test_the_site_stays_light():
    files = made()
    sheet = next(one for path, one in files.items() if path.endswith(".css"))
    scripts = [one for path, one in files.items() if path.endswith(".js")]
    assert len(sheet) < 15_000
    assert sum(map(len, scripts)) < 20_000
    for path, content in files.items():
        assert len(gzip.compress(content)) < 50_000, path


def _targets(document: LexborHTMLParser) -> list[str]:
    nodes = document.css("a[href], link[href], img[src], script[src]")
    return [
        str(one.attributes.get("href") or one.attributes.get("src")) for one in nodes
    ]


def _resolved(path: str, target: str) -> str:
    plain = unquote(urlsplit(target).path)
    if plain.startswith("/"):
        wanted = plain.lstrip("/")
    else:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))
    wanted = "" if wanted == "." else wanted
    is_page = plain.endswith("/") or wanted == ""
    return str(Path(wanted) / "index.html") if is_page else wanted
