"""Documents that are no piece of news at all, and why.

Error pages, challenges, logins, consent pages, shells without words, products, job
advertisements, front pages. Structured data of an article is believed before any of
these: refusing a real article is worse than reading a page too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.model.article import NotArticle
from newsdesk.model.feed import FeedEntry
from newsdesk.stages import read_address, read_jsonld
from newsdesk.stages.read_clues import Clues, line
from newsdesk.stages.read_document import Document

MIN_TEXT = 80
"""Characters of text below which a page without structured data says nothing."""
MIN_HEADLINES = 8
"""Headings with links from which a front page is a list of articles, not one."""
MAX_DOOR = 1_500
"""Characters of text past which a page is no error, no login and asks for no consent."""

_CHALLENGE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|"
    r"are you a robot|robot check|please wait|checking your browser|one moment, please|"
    r"security check|verify(?:ing)? you are (?:a )?human|human verification|ddos-guard|"
    r"pardon our interruption|client challenge|captcha|un momento|einen moment|"
    r"bot verification|vérification de sécurité|sicherheitsüberprüfung)",
    re.I,
)
_ERROR = re.compile(
    r"^(?:error\s*(?:$|[!:|–—-]|\d{3}\b|page\b|occurred\b)|"
    r"(?:http )?(?:error\s*)?(?:4(?:0[0134]|10)|50[0-4])\s*(?:$|[!:|.–—-]|error|page|"
    r"not found|forbidden|unauthori[sz]ed|bad|internal|service|gateway|gone)|"
    r"(?:the )?page (?:not found|(?:is )?unavailable|you (?:requested|were looking for))|"
    r"(?:404 )?not found|seite nicht gefunden|page (?:introuvable|non trouvée)|"
    r"p[aá]gina no encontrada|pagina non trovata|página não encontrada|"
    r"(?:this (?:page|content|site) is )?(?:temporarily )?(?:unavailable|not available)|"
    r"service (?:temporarily )?unavailable|bad gateway|internal server error|forbidden|"
    r"access forbidden|oops|site (?:is )?(?:under )?maintenance)",
    re.I,
)
_LOGIN = re.compile(
    r"^(?:log[ -]?in|sign[ -]?in|anmelden|einloggen|login|se connecter|connexion|"
    r"iniciar sesi[oó]n|accedi|entrar|inloggen|logga in|logg inn|log ind|"
    r"zaloguj(?: się)?|kirjaudu(?: sisään)?|войти|вход|giriş yap)"
    r"(?:\s*(?:$|[|–—:•-])|\s+(?:to|bei|à|en|a|no|bij|på|til|do|with|or)\b)",
    re.I,
)
_CONSENT = re.compile(
    r"^(?:before you continue|we value your privacy|your privacy choices|"
    r"(?:cookie|privacy|consent)[ -](?:consent|settings|notice|gate|wall|preferences)|"
    r"cookie-?(?:einstellungen|zustimmung|hinweis)|privacy ?gate|"
    r"(?:ihre|deine) (?:privatsphäre|zustimmung|einwilligung)|datenschutz-?einstellungen|"
    r"avant d['’]accéder|votre vie privée|bevor sie fortfahren|antes de continuar|"
    r"prima di continuare|voordat je verdergaat|consent\b\s*(?:$|[|–—:-]))",
    re.I,
)
_CONSENT_ADDRESS = re.compile(
    r"^https?://(?:consent|privacy-?gate|cookie-?consent)\.|"
    r"/(?:privacy-?gate|privacy-?wall|cookie-?wall|cookie-?consent)(?:/|\?|$)",
    re.I,
)
_SHOP_ADDRESS = re.compile(
    r"/(?:products?|shop|store|item|dp|p|produkt|produit)/", re.I
)
_CART = (
    "[class*=add-to-cart i], [class*=addtocart i], [id*=add-to-cart i], "
    "[name=add-to-cart], form[action*='/cart' i]"
)


def before_reading(
    document: Document, clues: Clues, entry: FeedEntry
) -> NotArticle | None:
    """Why the document is clearly no article by what it says of itself, or None."""
    if read_jsonld.is_article(clues.article):
        return None
    for found in (
        _by_title(document, clues, entry),
        _job(clues),
        _product(document, clues),
        _front(document, clues),
    ):
        if found:
            return found
    return None


def after_reading(
    document: Document, clues: Clues, text: str, *, is_wordless: bool
) -> NotArticle | None:
    """Why what was read is no article, or None. `is_wordless`: it is a film, pictures or
    sound, of which no words are asked."""
    if read_jsonld.is_article(clues.article) or _is_named_article(clues):
        return None
    if len(text) < MAX_DOOR:
        for title in _titles(clues):
            if _LOGIN.search(title) and document.tree.css_first("input[type=password]"):
                return NotArticle(reason=f"a login page: {title[:80]}", kind="login")
        if _asks_consent(document, clues):
            return NotArticle(
                reason="a page that asks for consent before the article", kind="consent"
            )
    if len(text) < MIN_TEXT and not is_wordless and not clues.article:
        return NotArticle(reason="the page has no text", kind="empty")
    return None


def _titles(clues: Clues) -> list[str]:
    return [one for one in (clues.title, *clues.headings[:1]) if one]


def _by_title(document: Document, clues: Clues, entry: FeedEntry) -> NotArticle | None:
    """Headlines begin with such words, too: with prose below, it is one."""
    for title in _titles(clues):
        if _CHALLENGE.search(title):
            reason, kind = f"a challenge page: {title[:80]}", "challenge"
        elif _ERROR.search(title) and title != line(entry.title):
            reason, kind = f"an error page: {title[:80]}", "error page"
        else:
            continue
        if not _has_prose(document):
            return NotArticle(reason=reason, kind=kind)
    return None


def _has_prose(document: Document) -> bool:
    paragraphs = (line(node.text()[:MAX_DOOR]) for node in document.tree.css("p")[:200])
    return sum(len(one) for one in paragraphs if len(one) >= MIN_TEXT) >= MAX_DOOR


def _asks_consent(document: Document, clues: Clues) -> bool:
    if _CONSENT_ADDRESS.search(document.url):
        return True
    return any(_CONSENT.search(title) for title in _titles(clues))


def _is_dated(clues: Clues) -> bool:
    return bool(
        clues.first("article:published_time", "datepublished")
        or clues.microdata.get("datepublished")
    )


def _is_named_article(clues: Clues) -> bool:
    """Whether meta says that it is an article: then the fault is with our reading."""
    return (clues.first("og:type") or "").lower() == "article" or _is_dated(clues)


def _job(clues: Clues) -> NotArticle | None:
    jobs = [one for one in clues.nodes if "jobposting" in read_jsonld.types(one)]
    if not jobs or _is_dated(clues):
        return None
    name = read_jsonld.text(jobs[0].get("title")) or "no title"
    return NotArticle(reason=f"a job advertisement: {name[:80]}", kind="job ad")


def _product(document: Document, clues: Clues) -> NotArticle | None:
    """A product's page by two signs at least: reviews have some of them, too."""
    if _is_dated(clues):
        return None
    signs = list(_product_signs(document, clues))
    if len(signs) < 2:
        return None
    return NotArticle(reason=f"a product's page: {', '.join(signs)}", kind="product")


def _product_signs(document: Document, clues: Clues) -> Iterator[str]:
    if (clues.first("og:type") or "").lower() in (
        "product",
        "og:product",
        "product.item",
    ):
        yield "meta (product)"
    kinds = [read_jsonld.types(one) for one in clues.nodes]
    sold = [
        one
        for one, said in zip(clues.nodes, kinds, strict=True)
        if {"product", "productgroup"} & set(said) and "offers" in one
    ]
    if len(sold) == 1:
        yield "structured data (Product with an offer)"
    if clues.first("product:price:amount", "og:price:amount"):
        yield "a price"
    if document.tree.css_first(_CART) is not None and _SHOP_ADDRESS.search(
        document.url
    ):
        yield "a shop's address and cart"


def _front(document: Document, clues: Clues) -> NotArticle | None:
    kind = (clues.first("og:type") or "").lower()
    if not read_address.is_front(document.url) or kind == "article":
        return None
    linked = document.tree.css("h2 a, h3 a, h4 a, a h2, a h3, a h4, article a h2")
    if len(linked) < MIN_HEADLINES:
        return None
    return NotArticle(reason="the address is a front page", kind="front page")
