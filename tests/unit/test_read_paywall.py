"""Paywalls: each kind of evidence, and free pages that look alike."""

from __future__ import annotations

import pytest

from written_pages import LONG, SENTENCES, STORY, data, document, reading

CUT = "".join(f"<p>{one}</p>" for one in SENTENCES)
PART = {
    "@type": "WebPageElement",
    "isAccessibleForFree": "False",
    "cssSelector": ".locked-part",
}


def evidence(head: str = "", body: str = LONG) -> tuple[str, ...]:
    return reading(document(head, body)).paywall


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def wall(name: str, words: str = "Subscribe now, or log in.") -> str:
    return f'<div class="{name}"><p>{words}</p></div>'


@pytest.mark.parametrize(
    "said", [False, "False", "false", "FALSE", "http://schema.org/False", ["false"]]
)
def test_structured_data_says_that_it_is_not_free(said: object) -> None:
    assert evidence(data({**STORY, "isAccessibleForFree": said})) == (
        "structured data says that it is not free",
    )


def test_structured_data_names_the_part_that_is_not_free() -> None:
    assert evidence(data({**STORY, "hasPart": PART})) == (
        "structured data says that a part of it is not free (.locked-part)",
    )


def test_the_page_speaks_where_the_article_is_silent() -> None:
    page = {"@type": "WebPage", "isAccessibleForFree": False, "name": "x"}
    assert evidence(data(page))
    assert not evidence(data(STORY, page))


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("article:content_tier", "metered", "metered"),
        ("article:content_tier", "locked", "locked"),
        ("article.access", "paid", "locked"),
        ("paywall", "true", "locked"),
        ("premium", "1", "locked"),
        ("isPremium", "True", "locked"),
        ("paywall", "metered", "metered"),
    ],
)
def test_meta_tells_metered_from_locked(name: str, content: str, word: str) -> None:
    (told,) = evidence(meta(name, content))
    assert told.startswith(f"{word}: meta says so")


@pytest.mark.parametrize(
    "box",
    [
        wall("paywall"),
        wall("regwall-container", "Register to go on."),
        wall("tp-modal"),
        wall("article-paywall"),
        wall("premium-gate", "Jetzt abonnieren"),
        wall("subscription-wall", "Abonnez-vous"),
        wall("content-gate", "Suscríbete ya"),
        '<section id="piano-inline"><p>Log in to go on.</p></section>',
    ],
)
def test_a_wall_in_place_of_the_text_is_evidence(box: str) -> None:
    assert any("asks to subscribe" in one for one in evidence(body=CUT + box))


@pytest.mark.parametrize(
    "call",
    [
        "Subscribe to continue reading.",
        "To continue reading this article, please log in or register.",
        "This article is for subscribers only.",
        "This story is available exclusively to our paying members.",
        "Already a subscriber? Log in here.",
        "You have reached your limit of free articles for this month.",
        "Jetzt weiterlesen mit Hafen+",
        "Dieser Artikel ist nur für Abonnenten lesbar.",
        "Il vous reste 72.5% de cet article à lire.",
        "La suite est réservée aux abonnés.",
        "Este contenido es exclusivo para suscriptores.",
        "Suscríbete para seguir leyendo.",
        "Este conteúdo é exclusivo para assinantes.",
        "Contenuto riservato agli abbonati.",
        "Dit artikel is alleen voor abonnees.",
        "Artykuł dostępny tylko dla prenumeratorów.",
        "Материал доступен только подписчикам.",
        "この記事は有料会員限定です。残り 1234文字",
        "登录后继续阅读全文",
    ],
)
def test_a_text_that_ends_in_a_call_to_subscribe_is_cut(call: str) -> None:
    assert any(
        "ends with" in one or "the page says" in one
        for one in evidence(body=f"{CUT}<p>{call}</p>")
    )


def test_an_article_that_is_named_as_locked_and_short_is_paid() -> None:
    html = document(body=CUT).replace("<article>", '<article class="article--locked">')
    assert any("marked" in one for one in reading(html).paywall)


def test_parts_of_a_long_text_that_are_marked_as_paid_are_evidence() -> None:
    assert any(
        "marked “paywall”" in one
        for one in evidence(body=f'{LONG}<div class="paywall">{LONG}</div>')
    )


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", LONG + '<a class="button" href="/subscribe">Subscribe</a>'),
        ("", CUT + '<a class="button" href="/subscribe">Subscribe</a>'),
        ("", CUT + "<p>Subscribe to our newsletter for more stories like this.</p>"),
        ("", LONG + wall("paywall")),
        ("", CUT + f'<div class="paywall" style="display: none">{CUT}Log in</div>'),
        ("", CUT + wall("paywall", "The bridge is open to all.")),
        ("", CUT + wall("no-paywall")),
        ("", CUT + '<div class="modal"><p>Subscribe now to keep reading.</p></div>'),
        ("", CUT + wall("pianoforte", "Subscribe to the concert series.")),
        (data({**STORY, "isAccessibleForFree": True}), LONG),
        (data({**STORY, "isAccessibleForFree": "True", "hasPart": PART}), LONG),
        (data({**STORY, "isAccessibleForFree": "http://schema.org/True"}), LONG),
        (meta("article:content_tier", "free"), LONG),
        (meta("paywall", "false"), LONG),
        (meta("robots", "noarchive"), LONG),
        ("", "<p>The paper put a paywall up; only subscribers may read it.</p>" + LONG),
    ],
)
def test_free_pages_stay_free(head: str, body: str) -> None:
    assert evidence(head, body) == ()


def test_evidence_is_listed_once_and_strongest_first() -> None:
    head = data({**STORY, "isAccessibleForFree": False}) + meta("paywall", "true")
    told = evidence(head, CUT + wall("paywall") + wall("paywall"))
    assert told[0] == "structured data says that it is not free"
    assert len(told) == len(set(told)) == 3
