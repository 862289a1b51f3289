"""Authors of small pages, as sites of many countries name them."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from newsdesk.stages import read_authors, read_clues, read_document

URL = "https://www.dailyharbour.example/city/old-bridge-opens-again-123"
TITLE = "Old bridge opens again after two years of work"
SITES = ("Daily Harbour", "dailyharbour.example", "dailyharbour")
ADA, JO, MIA = "Ada Byrne", "Jo Lund", "Mia Roe"
PROSE = "<p>" + "The old bridge over the Lenne opened again on Tuesday. " * 4 + "</p>"


def authors(
    *,
    data: Any = None,
    metas: dict[str, str] | None = None,
    below: str = "",
    above: str = "",
    after: str = "",
    feed: tuple[str, ...] = (),
    script: str = "",
) -> tuple[str, ...]:
    """The authors of a page with this data and meta, and this markup around its text."""
    head = "".join(
        f'<meta name="{name}" content="{escape(value)}">'
        for name, value in (metas or {}).items()
    )
    code = json.dumps(data, ensure_ascii=False) if data else script
    if code:
        head += f'<script type="application/ld+json">{code}</script>'
    document = read_document.bounded(
        f"<html><head><title>{TITLE}</title>{head}</head><body><main><article>{above}"
        f"<h1>{TITLE}</h1>{below}{PROSE}{after}</article></main></body></html>",
        URL,
    )
    clues = read_clues.clues(document)
    return read_authors.authors(document, clues, outlets=SITES, feed=feed)


def by(author: Any, **more: Any) -> dict[str, Any]:
    """Structured data of an article with these authors."""
    return {"@type": "NewsArticle", "headline": TITLE, "author": author} | more


def person(name: Any) -> dict[str, Any]:
    return {"@type": "Person", "name": name}


def org(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name}


DATA: dict[str, tuple[Any, tuple[str, ...]]] = {
    "a person": (by(person(ADA)), (ADA,)),
    "a list of persons": (by([person(ADA), person(JO)]), (ADA, JO)),
    "a string": (by(ADA), (ADA,)),
    "a list of strings": (by([ADA, JO]), (ADA, JO)),
    "one string with commas": (by(f"{ADA}, {JO}, {MIA}"), (ADA, JO, MIA)),
    "a list of one string with commas": (by([f"{ADA},{JO}"]), (ADA, JO)),
    "a person with a list of names": (by(person([ADA, JO])), (ADA, JO)),
    "a list in a list": (by([[person(ADA)], [person(JO)]]), (ADA, JO)),
    "given and family name": (
        by({"@type": "Person", "givenName": "Ada", "familyName": "Byrne"}),
        (ADA,),
    ),
    "a value object": (by({"@value": ADA}), (ADA,)),
    "an object with numbers for keys": (
        by({"0": person(ADA), "1": person(JO)}),
        (ADA, JO),
    ),
    "a reference in a graph": (
        {"@graph": [by({"@id": "#a"}), {"@id": "#a", "url": "/a"} | person(ADA)]},
        (ADA,),
    ),
    "references in a list": (
        {
            "@graph": [
                by([{"@id": "#a"}, {"@id": "#b"}]),
                {"@id": "#a", "url": "/a"} | person(ADA),
                {"@id": "#b", "url": "/b"} | person(JO),
            ]
        },
        (ADA, JO),
    ),
    "creator instead of author": (
        {"@type": "NewsArticle", "headline": TITLE, "creator": [ADA]},
        (ADA,),
    ),
    "another node of the same story": (
        [{"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-02-10",
          "url": URL}, {"@type": "Article", "headline": TITLE, "author": person(ADA)}],
        (ADA,),
    ),
    "the outlet beside a person": (by([person(ADA), org("Daily Harbour")]), (ADA,)),
    "an agency beside a person": (by([person(ADA), org("Reuters")]), (ADA,)),
    "only the outlet": (by(org("Daily Harbour")), ("Daily Harbour",)),
    "only an agency": (by(org("Reuters")), ("Reuters",)),
    "only an agency in small letters": (by(person("dpa")), ("dpa",)),
    "only a desk": (by(person("Redaktion")), ("Redaktion",)),
    "only a Spanish desk": (by(person("Redacción")), ("Redacción",)),
    "only a team": (by(person("Editorial Team")), ("Editorial Team",)),
    "a desk of many words": (by(person("Harbour Sports Desk")), ("Harbour Sports Desk",)),
    "nobody": (by(person("admin")), ()),
    "nothing at all": (by(person("undefined")), ()),
    "by before": (by(person(f"By {ADA}")), (ADA,)),
    "von before": (by(person(f"Von {ADA}")), (ADA,)),
    "by before a list": (by(person(f"By {ADA} and {JO}")), (ADA, JO)),
    "capitals": (by(person("ADA BYRNE")), (ADA,)),
    "capitals with particles": (by(person("MARÍA DE LA CRUZ")), ("María de la Cruz",)),
    "a surname in capitals": (by(person("Jean DUPONT")), ("Jean Dupont",)),
    "a short surname in capitals": (by(person("Marie ROUX")), ("Marie Roux",)),
    "small letters": (by(person("ada byrne")), (ADA,)),
    "a role": (by(person(f"{ADA}, Senior Reporter")), (ADA,)),
    "a role in German": (by(person("Jörg Müller, Redakteur")), ("Jörg Müller",)),
    "a long role": (by(person(f"{ADA}, Head of Research and Development")), (ADA,)),
    "a place": (by(person(f"{ADA} in Berlin")), (ADA,)),
    "two places": (by(person(f"{ADA} in New York and {JO} in London")), (ADA, JO)),
    "a place after a slash": (by(person(f"{ADA} / Milan")), (ADA,)),
    "an agency after a slash": (by(person(f"{ADA} / AFP")), (ADA,)),
    "an agency in brackets": (by(person(f"{ADA} (Reuters)")), (ADA,)),
    "an agency after a comma": (by(person(f"{ADA}, dpa")), (ADA,)),
    "an outlet after a bar": (by(person(f"{ADA} | The Coast Courier")), (ADA,)),
    "an outlet after a comma": (by(person(f"{ADA}, The Coast")), (ADA,)),
    "two persons with a slash": (by(person(f"{ADA} / {JO}")), (ADA, JO)),
    "an address": (by([person(ADA), person("ada@harbour.example")]), (ADA,)),
    "a handle": (by([person(ADA), "@adabyrne"]), (ADA,)),
    "a link": (by(["https://harbour.example/ada", ADA]), (ADA,)),
    "an escaped name": (by("Sin&amp;eacute;ad O&amp;#039;Shea"), ("Sinéad O'Shea",)),
    "tags in a name": (by(person(f'<a href="/a">{ADA}</a>')), (ADA,)),
    "the same in another case": (by([person(ADA), person("ADA BYRNE")]), (ADA,)),
    "the same turned round": (by([person(ADA), person("Byrne Ada")]), (ADA,)),
    "a doctor named twice": (by([person(f"Dr. {ADA}"), person(ADA)]), (f"Dr. {ADA}",)),
    "initials": (by(person("J. K. Byrne")), ("J. K. Byrne",)),
    "an initial at the end": (by(person("Karthik A. K.")), ("Karthik A. K.",)),
    "a junior": (by(person("Martin Roe, Jr.")), ("Martin Roe Jr.",)),
    "letters after": (by(person(f"{ADA}, PhD, RDN")), (ADA,)),
    "a photographer after the text": (by(f"Text: {ADA}, Foto: {JO}"), (ADA,)),
    "an opinion": (by(f"Opinion by {ADA}"), (ADA,)),
    "a German opinion": (by("Ein Kommentar von Jörg Müller"), ("Jörg Müller",)),
    "a person and agencies": (by(f"{ADA} and agencies"), (ADA,)),
    "a role in the middle": (by(f"{ADA}, Contributing Writer, and {JO}"), (ADA, JO)),
    "an Indian agency": (by(person("PTI")), ("PTI",)),
    "a date behind": (by(person(f"{ADA} Feb. 10, 2026")), (ADA,)),
    "nobility": (
        by(["Ursula von der Au", "Otto zu Hohenfels"]),
        ("Ursula von der Au", "Otto zu Hohenfels"),
    ),
    "Spanish": (
        by("Julián Á. Soto y María del Mar Ruiz"),
        ("Julián Á. Soto", "María del Mar Ruiz"),
    ),
    "a surname with y": (by("José Ortega y Gasset"), ("José Ortega y Gasset",)),
    "Portuguese": (by("Por João Silva e Ana Costa"), ("João Silva", "Ana Costa")),
    "Italian": (by("di Anna Rossi e Luca Bianchi"), ("Anna Rossi", "Luca Bianchi")),
    "French": (by("Par Anne Petit et Luc Roche"), ("Anne Petit", "Luc Roche")),
    "French with an agency": (by("Luc Roche avec AFP"), ("Luc Roche",)),
    "German": (by("Von Jörg Müller und Uwe Bär"), ("Jörg Müller", "Uwe Bär")),
    "Dutch": (by("Door Jan de Wit en Piet Bos"), ("Jan de Wit", "Piet Bos")),
    "Danish": (by("Af Mads Holm og Ida Bech"), ("Mads Holm", "Ida Bech")),
    "Swedish": (by("Av Nils Ek och Eva Ås"), ("Nils Ek", "Eva Ås")),
    "Polish": (by("Jan Nowak i Anna Kos"), ("Jan Nowak", "Anna Kos")),
    "Czech": (by("Jan Novák a Petr Dub"), ("Jan Novák", "Petr Dub")),
    "Hungarian": (by("Kiss Péter és Nagy Anna"), ("Kiss Péter", "Nagy Anna")),
    "Turkish": (by("Yazan: Can Öz ve Ece Ak"), ("Can Öz", "Ece Ak")),
    "Russian": (by("Иван Петров, Анна Белова и Олег Ким"),
                ("Иван Петров", "Анна Белова", "Олег Ким")),
    "Russian in capitals": (by("ИВАН ПЕТРОВ"), ("Иван Петров",)),
    "Greek": (by("Γιάννης Παππάς και Άννα Λάσκαρη"), ("Γιάννης Παππάς", "Άννα Λάσκαρη")),
    "Arabic": (by("بقلم: أحمد علي"), ("أحمد علي",)),
    "Chinese reporter": (by("記者 王小明"), ("王小明",)),
    "Chinese reporter and place": (by("記者王小明／台北報導"), ("王小明",)),
    "Chinese list": (by("记者 王小明 李华"), ("王小明", "李华")),
    "Japanese": (by("山田 太郎、佐藤 花子"), ("山田 太郎", "佐藤 花子")),
    "Japanese foreign name": (by("ジョン・スミス"), ("ジョン・スミス",)),
    "Korean reporter": (by("김철수 기자"), ("김철수",)),
    "Korean reporter with a place": (by("(서울=항구뉴스) 김철수 기자"), ("김철수",)),
    "Korean correspondent": (by("[기자] 김철수 워싱턴 특파원"), ("김철수",)),
    "Vietnamese": (by("Đỗ Minh và Lê Hoa"), ("Đỗ Minh", "Lê Hoa")),
}  # fmt: skip


@pytest.mark.parametrize("case", DATA)
def test_persons_are_read_out_of_structured_data(case: str) -> None:
    data, expected = DATA[case]
    assert expected == authors(data=data)


META = {
    "author": ({"author": ADA}, (ADA,)),
    "a list": ({"author": f"{ADA}, {JO} and {MIA}"}, (ADA, JO, MIA)),
    "a profile before a name": (
        {"article:author": "https://facebook.example/ada", "author": ADA},
        (ADA,),
    ),
    "an outlet before a name": (
        {"author": "Daily Harbour", "byl": f"By {ADA}"},
        (ADA,),
    ),
    "a label and its value": (
        {"twitter:label1": "Written by", "twitter:data1": ADA},
        (ADA,),
    ),
    "only a profile's address": (
        {"article:author": "https://www.dailyharbour.example/authors/ada-byrne"},
        (ADA,),
    ),
    "a placeholder": ({"author": "{{author}}"}, ()),
}


@pytest.mark.parametrize("case", META)
def test_persons_are_read_out_of_meta(case: str) -> None:
    metas, expected = META[case]
    assert expected == authors(metas=metas)


SEEN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "by below the headline": ({"below": f"<p>By {ADA}</p>"}, (ADA,)),
    "by and a link": ({"below": f"<div>By <a href='/x'>{ADA}</a></div>"}, (ADA,)),
    "by, two links and a date": (
        {
            "below": f"<div>By <a href='/x'>{ADA}</a> and <a href='/y'>{JO}</a>"
            "<span>10 February 2026</span></div>"
        },
        (ADA, JO),
    ),
    "a date before the name": (
        {"below": f'<div class="dateAndAuthor">Feb 10, 2026<span>{ADA}</span></div>'},
        (ADA,),
    ),
    "a name beside a date": (
        {"below": f"<div>{ADA}</div><div>10.02.2026</div>"},
        (ADA,),
    ),
    "a class": ({"after": f'<span class="article-author">{ADA}</span>'}, (ADA,)),
    "a class around a portrait of words": (
        {
            "after": f'<div class="author-box"><b>{ADA}</b><p>{ADA} has written about '
            "bridges since 2009 and lives beside one of them with a dog and two boats, "
            "one of which floats; she studied statics and the law of the sea.</p></div>"
        },
        (ADA,),
    ),
    "rel author": ({"above": f'<a rel="author" href="/a">{ADA}</a>'}, (ADA,)),
    "a profile that its address bears out": (
        {"above": f'<a href="/people/ada-byrne">{ADA}</a>'},
        (ADA,),
    ),
    "a profile of something else": (
        {"above": '<a href="/people/7">Harbour Boat Parade</a>'},
        (),
    ),
    "microdata": (
        {"below": f'<span itemprop="author"><i itemprop="name">{ADA}</i></span>'},
        (ADA,),
    ),
    "a comment's author": (
        {"after": f'<div class="comments"><b class="comment-author">{JO}</b></div>'},
        (),
    ),
    "a related story's author": (
        {"after": f'<div class="related"><i class="author">{JO}</i></div>'},
        (),
    ),
    "a layout named after its sidebar": (
        {
            "above": '<div class="with-sidebar">',
            "below": f'<b class="author">{ADA}</b>',
            "after": "</div>",
        },
        (ADA,),
    ),
    "a photographer": ({"after": f'<i class="photo-author">{JO}</i>'}, ()),
    "a button": ({"below": '<a class="author-link" href="/a">Read More</a>'}, ()),
    "a section": ({"below": '<a class="author-x" href="/a">Health Tips</a>'}, ()),
    "German": (
        {"below": "<p>Von Jörg Müller und Uwe Bär</p>"},
        ("Jörg Müller", "Uwe Bär"),
    ),
    "French": ({"below": "<p>Par <b>Anne Petit</b></p>"}, ("Anne Petit",)),
    "Spanish": ({"below": "<p>Por María del Mar Ruiz</p>"}, ("María del Mar Ruiz",)),
    "a desk in the data, a person below": (
        {"data": by(org("Reuters")), "below": f"<p>By {ADA}</p>"},
        (ADA,),
    ),
    "an agency in the data, a name far below": (
        {"data": by(org("Reuters")), "after": f'<b class="author">{JO}</b>'},
        ("Reuters",),
    ),
    "nobody seen, the feed knows": ({"feed": (f"By {ADA}",)}, (ADA,)),
    "a user's name seen by all, a person by the feed": (
        {"metas": {"author": "abyrne42"}, "feed": (ADA,)},
        (ADA,),
    ),
    "only a user's name": ({"metas": {"author": "abyrne42"}}, ("abyrne42",)),
    "broken data still names them": (
        {
            "script": '{"@type":"NewsArticle","headline":"He said "no" twice",'
            '"datePublished":"2026-02-10","author":[{"@type":"Person","name":"Ada Byrne"},'
            '{"name":"Jo Lund"}],"publisher":{"name":"Daily Harbour"}}'
        },
        (ADA, JO),
    ),
}


@pytest.mark.parametrize("case", SEEN)
def test_the_byline_that_readers_see_is_read(case: str) -> None:
    said, expected = SEEN[case]
    assert expected == authors(**said)
