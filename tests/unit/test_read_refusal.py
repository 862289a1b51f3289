"""Documents that are no article, named; and real articles that look like one of them."""

from __future__ import annotations

import pytest

from newsdesk.model.article import NotArticle, Reading
from written_pages import LONG, SHORT, SITE, STORY, URL, data, document, got

PASSWORD = '<form><input name="u"><input type="password" name="p"></form>'
CART = '<button class="add-to-cart">Add to cart</button>'
PRODUCT = {"@type": "Product", "name": "Bridge lamp", "offers": {"price": "9"}}
DATED = '<meta property="article:published_time" content="2026-02-10T09:30:00Z">'


def og(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


@pytest.mark.parametrize(
    ("title", "head", "body", "path", "kind"),
    [
        ("Just a moment...", "", SHORT, "/a/1", "challenge"),
        ("Bot Verification", "", SHORT, "/a/1", "challenge"),
        ("404 Not Found", "", SHORT, "/a/1", "error page"),
        ("Error 503", "", SHORT, "/a/1", "error page"),
        ("Oops! That page is gone", "", SHORT * 3, "/a/1", "error page"),
        ("Página no encontrada", "", SHORT, "/a/1", "error page"),
        ("Log in | Daily Harbour", "", SHORT + PASSWORD, "/a/1", "login"),
        ("Anmelden – Hafenblatt", "", SHORT + PASSWORD, "/a/1", "login"),
        ("Se connecter", "", SHORT + PASSWORD, "/a/1", "login"),
        ("Before you continue", "", SHORT, "/a/1", "consent"),
        ("Cookie-Einstellungen", "", SHORT, "/a/1", "consent"),
        ("Daily Harbour", "", SHORT, "/privacy-wall?to=1", "consent"),
        ("Daily Harbour", "", '<div id="root"></div>', "/a/1", "empty"),
        ("Bridge lamp", data(PRODUCT) + og("product"), LONG, "/a/1", "product"),
        ("Bridge lamp", data(PRODUCT), LONG + CART, "/shop/1", "product"),
        ("Bridge lamp", og("product"), LONG + CART, "/products/1", "product"),
        (
            "Bridge keeper wanted",
            data({"@type": "JobPosting", "title": "Bridge keeper"}),
            LONG,
            "/a/1",
            "job ad",
        ),
    ],
)
def test_documents_that_are_no_articles_are_named(
    title: str, head: str, body: str, path: str, kind: str
) -> None:
    refused = got(document(head, body, title=title), url=SITE + path)
    assert isinstance(refused, NotArticle), refused
    assert kind == refused.kind
    assert refused.reason


@pytest.mark.parametrize(
    ("title", "head", "body"),
    [
        ("Just a moment of peace at the pier", data(STORY), LONG),
        ("404 days without a bridge", data(STORY), LONG),
        ("500 days without a bridge", "", LONG),
        ("Error in the ledger cost the city a million", "", LONG),
        ("Un momento de paz en el puerto", "", LONG),
        ("Oops: the mayor's words of the week", "", LONG),
        ("Forbidden fruit on the market square", "", LONG),
        ("Log in Lenne river blocks boats for hours", "", LONG + PASSWORD),
        ("Login to the harbour office fails for days", "", LONG + PASSWORD),
        ("Cookie settings explained: what the law asks for", "", LONG),
        ("Before you continue to swim, read this", "", LONG),
        ("The best bridge lamp of the year", data(PRODUCT, STORY), LONG + CART),
        ("The best bridge lamp of the year", data(PRODUCT), LONG),
        ("The best bridge lamp of the year", data(PRODUCT) + DATED, LONG + CART),
        ("Old bridge opens", data(STORY, {"@type": "JobPosting"}), LONG),
        ("Old bridge opens", og("article"), SHORT[:40]),
        ("Old bridge opens", DATED, ""),
        ("Old bridge opens", data(STORY), ""),
        ("Before you continue", og("article"), SHORT),
    ],
)
def test_real_articles_are_not_refused(title: str, head: str, body: str) -> None:
    assert isinstance(got(document(head, body, title=title), url=URL), Reading)
