import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import agencies, credits
from newsdesk.text.credits import Form

BODY = "The harbour board closed the northern basin on Monday."


def credited(text, *authors):
    return {(credit.name, credit.form) for credit in credits.of(text, authors)}


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("LONDON, Nov 3 (Reuters) - ", "Reuters"),
        ("(AP)—", "AP"),
        ("NEDERLAND, Colo. (AP) - ", "AP"),
        ("Karachi, Sept. 9 (ANI): ", "ANI"),
        ("CHENGDU, Dec. 9 (Xinhua) -- ", "Xinhua"),
        ("Berlin (dpa/lsw) – ", "dpa"),
        ("Hamburg (dpa-AFX) - ", "dpa-AFX"),
        ("(ANSA) - ROMA, 03 NOV - ", "ANSA"),
        ("Madrid, 3 nov (EFE).- ", "EFE"),
        ("NEW YORK, Nov. 3, 2025 /PRNewswire/ -- ", "PRNewswire"),
        ("SAN FRANCISCO--(BUSINESS WIRE)--", "BUSINESS WIRE"),
        ("OSLO, Nov. 3, 2025 (GLOBE NEWSWIRE) -- ", "GLOBE NEWSWIRE"),
        ("Wien (ots) - ", "ots"),
        ("МОСКВА, 3 ноября. /ТАСС/. ", "ТАСС"),
        ("МОСКВА, 3 ноя – РИА Новости. ", "РИА Новости"),
        ("Москва. 3 ноября. INTERFAX.RU - ", "INTERFAX.RU"),
        ("(서울=연합뉴스) ", "연합뉴스"),
        ("新华社北京11月3日电 ", "新华社"),
        ("(Harbour Wire) – ", "Harbour Wire"),
    ],
)
def test_a_dateline_names_whose_report_it_is(opening, name):
    assert (name, Form.DATELINE) in credited(opening + BODY)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source: Reuters", "Reuters"),
        ("Quelle: dpa/AFP", "AFP"),
        ("Fuente: EFE", "EFE"),
        ("Bron: ANP", "ANP"),
        ("Źródło: PAP", "PAP"),
        ("來源：中央社", "中央社"),
        ("dpa/abc", "dpa"),
        ("(AFP)", "AFP"),
        ("© dpa-infocom, dpa:251103-99-12345/3", "dpa-infocom"),
        ("Copyright 2025 The Associated Press. All rights reserved.",
         "The Associated Press"),
        ("View source version on businesswire.com: https://x.example", "Business Wire"),
    ],
)  # fmt: skip
def test_a_line_at_the_end_names_whose_report_it_is(line, name):
    assert (name, Form.LINE) in credited(f"{BODY}\n\n" * 5 + line)


@pytest.mark.parametrize("end", [" EFE", " (AP)", " – AFP", " TASS."])
def test_an_agency_after_the_last_sentence_is_credited(end):
    assert len(credited(f"{BODY}\n\n{BODY}{end}")) == 1


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("This story was originally published by The Quay.", "The Quay"),
        ("This article is republished from The Conversation under a Creative Commons "
         "license. Read the original article.", "The Conversation"),
        ("Originally published on Harbourlife.com.", "Harbourlife.com"),
        ("The post Basin closed appeared first on Harbour Daily.", "Harbour Daily"),
        ("Dieser Artikel erschien zuerst bei ZEIT ONLINE.", "ZEIT ONLINE"),
        ("Dieser Beitrag ist zuerst im Tagesspiegel erschienen.", "Tagesspiegel"),
        ("Cet article a été publié initialement par Le Temps.", "Le Temps"),
        ("Este artículo fue publicado originalmente en El Faro.", "El Faro"),
        ("本文转载自：新华社", "新华社"),
    ],
)  # fmt: skip
def test_a_notice_names_where_a_text_stood_first(notice, name):
    assert (name, Form.NOTICE) in credited(f"{BODY}\n\n{BODY}\n\n{notice}")


@pytest.mark.parametrize(
    "line",
    [
        "With files from The Canadian Press",
        "(With inputs from PTI)",
        "Con información de EFE",
        "Mit Material von dpa",
        "(mit dpa)",
        "The Associated Press contributed to this report.",
        "Associated Press writer Ada Byron in Oslo contributed to this report.",
        "Additional reporting by Reuters",
    ],
)
def test_material_that_was_used_is_told_from_a_text_that_was_taken(line):
    found = credits.of(f"{BODY}\n\n{BODY}\n\n{line}", ("Ada Byron",))
    assert [credit.form for credit in found] == [Form.MATERIAL]
    assert not found[0].is_whole


def test_bylines_credit_agencies():
    assert credited(BODY, "Reuters") == {("Reuters", Form.BYLINE)}
    assert credited(BODY, "By The Associated Press") == {
        ("The Associated Press", Form.BYLINE)
    }
    assert credited(BODY, "Ada Byron, Associated Press") == {
        ("Associated Press", Form.BYLINE)
    }
    assert credited(BODY, "Ada Byron", "AFP") == {("AFP", Form.MATERIAL)}
    assert ("Harbour Wire", Form.BYLINE) in credited(
        f"By Harbour Wire 2 March 2026, 10:39\n\n{BODY}"
    )
    assert credited(f"Ada Byron and Max Kern, The Associated Press\n\n{BODY}") == {
        ("The Associated Press", Form.BYLINE)
    }


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "The Associated Press reported that the basin was closed.",
        "The crack was found on Friday, a diver told Reuters on Monday.",
        "The deal was first reported by Reuters.",
        "The study, first published in Nature, shows how walls move.",
        "The chair of the Harbour Workers (AP), who lives in Oslo, said so.",
        "Mayor Michael Bloomberg is endorsing the plan of the harbour board.",
        "At around 1.55pm on Tuesday (September 18), a man fell into the basin.",
        "The bill by Ted Lieu, D-Torrance (Los Angeles County), passed.",
    ],
)
def test_a_text_that_tells_of_others_credits_nobody(text):
    known = {c.name for c in credits.of(text) if agencies.domain(c.name)}
    assert known == set()


def test_letters_are_agencies_only_as_these_write_them():
    assert agencies.domain("AP") == agencies.domain("the associated press")
    assert agencies.domain("ap") is None
    assert agencies.domain("DPA") == agencies.domain("dpa") == "dpa.com"
    assert agencies.domain("") is None


def test_a_dateline_is_found_below_menu_and_standfirst():
    text = f"Home News Sport\n\nA standfirst says it.\n\nOSLO (AP) — {BODY}\n\n{BODY}"
    assert ("AP", Form.DATELINE) in credited(text)


def test_what_is_quoted_of_a_credit_fits_a_line():
    long = (
        "This story, " + "which is long, " * 9 + "was originally published by The Quay."
    )
    quotes = [c.quote for c in credits.of(f"{BODY}\n\n{long}")]
    assert quotes and all(len(quote) <= credits.QUOTED for quote in quotes)


@given(st.text(max_size=400), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_can_be_asked_for_its_credits(text, authors):
    for credit in credits.of(text, tuple(authors)):
        assert credit.name.strip()
