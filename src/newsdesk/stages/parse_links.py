"""Addresses inside the HTML of an entry, made absolute: away from its feed, a relative
one leads nowhere. What is absolute already stays byte for byte."""

from __future__ import annotations

import re

from newsdesk.stages import parse_values

# Each begins with letters that stand for themselves: so the search is as fast as it gets,
# and the addresses that are absolute, which nearly all are, cost nothing more.
_VALUE = r"=(?!\"http)(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))"
_LINKS = (re.compile(f"href{_VALUE}"), re.compile(f"src{_VALUE}"))
_SHOUTED = tuple(re.compile(each.pattern, re.I) for each in _LINKS)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ORIGIN = re.compile(r"https?://[^/?#]+")
_SPACES = str.maketrans("", "", "\t\r\n")
_BEFORE = frozenset(" \t\r\n\"'")


def absolute(html: str, base: str) -> str:
    """The HTML with its relative addresses resolved against `base`. One that cannot be
    resolved, or that is no web address, stays as it is."""
    if "<" not in html:
        return html

    is_shouted = "HREF=" in html or "SRC=" in html
    for pattern in _SHOUTED if is_shouted else _LINKS:
        if pattern.search(html):  # hardly ever: so nothing is built before
            html = pattern.sub(_Resolver(html, base).attribute, html)
    return html


class _Resolver:
    """What stands for each attribute of a text; asked from left to right."""

    __slots__ = ("base", "html", "is_in_tag", "seen")

    def __init__(self, html: str, base: str) -> None:
        self.html = html
        self.base = base
        self.is_in_tag = False
        self.seen = 0

    def attribute(self, found: re.Match[str]) -> str:
        """The attribute with its address resolved, or as it is."""
        value = found[1] or found[2] or found[3] or ""
        if not value or value.startswith("http") or not self._is_own(found.start()):
            return found[0]
        resolved = _resolved(value.strip().translate(_SPACES), self.base)
        if resolved is None or '"' in resolved:
            return found[0]
        name = found[0].partition("=")[0]
        return f'{name}="{resolved}"'

    def _is_own(self, at: int) -> bool:
        """Whether it is an attribute of its own, of an element. Looks back no further
        than to where it was asked last."""
        if at == 0 or self.html[at - 1] not in _BEFORE:
            return False
        opens = self.html.rfind("<", self.seen, at)
        closes = self.html.rfind(">", self.seen, at)
        if opens != closes:
            self.is_in_tag = opens > closes
        self.seen = at
        return self.is_in_tag


def _resolved(value: str, base: str) -> str | None:
    """The address, or None where there is nothing to resolve."""
    if not value or _SCHEME.match(value):
        return None
    if value[0] == "#":
        return base.partition("#")[0] + value
    if value[0] == "/" and value[1:2] != "/" and "/." not in value:
        origin = _ORIGIN.match(base)  # the usual case, without the full machinery
        return origin[0] + value if origin else None
    return parse_values.absolute(value, base)
