"""An issue of a newsletter -> a letter: HTML, text, a mail, and its file in the content
folder.

The same letter goes to the archive and, with its own way out for each, to every
subscriber. It stays below what mail programs cut off, and names everything twice: in
HTML and as text, in one order with the same links.
"""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newsdesk.model.letter import (
    Letter,
    LetterMiss,
    LetterNote,
    LetterPicture,
    LetterSponsor,
    LetterStory,
)
from newsdesk.model.newsletter import Issue, Pick, Why
from newsdesk.model.picture import PictureCopy
from newsdesk.model.site import Newsletter, Site
from newsdesk.model.sponsor import Sponsor
from newsdesk.model.story import Edition, Published
from newsdesk.render import addresses, html_theme, html_words
from newsdesk.render.record_scalars import instant, plain, quoted
from newsdesk.text import mail_addresses

_TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 80_000
"""Gmail cuts a mail off near 102 KB of HTML; encodings and what is added need room."""
EXCERPT = 240
SUBJECT = 90
PICTURE_WIDTH = 528
SPONSOR_AFTER = 2
"""Stories before the sponsor's place."""
LONGEST_LEAVE = "https://" + "x" * 300
"""As long as a way out may get, to measure a letter by."""
PAGE = (255, 255, 255)
DARK_PAGE = (27, 27, 25)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv"})


def letter(
    issue: Issue, site: Site, edition: Edition, sponsor: Sponsor | None = None
) -> Letter:
    """The letter of an issue, short enough for every mail program: stories go from its
    end until it is. `sponsor`: who has the place in it; a letter without stories has no
    such place."""
    made = _letter(issue, site, edition)
    if sponsor and made.stories:
        made = replace(
            made,
            sponsor=LetterSponsor(
                name=sponsor.name, url=sponsor.url, message=sponsor.message
            ),
        )
    while _size(made, site) > MOST_BYTES and len(made.stories) > 1:
        made = replace(made, stories=made.stories[:-1])
    while _size(made, site) > MOST_BYTES and made.amendments:
        kept = len(made.amendments) * 3 // 4  # there may be many, and each costs a look
        made = replace(made, amendments=made.amendments[:kept])
    return made


def _size(made: Letter, site: Site) -> int:
    return len(html(replace(made, leave=LONGEST_LEAVE), site))


def _letter(issue: Issue, site: Site, edition: Edition) -> Letter:
    newsletter = issue.newsletter
    stories = tuple(
        _story(pick, site, edition, with_picture=place == 0)
        for place, pick in enumerate(issue.picks)
    )
    titles = [one.title for one in stories]
    top = titles[0] if titles else newsletter.title
    if not titles and issue.amendments:
        top = f"{newsletter.title}: put right"
    return Letter(
        id=newsletter.id,
        title=newsletter.title,
        day=issue.day,
        subject=html_words.shorten(top, SUBJECT),
        preheader=html_words.shorten(" · ".join(titles[1:4]), 140),
        page=addresses.absolute(site.url, page(issue)),
        stories=stories,
        amendments=tuple(
            LetterNote(
                title=one.published.record.title,
                page=_page(one.published, site),
                what=html_words.shorten(one.what, EXCERPT),
            )
            for one in issue.amendments
        ),
        misses=tuple(
            LetterMiss(
                title=p.record.title, reason=p.story.verdict.lacks if p.story else ""
            )
            for p in issue.misses
        ),
        postal=newsletter.postal,
    )


def _story(
    pick: Pick, site: Site, edition: Edition, *, with_picture: bool
) -> LetterStory:
    p = pick.published
    record = p.record
    article = html_words.link(record.web_url or record.original_url)
    reading = p.story.lead.reading if p.story else None
    return LetterStory(
        title=record.title,
        excerpt=html_words.shorten(record.excerpt, EXCERPT),
        page=_page(p, site),
        article=article or _page(p, site),
        outlet=record.provider.name or record.provider.domain,
        at=record.published_at,
        language=(reading.language if reading else None) or site.language,
        topic=record.topics[0] if record.topics else "",
        also=_also(p),
        moved=pick.why is Why.MOVED,
        reason=pick.reason,
        picture=_shot(p, edition, site) if with_picture else None,
    )


def _also(p: Published) -> str:
    own = p.record.provider.domain
    others = {o.provider.domain: o.provider.name for o in p.record.related}
    others.pop(own, None)
    if len(others) == 1:
        return next(iter(others.values()))
    return f"{len(others)} more" if others else ""


def _shot(p: Published, edition: Edition, site: Site) -> LetterPicture | None:
    for image in p.record.images:
        copy = edition.copies.get(image.url) if image.is_cached else None
        if copy is not None:
            return _shown(copy, image.title or p.record.title, site)
    return None


def _shown(copy: PictureCopy, alt: str, site: Site) -> LetterPicture:
    wide = [one for one in copy.webp if one.width >= PICTURE_WIDTH]
    best = min(wide or copy.webp[-1:], key=lambda one: one.width)
    return LetterPicture(
        src=addresses.absolute(site.url, best.path),
        height=round(PICTURE_WIDTH * copy.height / copy.width),
        alt=alt,
    )


def _page(p: Published, site: Site) -> str:
    return addresses.absolute(site.url, addresses.story_page(p.path))


def page(issue: Issue) -> str:
    """Address of an issue's page below the site."""
    return addresses.issue_page(issue.newsletter.id, issue.day)


def html(made: Letter, site: Site) -> bytes:
    """The letter as HTML."""
    template = _environment().get_template("mail.html")
    accent = site.output.accent
    text = template.render(
        letter=made,
        site=site,
        sponsor_after=min(SPONSOR_AFTER, len(made.stories)),
        direction="rtl" if site.language in RIGHT_TO_LEFT else "ltr",
        light=html_theme.readable(accent, PAGE),
        dark=html_theme.readable(accent, DARK_PAGE),
    )
    return text.encode("utf-8", "replace")


def text(made: Letter, site: Site) -> str:
    """The letter as plain text, in the same order with the same links."""
    lines = [made.title, f"{site.title}, {html_words.weekday(made.day)}", made.page, ""]
    for number, one in enumerate(made.stories, 1):
        mark = " (update)" if one.moved else ""
        lines += [*_wrapped(f"{number}. {one.title}{mark}"), *_wrapped(one.excerpt)]
        also = f", also in {one.also}" if one.also else ""
        lines += _wrapped(f"{one.outlet}, {html_words.moment(one.at)} UTC{also}")
        lines += [*_wrapped(html_words.sentence(one.reason)), one.page, one.article, ""]
        if made.sponsor and number == min(SPONSOR_AFTER, len(made.stories)):
            paid = f"Sponsored: {made.sponsor.name}. {made.sponsor.message}"
            lines += [*_wrapped(paid), made.sponsor.url, ""]
    if not made.stories:
        unsent = "" if made.amendments else " No mail went out for this day."
        lines += [f"Nothing new reached our bar.{unsent}", ""]
        lines += [f"{miss.title} ({miss.reason})" for miss in made.misses]
    if made.amendments:
        lines += ["Put right since", ""]
        for note in made.amendments:
            lines += [*_wrapped(f"{note.title}: {html_words.sentence(note.what)}")]
            lines += [note.page, ""]
    lines += ["--", *_wrapped(_footer(made, site))]
    if made.leave:
        lines += ["Unsubscribe at once:", made.leave]
    if made.postal:
        lines.append(made.postal)
    return "\n".join(lines) + "\n"


def _footer(made: Letter, site: Site) -> str:
    return (
        f"You get this because you asked for “{made.title}” at {site.title} and "
        "said yes to our mail. We count neither opens nor clicks."
    )


def _wrapped(paragraph: str) -> list[str]:
    return textwrap.wrap(
        paragraph, 72, break_long_words=False, break_on_hyphens=False
    ) or [""]


def mail(
    made: Letter,
    site: Site,
    newsletter: Newsletter,
    *,
    to: str | None = None,
    leave: str | None = None,
) -> bytes:
    """The letter as a mail (RFC 5322), the same bytes for the same letter.

    `to` is the subscriber's address, None: the archive's copy, for nobody; `leave` is
    where a POST ends this subscription (RFC 8058) and a person finds a page.
    """
    own = replace(made, leave=leave)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(site, newsletter)
    message["To"] = to or "undisclosed-recipients:;"
    message["Subject"] = _line(made.subject)
    message["Date"] = format_datetime(_moment(made, newsletter), usegmt=True)
    message["Message-ID"] = message_id(made, site, newsletter, to)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_whole(text(own, site)), cte="quoted-printable")
    message.add_alternative(
        html(own, site).decode(), subtype="html", cte="quoted-printable"
    )
    message.set_boundary(f"=_{_digest(made, newsletter, '')[:32]}")
    message["Content-Language"] = site.language
    return _list_lines(site, newsletter, leave) + message.as_bytes()


def _list_lines(site: Site, newsletter: Newsletter, leave: str | None) -> bytes:
    """The header's lines on the list. Written by hand: the library would encode a long
    address as if it were words, and no mail program finds it then."""
    lines = [f"List-Id: <{newsletter.id}.{_host(site)}>"]
    if leave:
        address = parseaddr(sender(site, newsletter))[1]
        lines += [
            f"List-Unsubscribe: <{_in_ascii(leave)}>,",
            f" <mailto:{address}?subject=unsubscribe>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii", "replace")


def _line(words: str) -> str:
    """Words for a header: on one line, without what shows as nothing."""
    shown = "".join(one if one.isprintable() else " " for one in words)
    return " ".join(shown.split())


def _whole(words: str) -> str:
    """Half a surrogate pair goes: no encoding has it."""
    return words.encode("utf-8", "replace").decode()


def question(site: Site, newsletter: Newsletter, to: str, confirm: str) -> bytes:
    """The mail that asks an address whether it wants a newsletter: plain text, and a
    link that somebody has to press a button behind, since machines follow links."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(site, newsletter)
    message["To"] = to
    message["Subject"] = f"Do you want {_line(newsletter.title)}?"
    message["Auto-Submitted"] = "auto-generated"
    lines = [
        *_wrapped(
            f"Somebody, you we hope, asked for “{newsletter.title}” from {site.title} "
            "at this address. To get it, open this page and press the button:"
        ),
        *("", confirm, ""),
        *_wrapped("If it was not you, do nothing: you get no further mail from us."),
    ]
    message.set_content("\n".join(lines) + "\n", cte="quoted-printable")
    return message.as_bytes()


def sender(site: Site, newsletter: Newsletter) -> str:
    """Who a newsletter is from: name and address."""
    if newsletter.sender:
        address = parseaddr(newsletter.sender)[1]
        own = mail_addresses.normal(address) or address
        return newsletter.sender.replace(address, own)
    return f"{_plain(site.title) or 'News'} <newsletter@{_host(site)}>"


def message_id(made: Letter, site: Site, newsletter: Newsletter, to: str | None) -> str:
    """The mail's own name: the same for the same letter to the same address, so that a
    server that is handed one twice can tell."""
    return f"<{_digest(made, newsletter, to or '')[:40]}@{_host(site)}>"


def _digest(made: Letter, newsletter: Newsletter, to: str) -> str:
    words = f"{newsletter.id}\n{made.day}\n{to}"
    return sha256(words.encode()).hexdigest()


def _moment(made: Letter, newsletter: Newsletter) -> datetime:
    return datetime.combine(made.day, time(newsletter.hour), UTC)


def _host(site: Site) -> str:
    return mail_addresses.in_ascii(urlsplit(site.url).hostname or "localhost")


def _in_ascii(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return url if host.isascii() else url.replace(host, mail_addresses.in_ascii(host))


def _plain(title: str) -> str:
    return "".join(c for c in title if c.isalnum() or c in " -").strip()


def record(made: Letter, site: Site, issue: Issue) -> bytes:
    """The issue as it stands in the content folder: front matter as the older system
    wrote it, then the letter as HTML."""
    excerpt = " / ".join(one.title for one in made.stories[:3])
    topics = [
        topic.name for topic in site.topics if topic.id in issue.newsletter.topics
    ]
    lines = [
        "---",
        f"title: {quoted(f'{made.title} ({made.day})')}",
        *([f"excerpt: {quoted(excerpt)}"] if excerpt else []),
        f"publishedDateTime: {instant(issue.until)}",
        f"webUrl: {quoted(made.page)}",
        "type: article",
        "",
        *(
            ["topics:", *(f"  - {plain(name)}" for name in topics), ""]
            if topics
            else []
        ),
        "---",
        "",
    ]
    own = replace(made, leave=None)
    return "\n".join(lines).encode("utf-8", "replace") + html(own, site)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "weekday": html_words.weekday,
        "moment": html_words.moment,
        "sentence": html_words.sentence,
    }
    return made
