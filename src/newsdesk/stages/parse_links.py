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

    def attribute(found: re.Match[str]) -> str:
        value = found[1] or found[2] or found[3] or ""
        if not value or value.startswith("http") or not _is_in_tag(found):
            return found[0]
        resolved = _resolved(value.strip().translate(_SPACES), base)
        if resolved is None or '"' in resolved:
            return found[0]
        name = found[0].partition("=")[0]
        return f'{name}="{resolved}"'

    is_shouted = "HREF=" in html or "SRC=" in html
    for pattern in _SHOUTED if is_shouted else _LINKS:
        html = pattern.sub(attribute, html)
    return html


def _is_in_tag(found: re.Match[str]) -> bool:
    """Whether it is an attribute of its own, of an element."""
    html, at = found.string, found.start()
    if at == 0 or html[at - 1] not in _BEFORE:
        return False
    return html.rfind("<", 0, at) > html.rfind(">", 0, at)


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
