"""An article -> what it can be asked for: a film no quotations, a paper no speakers.

What is not asked of a form counts as if it were there by half, so that each form can be
good in its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdesk.model.article import Article, ArticleType, ProviderKind
from newsdesk.text import primary

_ABSTRACT = re.compile(r"\babstract\b|\bet al\b|\bdoi\b|\barxiv\b|\bpreprint\b", re.I)
_WE = re.compile(
    r"\b(?:we|this paper|our) (?:propose|present|introduce|show|study|develop|find"
    r"|demonstrate|investigate|results|method|approach)\b|\bthis paper\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is asked of one form."""

    name: str
    full_length: int = 400
    """Words from which more length says nothing more."""
    is_told: bool = True
    """Asked to read like news."""
    has_voices: bool = True
    """Asked for people who speak in it."""


ARTICLE = Form(name="an article")
BLOG_POST = Form(name="a blog post", full_length=300, is_told=False, has_voices=False)
PAPER = Form(name="a paper", full_length=150, is_told=False, has_voices=False)
FORMS = {
    ArticleType.VIDEO: Form(
        name="a video", full_length=40, is_told=False, has_voices=False
    ),
    ArticleType.PODCAST: Form(
        name="a podcast", full_length=80, is_told=False, has_voices=False
    ),
    ArticleType.GALLERY: Form(name="a gallery", full_length=120, has_voices=False),
    ArticleType.LIVE_BLOG: Form(name="a live blog", full_length=800),
    ArticleType.PRESS_RELEASE: Form(name="a press release", full_length=400),
}


def form(article: Article) -> Form:
    """What form an article has."""
    reading = article.reading
    if reading.type in FORMS:
        return FORMS[reading.type]
    if _is_paper(article):
        return PAPER
    if article.provider.kind is ProviderKind.BLOG:
        return BLOG_POST
    return ARTICLE


def _is_paper(article: Article) -> bool:
    """Whether an article is a paper itself: by its address and the words of papers."""
    reading = article.reading
    marks = (
        _ABSTRACT.search(f"{reading.text[:600]} {reading.title}") is not None,
        _WE.search(reading.text[:3_000]) is not None,
        primary.kind(reading.web_url) == "a paper",
    )
    return sum(marks) >= 2
