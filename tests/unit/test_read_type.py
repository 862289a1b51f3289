"""What a page is: each type by its evidence, and near misses that are plain articles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.article import ArticleType, NotArticle, Reading
from newsdesk.stages import read_clues, read_document, read_type
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from written_pages import (
    LONG,
    SENTENCES,
    SHORT,
    SITE,
    STORY,
    data,
    document,
    got,
    reading,
)

FIGURES = "".join(
    f'<figure><img src="/p/{n}.jpg"><figcaption>Pier number {n}.</figcaption></figure>'
    for n in range(14)
)
ENTRIES = "".join(
    f'<section><time datetime="2026-02-10T{hour:02}:10:00Z">{hour}:10</time>'
    f"<h2>At {hour} the water rose</h2><p>{SENTENCES[hour % 4]}</p></section>"
    for hour in range(6, 16)
)
PLAYER = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
OWN_PLAYER = '<div class="video-player"><video src="/v.mp4"></video></div>'
SOUND = '<iframe src="https://open.spotify.com/embed/episode/4xyz"></iframe>'
TEASERS = "".join(
    f'<h3><a href="/city/{n}">Headline number {n} of the day in the city</a></h3>'
    f"<p>{SENTENCES[n % 4][:60]}</p>"
    for n in range(14)
)
CONTACT = (
    "<h3>About Lenne Steel</h3><p>Lenne Steel makes cables for bridges and lifts.</p>"
    "<p>Media contact: Ada Byrne, press@lenne.example</p>"
)
ARTICLE, VIDEO = ArticleType.ARTICLE, ArticleType.VIDEO
LIVE, GALLERY = ArticleType.LIVE_BLOG, ArticleType.GALLERY
PODCAST, RELEASE = ArticleType.PODCAST, ArticleType.PRESS_RELEASE
LISTING = ArticleType.LISTING


def og(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


def kind_of(
    path: str = "/city/bridge-opens-123",
    *,
    head: str = "",
    body: str = LONG,
    title: str = "Old bridge opens again",
) -> ArticleType:
    return reading(document(head, body, title=title), url=SITE + path).type


def node(kind: str, **more: object) -> str:
    return data({"@type": kind, "name": "Old bridge opens again", **more})


@pytest.mark.parametrize(
    ("head", "body", "kind"),
    [
        (data(STORY), LONG, ARTICLE),
        (data({**STORY, "@type": "OpinionNewsArticle"}), LONG, ARTICLE),
        (data({**STORY, "@type": "LiveBlogPosting"}), ENTRIES, LIVE),
        (data(STORY, {**STORY, "@type": "LiveBlogPosting"}), ENTRIES, LIVE),
        (data({**STORY, "@type": ["NewsArticle", "LiveBlogPosting"]}), LONG, LIVE),
        (node("ImageGallery"), FIGURES, GALLERY),
        (node("MediaGallery"), FIGURES, GALLERY),
        (node("PodcastEpisode"), LONG, PODCAST),
        (node("PodcastEpisode"), SHORT, PODCAST),
        (node("VideoObject"), SHORT, VIDEO),
        (node("VideoObject") + og("video.other"), SHORT, VIDEO),
        (og("video.other"), SHORT + OWN_PLAYER, VIDEO),
        (node("PressRelease"), LONG, RELEASE),
        (og("video.other") + data(STORY), SHORT + OWN_PLAYER, VIDEO),
    ],
)
def test_structured_data_and_meta_name_the_type(
    head: str, body: str, kind: ArticleType
) -> None:
    assert kind_of(head=head, body=body) is kind


@pytest.mark.parametrize(
    ("path", "title", "body", "kind"),
    [
        ("/news/live/uk-123", "LIVE: Storm reaches the coast", LONG, LIVE),
        ("/news/storm-9", "Live updates: Storm reaches the coast", LONG, LIVE),
        ("/news/storm-9", "Storm reaches the coast – as it happened", LONG, LIVE),
        ("/news/storm-9", "Storm reaches the coast, minuto a minuto", LONG, LIVE),
        ("/liveblog/storm-9", "Storm reaches the coast", LONG, LIVE),
        ("/liveticker/sturm", "Sturm erreicht die Küste", LONG, LIVE),
        ("/en-direct/tempete", "En direct : la tempête arrive", LONG, LIVE),
        ("/news/live/storm", "Storm reaches the coast", ENTRIES, LIVE),
        ("/news/storm", "LIVE: Storm reaches the coast", ENTRIES, LIVE),
        ("/gallery/bridge", "The bridge", FIGURES, GALLERY),
        ("/fotostrecke/bruecke", "Die Brücke", FIGURES, GALLERY),
        ("/photos/bridge", "In pictures: the bridge", SHORT, GALLERY),
        ("/city/bridge", "The bridge – in pictures", FIGURES, GALLERY),
        ("/city/brug", "In beeld: de brug", FIGURES, GALLERY),
        ("/diaporama/pont", "Le pont", SHORT, GALLERY),
        ("/podcasts/talk", "Podcast: the bridge", LONG, PODCAST),
        ("/podcasts/talk", "The bridge", SHORT + SOUND, PODCAST),
        ("/audio/12", "Episode 12: the bridge", LONG, PODCAST),
        ("/talk/12", "The bridge | Harbour Talk Podcast", SHORT + SOUND, PODCAST),
        ("/video/bridge", "Watch: the bridge opens", SHORT, VIDEO),
        ("/video/bridge", "The bridge opens", SHORT + PLAYER, VIDEO),
        ("/video/bridge", "The bridge opens", SHORT + OWN_PLAYER, VIDEO),
        ("/videos/pont", "Vidéo : le pont", SHORT, VIDEO),
        ("/city/bridge", "The bridge opens", PLAYER, VIDEO),
        ("/press-releases/1", "Lenne Steel wins", LONG, RELEASE),
        ("/pressemitteilungen/1", "Lenne Stahl gewinnt", LONG, RELEASE),
        ("/communiques-de-presse/1", "Lenne Acier gagne", LONG, RELEASE),
    ],
)
def test_address_headline_and_structure_agree_on_a_type(
    path: str, title: str, body: str, kind: ArticleType
) -> None:
    assert kind_of(path, title=title, body=body) is kind


@pytest.mark.parametrize(
    "start",
    [
        "HAGEN, Germany--(BUSINESS WIRE)--Lenne Steel today opened the bridge again.",
        "HAGEN, Feb. 10, 2026 /PRNewswire/ -- Lenne Steel today opened the bridge.",
        "HAGEN, Feb. 10, 2026 (GLOBE NEWSWIRE) -- Lenne Steel opened the bridge.",
        "TORONTO, Feb. 10, 2026 /CNW/ - Lenne Steel today opened the bridge again.",
        "Hagen (ots) - Lenne Stahl hat am Dienstag die Brücke wieder geöffnet, hieß es.",
        "FOR IMMEDIATE RELEASE: Lenne Steel today opened the bridge over the Lenne.",
    ],
)
def test_a_press_release_is_known_by_its_wire(start: str) -> None:
    assert kind_of(body=f"<p>{start}</p>{LONG}") is RELEASE


def test_a_press_release_is_known_by_the_company_and_contact_at_its_end() -> None:
    text = "\n\n".join(
        [*SENTENCES * 4, "About Lenne Steel", "Media contact: Ada Byrne, 555-0100"]
    )
    assert wire_kind(text) is RELEASE


@pytest.mark.parametrize(
    "end",
    [
        ["About Lenne Steel", "The works stand by the river since 1871."],
        ["About the author", "Media contact: Ada Byrne"],
        ["Media contact: Ada Byrne"],
        ["About us", "Source: the city's own figures"],
    ],
)
def test_one_of_the_two_makes_no_press_release(end: list[str]) -> None:
    assert wire_kind("\n\n".join([*SENTENCES * 4, *end])) is ARTICLE


def wire_kind(text: str) -> ArticleType:
    page = read_document.bounded(document(), f"{SITE}/city/1")
    return read_type.kind(
        page, read_clues.clues(page), title="Old bridge", text=text
    ).type


@pytest.mark.parametrize(
    ("path", "title", "head", "body"),
    [
        ("/music/live/review", "Live music returns to the harbour", "", LONG),
        ("/city/live-music", "Where to hear live music tonight", "", LONG),
        ("/city/live-blog-software", "Live blog software compared", "", LONG),
        ("/music/album", "The Pier Band – Live", "", LONG),
        ("/city/how-we-live", "How we live now", "", ENTRIES),
        ("/culture/podcast-boom", "Why a podcast made the bridge famous", "", LONG),
        ("/culture/podcasts/review", "Ten shows worth your time", "", LONG),
        ("/city/bridge", "A podcast about the bridge wins a prize", "", LONG + SOUND),
        ("/city/bridge", "Listen to the old: a plea", "", LONG),
        ("/city/bridge", "Old bridge opens again", "", LONG + FIGURES),
        ("/city/bridge", "Old bridge opens again", data(STORY), SHORT + FIGURES),
        ("/photos/bridge", "Old bridge opens again", "", LONG),
        ("/city/bridge", "Photos of the bridge that were thought lost", "", LONG),
        ("/city/bridge", "Old bridge opens again", data(STORY), LONG + PLAYER),
        ("/city/bridge-video", "(VIDEO) Old bridge opens again", "", LONG + PLAYER),
        ("/city/bridge-video", "(VIDEO) Old bridge opens", data(STORY), SHORT * 9),
        ("/video/bridge", "Watch: old bridge opens again", data(STORY), LONG),
        ("/city/bridge", "Video game about a bridge sells out", "", LONG),
        ("/city/bridge", "Old bridge opens", og("video.other") + data(STORY), LONG),
        ("/city/bridge", "Old bridge opens", node("VideoObject"), LONG),
        ("/city/bridge", "Old bridge opens", node("ImageGallery"), LONG),
        ("/city/bridge", "Old bridge opens", node("AudioObject") + data(STORY), LONG),
        ("/city/bridge", "Old bridge opens", og("website"), LONG),
        ("/press/freedom", "Freedom of the press is at stake", "", LONG),
        ("/tag/bridges/old-bridge", "Old bridge opens again", "", LONG + TEASERS),
        ("/category/city/old-bridge", "Old bridge opens", og("article"), TEASERS),
        ("/city/", "Old bridge opens again", data(STORY), TEASERS),
        ("/city/bridge", "Old bridge", node("CollectionPage"), LONG),
    ],
)
def test_near_misses_are_plain_articles(
    path: str, title: str, head: str, body: str
) -> None:
    assert kind_of(path, title=title, head=head, body=body) is ARTICLE


def test_a_wire_that_is_quoted_makes_no_press_release() -> None:
    quoted = (
        "<p>A statement carried by Business Wire said that the bridge was safe.</p>"
    )
    assert kind_of(body=quoted + LONG) is ARTICLE


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("/tag/bridges", ""),
        ("/author/ada-byrne", node("ProfilePage")),
        ("/city", node("CollectionPage")),
        ("/search", node("SearchResultsPage")),
        ("/", og("website")),
        ("/category/city/page/2", '<meta name="parsely-type" content="sectionpage">'),
    ],
)
def test_a_page_of_teasers_is_a_listing(path: str, head: str) -> None:
    page = document(head, TEASERS, title="City news")
    clean, about = clues_of(page, SITE + path)
    text = "\n\n".join(
        line
        for n in range(14)
        for line in (f"Headline number {n} of the day in the city", SENTENCES[n % 4])
    )
    found = read_type.kind(clean, about, title="City news", text=text)
    assert found.type is LISTING
    assert "headlines that lead elsewhere" in found.why


def clues_of(html: str, url: str) -> tuple[Document, Clues]:
    clean = read_document.bounded(html, url)
    return clean, read_clues.clues(clean)


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "A walk", VIDEO),
        (f"{SITE}/podcasts/12", "Podcast: the bridge", PODCAST),
        (f"{SITE}/press-releases/12", "Lenne Steel wins", RELEASE),
        (f"{SITE}/tag/12", "Bridges", ARTICLE),
        (f"{SITE}/live/12", "Old bridge opens again", ARTICLE),
    ],
)
def test_an_entry_without_its_page_is_known_by_address_and_headline(
    url: str, title: str, kind: ArticleType
) -> None:
    assert read_type.kind_of_entry(url, title).type is kind


def test_the_evidence_is_told_in_words() -> None:
    page = document(body=LONG, title="Podcast: the bridge")
    clean, about = clues_of(page, f"{SITE}/podcasts/12")
    found = read_type.kind(clean, about, title="Podcast: the bridge", text=LONG)
    assert found.why == "filed under “podcasts”, headed “Podcast”"


def test_the_reading_of_a_listing_says_why() -> None:
    listed = document(node("CollectionPage"), TEASERS, title="City news")
    told = reading(listed, url=f"{SITE}/city")
    assert told.type is LISTING
    assert any("lead elsewhere" in note for note in told.notes)


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "x", "False"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "embedUrl", "cssSelector", "name", "url"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(["NewsArticle", "LiveBlogPosting", "VideoObject", "Product"]), _ODD
)
@settings(max_examples=60, deadline=None)
def test_structured_data_of_odd_shape_never_raises(kind: str, odd: object) -> None:
    keys = ("@id", "isAccessibleForFree", "hasPart", "video", "mainEntity", "offers")
    node = {"@type": kind, "name": "Old bridge", **dict.fromkeys(keys, odd)}
    assert isinstance(got(document(data(node, odd))), Reading | NotArticle)
