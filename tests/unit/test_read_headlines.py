"""Headlines of small pages, as sites of many countries write them."""

from __future__ import annotations

import json
import time
from html import escape
from typing import Any

import pytest

from newsdesk.stages import read_authors, read_clues, read_document, read_title

URL = "https://www.dailyharbour.example/city/old-bridge-opens-again-123"
SECONDS = 2.0
"""What a hostile page may cost here; a usual one costs two thousandths."""
TITLE = "Old bridge opens again after two years of work"


def document(
    *,
    og: str = "",
    title: str = "",
    h1: str | list[str] = "",
    data: Any = None,
    site: str = "",
    twitter: str = "",
    script: str = "",
    url: str = URL,
    section: str = "",
) -> read_document.Document:
    """A page whose head and headings say these things; `h1` is markup, the rest text."""
    metas = {
        "og:title": og,
        "og:site_name": site,
        "twitter:title": twitter,
        "article:section": section,
    }
    head = "".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in metas.items()
        if value
    )
    code = json.dumps(data, ensure_ascii=False) if data else script
    if code:
        head += f'<script type="application/ld+json">{code}</script>'
    heads = [h1] if isinstance(h1, str) else h1
    top = "".join(f"<h1>{one}</h1>" for one in heads if one)
    return read_document.bounded(
        f"<html><head><title>{escape(title)}</title>{head}</head>"
        f"<body>{top}<p>Text.</p></body></html>",
        url,
    )


def headline(**said: Any) -> str | None:
    """The headline of a page that says these things."""
    sites = said.pop("sites", ("Daily Harbour", "dailyharbour.example", "dailyharbour"))
    clues = read_clues.clues(document(**said))
    return read_title.headline(clues, sites=sites, feed_title=None)


def news(headline: str, **more: Any) -> dict[str, Any]:
    """Structured data of an article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline,
            "datePublished": "2026-02-10"} | more  # fmt: skip


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "all agree": ({"og": TITLE, "title": TITLE, "h1": TITLE}, TITLE),
    "suffix by bar": ({"og": f"{TITLE} | Daily Harbour", "h1": TITLE}, TITLE),
    "suffix by hyphen, title only": ({"title": f"{TITLE} - Daily Harbour"}, TITLE),
    "suffix by en dash, title only": ({"title": f"{TITLE} – Daily Harbour"}, TITLE),
    "suffix by em dash without spaces before": (
        {"title": f"{TITLE}— Daily Harbour"},
        TITLE,
    ),
    "suffix by middle dot": ({"title": f"{TITLE} · Daily Harbour"}, TITLE),
    "suffix by guillemet": ({"title": f"{TITLE} » Daily Harbour"}, TITLE),
    "suffix by left guillemet": ({"title": f"{TITLE} « Daily Harbour"}, TITLE),
    "suffix by colon": ({"title": f"{TITLE} : Daily Harbour"}, TITLE),
    "suffix by double colon": ({"title": f"{TITLE} :: Daily Harbour"}, TITLE),
    "site before by bar": ({"title": f"Daily Harbour | {TITLE}"}, TITLE),
    "site before by colon": ({"title": f"Daily Harbour: {TITLE}"}, TITLE),
    "section and site": (
        {"title": f"{TITLE} | City | Daily Harbour", "section": "City"},
        TITLE,
    ),
    "section before, known from the heading": (
        {"title": f"City | {TITLE} | Daily Harbour", "h1": TITLE},
        TITLE,
    ),
    "site with its domain": ({"title": f"{TITLE} | dailyharbour.example"}, TITLE),
    "site by its initials": (
        {"title": f"{TITLE} - The Sydney Morning Herald", "sites": ("smh",)},
        TITLE,
    ),
    "site by beginnings of its words": (
        {"title": f"{TITLE} - The New York Times", "sites": ("nytimes",)},
        TITLE,
    ),
    "site with an umlaut": (
        {"title": f"{TITLE} - Süddeutsche Zeitung", "sites": ("sueddeutsche",)},
        TITLE,
    ),
    "a headline with a dash stays whole": (
        {"title": "Bridge opens again – and closes at once", "h1": ""},
        "Bridge opens again – and closes at once",
    ),
    "a headline with a bar in every place stays whole": (
        {"og": f"Opinion | {TITLE}", "h1": f"Opinion | {TITLE}"},
        f"Opinion | {TITLE}",
    ),
    "kicker above in a span": (
        {
            "h1": f'<span class="kicker">Traffic</span><span class="t">{TITLE}</span>',
            "og": TITLE,
        },
        TITLE,
    ),
    "kicker in the data only": (
        {"h1": TITLE, "og": f"Traffic: {TITLE}", "title": f"Traffic: {TITLE}"},
        TITLE,
    ),
    "label in the heading": (
        {"h1": f"<small class=label>LIVE</small> {TITLE}", "og": TITLE},
        TITLE,
    ),
    "exclusive": ({"h1": f"<b>Exclusive</b> {TITLE}", "og": TITLE}, TITLE),
    "lines of a heading are parted": (
        {"h1": "Old bridge opens again<br>after two years of work"},
        TITLE,
    ),
    "boxes of a heading are parted": (
        {"h1": "<div>Old bridge opens again</div><div>after two years of work</div>"},
        TITLE,
    ),
    "a letter in its own element is not parted": (
        {"h1": "<span>O</span>ld bridge opens again after two years of work"},
        TITLE,
    ),
    "words for screen readers": (
        {"h1": f'<span class="sr-only">Subscribers only: </span>{TITLE}', "title": "x"},
        TITLE,
    ),
    "logo as first heading": (
        {"h1": ["<a href='/'>Daily Harbour</a>", TITLE], "og": TITLE},
        TITLE,
    ),
    "section as first heading": (
        {"h1": ["City", TITLE], "og": TITLE, "title": f"{TITLE} | Daily Harbour"},
        TITLE,
    ),
    "the only heading is the name of the blog": (
        {
            "h1": "Notes from the Pier",
            "og": TITLE,
            "title": f"Notes from the Pier: {TITLE}",
            "sites": (),
        },
        TITLE,
    ),
    "headings of other stories": (
        {"h1": [TITLE, "Ten ways to cook rice", "Mayor resigns"], "og": TITLE},
        TITLE,
    ),
    "a lead as heading": (
        {
            "h1": "The bridge opens again after two years of work, " * 5,
            "og": TITLE,
            "title": TITLE,
        },
        TITLE,
    ),
    "sharpened for sharing, heading and data agree": (
        {"h1": TITLE, "data": news(TITLE), "og": "You will not believe this bridge"},
        TITLE,
    ),
    "shorter for search": (
        {"h1": TITLE, "og": TITLE, "title": "Bridge opens | Daily Harbour"},
        TITLE,
    ),
    "heading against a lone head": (
        {"h1": TITLE, "og": "Bridge: what you must know", "title": "Bridge guide"},
        TITLE,
    ),
    "data cut with dots": ({"data": news(f"{TITLE[:30]}…"), "og": TITLE}, TITLE),
    "data cut at 110": (
        {
            "data": news((f"{TITLE}, city council says " * 4)[:110]),
            "og": (f"{TITLE}, city council says " * 4).strip(),
            "h1": "",
        },
        (f"{TITLE}, city council says " * 4).strip(),
    ),
    "everything but the heading cut": (
        {"data": news("Old bridge opens again after..."), "og": "Old bridge opens again…",
         "h1": TITLE},
        TITLE,
    ),
    "data of the page rather than the article": (
        {
            "data": {"@graph": [{"@type": "WebPage", "name": f"{TITLE} | Daily Harbour"},
                                {"@type": "BreadcrumbList", "name": "Home"}]},
            "h1": TITLE,
        },
        TITLE,
    ),
    "data in a graph": ({"data": {"@graph": [news(TITLE)]}, "title": "x"}, TITLE),
    "data of several stories": (
        {"data": [news("Ten ways to cook rice"), news(TITLE)], "h1": TITLE, "og": TITLE},
        TITLE,
    ),
    "data with a trailing comma": (
        {"script": f'{{"@type":"NewsArticle","headline":"{TITLE}",}}'},
        TITLE,
    ),
    "data with a raw line break": (
        {"script": '{"@type":"NewsArticle","headline":"Old bridge\nopens"}'},
        "Old bridge opens",
    ),
    "data in a comment": (
        {"script": f'<!-- {{"@type":"NewsArticle","headline":"{TITLE}"}} -->'},
        TITLE,
    ),
    "data in CDATA": (
        {
            "script": "//<![CDATA[\n"
            f'{{"@type":"NewsArticle","headline":"{TITLE}"}}\n//]]>'
        },
        TITLE,
    ),
    "two objects in one script": (
        {
            "script": '{"@type":"Organization","name":"X"}'
            f'{{"@type":"NewsArticle","headline":"{TITLE}"}}'
        },
        TITLE,
    ),
    "data with a bad escape": (
        {"script": '{"@type":"NewsArticle","headline":"Mayor\\\'s bridge opens"}'},
        "Mayor's bridge opens",
    ),
    "data with entities": (
        {"data": news("Mayor&amp;#39;s bridge &amp;amp; road")},
        "Mayor's bridge & road",
    ),
    "data with tags": ({"data": news(f"<em>Old</em>{TITLE[3:]}")}, TITLE),
    "head escaped twice": (
        {"og": "Mayor&#39;s bridge &amp; road", "h1": "Mayor's bridge &amp; road"},
        "Mayor's bridge & road",
    ),
    "curly quotes where most places have them": (
        {"h1": "“Old” bridge opens", "og": "“Old” bridge opens",
         "title": '"Old" bridge opens'},
        "“Old” bridge opens",
    ),
    "straight quotes where most places have them": (
        {"h1": "‘Old’ bridge opens", "og": "'Old' bridge opens",
         "data": news("'Old' bridge opens")},
        "'Old' bridge opens",
    ),
    "capitals are for show": ({"h1": TITLE.upper(), "og": TITLE}, TITLE),
    "hard spaces and soft hyphens": (
        {"h1": "Die Brücken&shy;sanierung&nbsp;ist fertig"},
        "Die Brückensanierung ist fertig",
    ),
    "a full stop at the end": ({"h1": f"{TITLE}.", "og": f"{TITLE}."}, f"{TITLE}."),
    "German": (
        {
            "title": "Alte Brücke öffnet wieder - Stadt - Hafenbote",
            "h1": '<span class="topline">Verkehr</span><span class="h">Alte Brücke öffnet '
            "wieder</span>",
            "og": "Verkehr: Alte Brücke öffnet wieder",
            "sites": ("Hafenbote",),
        },
        "Alte Brücke öffnet wieder",
    ),
    "French, spaces before signs": (
        {"h1": "Le pont rouvre&nbsp;: la ville respire", "title": "Le pont - Le Port",
         "sites": ("Le Port",)},
        "Le pont rouvre : la ville respire",
    ),
    "Japanese with a wide bar": (
        {"title": "古い橋が二年ぶりに開通｜港新聞", "sites": ("港新聞",)},
        "古い橋が二年ぶりに開通",
    ),
    "Japanese with a name in brackets": (
        {"title": "古い橋が二年ぶりに開通【港新聞】", "sites": ("港新聞",)},
        "古い橋が二年ぶりに開通",
    ),
    "Chinese with underscores": (
        {"title": "老桥两年后重新开放_城市_港口日报", "h1": "老桥两年后重新开放",
         "sites": ("港口日报",)},
        "老桥两年后重新开放",
    ),
    "Chinese with a hyphen": (
        {"title": "老桥两年后重新开放-港口日报", "sites": ("港口日报",)},
        "老桥两年后重新开放",
    ),
    "Korean": (
        {"title": "옛 다리 2년 만에 다시 개통 - 항구일보",
         "h1": "옛 다리 2년 만에 다시 개통", "sites": ("항구일보",)},
        "옛 다리 2년 만에 다시 개통",
    ),
    "a Chinese logo as heading": (
        {"h1": ["港口日报", "老桥重新开放"], "og": "老桥重新开放", "sites": ()},
        "老桥重新开放",
    ),
    "Russian": (
        {"title": "Старый мост снова открыт — Портовые вести",
         "sites": ("Портовые вести",)},
        "Старый мост снова открыт",
    ),
    "Arabic": (
        {"title": "الجسر القديم يفتح من جديد | صحيفة الميناء", "sites": ("صحيفة الميناء",)},
        "الجسر القديم يفتح من جديد",
    ),
    "Persian keeps its joiners": ({"h1": "پل قدیمی باز می‌شود"}, "پل قدیمی باز می‌شود"),
    "Turkish": (
        {"title": "Eski köprü yeniden açıldı - Liman Haber", "sites": ("Liman Haber",)},
        "Eski köprü yeniden açıldı",
    ),
    "only the twitter card": ({"twitter": TITLE}, TITLE),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_headline_is_what_the_places_agree_on(case: str) -> None:
    said, expected = CASES[case]
    assert expected == headline(**said)


def test_a_page_that_names_none_has_no_headline() -> None:
    assert headline() is None


def test_the_feed_breaks_a_tie() -> None:
    clues = read_clues.clues(document(h1=TITLE, og="Bridge: what you must know"))
    told = read_title.headline(clues, sites=(), feed_title="Bridge: what you must know")
    assert told == "Bridge: what you must know"


@pytest.mark.parametrize(
    "said",
    [
        {"og": "a - " * 4900, "h1": TITLE},
        {"data": news("x | " * 300_000), "h1": TITLE},
        {"h1": "<h1><b>" * 20_000 + TITLE, "og": TITLE},
        {"h1": [TITLE] * 20_000},
        {"script": '{"headline":"' * 50_000, "h1": TITLE},
        {"script": '{"author":[' * 50_000, "h1": TITLE},
    ],
    ids=["dashes", "bars", "open headings", "many headings", "broken", "nested"],
)
def test_a_flood_costs_little(said: dict[str, Any]) -> None:
    page = document(**said)
    start = time.process_time()
    clues = read_clues.clues(page)
    told = read_title.headline(clues, sites=("Daily Harbour",), feed_title=None)
    read_authors.authors(page, clues, outlets=("Daily Harbour",), feed=())
    assert told
    assert time.process_time() - start < SECONDS
