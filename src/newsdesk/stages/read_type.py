"""What a page is: an article, a live blog, a gallery, a podcast, a list of others …

Structured data, meta, address, headline, the text's own marks and the page's structure
are voices of their own; each speaks once for a type, however often it repeats itself.
No single weak word decides: what is not clear is an article. What is no page of news at
all is for `read_refusal`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.model.article import ArticleType, Video
from newsdesk.stages import (
    read_address,
    read_jsonld,
    read_type_marks,
    read_type_structure,
)
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_type_structure import FEW_WORDS, MANY_WORDS
from newsdesk.text import videos

# Weights: CLEAR decides alone, two WEAK voices do together. Set on the pages of the
# development set, of which none but the named ones may become anything but an article.
CLEAR, WEAK = 2.0, 1.0
NEEDED = 2.0
NEEDED_FOR_LISTING = 3.0
"""More, since a listing is thrown away."""
NO_WORDS = 40
"""Words up to which a player is the page whatever it calls itself."""
MANY_ARTICLES = 3
"""Articles in structured data past which one of them need not be this page."""

_TYPE_META = (
    "og:type", "page-type", "pagetype", "page_type", "content-type", "contenttype",
    "content_type", "article-type", "article_type", "article:type", "parsely-type",
    "cxenseparse:pageclass", "cxenseparse:recs:articletype", "dc.type", "dcterms.type",
)  # fmt: skip
_DATA: Mapping[str, ArticleType] = {
    "imagegallery": ArticleType.GALLERY,
    "mediagallery": ArticleType.GALLERY,
    "podcastepisode": ArticleType.PODCAST,
    "radioepisode": ArticleType.PODCAST,
    "pressrelease": ArticleType.PRESS_RELEASE,
    "videoobject": ArticleType.VIDEO,
    "videogallery": ArticleType.VIDEO,
    "collectionpage": ArticleType.LISTING,
    "searchresultspage": ArticleType.LISTING,
    "profilepage": ArticleType.LISTING,
}
_WORDLESS = (ArticleType.VIDEO, ArticleType.GALLERY, ArticleType.PODCAST)
_BESIDE = (ArticleType.VIDEO, ArticleType.GALLERY)
"""What stands beside the words of many articles and is told of in their data."""
_ORDER = (
    ArticleType.LIVE_BLOG,
    ArticleType.PRESS_RELEASE,
    ArticleType.PODCAST,
    ArticleType.GALLERY,
    ArticleType.VIDEO,
    ArticleType.LISTING,
)
"""Which wins where the evidence is even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a page is, and by what."""

    type: ArticleType
    why: str = ""
    """The evidence, for a person; empty for an article."""

    @property
    def is_wordless(self) -> bool:
        """Whether it is something to see or hear."""
        return self.type in _WORDLESS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    type: ArticleType
    voice: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What all signs are read from."""

    document: Document
    clues: Clues
    title: str
    text: str
    section: str | None
    video: Video | None
    words: int
    has_article: bool
    """Structured data says that it is an article of some kind."""


def kind(
    document: Document,
    clues: Clues,
    *,
    title: str,
    text: str,
    section: str | None = None,
    video: Video | None = None,
    address: str = "",
) -> Kind:
    """What the page is; `video` is the one that it declares or plays, `address` the one
    that it was first met at."""
    if videos.named(document.url) or videos.named(address):
        return Kind(type=ArticleType.VIDEO, why="the address of a video platform")
    look = _Look(
        document=document,
        clues=clues,
        title=title,
        text=text,
        section=section,
        video=video,
        words=len(text.split()),
        has_article=read_jsonld.is_article(clues.article),
    )
    signs = list(_signs(look))
    signs += _structure(look, {sign.type for sign in signs})
    return _weighed([one for one in signs if not _is_refuted(one, signs, look)])


def kind_of_entry(url: str, title: str) -> Kind:
    """What an entry is whose page is not at hand, by address and headline."""
    if videos.named(url):
        return Kind(type=ArticleType.VIDEO, why="the address of a video platform")
    signs = [*_filed(url, None), *_headed(title)]
    return _weighed([one for one in signs if one.type is not ArticleType.LISTING])


def _signs(look: _Look) -> Iterator[_Sign]:
    """What the page says of itself."""
    yield from _from_data(look)
    yield from _from_meta(look)
    yield from _filed(look.document.url, look.section)
    told = (look.title, look.clues.first("og:title"), look.clues.title)
    for title in dict.fromkeys(one for one in told if one):
        yield from _headed(title)
    yield from _wired(look.text)


def _sign(voice: str, kind: ArticleType, is_clear: bool, why: str) -> _Sign:
    return _Sign(type=kind, voice=voice, weight=CLEAR if is_clear else WEAK, why=why)


def _from_data(look: _Look) -> Iterator[_Sign]:
    own = look.clues.article
    articles = sum(1 for node in look.clues.nodes if read_jsonld.is_article(node))
    for node in look.clues.nodes:
        is_own = node is own or (node.get("@id") or "") == own.get("@id")
        for name in read_jsonld.types(node):
            why = f"structured data ({name})"
            if name == "liveblogposting":
                clear = is_own or articles <= MANY_ARTICLES
                yield _sign("data", ArticleType.LIVE_BLOG, clear, why)
            elif (known := _DATA.get(name)) is None:
                continue
            elif is_own or not look.has_article:
                is_clear = known not in _BESIDE or look.words < MANY_WORDS
                yield _sign("data", known, is_clear, why)
            elif known is not ArticleType.VIDEO:  # most articles with a film have one
                yield _sign("data", known, False, why)
    entity = own.get("mainEntity")
    for name in read_jsonld.types(entity) if isinstance(entity, dict) else ():
        if look.has_article and (known := _DATA.get(name)):
            yield _sign("data", known, False, f"structured data (about a {name})")


def _from_meta(look: _Look) -> Iterator[_Sign]:
    for name in _TYPE_META:
        for value in look.clues.meta.get(name, ())[:2]:
            known = read_type_marks.declared(value)
            if known is not None:
                is_film = known is ArticleType.VIDEO and name == "og:type"
                clear = is_film and not look.has_article and look.words < MANY_WORDS
                yield _sign("meta", known, clear, f"meta ({value[:40]})")


def _filed(url: str, section: str | None) -> Iterator[_Sign]:
    for known, clear, word in read_type_marks.filed(url, section):
        yield _sign("filed", known, clear, f"filed under “{word}”")
    for known, word in read_type_marks.slug(url):
        # Made of the headline, a slug is no voice of its own.
        yield _sign("headline", known, False, f"headed “{word}”")


def _headed(title: str) -> Iterator[_Sign]:
    for known, weight, word in read_type_marks.headed(title):
        yield _Sign(type=known, voice="headline", weight=weight, why=f"headed “{word}”")


def _wired(text: str) -> Iterator[_Sign]:
    release = ArticleType.PRESS_RELEASE
    if dateline := read_type_marks.wire(text):
        yield _sign("text", release, True, f"begins with “{dateline}”")
    found = read_type_marks.about_and_contact(text)
    if found:
        why = "ends with the company and its contacts"
        yield _sign("tail", release, found > 1, why)


def _structure(look: _Look, spoken_for: set[ArticleType]) -> Iterator[_Sign]:
    """What the page is built like; asked only where it supports something said."""
    for known in sorted(spoken_for):
        if why := _built(known, look):
            yield _sign("structure", known, False, why)
    if look.video is not None and look.words < NO_WORDS:
        yield _sign("structure", ArticleType.VIDEO, True, "a player and hardly a word")
    if not _is_dated_article(look):
        yield from _listed(look)


def _built(known: ArticleType, look: _Look) -> str:
    """What of the page's structure supports a type."""
    document, words = look.document, look.words
    if known is ArticleType.GALLERY:
        return read_type_structure.gallery(document, words)
    if known is ArticleType.LIVE_BLOG:
        return read_type_structure.entries(document, look.clues)
    if known is ArticleType.PODCAST:
        return read_type_structure.sound(document, words)
    if known is ArticleType.VIDEO:
        has_video = look.video is not None
        return read_type_structure.film(document, words, has_video=has_video)
    return ""


def _listed(look: _Look) -> Iterator[_Sign]:
    """That the page leads elsewhere, and has little else to say."""
    heads = read_type_structure.links(look.document)
    if not heads:
        return
    listing = ArticleType.LISTING
    of_teasers = read_type_structure.is_of_teasers(look.text, heads)
    if of_teasers or look.words < FEW_WORDS:
        why = f"{len(heads)} headlines that lead elsewhere"
        yield _sign("structure", listing, False, why)
    if of_teasers:
        yield _sign("text", listing, False, "a text of teasers")
    if read_address.is_front(look.document.url):
        yield _sign("filed", listing, False, "a front page's address")


def _is_dated_article(look: _Look) -> bool:
    """Whether the page says that it is one article: then it is no list of others."""
    own = look.clues.article
    return (
        (look.has_article and ("headline" in own or "datePublished" in own))
        or (look.clues.first("og:type") or "").lower() == "article"
        or bool(look.clues.first("article:published_time"))
        or bool(look.clues.microdata.get("datepublished"))
    )


def _is_refuted(sign: _Sign, signs: Sequence[_Sign], look: _Look) -> bool:
    """Whether the page's words speak against a sign: a film beside much text, a list
    without links or with a date of its own."""
    if sign.type is ArticleType.VIDEO:
        return look.words >= MANY_WORDS
    if sign.type is ArticleType.LISTING:
        links = (s for s in signs if s.type is sign.type and s.voice == "structure")
        return _is_dated_article(look) or not any(links)
    return False


def _weighed(signs: Sequence[_Sign]) -> Kind:
    """The type that most speaks for, each voice heard once."""
    best, most = Kind(type=ArticleType.ARTICLE), 0.0
    for known in _ORDER:
        voices: dict[str, _Sign] = {}
        for sign in sorted(signs, key=lambda one: -one.weight):
            if sign.type is known:
                voices.setdefault(sign.voice, sign)
        total = sum(sign.weight for sign in voices.values())
        needed = NEEDED_FOR_LISTING if known is ArticleType.LISTING else NEEDED
        if total >= max(needed, most + 0.1):
            most = total
            best = Kind(type=known, why=", ".join(one.why for one in voices.values()))
    return best
