"""Why a body is no feed, in words that help: bot walls, login pages, other pages."""

from __future__ import annotations

import re

from newsdesk.model.feed import Refusal
from newsdesk.text import html

_LOOK = 200_000
_HTML = re.compile(
    r"<(?:!doctype\s+html|html)\b|"
    r"^\s*<(?:head|body|title|script|meta|div|center|p|h1|br|form|iframe)\b",
    re.I,
)
_ELEMENT = re.compile(r"\s*(?:<[?!][^>]*>\s*)*<([\w.:-]{1,40})")
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,300}?)</title", re.I | re.S)
_CHALLENGE = re.compile(
    r"cf-chl|challenge-platform|cf_chl_opt|_incapsula_resource|px-captcha|datadome|"
    r"captcha-delivery|g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|awswaf|"
    r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you "
    r"are (?:a )?human|are you a (?:robot|human)|pardon our interruption|"
    r"ddos[- ]protection|enable javascript and cookies to continue|access denied|"
    r"sucuri website firewall|request unsuccessful|bot verification|anubis",
    re.I,
)
_LOGIN = re.compile(
    r"<input[^>]{0,200}type\s*=\s*[\"']?password|name\s*=\s*[\"']?password", re.I
)
_LOGIN_TITLE = re.compile(
    r"\b(?:log ?in|sign ?in|login|anmelden|connexion|iniciar sesi[oó]n|accedi)\b", re.I
)


def refusal(text: str) -> Refusal:
    """What a document without a feed element is."""
    head = text[:_LOOK]
    if not head.strip("\ufeff\x00 \t\r\n"):
        return Refusal(reason="nothing but white space", kind="empty")
    if not _HTML.search(head):
        return Refusal(reason=_other(head), kind="not a feed")
    found = _TITLE.search(head)
    title = html.plain(found[1])[:80] if found else ""
    called = f" titled {title!r}" if title else ""
    if _CHALLENGE.search(head):
        return Refusal(reason=f"a bot check{called}, not a feed", kind="challenge")
    if _LOGIN.search(head) or _LOGIN_TITLE.search(title):
        return Refusal(reason=f"a login page{called}, not a feed", kind="login")
    return Refusal(reason=f"a web page{called}, not a feed", kind="html")


def _other(head: str) -> str:
    found = _ELEMENT.match(head)
    if found:
        return f"XML, but not a feed: its root is <{found[1]}>"
    return f"not a feed; it starts with {html.fold(head[:80])[:40]!r}"
