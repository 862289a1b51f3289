"""The frames of article pages, one per layout: where the text stands and what stands
around it. Values arrive escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from newsdesk.press.records import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The parts of an article page as HTML."""

    publisher: Publisher
    title: str
    deck: str
    byline: str
    when: str
    picture: str
    body: str
    section: str
    related: str
    comments: str

    @property
    def name(self) -> str:
        """The publisher's name, escaped."""
        return escape(self.publisher.name)


_SECTIONS = (
    "News",
    "Politics",
    "Business",
    "Technology",
    "Science",
    "Culture",
    "Sport",
)


def style(publisher: Publisher) -> str:
    """The publisher's style sheet."""
    dark, main, light, accent = publisher.palette
    serif = publisher.layout in ("broadsheet", "classic", "blog")
    face = "Georgia, serif" if serif else "Helvetica, Arial, sans-serif"
    return (
        f"body{{margin:0;font:18px/1.6 {face};color:#222;background:#fff}}"
        f"header.top{{background:{dark};color:{light};padding:14px 24px}}"
        f"header.top b{{font-size:26px}}nav a{{color:{light};margin-right:14px;"
        "font-size:14px;text-decoration:none}"
        "main{max-width:740px;margin:24px auto;padding:0 20px}"
        f"h1{{font-size:34px;line-height:1.2;color:{dark}}}a{{color:{main}}}"
        ".deck{font-size:20px;color:#555}.by{font-size:14px;color:#666}"
        "figure{margin:20px 0}img{max-width:100%;height:auto}"
        "figcaption{font-size:12px;color:#777}"
        f"aside,.box{{background:{light};border-left:4px solid {accent};"
        "padding:12px 18px;margin:24px 0;font-size:15px}"
        f"footer{{background:{dark};color:{light};padding:20px 24px;font-size:13px}}"
        "footer a{color:inherit}"
    )


def _top(frame: Frame) -> str:
    links = "".join(f'<a href="/{item.lower()}/">{item}</a>' for item in _SECTIONS)
    return f'<header class="top"><b>{frame.name}</b>\n<nav>{links}</nav></header>\n'


def _foot(frame: Frame) -> str:
    return (
        f"<footer><p>© {frame.name}. {escape(frame.publisher.tagline)}.</p>"
        '<p><a href="/about">About us</a> · <a href="/imprint">Imprint</a> · '
        '<a href="/privacy">Privacy</a> · <a href="/rss">All feeds</a></p></footer>\n'
    )


def _letter(frame: Frame) -> str:
    return (
        '<div class="box newsletter"><strong>Get our morning letter</strong>'
        f"<p>The most important stories from {frame.name} in your inbox at seven. "
        'Free, and you can leave at any time.</p><form action="/letter">'
        '<input type="email" placeholder="you@mail.example"><button>Subscribe</button>'
        "</form></div>\n"
    )


def _more(frame: Frame, heading: str) -> str:
    return f"<aside><h3>{heading}</h3>\n<ul>\n{frame.related}</ul></aside>\n"


def _talk(frame: Frame) -> str:
    return f'<section id="comments"><h3>Comments</h3>\n{frame.comments}</section>\n'


def _halved(body: str) -> tuple[str, str]:
    lines = body.splitlines(keepends=True)
    half = len(lines) // 2
    return "".join(lines[:half]), "".join(lines[half:])


def _wire(frame: Frame) -> str:
    return (
        f"<body>{_top(frame)}<main><article>\n<h1>{frame.title}</h1>\n"
        f'<p class="by">{frame.when}</p>\n{frame.picture}{frame.body}'
        f'<p class="by">{frame.name} – all rights reserved</p></article>\n'
        f"{_more(frame, 'Latest')}</main>\n{_foot(frame)}</body>\n"
    )


def _broadsheet(frame: Frame) -> str:
    first, second = _halved(frame.body)
    return (
        f"<body>{_top(frame)}<main>\n<p class=kicker>{frame.section}</p>"
        f'<article itemscope itemtype="http://schema.org/NewsArticle">\n'
        f'<h1 itemprop="headline">{frame.title}</h1>\n'
        f'<p class="deck">{frame.deck}</p>\n<p class="by">{frame.byline} {frame.when}</p>\n'
        f'{frame.picture}<div itemprop="articleBody">\n{first}</div>\n'
        f"{_more(frame, 'Read more')}<div>\n{second}</div></article>\n"
        f"{_letter(frame)}{_talk(frame)}</main>\n{_foot(frame)}</body>\n"
    )


def _classic(frame: Frame) -> str:
    return (
        f'<body>{_top(frame)}<main id="content"><div class="article">\n'
        f'<h1 class="title">{frame.title}</h1>\n<div class="by">{frame.byline}<br>'
        f"{frame.when}</div>\n{frame.picture}<p><strong>{frame.deck}</strong></p>\n"
        f'<div class="text">\n{frame.body}</div></div>\n'
        '<div class="box share">Share: <a href="#">Mail</a> <a href="#">Print</a></div>\n'
        f"{_more(frame, 'Most read today')}{_letter(frame)}</main>\n{_foot(frame)}</body>\n"
    )


def _plain(frame: Frame) -> str:
    return (
        f"<body><main>\n<p><b>{frame.name}</b> · {frame.section}</p>\n"
        f"<h1>{frame.title}</h1>\n<p>{frame.when} {frame.byline}</p>\n"
        f"{frame.picture}{frame.body}<hr>\n<ul>\n{frame.related}</ul></main>\n"
        f"{_foot(frame)}</body>\n"
    )


def _cards(frame: Frame) -> str:
    return (
        '<body><div id="cookie" class="box">We use no cookies worth mentioning. '
        f'<button>Fine</button></div>\n{_top(frame)}<main role="main">\n'
        f"<section class=hero>{frame.picture}<h1>{frame.title}</h1>"
        f'<p class="by">{frame.byline} | {frame.when}</p></section>\n'
        f'<section class="story-body">\n<p class="deck">{frame.deck}</p>\n{frame.body}'
        f"</section>\n{_more(frame, 'Also on our programme')}{_talk(frame)}</main>\n"
        f"{_foot(frame)}</body>\n"
    )


def _table(frame: Frame) -> str:
    return (
        '<body bgcolor="#ffffff"><table width="100%" cellpadding="8"><tr>\n'
        f'<td width="180" valign="top"><b>{frame.name}</b><br>'
        + "<br>".join(f'<a href="/{item.lower()}">{item}</a>' for item in _SECTIONS)
        + f'</td>\n<td valign="top"><font size="5"><b>{frame.title}</b></font><br>\n'
        f"<small>{frame.when} {frame.byline}</small>\n{frame.picture}{frame.body}"
        f'</td>\n<td width="200" valign="top"><b>More</b><ul>\n{frame.related}</ul></td>\n'
        f"</tr></table>\n{_foot(frame)}</body>\n"
    )


def _magazine(frame: Frame) -> str:
    first, second = _halved(frame.body)
    return (
        f'<body>{_top(frame)}<main class="feature">\n{frame.picture}'
        f'<header><span class="tag">{frame.section}</span><h1>{frame.title}</h1>'
        f'<h2 class="deck">{frame.deck}</h2><p class="by">{frame.byline}, {frame.when}'
        f'</p></header>\n<div class="prose">\n{first}{_letter(frame)}{second}</div>\n'
        f"{_more(frame, 'From the same desk')}</main>\n{_foot(frame)}</body>\n"
    )


def _blog(frame: Frame) -> str:
    return (
        f'<body><main class="post">\n<p><a href="/">{frame.name}</a></p>\n'
        f'<h1 class="entry-title">{frame.title}</h1>\n<p class="by">{frame.when} · '
        f'{frame.byline}</p>\n<div class="entry-content">\n{frame.picture}{frame.body}'
        f"</div>\n<p>Previously:</p><ul>\n{frame.related}</ul>\n{_talk(frame)}</main>\n"
        f"{_foot(frame)}</body>\n"
    )


FRAMES = {
    "wire": _wire,
    "broadsheet": _broadsheet,
    "classic": _classic,
    "plain": _plain,
    "cards": _cards,
    "table": _table,
    "magazine": _magazine,
    "blog": _blog,
}
"""By name of the layout."""
