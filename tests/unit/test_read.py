"""Reading articles: fields, text, refusals, bounds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.article import (
    ArticleId,
    ArticleType,
    Candidate,
    NotArticle,
    Page,
    Reading,
)
from newsdesk.model.feed import Entry, EntryId, FeedEntry, Picture, Reply, SourceId
from newsdesk.stages import read

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://www.dailyharbour.example/city/bridge-opens-123"
SENTENCES = (
    "The old bridge over the Lenne opened again on Tuesday after two years of work. ",
    "Engineers had replaced every cable and most of the deck while boats kept passing. ",
    "“We were never sure of the ground below the northern pier,” said the chief engineer. ",
    "The city paid a little over half of the bill and the state paid for what was left. ",
)
BODY = "".join(f"<p>{first}{second}</p>" for first in SENTENCES for second in SENTENCES)


def page(
    html: str | bytes | None,
    *,
    item: FeedEntry | None = None,
    url: str = URL,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
) -> Page:
    entry = Entry(
        id=EntryId("e" * 16),
        source_id=SourceId("s" * 16),
        position=0,
        first_seen_at=NOW,
        item=item or FeedEntry(url=url),
    )
    candidate = Candidate(id=ArticleId("a" * 16), url=url, entry=entry)
    if html is None:
        return Page(candidate=candidate, reply=None, miss="not in the archive")
    body = html if isinstance(html, bytes) else html.encode()
    reply = Reply(
        key="a", url=url, final_url=url, status=status,
        headers=(("content-type", kind),), body=body, fetched_at=NOW,
    )  # fmt: skip
    return Page(candidate=candidate, reply=reply)


def document(
    head: str = "", *, top: str = "<h1>Old bridge opens again</h1>", body: str = BODY
) -> str:
    return (
        f'<html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article>{top}{body}</article><footer>© Daily Harbour</footer></body></html>"
    )


def data(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


def reading(html: str | bytes | None, **options: object) -> Reading:
    got = read.article(page(html, **options))  # type: ignore[arg-type]
    assert isinstance(got, Reading), got
    return got


def refusal(html: str | bytes | None, **options: object) -> NotArticle:
    got = read.article(page(html, **options))  # type: ignore[arg-type]
    assert isinstance(got, NotArticle), got
    return got


STORY = {
    "@type": "NewsArticle",
    "headline": "Old bridge opens again",
    "datePublished": "2026-02-10T09:30:00+01:00",
    "dateModified": "2026-02-10T10:00:00+01:00",
    "author": [{"@type": "Person", "name": "Ada Byrne"}],
    "articleSection": "City",
    "keywords": ["bridges", "Lenne"],
    "image": {
        "@type": "ImageObject",
        "url": "/img/bridge.jpg",
        "width": 1600,
        "height": 900,
    },
    "publisher": {"@type": "Organization", "name": "Daily Harbour"},
}


def test_structured_data_gives_every_field() -> None:
    got = reading(document(data(STORY)))
    assert got.title == "Old bridge opens again"
    assert datetime(2026, 2, 10, 8, 30, tzinfo=UTC) == got.published_at
    assert got.published_has_time
    assert datetime(2026, 2, 10, 9, 0, tzinfo=UTC) == got.updated_at
    assert got.authors == ("Ada Byrne",)
    assert got.section == "City"
    assert got.tags == ("bridges", "Lenne")
    assert got.site_name == "Daily Harbour"
    assert got.language == "en"
    picture = Picture(
        url="https://www.dailyharbour.example/img/bridge.jpg", width=1600, height=900
    )
    assert picture == got.pictures[0]
    assert got.page_read


def test_the_text_is_the_article_and_nothing_else() -> None:
    got = reading(
        document(data(STORY), top="<h1>Old bridge opens again</h1><p>By Ada Byrne</p>")
    )
    assert got.text.startswith(SENTENCES[0].strip())
    assert "Home" not in got.text
    assert "©" not in got.text
    assert "By Ada Byrne" not in got.text


def test_the_article_is_found_in_a_graph_among_other_nodes() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Daily Harbour"},
            {"@type": "BreadcrumbList", "itemListElement": [{"name": "City"}]},
            {
                "@type": "Person",
                "@id": "#ada",
                "name": "Ada Byrne",
                "url": "https://x.example/",
            },
            {**STORY, "author": {"@id": "#ada"}},
        ],
    }
    got = reading(document(data(graph)))
    assert got.authors == ("Ada Byrne",)
    assert got.site_name == "Daily Harbour"


def test_related_articles_in_the_data_are_not_the_article() -> None:
    other = {
        **STORY,
        "headline": "Mayor resigns",
        "url": "https://www.dailyharbour.example/other",
    }
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": other}],
    }
    own = {**STORY, "url": URL}
    assert reading(document(data(other, listed, own))).title == "Old bridge opens again"


_TOLD = (
    '"@type":"Article","headline":"Old bridge opens again","datePublished":"2026-02-09"'
)


@pytest.mark.parametrize(
    "script",
    [
        f"<!-- {{{_TOLD}}} -->",
        f"{{{_TOLD},}}",
        f"{{{_TOLD}}};".replace("bridge ", "bridge\n"),
        f"//<![CDATA[\n{{{_TOLD}}}\n//]]>",
        f"/* made by hand */ {{{_TOLD}}}".replace('",', '"\n', 2),
        f'{{{_TOLD},"description":"He said "stop" twice"}}',
        f'{{{_TOLD}}}{{"@type":"WebSite","name":"x"}}',
    ],
)
def test_broken_structured_data_is_mended(script: str) -> None:
    html = document(f'<script type="application/ld+json">{script}</script>', top="")
    got = reading(html)
    assert got.title == "Old bridge opens again"
    assert datetime(2026, 2, 9, tzinfo=UTC) == got.published_at
    assert not got.published_has_time


def test_entities_in_structured_data_are_decoded_however_often_escaped() -> None:
    story = {**STORY, "headline": "Fish &amp;amp; chips: the town&#039;s end"}
    assert (
        reading(document(data(story), top="")).title == "Fish & chips: the town's end"
    )


def test_a_site_name_comes_off_the_title_and_a_headline_keeps_its_dash() -> None:
    head = (
        '<meta property="og:site_name" content="Daily Harbour">'
        "<title>Old bridge – a story of rust | Daily Harbour</title>"
    )
    assert reading(document(head, top="")).title == "Old bridge – a story of rust"


def test_what_headline_and_title_agree_on_wins_over_the_social_title() -> None:
    head = (
        '<meta property="og:title" content="You will not believe what this bridge did">'
        "<title>Old bridge opens again - Harbour</title>"
    )
    assert reading(document(head)).title == "Old bridge opens again"


def test_a_logo_in_h1_is_no_headline() -> None:
    head = '<meta property="og:title" content="Old bridge opens again">'
    got = reading(
        document(head, top="<h1>Morning edition</h1><h2>Old bridge opens again</h2>")
    )
    assert got.title == "Old bridge opens again"


def test_a_time_without_zone_takes_the_zone_that_another_witness_gives_away() -> None:
    story = {**STORY, "datePublished": "2026-02-10T09:30:00"}
    item = FeedEntry(url=URL, published_at=datetime(2026, 2, 10, 8, 30, 10, tzinfo=UTC))
    got = reading(document(data(story)), item=item)
    assert datetime(2026, 2, 10, 8, 30, tzinfo=UTC) == got.published_at


def test_a_day_from_the_page_takes_its_time_from_the_feed() -> None:
    story = {**STORY, "datePublished": "2026-02-10"}
    at = datetime(2026, 2, 10, 7, 15, tzinfo=UTC)
    got = reading(document(data(story)), item=FeedEntry(url=URL, published_at=at))
    assert at == got.published_at
    assert got.published_has_time


def test_witnesses_that_differ_are_noted() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    got = reading(document(data(STORY)), item=FeedEntry(url=URL, published_at=at))
    assert any("dates differ" in note for note in got.notes)


def test_a_dateline_gives_the_day_where_data_and_meta_are_silent() -> None:
    top = (
        '<h1>Old bridge opens again</h1><p class="post-date">Posted 9 February 2026</p>'
    )
    got = reading(document(top=top))
    assert datetime(2026, 2, 9, tzinfo=UTC) == got.published_at
    assert not got.published_has_time


def test_a_date_in_the_far_future_is_not_believed() -> None:
    far = {"datePublished": "2031-01-01T00:00:00Z", "dateModified": None}
    got = reading(document(data({**STORY, **far})))
    assert got.published_at is None


def test_the_outlet_and_its_desk_are_no_authors() -> None:
    authors = [
        {"@type": "Organization", "name": "Daily Harbour"},
        {"@type": "Person", "name": "Newsroom staff"},
        {"@type": "Person", "name": "Ada Byrne"},
    ]
    assert reading(document(data({**STORY, "author": authors}))).authors == (
        "Ada Byrne",
    )


def test_a_visible_byline_names_the_authors_where_data_is_silent() -> None:
    top = (
        '<h1>Old bridge opens again</h1><p class="byline">By Ada Byrne and Jo Lund</p>'
    )
    assert reading(document(top=top)).authors == ("Ada Byrne", "Jo Lund")


def test_a_canonical_address_is_taken_without_tracking() -> None:
    head = f'<link rel="canonical" href="{URL}?utm_source=x">'
    head += '<link rel="amphtml" href="/amp/b">'
    got = reading(document(head), url=URL + "?fbclid=1")
    assert got.web_url == URL
    assert got.amp_url == "https://www.dailyharbour.example/amp/b"


@pytest.mark.parametrize(
    "href", ["https://www.dailyharbour.example/", "https://other.example/story", "/en/"]
)
def test_a_canonical_address_of_a_front_page_or_another_site_is_not_believed(
    href: str,
) -> None:
    got = reading(document(f'<link rel="canonical" href="{href}">'))
    assert got.web_url == URL
    assert any("rel=canonical" in note for note in got.notes)


def test_logos_and_trackers_are_no_pictures() -> None:
    story = {
        **STORY,
        "image": ["https://a.example/logo.png", "https://a.example/p.jpg"],
    }
    head = (
        data(story) + '<meta property="og:image" content="https://a.example/pixel.gif">'
    )
    assert tuple(p.url for p in reading(document(head)).pictures) == (
        "https://a.example/p.jpg",
    )


def test_one_picture_told_twice_is_listed_once_with_its_size() -> None:
    head = (
        '<meta property="og:image" content="https://a.example/p.jpg?w=1200">'
        '<meta property="og:image:width" content="1200">'
        '<meta property="og:image:height" content="630">'
        '<meta name="twitter:image" content="https://a.example/p.jpg?w=600">'
    )
    picture = Picture(url="https://a.example/p.jpg?w=1200", width=1200, height=630)
    assert (picture,) == reading(document(head)).pictures


def test_a_given_description_is_the_excerpt() -> None:
    said = (
        "The bridge that closed two years ago carries traffic again, at twice the cost."
    )
    head = f'<meta name="description" content="{said}">'
    assert said == reading(document(head)).excerpt


@pytest.mark.parametrize(
    "said",
    [
        "Read more about it at Daily Harbour, your home for news.",
        "The bridge that clo…",
    ],
)
def test_boilerplate_and_cut_descriptions_yield_to_the_lead(said: str) -> None:
    got = reading(document(f'<meta name="description" content="{said}">'))
    assert got.excerpt.startswith("The old bridge over the Lenne")
    assert len(got.excerpt) <= 300


def test_declared_language_yields_to_words_that_are_clearly_another() -> None:
    german = (
        "<p>"
        + "Die Brücke ist wieder offen und der Verkehr rollt auf dem Weg. " * 12
        + "</p>"
    )
    got = reading(document(body=german * 3))
    assert got.language == "de"
    assert any("declared as en" in note for note in got.notes)


def test_a_video_page_gives_platform_and_id() -> None:
    url = "https://www.youtube.com/watch?v=abcdefghijk"
    html = '<meta property="og:title" content="A walk over the bridge"><title>x</title>'
    got = reading(html, url=url)
    assert got.type == ArticleType.VIDEO
    assert got.video is not None
    assert (got.video.platform, got.video.id) == ("youtube", "abcdefghijk")


def test_an_embedded_video_makes_no_article_a_video() -> None:
    body = BODY + '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    assert reading(document(data(STORY), body=body)).type == ArticleType.ARTICLE


def test_list_items_and_quotes_amid_the_text_are_kept() -> None:
    middle = (
        "<ul><li>The northern ramp stays closed until the end of May.</li></ul>"
        "<blockquote>No one was ever in danger while the deck was open.</blockquote>"
    )
    text = reading(
        document(data(STORY), body=BODY + middle + BODY.replace("old", "new"))
    ).text
    assert "- The northern ramp stays closed" in text
    assert "No one was ever in danger" in text


def test_pointers_and_calls_around_the_text_are_left_out() -> None:
    tail = "<p>Read more: Mayor resigns</p><p>Sign up for our newsletter here.</p>"
    text = reading(document(data(STORY), body=BODY + tail)).text
    assert "Mayor resigns" not in text
    assert "newsletter" not in text


def test_without_a_document_the_feed_speaks() -> None:
    item = FeedEntry(
        url=URL, title="Old bridge opens again", content_html=BODY, authors=("Ada Byrne",),
        published_at=NOW, language="en-GB",
    )  # fmt: skip
    got = reading(None, item=item)
    assert not got.page_read
    assert (
        got.title,
        got.language,
        got.published_at,
    ) == ("Old bridge opens again", "en", NOW)
    assert got.text.startswith("The old bridge")
    assert got.notes == ("not in the archive",)


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "text/html"), (200, "application/pdf")]
)
def test_a_reply_that_is_no_page_leaves_the_feed_to_speak(
    status: int, kind: str
) -> None:
    got = reading(
        "<title>Gone</title>", item=FeedEntry(title="A story"), status=status, kind=kind
    )
    assert got.title == "A story"
    assert not got.page_read


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<title>Just a moment...</title><p>Checking your browser</p>", "challenge"),
        ("<title>404 Not Found</title><h1>Not found</h1>", "error page"),
        ("<title>News</title><div id=root></div>", "empty"),
        ("<html><body><p>Hello</p></body></html>", "no title"),
    ],
)
def test_documents_that_are_no_articles_are_named(html: str, kind: str) -> None:
    assert kind == refusal(html).kind


def test_a_front_page_full_of_headlines_is_no_article() -> None:
    many = "".join(f"<h3><a href=/{n}>Headline number {n}</a></h3>" for n in range(20))
    got = refusal(document(body=many), url="https://www.dailyharbour.example/")
    assert got.kind == "front page"


def test_a_headline_about_an_error_is_still_a_headline() -> None:
    story = {**STORY, "headline": "Error in the ledger cost the city a million"}
    assert reading(document(data(story), top="")).title.startswith(
        "Error in the ledger"
    )


@pytest.mark.parametrize("label", ["windows-1251", "utf-8", None])
def test_russian_in_windows_1251_is_read_whatever_the_label(label: str | None) -> None:
    words = "Мост через реку снова открыт для движения после двух лет работ. " * 8
    html = f"<html><head><title>Мост снова открыт</title></head><body><p>{words}</p>"
    kind = f"text/html; charset={label}" if label else "text/html"
    got = reading(html.encode("windows-1251"), kind=kind)
    assert got.title == "Мост снова открыт"


def test_deep_nesting_is_flattened_and_read() -> None:
    html = document(data(STORY), body="<div>" * 3000 + BODY + "</div>" * 3000)
    got = reading(html)
    assert SENTENCES[0].strip() in got.text
    assert any("nested too deep" in note for note in got.notes)


def test_a_tag_of_thousands_of_attributes_is_reduced() -> None:
    crowd = " ".join(f"a{n}=1" for n in range(50_000))
    got = reading(document(data(STORY), body=f"<div {crowd}>{BODY}</div>"))
    assert SENTENCES[0].strip() in got.text


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_reading_never_raises_on_any_bytes(body: bytes) -> None:
    assert isinstance(read.article(page(body)), Reading | NotArticle)


@given(st.text(alphabet="<>/=\"'{}[]:,&;abh1p \n", max_size=300))
@settings(max_examples=60, deadline=None)
def test_reading_never_raises_on_markup_gone_wrong(text: str) -> None:
    html = f'<title>T</title><script type="application/ld+json">{text}</script>{text}'
    assert isinstance(read.article(page(html)), Reading | NotArticle)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["@type", "@id", "@graph", "name", "headline", "author", "image", "url",
             "datePublished", "keywords", "publisher", "width", "mainEntityOfPage"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(_JSON)
@settings(max_examples=80, deadline=None)
def test_reading_never_raises_on_structured_data_of_odd_shape(value: object) -> None:
    html = document(data({"@type": "Article", "headline": "T", "author": value}, value))
    assert isinstance(read.article(page(html)), Reading | NotArticle)


def test_the_same_page_reads_the_same_twice() -> None:
    whole = page(document(data(STORY)))
    assert read.article(whole) == read.article(replace(whole))


def test_an_aggregator_s_entry_alone_is_a_headline_without_the_outlet() -> None:
    links = (
        '<a href="https://news.example/rss/articles/CB">Old bridge opens again</a>'
        '&nbsp;<font color="#6f6f6f">Daily Harbour</font>'
    )
    item = FeedEntry(
        url=URL,
        title="Old bridge opens again - Daily Harbour",
        summary_html=links,
        provider_name="Daily Harbour",
        provider_url="https://www.dailyharbour.example",
    )
    got = read.article(page(None, item=item))
    assert isinstance(got, Reading)
    assert (got.title, got.excerpt, got.text) == ("Old bridge opens again", "", "")


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        ('<a href="https://hub.example/1">Comments</a>', ""),
        (
            '<ol><li><a href="/1">One story</a> A</li><li><a href="/2">Other</a></li></ol>',
            "",
        ),
        (
            '<p>The bridge is <a href="/1">open</a> again.</p>',
            "The bridge is open again.",
        ),
        ("<p>The bridge is open.", "The bridge is open."),
    ],
)
def test_links_that_a_feed_lists_are_no_words_of_the_article(
    summary: str, text: str
) -> None:
    item = FeedEntry(url=URL, title="Old bridge opens again", summary_html=summary)
    got = read.article(page(None, item=item))
    assert isinstance(got, Reading)
    assert got.text == text


@pytest.mark.parametrize("word", ["Brücke", "Fjörður", "señor"])
def test_a_few_accents_are_not_taken_for_those_of_old_machines(word: str) -> None:
    words = BODY.replace("“", '"').replace("”", '"')
    html = f"<title>{word} again</title><h1>{word} again</h1>{words}"
    got = read.article(page(html.encode("cp1252"), kind="text/html; charset=utf-8"))
    assert isinstance(got, Reading)
    assert got.title == f"{word} again"


@pytest.mark.parametrize(
    ("charset", "lang", "words"),
    [
        ("cp1251", "", "Мост снова открыт после ремонта"),
        ("koi8-r", "", "Мост снова открыт после ремонта, сообщили власти"),
        ("cp1250", "cs", "Most byl po devíti měsících oprav znovu otevřen"),
        (
            "cp1252",
            "fr",
            "Le pont est rouvert après neuf mois de réparations à la ville",
        ),
        ("cp949", "", "다리가 금요일에 다시 열렸다고 시가 밝혔다"),
        ("cp932", "", "橋は金曜日に九か月の工事を終えて再び開通した"),
        ("gb18030", "", "大桥在维修九个月后重新开放，市政府表示"),
    ],
)
def test_a_page_falsely_called_utf_8_is_read_by_its_bytes(
    charset: str, lang: str, words: str
) -> None:
    html = (
        f'<html lang="{lang}"><head><meta property="og:type" content="article">'
        f"<title>{words}</title></head><body><h1>{words}</h1>"
        + f"<p>{f'{words}. ' * 4}</p>"
        * 6
    )
    got = reading(html.encode(charset), kind="text/html; charset=utf-8")
    assert got.title == words


def test_a_forwarder_s_link_without_its_page_leads_to_the_page() -> None:
    link = (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.dailyharbour.example%2Fa%2F1"
    )
    item = FeedEntry(url=link, title="Old bridge opens again")
    got = read.article(page(None, item=item, url=link))
    assert isinstance(got, Reading)
    assert got.web_url == "https://www.dailyharbour.example/a/1"
