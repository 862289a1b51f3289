"""Microdata and microformats are read like structured data; relative addresses start
where the page says."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdesk.model.article import Imprint, Logo
from written_pages import LONG, SITE, data, reading

MARKED = f"""
<html lang="en"><head><title>Old bridge opens again</title></head><body>
<article itemscope itemtype="http://schema.org/NewsArticle">
<link itemprop="mainEntityOfPage" href="{SITE}/city/bridge-opens-123">
<h1 itemprop="headline">Old bridge opens again</h1>
<p>By <span itemprop="author" itemscope itemtype="http://schema.org/Person">
<span itemprop="name">Ada Moor</span></span></p>
<meta itemprop="datePublished" content="2026-02-10T09:30:00+01:00">
<div itemprop="publisher" itemscope itemtype="http://schema.org/Organization">
<meta itemprop="name" content="Daily Harbour">
<span itemprop="logo" itemscope itemtype="http://schema.org/ImageObject">
<meta itemprop="url" content="/logo.png"></span></div>
<div itemprop="image" itemscope itemtype="http://schema.org/ImageObject">
<meta itemprop="url" content="/img/bridge-1200.jpg"></div>
<meta itemprop="articleSection" content="City">
<div itemprop="articleBody">{LONG}</div>
<div itemprop="comment" itemscope itemtype="http://schema.org/Comment">
<span itemprop="author">Troll</span><link itemprop="image" href="/troll.jpg"></div>
</article></body></html>
"""


def test_microdata_name_picture_publisher_and_section() -> None:
    found = reading(MARKED)
    assert [one.url for one in found.pictures] == [f"{SITE}/img/bridge-1200.jpg"]
    assert found.imprint == Imprint(
        name="Daily Harbour",
        logos=(Logo(url=f"{SITE}/logo.png", width=0, height=0),),
    )
    assert (found.section, found.site_name) == ("City", "Daily Harbour")
    assert found.authors == ("Ada Moor",)
    assert found.published_at == datetime(2026, 2, 10, 8, 30, tzinfo=UTC)


def test_microdata_of_the_page_name_its_address() -> None:
    found = reading(MARKED, url=f"{SITE}/city/bridge-opens-123?ref=front")
    assert found.web_url == f"{SITE}/city/bridge-opens-123"


def test_json_ld_of_the_article_goes_before_microdata() -> None:
    told = {"@type": "NewsArticle", "headline": "Old bridge opens again",
            "image": "/img/other.jpg"}  # fmt: skip
    found = reading(MARKED.replace("</head>", f"{data(told)}</head>"))
    assert found.pictures[0].url == f"{SITE}/img/other.jpg"
    assert found.section is None


def test_teasers_with_microdata_are_not_the_article() -> None:
    teaser = (
        '<div itemscope itemtype="http://schema.org/Article">'
        '<meta itemprop="articleSection" content="Sport">'
        '<link itemprop="image" href="/teaser.jpg"></div>'
    )
    found = reading(
        "<html><head><title>Old bridge opens again</title></head><body>"
        f"<main><h1>Old bridge opens again</h1>{LONG}</main>{teaser * 3}</body></html>"
    )
    assert found.section is None
    assert found.pictures == ()


def test_words_are_no_address_of_a_picture() -> None:
    meta = '<meta itemprop="image" content="/img/bridge.jpg">'
    found = reading(
        MARKED.replace("<h1", f'<p itemprop="image">The bridge</p>{meta}<h1')
    )
    assert "The%20bridge" not in "".join(one.url for one in found.pictures)


def test_endless_microdata_are_read_in_bounds() -> None:
    deep = (
        '<div itemscope itemtype="http://schema.org/Article" itemprop="hasPart">' * 90
    )
    many = '<meta itemprop="articleSection" content="City">' * 5_000
    found = reading(f"<html><body>{deep}<h1>Old bridge opens again</h1>{many}{LONG}")
    assert found.section == "City"


def test_a_microformat_names_its_author() -> None:
    found = reading(
        "<html lang=en><head><title>Why I like bridges</title></head><body>"
        '<article class="h-entry"><h1 class="p-name">Why I like bridges</h1>'
        '<a class="p-author h-card" href="/about">Ada Moor</a>'
        f'<div class="e-content">{LONG}</div></article></body></html>'
    )
    assert found.authors == ("Ada Moor",)


def test_relative_addresses_start_at_the_base_of_the_page() -> None:
    found = reading(
        '<html><head><base href="https://cdn.dailyharbour.example/site/">'
        '<link rel="amphtml" href="amp/1.html"><title>Old bridge opens again</title></head>'
        "<body><article><h1>Old bridge opens again</h1>"
        '<figure><img src="img/bridge.jpg" width=1200 height=800></figure>'
        f"{LONG}</article></body></html>"
    )
    assert (
        found.pictures[0].url == "https://cdn.dailyharbour.example/site/img/bridge.jpg"
    )
    assert found.amp_url == "https://cdn.dailyharbour.example/site/amp/1.html"
