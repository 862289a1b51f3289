"""Bylines, site names and languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import language, names


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("By Ada Byrne", ("Ada Byrne",)),
        ("Von Jörg Müller und Anna-Lena Krüger", ("Jörg Müller", "Anna-Lena Krüger")),
        ("Ada Byrne, Political Correspondent", ("Ada Byrne",)),
        ("Ada Byrne and Jo Lund", ("Ada Byrne", "Jo Lund")),
        ("Byrne, Ada", ("Ada Byrne",)),
        ("Ada Byrne, Jo Lund, Mia Roe", ("Ada Byrne", "Jo Lund", "Mia Roe")),
        ("ADA BYRNE", ("Ada Byrne",)),
        ("ada.byrne@harbour.example", ()),
        ("Ada Byrne (Reuters)", ("Ada Byrne",)),
        ("Ada Byrne, PhD", ("Ada Byrne",)),
        ("J. K. Byrne", ("J. K. Byrne",)),
        (
            "Julián Á. Soto y María del Mar Ruiz",
            ("Julián Á. Soto", "María del Mar Ruiz"),
        ),
        ("<a href='/x'>Ada Byrne</a>", ("Ada Byrne",)),
        ("Sinéad O&#039;Shea", ("Sinéad O'Shea",)),
        ("Иван Петров", ("Иван Петров",)),
        ("admin", ()),
        ("Posted on 3 March 2024 at 10:00", ()),
    ],
)
def test_bylines_are_taken_apart_into_names(
    raw: str, expected: tuple[str, ...]
) -> None:
    assert expected == names.people([raw])


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("国際部・山田太郎、鈴木花子", ("山田太郎", "鈴木花子")),
        ("阿部・太郎", ("阿部・太郎",)),
        ("ジョン・スミス", ("ジョン・スミス",)),
    ],
)
def test_a_japanese_desk_comes_off_the_name(
    byline: str, expected: tuple[str, ...]
) -> None:
    assert names.people([byline]) == expected


def test_outlets_desks_and_repeats_are_no_persons() -> None:
    raw = [
        "Daily Harbour",
        "Ada Byrne",
        "ada byrne",
        "News Desk",
        "dailyharbour.example",
    ]
    assert names.people(raw, outlets=("Daily Harbour",)) == ("Ada Byrne",)


def test_an_agency_stays_where_no_person_is_named() -> None:
    assert names.people(["Reuters"], outlets=("Daily Harbour",)) == ("Reuters",)
    assert names.people(["Reuters", "Ada Byrne"]) == ("Ada Byrne",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bridge opens | Daily Harbour", "Bridge opens"),
        ("Bridge opens - City - Daily Harbour", "Bridge opens - City"),
        ("Daily Harbour: Bridge opens", "Daily Harbour: Bridge opens"),
        ("Daily Harbour | Bridge opens again", "Bridge opens again"),
        ("Bridge opens – and closes again", "Bridge opens – and closes again"),
        ("Bridge opens | dailyharbour.example", "Bridge opens"),
        ("Daily Harbour", "Daily Harbour"),
        ("Bridge opens | The Daily Harbour", "Bridge opens"),
        ("Bridge opens | Daily Harbour Sports", "Bridge opens"),
        ("Bridge opens: Daily Harbour", "Bridge opens"),
    ],
)
def test_site_names_come_off_titles(title: str, expected: str) -> None:
    assert expected == names.without_site(
        title, ("Daily Harbour", "dailyharbour.example")
    )


def test_a_word_that_begins_like_the_site_is_not_the_site() -> None:
    title = "Bridge opens – Timeline"
    assert names.without_site(title, ("Time",)) == title
    assert names.without_site("Bridge opens – Time News", ("Time",)) == "Bridge opens"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Daily Harbour", "Daily Harbour"),
        ("Daily Harbour - News from the coast and beyond", "Daily Harbour"),
        ("www.harbour.example", "harbour.example"),
        ("@harbour", "harbour"),
        ("", None),
        (None, None),
    ],
)
def test_a_site_name_loses_slogan_and_dress(
    raw: str | None, expected: str | None
) -> None:
    assert expected == names.site_name(raw)


@given(st.text(max_size=200))
def test_any_text_is_taken_apart_without_an_error(text: str) -> None:
    assert all(
        name.strip() == name for name in names.people([text], outlets=(text[:5],))
    )
    assert isinstance(names.without_site(text, (text[:4],)), str)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("en-US", "en"), ("pt_BR", "pt"), ("English", "en"), ("deu", "de"), ("nb-NO", "no"),
        ("iw", "he"), ("und", None), ("", None), (None, None), ("x-default", None),
    ],
)  # fmt: skip
def test_declarations_mean_a_primary_subtag(
    declared: str | None, expected: str | None
) -> None:
    assert expected == language.primary(declared)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bridge over the river was opened to traffic by the mayor on Tuesday.",
            "en",
        ),
        (
            "Die Brücke über den Fluss ist nach zwei Jahren wieder für den Verkehr offen.",
            "de",
        ),
        (
            "Le pont sur la rivière est de nouveau ouvert à la circulation depuis hier.",
            "fr",
        ),
        (
            "Мост через реку снова открыт для движения, и это не все, что было сделано.",
            "ru",
        ),
        ("川にかかる橋が二年ぶりに開通し、市長が式典であいさつしました。", "ja"),
        ("横跨河流的大桥在两年的施工之后重新开放通行，市长出席了仪式。", "zh"),
        ("강 위의 다리가 이 년 만에 다시 열렸고 시장이 행사에 참석했다.", "ko"),
        ("Η γέφυρα πάνω από το ποτάμι άνοιξε ξανά μετά από δύο χρόνια.", "el"),
        ("Short", None),
    ],
)
def test_languages_are_told_by_script_and_common_words(
    text: str, expected: str | None
) -> None:
    assert expected == language.detect(text)
