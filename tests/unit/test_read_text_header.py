"""What stands on top of a text without being of it, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsdesk.stages import (
    read_clues,
    read_document,
    read_text,
    read_text_header,
    read_text_pointers,
    read_text_runs,
)

HEADER = ("Old bridge opens again", "Ada Moor", "محمد علي", "王小明", "Daily Harbour")
"""The title, the authors and the site that the lines below are read with."""
PROSE = (
    "The old bridge over the river opened again on Friday, after two years of work and "
    "one more winter than the city had planned for.",
    "Engineers replaced every cable and most of the deck while boats kept passing below, "
    "as the harbour had asked from the start.",
    "Buses will cross again from Monday; lorries have to wait until the spring.",
)

OF_THE_HEADER = (
    "2026-11-20 08:15:33 来源：新华社 编辑：李华",
    "2026-11-20 08:15:33 来源：新华社 责任编辑：李华 王芳",
    "記者王小明／台北報導",
    "〔記者陳大文／高雄報導〕",
    "입력 2026.11.20 08:15",
    "입력 2026.11.20. 오전 8:15 수정 2026.11.20. 오전 9:20",
    "홍길동 기자",
    "홍길동 기자 hong@paper.kr",
    "2026年11月20日 8時15分",
    "更新 2026年11月20日 08:15",
    "发布时间：2026-11-20 08:15",
    "بقلم محمد علي",
    "محمد علي - القاهرة",
    "نشر في: 20 نوفمبر 2026 - 08:15",
    "الجمعة 20 نوفمبر 2026",
    "آخر تحديث: 20 نوفمبر 2026",
    "تاریخ انتشار: ۲۹ آبان ۱۴۰۵ - ۰۸:۱۵",
    "کد خبر: 123456",
    "מאת דוד כהן",
    "20 בנובמבר 2026",
    "פורסם: 20.11.2026, 08:15",
    "Ada Moor Nov 19 2026",
    "Ada Moor Nov 19, 2026",
    "By Ada Moor, Reporter | Updated 3:15 PM EST, Thu November 20, 2026",
    "By Bea Lund, Reporter | Updated 3:15 PM EST, Thu November 20, 2026",
    "Ada Moor · 4 min read",
    "By Ada Moor and Bea Lund",
    "By Ada Moor in London",
    "Von Ada Moor, Berlin",
    "Von Bea Lund, Berlin",
    "Berlin, 20. November 2026",
    "LONDON, Nov 20, 2026 (Reuters)",
    "Published: 20 Nov 2026, 8:15 am IST",
    "Nov 20, 2026, 08:15 ET",
    "News provided by Acme Corporation",
    "News provided by",
    "Share this article",
    "Share toX",
    "Share",
    "Facebook Twitter WhatsApp Email",
    "Sign up for our newsletter to get the best of the harbour",
    "Listen to this article",
    "Listen to this article 4 min",
    "Add Daily Harbour as a preferred source on Google",
    "3 hours ago",
    "vor 3 Stunden",
    "Lesezeit: 4 Min.",
    "Publié le 20 novembre 2026 à 08h15 - Mis à jour le 20 novembre 2026 à 09h20",
    "Publicado el 20 de noviembre de 2026 a las 08:15",
    "20 ноября 2026, 08:15",
    "Источник: Интерфакс",
    "Source: Reuters",
    "Source: Xinhua | Editor: Li Hua",
    "Source: Xinhua | 2026-11-20 08:15:33 | Editor: huaxia",
    "ada.moor@paper.example",
    "Ada Moor, Political Correspondent",
    "Fri 20 Nov 2026 08.15 GMT",
    "Last modified on Fri 20 Nov 2026 09.15 GMT",
    "1 hour ago",
    "Posted on December 18, 2026 Posted by Ada Moor 59 Comments",
    "December 18, 2026 ・ 3 min read",
    "Reading Time: 8 minutes",
    "Edited by",
    "Published",
    "Daily Harbour",
    "Hace 3 horas",
    "20 Nisan 2026 08:15",
    "20. November 2026, 8:15 Uhr",
    "2026. 11. 20. 08:15",
    "- Facebook",
    "Subscribe to our newsletter",
    "Подпишитесь на наш канал в Telegram",
    "Écouter cet article",
    "Diesen Artikel anhören",
    "Make Daily Harbour your preferred source on Google",
    "Follow us on WhatsApp",
    "محمد علي",
    "محمد علي | 20 نوفمبر 2026",
)

OF_THE_TEXT = (
    "On 20 November 2026 Ada Moor said the bridge was safe",
    "LONDON (Reuters) – The bridge opened again",
    "BERLIN, Nov 20 (Reuters) - The bridge opened",
    "By 20 November 2026 the bridge will be open",
    "Ada Moor is a reporter",
    "Ada Moor opened the bridge",
    "By midnight the bridge had closed",
    "By Friday the water had risen",
    "Nov 19 was the day the water rose",
    "The bridge opened at 8:15 on Friday",
    "Share prices fell",
    "Share prices of Acme fell 3 percent on 20 November 2026.",
    "Listen to this article of faith, said the judge",
    "Subscribe to the idea that bridges last",
    "Sign up for health insurance by Friday, the ministry says",
    "Read time and again, the letter moved him.",
    "2026年11月20日，中国队在北京获胜",
    "王小明昨日在台北表示",
    "記者會在台北舉行",
    "记者从市政府获悉，大桥已通车",
    "据新华社报道，大桥于11月20日通车",
    "입력 장치가 고장 났다",
    "기자 회견이 열렸다",
    "كتب محمد صلاح هدفين في مرمى الخصم",
    "قال محمد علي يوم الجمعة 20 نوفمبر 2026",
    "في 20 نوفمبر 2026 أعيد افتتاح الجسر",
    "Ada Moor: I never doubted it",
    "Source of the river found",
    "What happened on 20 November 2026?",
    "Who is Ada Moor?",
    "Timeline of the bridge",
    "The latest",
    "Berlin feiert",
    "Facebook fell",
    "Twitter said on Friday it would appeal",
    "Updated rules for lorries",
    "Print is dead",
    "Save the bridge",
    "Editor: an underrated job",
    "Email is broken",
    "Von wegen sicher",
    "Von Berlin nach Rom in vier Stunden",
    "מאת הנשיא נמסר כי הגשר נפתח",
    "Get up early and see the bridge",
    "20 November 2026 was a cold day",
    "The 20 November 2026 agreement between Berlin and Paris",
    "In 3 hours the bridge had gone",
    "Four minutes read like an hour",
    "4 minutes into the film, the bridge falls",
    "Reuters said on Friday the bridge was safe",
    "Follow the money, she said on Friday",
    "Get out of the way of the boats",
    "Add salt as the preferred source of iodine",
    "Edited genes may cure the disease",
    "Harbour opens",
    "新华社记者拍下了大桥",
    "編集者は語る",
    "20 نوفمبر يوم الجسر",
)


@pytest.mark.parametrize("line", OF_THE_HEADER)
def test_a_line_of_nothing_but_header_words_goes(line: str) -> None:
    got = read_text_header.without_header([line, *PROSE], HEADER)
    assert got == list(PROSE)


@pytest.mark.parametrize("line", OF_THE_TEXT)
def test_a_line_with_one_word_of_prose_stays(line: str) -> None:
    lines = [line, *PROSE]
    assert read_text_header.without_header(lines, HEADER) == lines


@pytest.mark.parametrize("line", PROSE)
def test_a_paragraph_that_opens_with_place_and_agency_stays_whole(line: str) -> None:
    lines = [f"LONDON, Nov 20, 2026 (Reuters) – {line}", *PROSE]
    assert read_text_header.without_header(lines, HEADER) == lines


def test_header_lines_go_at_the_top_only() -> None:
    lines = [*PROSE * 2, "By Ada Moor, 20 November 2026", PROSE[0]]
    assert read_text_header.without_header(lines, HEADER) == lines


def test_the_sender_of_a_release_goes_with_the_words_that_announce_it() -> None:
    top = ["News provided by", "Acme Bridges Inc", "Nov 20, 2026, 08:15 ET"]
    got = read_text_header.without_header([*top, "Share this article", *PROSE], HEADER)
    assert got == list(PROSE)


def test_a_paragraph_after_the_announcement_of_a_sender_stays() -> None:
    got = read_text_header.without_header(["News provided by", *PROSE], HEADER)
    assert got == list(PROSE)


def test_words_of_the_headline_are_no_names() -> None:
    header = ("Actuaries vs. insurers", "ACTUARIES VS. INSURERS", "Ada Moor")
    lines = ["Key points – ACTUARIES VS. INSURERS", *PROSE]
    assert read_text_header.without_header(lines, header) == lines


def test_a_name_without_its_accents_is_the_name() -> None:
    got = read_text_header.without_header(
        ["Von José Müller", *PROSE], ("T", "Jose Muller")
    )
    assert got == list(PROSE)


def test_the_name_of_the_site_on_top_is_no_text() -> None:
    body = "".join(
        f"<p>{one}</p>" for one in ("Daily Harbour · 4 min read", *PROSE * 1)
    )
    html = (
        '<html><head><meta property="og:site_name" content="Daily Harbour"></head><body>'
        f"<article><h1>{HEADER[0]}</h1>{body}</article></body></html>"
    )
    document = read_document.bounded(html, "https://harbour.example/a/bridge")
    clues = read_clues.clues(document)
    got = read_text.text(document, clues, header=HEADER[:2], feed_html=None)
    assert got.text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "line", ("Like this:", "Next article", "Related reads:", "Tags")
)
def test_headings_of_what_follows_a_text_are_taken_off_its_end(line: str) -> None:
    lines = [*PROSE, line]
    assert read_text_pointers.without_pointers(lines) == list(PROSE)
    amid = [PROSE[0], line, *PROSE[1:]]
    assert read_text_pointers.without_pointers(amid) == amid


def test_instructions_to_programs_are_no_words() -> None:
    html = (
        '<body><?xml version="1.0"?><p>One <!-- two > --> three</p><!-- no --></body>'
    )
    runs = read_text_runs.runs(LexborHTMLParser(html))
    assert [one.text for one in runs] == ["One three"]


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4))
def test_no_line_breaks_the_filter(line: str, header: list[str]) -> None:
    got = read_text_header.without_header([line], header)
    assert got in ([line], [])
