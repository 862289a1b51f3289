"""The markup of every page keeps to the rules that a validator would hold it to."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest

import editions
from newsdesk.model.story import Edition
from newsdesk.render import html

VOID = frozenset("meta link img input br hr source".split())
PHRASING = frozenset(
    "a b i s span bdi time kbd del ins img picture source button input label select "
    "option script code".split()
)
ONLY_PHRASING = frozenset("p h1 h2 h3 span a b i bdi time summary label dt kbd".split())
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div"},
    "table": {"thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option"},
}
ACTIVE = frozenset("a button input select summary".split())


class Checker(HTMLParser):
    """Collects what is wrong with a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.pointed: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in CHILDREN:
            self.wrong.append(f"words in {self.open[-1]}: {data.strip()[:30]}")

    def _check(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        told = dict(attrs)
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> says {names} twice")
        above = self.open[-1] if self.open else ""
        if above in CHILDREN and tag not in CHILDREN[above]:
            self.wrong.append(f"<{tag}> in <{above}>")
        if above in ONLY_PHRASING and tag not in PHRASING:
            self.wrong.append(f"<{tag}> in <{above}>")
        if tag in ACTIVE and {"a", "button", "summary"} & set(self.open):
            self.wrong.append(f"<{tag}> inside what can be pressed")
        if tag == "img" and "alt" not in told:
            self.wrong.append("a picture without alt")
        if any(name.startswith("on") or name == "style" for name in names):
            self.wrong.append(f"<{tag}> has a script or a style of its own")
        if tag == "style" or (
            tag == "script" and "src" not in told and "type" not in told
        ):
            self.wrong.append(f"<{tag}> inside the page")
        if told.get("id"):
            self.ids[str(told["id"])] += 1
        for name in ("aria-labelledby", "for"):
            if told.get(name):
                self.pointed.add(str(told[name]))


def wrongs(page: bytes) -> list[str]:
    checker = Checker()
    checker.feed(page.decode())
    checker.close()
    found = [*checker.wrong, *(f"{tag} is never closed" for tag in checker.open)]
    found += [f"id {name} twice" for name, many in checker.ids.items() if many > 1]
    return found + [f"no {name}" for name in checker.pointed if name not in checker.ids]


@pytest.mark.parametrize(
    "edition",
    [editions.edition(), editions.edition(1), editions.empty(), editions.nothing()],
)
def test_the_markup_of_every_page_is_sound(edition: Edition):
    for path, content in html.pages(edition, editions.site()):
        if path.endswith(".html"):
            assert content.startswith(b"<!doctype html>"), path
            assert wrongs(content) == [], path


@pytest.mark.parametrize(
    "markup",
    [
        b"<p><div></div></p>",
        b"<ul><p></p></ul>",
        b"<a><button></button></a>",
        b"<p>",
        b"</p>",
        b"<p id=a></p><p id=a></p>",
        b"<img src=x>",
        b"<p style='x'></p>",
        b"<script>1</script>",
        b"<section aria-labelledby=x></section>",
        b"<table>x</table>",
    ],
)
def test_the_check_finds_what_is_unsound(markup: bytes):
    assert wrongs(markup)
