"""When pages say that they were published: notations, witnesses, datelines."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.stages import read_clues, read_dates, read_document
from newsdesk.stages.read_dates import Times
from newsdesk.stages.read_moments import moment
from newsdesk.text.datelines import Place

NOW = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
URL = "https://www.dailyharbour.example/city/bridge-opens-123"
LEAD = "<p>The old bridge over the Lenne opened again after two years of work.</p>" * 3

MOMENTS = [
    ("2024-05-01T10:30:00Z", 0),
    ("2024-05-01T10:30:00.000Z", 0),
    ("2024-05-01T10:30:00.1234567Z", 0),
    ("2024-05-01T10:30:00+0000", 0),
    ("2024-05-01T10:30:00 UTC", 0),
    ("2024-05-01T10:30:00Z[UTC]", 0),
    ("2024-05-01 10:30:00 +0200", 2),
    ("2024-05-01T10:30:00+0200", 2),
    ("2024-05-01T10:30:00+02", 2),
    ("2024-05-01T10:30:00+2:00", 2),
    ("2024-05-01T10:30+02:00", 2),
    ("2024-05-01T10:30:00.000+0200", 2),
    ("2024-05-01T10:30:00+02:00[Europe/Berlin]", 2),
    ("2024-05-01T10:30:00 02:00", 2),
    ("2024-05-01CEST10:30:00", 2),
    ("2024-05-01 10:30:00 Europe/Berlin", 2),
    ("2024-05-01EDT10:30:00-04:00", -4),
    ("2024-05-01T10:30:00−04:00", -4),
    ("2024-05-01T10:30:00 -0400", -4),
    ("Wed May 01 2024 10:30:00 GMT+0200 (CEST)", 2),
    ("Wed May 01 10:30:00 CEST 2024", 2),
    ("Wed, 01 May 2024 10:30:00 +0200", 2),
    ("Wed, 01 May 2024 10:30:00 IST", 5.5),
    ("May 1, 2024 at 10:30 a.m. ET", -4),
    ("May 1, 2024, 10:30 am EDT", -4),
    ("1714559400", 0),
    ("1714559400000", 0),
    ("1714559400.0", 0),
    ("/Date(1714559400000)/", 0),
    ("2024-05-01T10:30:00", None),
    ("2024-05-01 10:30", None),
    ("2024-05-01 10:30:00.0", None),
    ("20240501103000", None),
    ("202405011030", None),
    ("2024-5-1 10:30", None),
    ("2024/05/01 10:30:00", None),
    ("01.05.2024 - 10:30 Uhr", None),
    ("Published: May 1, 2024 10:30 am", None),
    ("mié, 01/05/2024 - 10:30", None),
    ("2024年5月1日 10:30", None),
    ("٢٠٢٤-٠٥-٠١ ١٠:٣٠", None),
]


@pytest.mark.parametrize(("text", "hours"), MOMENTS)
def test_what_programs_write_is_read_with_its_zone(
    text: str, hours: float | None
) -> None:
    got = moment(text, place=Place(language="de", is_month_first=False))
    assert got is not None
    assert got.has_time
    assert got.ahead == (None if hours is None else timedelta(hours=hours))
    assert f"{got.local:%Y-%m-%d %H:%M}" == "2024-05-01 10:30"


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01", "20240501", "May 1, 2024", "2024-05-01T00:00:00",
        "2024-05-01T00:00:00Z", "2024-05-01 00:00:00.000", "2567-05-01", "1 May 2024",
        "December 24, 2024",
    ],
)  # fmt: skip
def test_a_day_or_its_midnight_is_a_day_alone(text: str) -> None:
    got = moment(text, place=Place(language="th", is_month_first=False))
    assert got is not None
    assert not got.has_time
    assert got.at.time() == datetime.min.time()
    assert f"{got.at:%m-%d}" in ("05-01", "12-24")
    assert got.at.year == 2024


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{date}}",
        "T10:30",
        "0000-00-00",
        "1/5/2024",
        "soon",
        "9" * 200,
        "2024-13-45",
    ],
)
def test_what_names_no_moment_gives_none(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_is_read_with_the_month_first_as_with_the_day_first(
    month: int,
) -> None:
    for day in range(1, 29):
        at = datetime(2024, month, day, tzinfo=UTC)
        for form in ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%A, %B %d, %Y"):
            got = moment(at.strftime(form))
            assert got is not None
            assert got.at == at, at.strftime(form)


def times(
    head: str = "",
    body: str = "<h1>Old bridge opens again</h1>",
    *,
    url: str = URL,
    lang: str = "en",
    feed: datetime | None = None,
    now: datetime = NOW,
) -> Times:
    html = (
        f'<html lang="{lang}"><head>{head}</head><body>{body}'
        f"<article>{LEAD}</article></body></html>"
    )
    document = read_document.bounded(html, url)
    clues = read_clues.clues(document)
    return read_dates.times(
        document, clues, fetched_at=now, feed=feed, body=html.encode()
    )


def data(**article: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Old bridge opens again", **article}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(**named: str) -> str:
    return "".join(
        f'<meta property="{key.replace("__", ":")}" content="{value}">'
        for key, value in named.items()
    )


def stamp(got: Times) -> str | None:
    one = got.published
    if one is None:
        return None
    return f"{one.at:%Y-%m-%d %H:%M}" if one.has_time else f"{one.at:%Y-%m-%d}"


HEADLINE = "<h1>Old bridge opens again</h1>"
PAGES = {
    "data": (data(datePublished="2024-05-01T10:30:00+02:00"), HEADLINE, "2024-05-01 08:30"),
    "a number of seconds": (data(datePublished=1714559400), HEADLINE, "2024-05-01 10:30"),
    "a list of dates": (
        data(datePublished=["2024-05-01T10:30:00Z"]), HEADLINE, "2024-05-01 10:30",
    ),
    "meta": (
        meta(article__published_time="2024-05-01T10:30:00Z"), HEADLINE, "2024-05-01 10:30",
    ),
    "a name of one outlet's own": (
        '<meta name="cXenseParse:recs:publishtime" content="2024-05-01T10:30:00Z">',
        HEADLINE, "2024-05-01 10:30",
    ),
    "Dublin Core": (
        '<meta name="DC.date.issued" content="2024-05-01T10:30:00Z">',
        HEADLINE, "2024-05-01 10:30",
    ),
    "itemprop": (
        "",
        HEADLINE + '<b itemprop="datePublished" content="2024-05-01T10:30Z">1.5.</b>',
        "2024-05-01 10:30",
    ),
    "the page's node where the article's is silent": (
        data() + '<script type="application/ld+json">{"@type":"WebPage",'
        '"datePublished":"2024-05-01T10:30:00Z"}</script>',
        HEADLINE, "2024-05-01 10:30",
    ),
    "a time element called published": (
        "", '<aside class="related"><time datetime="2024-05-02T09:00Z"></time></aside>'
        + HEADLINE + '<time class="updated" datetime="2024-05-02T10:00Z"></time>'
        '<time class="entry-date published" datetime="2024-05-01T10:30Z"></time>',
        "2024-05-01 10:30",
    ),
    "a day in data, its time in meta": (
        data(datePublished="2024-05-01")
        + meta(article__published_time="2024-05-01T10:30Z"),
        HEADLINE, "2024-05-01 10:30",
    ),
    "local midnight in data, its time in meta": (
        data(datePublished="2024-05-01T00:00:00+02:00")
        + meta(article__published_time="2024-05-01T10:30:00+02:00"),
        HEADLINE, "2024-05-01 08:30",
    ),
    "a day in data, its time beside the headline": (
        data(datePublished="2024-05-01"), HEADLINE + "<p>May 1, 2024 10:30 am EDT</p>",
        "2024-05-01 14:30",
    ),
    "a day in data, its time in the page's scripts": (
        data(datePublished="2024-05-01")
        + '<script>{"publishedAt":"2024-05-01T10:30:00Z"}</script>',
        HEADLINE, "2024-05-01 10:30",
    ),
    "scripts that tell of the headline": (
        '<script>{"other":1,"publish_date":"2023-01-01T09:00:00Z"}'
        + " " * 7000
        + '{"title":"Old bridge opens again",'
        '"publish_date":"2024-05-01T10:30:00Z"}</script>',
        HEADLINE, "2024-05-01 10:30",
    ),
    "a false Z": (
        data(datePublished="2024-05-01T10:30:00Z")
        + meta(article__published_time="2024-05-01T10:30:00+02:00"),
        HEADLINE, "2024-05-01 08:30",
    ),
    "a true Z, borne out by another clock": (
        data(datePublished="2024-05-01T10:30:00Z")
        + meta(article__published_time="2024-05-01T12:30:00+02:00"),
        HEADLINE, "2024-05-01 10:30",
    ),
    "no zone but in the change": (
        data(datePublished="2024-05-01T10:30:00", dateModified="2024-05-02T10:00:00+02:00"),
        HEADLINE, "2024-05-01 08:30",
    ),
    "no zone but in another witness": (
        data(datePublished="2024-05-01T10:30:00")
        + meta(article__published_time="2024-05-01T08:30:00Z"),
        HEADLINE, "2024-05-01 08:30",
    ),
    "data alone against meta and address": (
        data(datePublished="2023-02-03T10:30:00Z")
        + meta(article__published_time="2024-05-01T10:30:00Z")
        + '<link rel="canonical" href="x">',
        HEADLINE + '<time class="published" datetime="2024-05-01">1 May</time>',
        "2024-05-01 10:30",
    ),
    "a dateline below the headline": (
        "", "<div>Today: Friday, May 3, 2024</div>" + "<p>menu</p>" * 60 + HEADLINE
        + "<p>By Ada Byrne</p><p>May 1, 2024 10:30 am EDT</p>", "2024-05-01 14:30",
    ),
    "an update beside the headline yields to publication": (
        "", HEADLINE + "<p>Updated May 2, 2024 9:00 am</p><p>Published May 1, 2024</p>",
        "2024-05-01",
    ),
    "the original publication at the end": (
        "", HEADLINE + f"<p>May 2, 2024</p>{LEAD * 9}"
        "<p>This article was originally published on May 1, 2024</p>", "2024-05-01",
    ),
    "other articles' dates are far from the headline": (
        "", HEADLINE + f"<p>May 1, 2024</p>{LEAD * 9}<p class=date>May 2, 2024</p>",
        "2024-05-01",
    ),
    "only a change": (
        data(dateModified="2024-05-01T10:30:00Z"), HEADLINE, "2024-05-01 10:30",
    ),
    "nothing": ("", HEADLINE, None),
    "a placeholder": (data(datePublished="1970-01-01T00:00:00Z"), HEADLINE, None),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_publication_is_read_from_the_witness_that_knows(name: str) -> None:
    head, body, expected = PAGES[name]
    assert stamp(times(head, body)) == expected


@pytest.mark.parametrize(
    "path",
    [
        "2024/05/01/bridge",
        "2024/may/01/bridge",
        "city-2024-05-01-bridge",
        "a/20240501/b",
    ],
)
def test_the_day_in_the_address_counts_where_the_page_is_silent(path: str) -> None:
    got = times(url=f"https://www.dailyharbour.example/{path}")
    assert stamp(got) == "2024-05-01"


def test_a_day_in_the_address_takes_its_time_from_the_page() -> None:
    body = HEADLINE + "<p>1 May 2024, 10:30 BST</p>"
    got = times("", body, url="https://www.dailyharbour.example/2024/05/01/bridge")
    assert stamp(got) == "2024-05-01 09:30"


@pytest.mark.parametrize(
    ("lang", "line", "expected"),
    [
        ("de", "Stand: 01.05.2024, 10:30 Uhr", "2024-05-01 10:30"),
        ("fr", "Publié le 1er mai 2024 à 10h30", "2024-05-01 10:30"),
        ("pt-BR", "01/05/2024 10h30", "2024-05-01 10:30"),
        ("fa", "۱۲ اردیبهشت ۱۴۰۳ - ۱۰:۳۰", "2024-05-01 10:30"),
        ("th", "1 พ.ค. 2567 10:30 น.", "2024-05-01 10:30"),
        ("ko", "입력 2024.05.01 10:30 수정 2024.05.02 11:00", "2024-05-01 10:30"),
        ("en-GB", "01/05/2024", "2024-05-01"),
        ("en-US", "05/01/2024", "2024-05-01"),
    ],
)
def test_a_dateline_is_read_in_the_page_s_language(
    lang: str, line: str, expected: str
) -> None:
    got = times("", f"{HEADLINE}<p>{line}</p>", lang=lang)
    assert stamp(got) == expected


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    assert stamp(times("", f"{HEADLINE}<p>05/01/2024</p>")) is None


def test_a_time_without_zone_is_said_to_have_none() -> None:
    got = times(data(datePublished="2024-05-01T10:30:00"))
    assert got.note == "time without a zone, taken as UTC: structured data 10:30"


def test_a_zone_is_not_taken_over_a_change_of_clocks() -> None:
    head = data(
        datePublished="2024-03-20T10:30:00", dateModified="2024-05-01T10:00:00+02:00"
    )
    got = times(head)
    assert stamp(got) == "2024-03-20 10:30"
    assert got.note and "without a zone" in got.note


def test_a_feed_bears_out_a_z_that_meta_denies() -> None:
    head = data(datePublished="2024-05-01T10:30:00Z") + meta(
        article__published_time="2024-05-01T10:30:00+02:00"
    )
    got = times(head, feed=datetime(2024, 5, 1, 10, 30, tzinfo=UTC))
    assert stamp(got) == "2024-05-01 10:30"


def test_an_update_is_kept_where_it_came_after() -> None:
    got = times(
        data(datePublished="2024-05-01T10:30:00Z", dateModified="2024-05-01T10:30:00Z")
        + meta(og__updated_time="2024-05-02T08:00:00Z")
    )
    assert got.updated
    assert got.updated.at == datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("changed", ["2024-05-01T10:30:00Z", "2024-04-30T08:00:00Z"])
def test_an_update_at_or_before_publication_is_dropped(changed: str) -> None:
    got = times(data(datePublished="2024-05-01T10:30:00Z", dateModified=changed))
    assert got.updated is None


def test_a_date_somewhat_ahead_is_kept_and_noted() -> None:
    got = times(data(datePublished="2024-05-20T10:30:00Z"))
    assert stamp(got) == "2024-05-20 10:30"
    assert got.note == "dated 2024-05-20, after it was fetched"


def test_a_date_ahead_yields_to_any_that_is_not() -> None:
    head = data(datePublished="2024-05-20T10:30:00Z") + meta(
        article__published_time="2024-05-01T10:30:00Z"
    )
    assert stamp(times(head)) == "2024-05-01 10:30"


def test_related_articles_comments_and_films_do_not_date_the_page() -> None:
    inside = {"@type": "VideoObject", "uploadDate": "2020-01-01T00:00:01Z"}
    comment = {"@type": "Comment", "datePublished": "2024-05-02T20:00:00Z"}
    others = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "NewsArticle", "headline": "Other", "datePublished": "2024-05-03"}
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(others)}</script>' + data(
        video=inside, comment=[comment], datePublished="2024-05-01T10:30:00Z"
    )
    assert stamp(times(head)) == "2024-05-01 10:30"


def test_times_of_many_articles_in_scripts_date_none() -> None:
    stamps = ("2024-05-01T09:00:00Z", "2024-05-01T10:30:00Z")
    listed = [{"title": "Another", "publishedAt": one} for one in stamps]
    head = data(datePublished="2024-05-01") + f"<script>{json.dumps(listed)}</script>"
    body = "<h1>A bridge that no script tells of</h1>"
    assert stamp(times(head, body)) == "2024-05-01"


def test_the_time_of_an_update_is_not_that_of_publication() -> None:
    body = HEADLINE + "<p>Updated May 1, 2024 11:00 am EDT</p>"
    assert stamp(times(data(datePublished="2024-05-01"), body)) == "2024-05-01"


def test_a_time_by_the_headline_goes_before_the_next_day_in_the_address() -> None:
    body = HEADLINE + "<p>Published 30 April 2024, 20:15 GMT. Updated 1 May 2024</p>"
    got = times("", body, url="https://www.dailyharbour.example/2024/05/01/bridge")
    assert stamp(got) == "2024-04-30 20:15"


def test_an_update_takes_its_time_from_where_it_is_told() -> None:
    got = times(
        data(datePublished="2024-05-01T10:30:00Z", dateModified="2024-05-02")
        + meta(og__updated_time="2024-05-02T08:00:00Z")
    )
    assert got.updated
    assert got.updated.at == datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
