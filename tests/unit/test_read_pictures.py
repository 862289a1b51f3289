"""Which pictures a page is read to have: small pages as the world writes them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.feed import Picture
from newsdesk.stages import (
    picture_junk,
    picture_tags,
    picture_words,
    read_clues,
    read_document,
    read_pictures,
)

URL = "https://courier.example/2026/02/ferry-sails-again"
WORDS = "The ferry sailed again on Monday, nine weeks after its ramp had broken off. "


def found(
    head: str = "", cover: str = "", *, body: str = "", feed: tuple[Picture, ...] = ()
) -> tuple[Picture, ...]:
    text = "".join(f"<p>{WORDS * 3}</p>" for _ in range(4))
    html = (
        f"<html><head><title>Ferry sails again</title>{head}</head><body><main><article>"
        f"<h1>Ferry sails again</h1>{cover}{text}{body}</article></main></body></html>"
    )
    document = read_document.bounded(html, URL)
    return read_pictures.pictures(document, read_clues.clues(document), feed)


def lead(head: str = "", cover: str = "", **more: object) -> Picture | None:
    return next(iter(found(head, cover, **more)), None)  # type: ignore[arg-type]


def og(url: str, **more: object) -> str:
    sides = "".join(
        f'<meta property="og:image:{name}" content="{value}">'
        for name, value in more.items()
    )
    return f'<meta property="og:image" content="{url}">{sides}'


def data(image: object, *nodes: object, **more: object) -> str:
    article = {
        "@type": "NewsArticle", "headline": "Ferry sails again", "image": image, **more,
    }  # fmt: skip
    graph = {"@context": "https://schema.org", "@graph": [article, *nodes]}
    return f'<script type="application/ld+json">{json.dumps(graph)}</script>'


FIGURE = (
    '<figure class="lead-image"><img src="{0}" width="1200" height="800" '
    'alt="A ferry at a new ramp"><figcaption>The ferry on Monday. '
    "Photo: Ana Ruiz</figcaption></figure>"
)


@pytest.mark.parametrize(
    "image",
    [
        "/media/ferry-ramp.jpg",
        ["/media/ferry-ramp.jpg"],
        {"@type": "ImageObject", "url": "/media/ferry-ramp.jpg"},
        {
            "@type": "ImageObject",
            "contentUrl": "//courier.example/media/ferry-ramp.jpg",
        },
        [{"@type": "ImageObject", "url": ["/media/ferry-ramp.jpg"]}],
        {"@id": "#lead"},
        "#lead",
        [
            {"url": "/media/other-thing.jpg"},
            {"url": "/media/ferry-ramp.jpg", "representativeOfPage": True},
        ],
        ["/media/ferry-ramp-1x1.jpg", "/media/ferry-ramp.jpg"],
    ],
)
def test_structured_data_names_its_picture_in_many_ways(image: object):
    node = {"@type": "ImageObject", "@id": "#lead", "url": "/media/ferry-ramp.jpg"}
    picture = lead(data(image, node, {"@type": "WebSite", "name": "Courier"}))
    assert picture is not None
    assert picture.url == "https://courier.example/media/ferry-ramp.jpg"


def test_structured_data_tells_size_words_and_credit():
    picture = lead(
        data(
            {
                "url": "/media/ferry-ramp.jpg", "width": {"value": "1600px"},
                "height": 900, "caption": "The ferry at its ramp",
                "creator": {"@type": "Person", "name": "Ana Ruiz"},
            }
        )
    )  # fmt: skip
    assert picture == Picture(
        url="https://courier.example/media/ferry-ramp.jpg", width=1600, height=900,
        alt="The ferry at its ramp", credit="Ana Ruiz",
    )  # fmt: skip


def test_a_picture_of_the_page_node_stands_in_where_the_article_has_none():
    page = {"@type": "WebPage", "primaryImageOfPage": {"@id": "#lead"}}
    node = {"@type": "ImageObject", "@id": "#lead", "url": "/media/ferry-ramp.jpg"}
    picture = lead(data(None, page, node))
    assert picture is not None
    assert picture.url.endswith("ferry-ramp.jpg")


def test_a_cover_in_the_page_goes_before_a_card_for_sharing():
    picture = lead(
        og("/cards/ferry-sails-again-text.png", width=1200, height=630),
        FIGURE.format("/media/harbour-at-dawn.jpg"),
    )
    assert picture == Picture(
        url="https://courier.example/media/harbour-at-dawn.jpg", width=1200, height=800,
        alt="A ferry at a new ramp", credit="Ana Ruiz",
    )  # fmt: skip


def test_of_a_picture_both_declared_and_shown_the_uncropped_rendition_is_taken():
    picture = lead(
        og("/media/harbour-at-dawn-1200x630.jpg", width=1200, height=630),
        FIGURE.format("/media/harbour-at-dawn.jpg"),
    )
    assert picture is not None
    assert picture.url == "https://courier.example/media/harbour-at-dawn.jpg"


def test_a_thumbnail_in_the_page_gives_its_words_to_the_large_one():
    picture = lead(
        og("/media/harbour-at-dawn.jpg", width=1600, height=900),
        '<figure><img src="/media/harbour-at-dawn-300x200.jpg" width="300" height="200" '
        'alt="A harbour in the morning"></figure>',
    )
    assert picture == Picture(
        url="https://courier.example/media/harbour-at-dawn.jpg", width=1600, height=900,
        alt="A harbour in the morning",
    )  # fmt: skip


def test_a_picture_further_down_does_not_push_the_declared_one_aside():
    picture = lead(og("/media/ferry-ramp.jpg"), body=FIGURE.format("/media/chart.jpg"))
    assert picture is not None
    assert picture.url.endswith("/ferry-ramp.jpg")


@pytest.mark.parametrize(
    "beside",
    [
        '<aside class="related">{}</aside>',
        '<div class="author-box">{}</div>',
        '<a href="/2026/02/other-story">{}</a>',
        "<ul><li>{}</li></ul>",
        "<nav>{}</nav>",
    ],
)
def test_pictures_of_other_things_are_not_the_articles(beside: str):
    image = '<img src="/media/someone-else.jpg" width="900" height="600">'
    assert not found("", beside.format(image))


def test_an_image_that_links_to_its_own_large_file_is_the_articles():
    image = '<a href="/media/harbour-large.jpg"><img src="/media/harbour.jpg"></a>'
    picture = lead("", f"<figure>{image}</figure>")
    assert picture is not None


@pytest.mark.parametrize(
    "image",
    [
        '<img src="data:image/gif;base64,R0" data-src="/media/harbour.jpg">',
        '<img src="/img/blank.gif" data-original="/media/harbour.jpg">',
        '<img data-lazy-src="/media/harbour.jpg">',
        '<img src="/x-300.jpg" srcset="/media/harbour-300.jpg 300w, '
        '/media/harbour.jpg 1200w, /media/harbour-3000.jpg 3000w">',
        '<img data-srcset="/media/harbour-1x.jpg, /media/harbour.jpg 2x">',
        '<picture><source srcset="/media/harbour.jpg 1600w"><img src="/media/h-300.jpg">'
        "</picture>",
        '<amp-img src="/media/harbour.jpg" width="1200" height="800"></amp-img>',
        '<noscript><img src="/media/harbour.jpg"></noscript>',
        '<img src="//courier.example/media/harbour.jpg">',
        '<img src="../../media/harbour.jpg">',
    ],
)  # fmt: skip
def test_lazy_and_responsive_images_give_their_real_address(image: str):
    picture = lead("", f"<figure>{image}</figure>")
    assert picture is not None
    assert picture.url == "https://courier.example/media/harbour.jpg"


def test_a_width_is_put_where_a_script_would_put_it():
    picture = lead(
        "",
        '<figure><img data-src="/media/{width}/harbour.jpg" '
        'data-widths="[240, 640, 1024, 4000]"></figure>',
    )
    assert picture is not None
    assert picture.url == "https://courier.example/media/1024/harbour.jpg"
    assert picture.width == 1024


def test_entities_in_addresses_are_decoded():
    picture = lead(og("/media/harbour.jpg?w=1200&amp;h=630"))
    assert picture is not None
    assert picture.url == "https://courier.example/media/harbour.jpg?w=1200&h=630"


def test_srcset_is_split_as_browsers_do():
    value = "/a,b.jpg 1x, /c/w_300,h_200/d.jpg 600w,/e.jpg 2.5x,   /f.jpg,, /g.jpg"
    assert list(picture_tags.srcset(value)) == [
        ("/a,b.jpg", 1.0, "x"),
        ("/c/w_300,h_200/d.jpg", 600.0, "w"),
        ("/e.jpg", 2.5, "x"),
        ("/f.jpg", 1.0, "x"),
        ("/g.jpg", 1.0, "x"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "/assets/logo.png", "/img/courier-logo-1200x630.png", "/logos/ferry-sails.jpg",
        "/img/default-share-image.jpg", "/share.png", "/og-image.png", "/og.png",
        "/social/facebook-share.jpg", "/img/placeholder-16x9.jpg", "/no-image.jpg",
        "/img/noimage.png", "/icons/apple-touch-icon.png", "/media/drawing.svg",
        "data:image/png;base64,AAAA", "/avatars/ana-ruiz.jpg", "/img/spacer.gif",
        "https://pixel.wp.com/g.gif?blog=1", "https://b.scorecardresearch.com/p.jpg",
        "https://secure.gravatar.com/avatar/0a1b", "/wp-content/themes/x/harbour.jpg",
        "/ads/buy-this.jpg", "/img/1x1.gif", "/favicon.ico", "/courier-default.jpg",
        "https://www.facebook.com/tr?id=1", "/img/fallback.jpg", "/img/sprite-sheet.png",
    ],
)  # fmt: skip
def test_what_stands_for_the_site_or_counts_readers_is_no_picture(url: str):
    assert not found(og(url))


@pytest.mark.parametrize(
    "url",
    [
        "/media/google-logo-on-a-tower.jpg", "/media/default-on-state-debt.jpg",
        "/media/2026/02/ferry.jpg", "/sites/default/files/harbour.jpg", "/media/1.jpg",
        "/media/icon-of-the-seas-cruise-ship.jpg", "/i/4fe1c2", "/media/share-prices.jpg",
        "/media/church-banner-on-a-wall.jpg", "/media/twitter-headquarters.jpg",
    ],
)  # fmt: skip
def test_photographs_of_such_things_are_pictures(url: str):
    assert found(og(url))


def test_small_and_flat_pictures_are_none():
    assert not found(og("/media/harbour.jpg", width=90, height=90))
    assert not found(og("/media/harbour.jpg", width=1200, height=120))


def test_a_logo_that_structured_data_names_is_not_the_picture():
    publisher = {"name": "Courier", "logo": {"url": "/media/c-on-blue.png"}}
    writer = {
        "@type": "Person",
        "name": "Ana Ruiz",
        "image": "/media/ana-ruiz-2026.jpg",
    }
    head = data("/media/c-on-blue.png", publisher=publisher, author=writer)
    assert not found(head)
    portrait = '<figure><img src="/media/ana-ruiz-2026.jpg" width="900"></figure>'
    assert not found(head, portrait)


def test_a_small_rendition_of_the_picture_given_as_logo_does_not_hide_it():
    publisher = {"name": "Courier", "logo": {"url": "/media/harbour-at-dawn-90x60.jpg"}}
    picture = lead(data("/media/harbour-at-dawn.jpg", publisher=publisher))
    assert picture is not None
    assert picture.url.endswith("/harbour-at-dawn.jpg")


def test_sizes_of_several_declared_pictures_stay_with_their_own():
    head = og("/media/one-ferry.jpg", width=1200, height=630)
    head += og("/media/two-ferries.jpg", width=800, height=600)
    assert [(p.width, p.height) for p in found(head)] == [(1200, 630), (800, 600)]
    unclear = og("/media/one-ferry.jpg") + og("/media/two-ferries.jpg", width=800)
    assert [p.width for p in found(unclear)] == [None, None]


def test_feed_and_older_links_fill_in():
    fed = Picture(url="https://courier.example/feed/harbour.jpg", width=700, height=400)
    assert lead(feed=(fed,)) == fed
    older = lead('<link rel="image_src" href="/media/harbour.jpg">')
    assert older is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/m/harbour-at-dawn-1200x630.jpg", "/m/harbour-at-dawn.jpg"),
        ("/m/harbour-at-dawn-scaled.jpg", "/x/y/harbour-at-dawn-300x200.webp"),
        ("/w_1200/harbour-at-dawn.jpg?q=80", "/w_300/harbour-at-dawn.jpg"),
        ("/_next/image?url=%2Fm%2Fharbour-at-dawn.jpg&w=640", "/m/harbour-at-dawn.jpg"),
        ("/m/harbour-at-dawn_640.jpg", "/m/harbour-at-dawn_1280.jpg"),
        ("/600/1.jpg", "/1200/1.jpg"),
    ],
)
def test_renditions_of_a_picture_share_a_key(one: str, other: str):
    base = "https://courier.example"
    assert picture_junk.key(base + one) == picture_junk.key(base + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/2026/02/image.jpg", "/2026/01/image.jpg"),
        ("/m/img_4711.jpg", "/m/img_4712.jpg"),
        ("/image?id=4711", "/image?id=4712"),
        ("/m/1.jpg", "/m/2.jpg"),
    ],
)
def test_other_pictures_have_other_keys(one: str, other: str):
    base = "https://courier.example"
    assert picture_junk.key(base + one) != picture_junk.key(base + other)


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("The ferry. Photo: Ana Ruiz", "The ferry.", "Ana Ruiz"),
        ("The ferry (Photo by Ana Ruiz/Getty Images)", "The ferry",
         "Ana Ruiz/Getty Images"),
        ("Die Fähre. Foto: Ana Ruiz/dpa", "Die Fähre.", "Ana Ruiz/dpa"),
        ("The ferry on Monday. (AP Photo/Ana Ruiz)", "The ferry on Monday.",
         "AP Photo/Ana Ruiz"),
        ("The ferry. © Ana Ruiz", "The ferry.", "Ana Ruiz"),
        ("Le ferry. Crédit photo : Ana Ruiz", "Le ferry.", "Ana Ruiz"),
        ("The ferry. REUTERS/Ana Ruiz", "The ferry.", "REUTERS/Ana Ruiz"),
        ("The ferry sailed on Monday", "The ferry sailed on Monday", None),
        ("Image", None, None),
    ],
)  # fmt: skip
def test_a_caption_is_parted_from_its_credit(
    caption: str, words: str | None, credit: str | None
):
    assert picture_words.of_caption(caption) == (words, credit)


def test_a_marked_credit_is_freed_from_its_label():
    picture = lead(
        "",
        '<figure><img src="/media/harbour-at-dawn.jpg" alt="IMG_4711.jpg">'
        '<figcaption>The harbour at dawn <span class="image-credit">Image credit: '
        "Ana Ruiz</span></figcaption></figure>",
    )
    assert picture is not None
    assert (picture.alt, picture.credit) == ("The harbour at dawn", "Ana Ruiz")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_no_address_or_caption_makes_a_reader_fail(text: str, other: str):
    for url in (
        text,
        f"https://a.example/{text}",
        f"https://a.example/x?{text}={other}",
    ):
        picture_junk.key(url)
        picture_junk.width_hint(url)
        picture_junk.is_junk(Picture(url=url), url, f"https://{other}.example/")
    list(picture_tags.srcset(text))
    picture_words.of_caption(text)
    picture_words.credit(text)
    picture_tags.pixels(text)
