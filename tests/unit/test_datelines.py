"""Days and times amid words, in the languages of the press."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import calendars, datelines, months
from newsdesk.text.datelines import Place

DAY = "2024-05-01 00:00"
TIME = "2024-05-01 10:30"

DAYS = [
    ("en", "May 1, 2024"),
    ("en", "Wed., May 1st, 2024"),
    ("en", "1 May, 2024"),
    ("en", "1-May-2024"),
    ("en", "The best schools of 2024 May 1, 2024"),
    ("de", "Veröffentlicht am 1. Mai 2024"),
    ("de", "01.05.2024"),
    ("fr", "Publié le 1er mai 2024"),
    ("es", "El 1 de mayo del 2024"),
    ("pt", "Publicado em 1 de maio de 2024"),
    ("it", "1 maggio 2024"),
    ("nl", "woensdag 1 mei 2024"),
    ("ca", "1 de maig de 2024"),
    ("gl", "1 de maio de 2024"),
    ("eu", "2024ko maiatzaren 1a"),
    ("pl", "1 maja 2024 r."),
    ("cs", "1. května 2024"),
    ("sk", "1. mája 2024"),
    ("sl", "1. maja 2024"),
    ("hr", "1. svibnja 2024."),
    ("sr", "1. маја 2024."),
    ("mk", "1 мај 2024"),
    ("bg", "1 май 2024 г."),
    ("be", "1 мая 2024"),
    ("kk", "1 мамыр 2024"),
    ("hu", "2024. május 1."),
    ("ro", "1 mai 2024"),
    ("el", "1 Μαΐου 2024"),
    ("sv", "den 1 maj 2024"),
    ("da", "1. maj 2024"),
    ("no", "1. mai 2024"),
    ("fi", "1.5.2024"),
    ("et", "1. mai 2024"),
    ("lv", "2024. gada 1. maijs"),
    ("lt", "2024 m. gegužės 1 d."),
    ("is", "1. maí 2024"),
    ("sq", "1 Maj 2024"),
    ("az", "1 may 2024"),
    ("ka", "1 მაისი, 2024"),
    ("hy", "Մայիսի 1, 2024"),
    ("he", "1 במאי 2024"),
    ("ar", "الأربعاء ١ مايو ٢٠٢٤"),
    ("ar", "1 أيار 2024"),
    ("fa", "۱۲ اردیبهشت ۱۴۰۳"),
    ("fa", "1403/02/12"),
    ("fa", "۱ مه ۲۰۲۴"),
    ("ur", "1 مئی 2024"),
    ("hi", "१ मई २०२४"),
    ("mr", "१ मे २०२४"),
    ("bn", "০১ মে ২০২৪"),
    ("ta", "1 மே 2024"),
    ("te", "1 మే 2024"),
    ("ml", "1 മേയ് 2024"),
    ("gu", "1 મે 2024"),
    ("th", "1 พฤษภาคม 2567"),
    ("th", "1 พ.ค. 2567"),
    ("vi", "Thứ Tư, ngày 1 tháng 5 năm 2024"),
    ("vi", "1 tháng 5, 2024"),
    ("id", "Rabu, 1 Mei 2024"),
    ("ja", "2024年5月1日"),
    ("zh", "发布于2024年05月01日"),
    ("ko", "2024. 5. 1."),
    ("ko", "2024년 5월 1일"),
    ("ja", "(2024/05/01)"),
]
TIMES = [
    ("en", "May 1, 2024 at 10:30 a.m.", None),
    ("en", "May 1, 2024 10:30 AM EDT", -4),
    ("en", "10:30 AM EDT, Wed May 1, 2024", -4),
    ("en", "Published 10:30 BST 1 May 2024", 1),
    ("en", "Updated - May 01, 2024 10:30 am IST", 5.5),
    ("en", "Wed 1 May 2024 10.30 BST", 1),
    ("en", "Wednesday 1 May 2024, 10:30 GMT 11:30 UK", 0),
    ("de", "Stand: 01.05.2024, 10:30 Uhr", None),
    ("de", "Mittwoch, 1. Mai 2024 10:30 Uhr MESZ", 2),
    ("fr", "Publié le 1er mai 2024 à 10h30", None),
    ("fr", "mercredi 1 mai 2024, 10 h 30", None),
    ("es", "miércoles, 1 de mayo de 2024 · 10:30", None),
    ("es", "1 de mayo de 2024 a las 10:30 hs", None),
    ("pt", "01/05/2024 às 10h30", None),
    ("pt", "Publicado em 1 de maio de 2024 às 10h30", None),
    ("it", "1 mag 2024 alle 10:30", None),
    ("ru", "1 мая 2024, 10:30", None),
    ("ru", "10:30, 1 мая 2024", None),
    ("ru", "1 мая 2024, 10:30 МСК", 3),
    ("uk", "1 травня 2024, 10:30", None),
    ("tr", "1 Mayıs 2024 Çarşamba 10:30", None),
    ("el", "01 Μαΐου 2024, 10:30", None),
    ("sv", "1 maj 2024 kl. 10.30", None),
    ("fi", "1.5.2024 klo 10.30", None),
    ("hu", "2024. május 1., szerda 10:30", None),
    ("sr", "1. 5. 2024. 10:30", None),
    ("lt", "2024 m. gegužės 1 d. 10:30", None),
    ("ja", "2024年5月1日(水) 10時30分", None),
    ("zh", "2024/5/1 上午 10:30", None),
    ("zh", "2024-05-01 10:30 UTC+8", 8),
    ("zh", "2024年5月1日10:30", None),
    ("ko", "입력 2024.05.01 10:30 수정 2024.05.01 11:00", None),
    ("ar", "1 مايو 2024 10:30 ص", None),
    ("fa", "۱۲ اردیبهشت ۱۴۰۳ - ۱۰:۳۰", None),
    ("hi", "01 मई 2024 10:30 AM IST", 5.5),
    ("bn", "প্রকাশ: ০১ মে ২০২৪, ১০:৩০", None),
    ("id", "1 Mei 2024 10:30 WIB", 7),
    ("id", "10.30 | 1 Mei 2024", None),
    ("vi", "Thứ tư, 1/5/2024, 10:30 (GMT+7)", 7),
    ("th", "1 พฤษภาคม 2567 เวลา 10:30 น.", None),
    ("he", "01.05.2024 10:30", None),
]


def place(language: str) -> Place:
    return Place(language=language, is_month_first=None if language == "en" else False)


@pytest.mark.parametrize(("language", "text"), DAYS)
def test_a_day_is_read_in_the_languages_of_the_press(language: str, text: str) -> None:
    found = datelines.first(text, place(language))
    assert found is not None
    assert (f"{found.at:%Y-%m-%d %H:%M}", found.has_time) == (DAY, False)


@pytest.mark.parametrize(("language", "text", "hours"), TIMES)
def test_the_clock_and_zone_beside_a_day_are_its_own(
    language: str, text: str, hours: float | None
) -> None:
    found = datelines.first(text, place(language))
    assert found is not None
    assert found.has_time
    assert found.ahead == (None if hours is None else timedelta(hours=hours))
    assert f"{found.at + timedelta(hours=hours or 0):%Y-%m-%d %H:%M}" == TIME


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12/05/2024"),  # May or December
        ("ar", "1403/02/12"),  # a year of the Hijra
        ("en", "In 2024 the 12 of them"),
        ("en", "Copyright 1999-2024"),
        ("en", "in May 2024, 12 people"),
        ("en", "31 June 2024"),
        ("en", "the model 2024 May 5000"),
        ("fa", "۳۲ اردیبهشت ۱۴۰۳"),
    ],
)
def test_what_is_no_day_or_may_be_two_is_left_out(language: str, text: str) -> None:
    assert datelines.first(text, place(language)) is None


def test_numbers_are_read_in_the_order_of_the_place() -> None:
    american = datelines.first("5/1/2024", Place(language="en", is_month_first=True))
    british = datelines.first("1/5/2024", Place(language="en", is_month_first=False))
    assert american and british
    assert american.at == british.at == datetime.fromisoformat("2024-05-01T00:00Z")


def test_a_zone_of_many_places_is_read_by_the_country() -> None:
    text = "1 May 2024 10:30 IST"
    at_home = {
        country: datelines.first(text, Place(language="en", country=country))
        for country in ("in", "ie", "il")
    }
    hours = {name: one.ahead for name, one in at_home.items() if one}
    assert hours == {
        "in": timedelta(hours=5.5), "ie": timedelta(hours=1), "il": timedelta(hours=3)
    }  # fmt: skip


def test_croats_mean_october_where_poles_mean_november() -> None:
    assert months.month("listopada", "hr") == 10
    assert months.month("listopada", "pl") == 11


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1357, 11, 22, "1979-02-11"),
        (1399, 12, 30, "2021-03-20"),
        (1400, 1, 1, "2021-03-21"),
        (1403, 1, 1, "2024-03-20"),
        (1404, 1, 1, "2025-03-21"),
        (1403, 12, 30, "2025-03-20"),
    ],
)
def test_days_of_the_iranian_calendar_are_converted(
    year: int, month: int, day: int, expected: str
) -> None:
    found = calendars.from_jalali(year, month, day)
    assert found and f"{found:%Y-%m-%d}" == expected


@pytest.mark.parametrize(
    "day", [(1404, 12, 30), (1403, 13, 1), (1200, 1, 1), (1403, 7, 31)]
)
def test_days_that_the_iranian_calendar_lacks_are_none(
    day: tuple[int, int, int],
) -> None:
    assert calendars.from_jalali(*day) is None


@given(st.text(alphabet="0123456789 /.-:,May年月日मईพ.ค٢٠", max_size=60))
def test_reading_datelines_never_raises(text: str) -> None:
    for one in datelines.told(datelines.folded(text), place("de")):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024.05.01. 오후 5:15",
        "2024년 5월 1일 오후 5시 15분",
        "2024年5月1日 午後5時15分",
        "2024年5月1日(水) 午後5:15",
        "2024/05/01 下午 05:15",
        "May 1, 2024 5:15 p. m.",
        "1 Μαΐου 2024, 5:15 μ.μ.",
    ],
)
def test_an_afternoon_is_told_from_a_morning(text: str) -> None:
    found = datelines.first(text, place("ko"))
    assert found is not None
    assert f"{found.at:%Y-%m-%d %H:%M}" == "2024-05-01 17:15"
