"""The text of an article: press pages of many makes and languages, and what hangs on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsdesk.stages import (
    read_clues,
    read_document,
    read_text,
    read_text_hints,
    read_text_judge,
    read_text_pointers,
    read_text_runs,
    read_text_signs,
)

TITLE = "Old bridge opens again"
ENGLISH = (
    "The old bridge over the Lenne opened again on Tuesday after two years of work.",
    "Engineers had replaced every cable and most of the deck while boats kept passing "
    "below, a condition that the harbour had insisted on from the start.",
    "“We were never sure of the ground below the northern pier,” said the chief engineer, "
    "who had asked for the survey herself.",
    "The city paid a little over half of the bill, and the state paid for what was left.",
    "Buses will cross again from Monday; lorries have to wait until the spring.",
)
GERMAN = (
    "Der Stadtrat hat am Dienstag bis in die Nacht über die Zukunft des Bads gestritten.",
    "Die Verwaltung hatte vorgeschlagen, das Becken für zwei Jahre zu schließen, um es "
    "danach kleiner und sparsamer wieder zu öffnen.",
    "Gegner rechneten vor, dass der Umbau nicht vor dem Sommer fertig wäre, und verlangten "
    "eine Befragung der Bürger.",
    "Am Ende wurde die Entscheidung mit einer Stimme Mehrheit auf den März vertagt.",
)
JAPANESE = (
    "市の古い橋が二年間の工事を終え、火曜日に再び開通した。朝から多くの市民が橋を歩いて渡った。",
    "技術者たちは全てのケーブルと床板の大部分を取り替え、その間も船は橋の下を通り続けたという。",
    "「北側の橋脚の下の地盤には最後まで自信が持てなかった」と主任技師は話し、調査の経緯を説明した。",
    "費用の半分余りを市が負担し、残りは県が支払った。バスは月曜日から橋を渡る予定である。",
)
ARABIC = (
    "أعيد افتتاح الجسر القديم فوق النهر يوم الثلاثاء بعد عامين من أعمال الترميم الشاملة.",
    "واستبدل المهندسون جميع الكابلات ومعظم سطح الجسر، بينما استمرت القوارب في المرور تحته.",
    "وقالت كبيرة المهندسين إن الأرض تحت الدعامة الشمالية كانت مصدر القلق الأكبر.",
    "ودفعت المدينة أكثر من نصف التكلفة، وتحملت الدولة ما تبقى منها وفق الاتفاق.",
)
RUSSIAN = (
    "Старый мост через реку снова открылся во вторник после двух лет ремонтных работ.",
    "Инженеры заменили все тросы и большую часть настила, а лодки всё это время проходили "
    "под мостом, как того требовал порт.",
    "«Мы до конца не были уверены в грунте под опорой», — сказала главный инженер.",
    "Город заплатил чуть больше половины суммы, остальное взяло на себя государство.",
)
HINDI = (
    "नदी पर बना पुराना पुल दो साल की मरम्मत के बाद मंगलवार को फिर से खोल दिया गया।",
    "इंजीनियरों ने सभी तार और अधिकांश फर्श बदल दिए, जबकि नावें नीचे से गुजरती रहीं।",
    "मुख्य इंजीनियर ने कहा कि उत्तरी खंभे के नीचे की जमीन को लेकर आखिर तक चिंता बनी रही।",
    "खर्च का आधे से अधिक हिस्सा शहर ने दिया, और बाकी रकम राज्य सरकार ने चुकाई।",
)
TEXTS = (ENGLISH, GERMAN, JAPANESE, ARABIC, RUSSIAN, HINDI)
MENU = "<nav><ul>" + "".join(
    f'<li><a href="/{one}">{one}</a></li>'
    for one in ("Home", "City", "World", "Sport", "Culture", "Weather", "Contact")
) + "</ul></nav>"  # fmt: skip
MORE = (
    '<section class="related-stories"><h3>More stories</h3><ul>'
    + "".join(
        f'<li><a href="/s/{n}">The council wants {n} new trams for the old town</a></li>'
        for n in range(3, 9)
    )
    + "</ul></section>"
)
FOOT = (
    "<footer><p>© 2026 Daily Harbour. All rights reserved. No part of this site may be "
    "copied without our written consent.</p><a href='/imprint'>Imprint</a></footer>"
)


def page(body: str, *, top: str = f"<h1>{TITLE}</h1>", more: str = MORE) -> str:
    return (
        f"<html><head><title>{TITLE} | Daily Harbour</title></head><body>"
        f"<header>{MENU}</header>{top}{body}{more}{FOOT}</body></html>"
    )


def text_of(
    html: str,
    *,
    header: tuple[str, ...] = (TITLE, "Ada Byrne"),
    feed_html: str | None = None,
) -> read_text.Text:
    document = read_document.bounded(html, "https://harbour.example/a/bridge")
    return read_text.text(
        document, read_clues.clues(document), header=header, feed_html=feed_html
    )


def lines_of(html: str) -> list[str]:
    return text_of(html).text.split("\n\n")


def in_paragraphs(lines: tuple[str, ...]) -> str:
    return "<article>" + "".join(f"<p>{one}</p>" for one in lines) + "</article>"


def in_divs(lines: tuple[str, ...]) -> str:
    inner = "".join(f'<div class="css-1q2w3"><span>{one}</span></div>' for one in lines)
    return f'<div class="css-9x"><div class="css-8y">{inner}</div></div>'


def in_broken_lines(lines: tuple[str, ...]) -> str:
    return '<div id="story">' + "<br><br>".join(lines) + "</div>"


def in_table_cell(lines: tuple[str, ...]) -> str:
    return "<table><tr><td>" + "<br /> <br />".join(lines) + "</td></tr></table>"


@pytest.mark.parametrize(
    "make", (in_paragraphs, in_divs, in_broken_lines, in_table_cell)
)
@pytest.mark.parametrize("lines", TEXTS, ids=("en", "de", "ja", "ar", "ru", "hi"))
def test_the_paragraphs_are_found_however_they_are_marked_up_in_any_language(
    make: object, lines: tuple[str, ...]
) -> None:
    assert callable(make)
    assert list(lines) == lines_of(page(make(lines)))


def test_headings_and_lists_of_the_article_are_kept_in_their_place() -> None:
    body = (
        f"<article><p>{ENGLISH[0]}</p><p>{ENGLISH[1]}</p><h2>Who pays for it</h2>"
        f"<p>{ENGLISH[3]}</p><ul><li>Foot passengers may cross day and night.</li>"
        f"<li>Buses follow on Monday, with one line at first.</li></ul>"
        f"<blockquote><p>{ENGLISH[2]}</p></blockquote><p>{ENGLISH[4]}</p></article>"
    )
    expected = [
        ENGLISH[0],
        ENGLISH[1],
        "Who pays for it",
        ENGLISH[3],
        "- Foot passengers may cross day and night.",
        "- Buses follow on Monday, with one line at first.",
        ENGLISH[2],
        ENGLISH[4],
    ]
    assert expected == lines_of(page(body))


@pytest.mark.parametrize(
    "hung",
    (
        '<p><a href="/b">Read more: The long road to the new bridge</a></p>',
        "<p>Lesen Sie auch: Neue Rutsche bleibt ein Wunsch</p>",
        '<p><strong>À lire aussi :</strong> <a href="/b">Le pont, une histoire</a></p>',
        '<p>Читайте также: <a href="/b">Мост, который ждали</a></p>',
        '<aside class="promo"><h4>Newsletter</h4><p>The harbour in your inbox, every '
        "morning at seven.</p></aside>",
        '<div class="related-inline"><a href="/c">Council wants nine more trams</a></div>',
        '<figure><img src="/b.jpg"><figcaption>The bridge on Tuesday, seen from the '
        "northern bank. Photo: Harbour Board</figcaption></figure>",
        '<div class="image"><img src="/b.jpg"><span class="wp-caption-text">The bridge, '
        "seen from the north.</span></div>",
        '<div class="share-bar"><a href="#">Facebook</a> <a href="#">WhatsApp</a></div>',
    ),
)
def test_what_is_hung_between_paragraphs_is_left_out(hung: str) -> None:
    inner = "".join(f"<p>{one}</p>" for one in ENGLISH[:3]) + hung
    inner += "".join(f"<p>{one}</p>" for one in ENGLISH[3:])
    assert list(ENGLISH) == lines_of(page(f"<article>{inner}</article>"))


@pytest.mark.parametrize("named", (' class="card"', ""))
def test_teasers_with_prose_of_their_own_are_not_the_article(named: str) -> None:
    teasers = "".join(
        f'<div{named}><a href="/{n}"><h3>Minister says item {n} will be reviewed</h3></a>'
        f"<p>The minister told reporters on Monday, in a speech, that item {n} of it "
        "would be looked at once more before June.</p><span>2 hours ago</span></div>"
        for n in range(20)
    )
    whole = page(in_paragraphs(ENGLISH), more=f"<div><div>{teasers}</div></div>")
    assert list(ENGLISH) == lines_of(whole)


def test_comments_below_an_article_are_not_its_text() -> None:
    comments = "".join(
        f'<div class="comment"><b>reader{n}</b><p>I crossed it at {n} in the morning, and '
        "honestly, it looks like the old one with a coat of paint.</p></div>"
        for n in range(6)
    )
    whole = page(
        in_paragraphs(ENGLISH), more=f'<section id="comments">{comments}</section>'
    )
    assert list(ENGLISH) == lines_of(whole)


def test_what_is_said_twice_is_kept_once() -> None:
    twice = (
        in_paragraphs(ENGLISH) + f'<div class="print">{in_paragraphs(ENGLISH)}</div>'
    )
    assert list(ENGLISH) == lines_of(page(twice, more=""))


def test_title_byline_and_date_at_the_top_are_not_text() -> None:
    top = f"<h1>{TITLE}</h1><p>By Ada Byrne</p><p>3 February 2026, 14:05</p>"
    body = "<p>4 min read</p>" + "".join(f"<p>{one}</p>" for one in ENGLISH)
    assert list(ENGLISH) == lines_of(page(f"<article>{top}{body}</article>", top=""))


def test_structured_data_speak_where_the_page_holds_only_a_teaser() -> None:
    whole = " ".join(ENGLISH * 3)
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": '
        f'"{TITLE}", "articleBody": "{whole}"}}</script>'
    )
    got = text_of(page(f"{data}<p>{ENGLISH[0]}</p>"))
    assert whole == got.text
    assert got.note == "text from structured data"


def test_the_feed_speaks_where_the_page_holds_next_to_nothing() -> None:
    spoken = in_paragraphs(ENGLISH)
    got = text_of("<html><body><p>Loading…</p></body></html>", feed_html=spoken)
    assert got.text == "\n\n".join(ENGLISH)
    assert got.note == "text from the feed"


def test_a_page_without_words_has_no_text() -> None:
    assert text_of("<html><body><img src='a.png'></body></html>").text == ""
    assert text_of("").text == ""


def test_a_heavy_page_is_read_without_the_second_reader() -> None:
    cells = "<i></i>" * (read_document.MAX_HEAVY_TAGS // 2 + 10)
    document = read_document.bounded(
        page(in_paragraphs(ENGLISH) + cells), "https://x.y/"
    )
    assert document.is_plain
    got = read_text.text(
        document, read_clues.clues(document), header=(TITLE,), feed_html=None
    )
    assert got.text == "\n\n".join(ENGLISH)


@given(st.text(alphabet="<>/ abp\"'=&;divlbr\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_markup_breaks_the_reader(html: str) -> None:
    assert isinstance(text_of(html).text, str)


def test_a_run_knows_its_links_and_where_it_was_broken_off() -> None:
    html = '<body><div>One <a href="/">two</a> &amp; three<br><br>four</div></body>'
    first, second = read_text_runs.runs(LexborHTMLParser(html))
    assert (first.text, first.linked) == ("One two & three", 3)
    assert (second.text, second.linked) == ("four", 0)
    assert first.holder is second.holder


@pytest.mark.parametrize(
    ("name", "bit"),
    (
        ("related-articles", read_text_hints.BOX),
        ("RelatedArticles_list__x1", read_text_hints.BOX),
        ("read-more", read_text_hints.BOX),
        ("site-footer", read_text_hints.FRAME),
        ("commentList", read_text_hints.COMMENTS),
        ("article__body", read_text_hints.BODY),
        ("wp-caption-text", read_text_hints.CAPTION),
        ("sr-only", read_text_hints.HIDDEN),
        ("author-bio", read_text_hints.ABOUT),
    ),
)
def test_names_are_read_by_their_words(name: str, bit: int) -> None:
    assert read_text_hints.of(name) & bit
    assert not read_text_hints.of("thread shadow grades")


def test_hidden_elements_are_told_by_their_attributes() -> None:
    assert read_text_hints.of_attributes(' style="display: none"')
    assert read_text_hints.of_attributes(' aria-hidden="true"')
    assert not read_text_hints.of_attributes(' aria-hidden="false"')


def test_the_weights_know_every_sign_they_weigh() -> None:
    row = [0.0] * len(read_text_signs.NAMES)
    (chance,) = read_text_judge.chances([row])
    assert 0.0 < chance < 1.0
    assert read_text_judge.chances([None]) == [0.0]


def test_calls_are_taken_off_the_end_and_only_there() -> None:
    call = "Sign up for our newsletter."
    assert list(ENGLISH) == read_text_pointers.without_pointers([*ENGLISH, call])
    amid = [ENGLISH[0], call, *ENGLISH[1:]]
    assert amid == read_text_pointers.without_pointers(amid)
