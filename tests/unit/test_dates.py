"""Dates as people and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import dates

INSTANTS = {
    "Mon, 16 Feb 2026 10:30:00 GMT": "2026-02-16T10:30:00",
    "Mon, 16 Feb 2026 10:30:00 +0530": "2026-02-16T05:00:00",
    "16 Feb 2026 10:30 -0800": "2026-02-16T18:30:00",
    "Mon,16 Feb 26 10:30:00 UT": "2026-02-16T10:30:00",
    "Monday, 16-Feb-26 10:30:00 EST": "2026-02-16T15:30:00",
    "2026-02-16T10:30:00Z": "2026-02-16T10:30:00",
    "2026-02-16t10:30:00.123456z": "2026-02-16T10:30:00",
    "2026-02-16T10:30+01:00": "2026-02-16T09:30:00",
    "2026-02-16 10:30:00 +0100": "2026-02-16T09:30:00",
    "2026-02-16 10:30:00": "2026-02-16T10:30:00",
    "20260216T103000Z": "2026-02-16T10:30:00",
    "2026-02-16T24:00:00Z": "2026-02-17T00:00:00",
    "2026-12-31T23:59:60Z": "2027-01-01T00:00:00",
    "2026-02-16T10:30:00-05:00Z": "2026-02-16T15:30:00",
    "1771237800": "2026-02-16T10:30:00",
    "2026年2月16日 10時30分": "2026-02-16T10:30:00",
    "2026年2月16日(月) 午後5時15分": "2026-02-16T08:15:00",
    "2026年02月16日 下午5点15分33秒": "2026-02-16T09:15:33",
    "2026년 2월 16일 오후 5시 15분": "2026-02-16T08:15:00",
    "1771237800123": "2026-02-16T10:30:00",
    "Mon Feb 16 10:30:00 2026": "2026-02-16T10:30:00",
    "Mon Feb 16 10:30:00 PST 2026": "2026-02-16T18:30:00",
    "Mon Feb 16 10:30:00 +0000 2026": "2026-02-16T10:30:00",
    "Mon Feb 16 2026 10:30:00 GMT+0100 (Central European Time)": "2026-02-16T09:30:00",
    "Monday, February 16, 2026 - 3:09pm": "2026-02-16T15:09:00",
    "Feb. 16, 2026, 12:05 a.m.": "2026-02-16T00:05:00",
    "February 16th, 2026 at 12:05 PM EST": "2026-02-16T17:05:00",
    "Thursday 1st of January 2026, 09:00": "2026-01-01T09:00:00",
    "lundi 16 février 2026 10:30:00 +0100": "2026-02-16T09:30:00",
    "Mo, 16 Mrz 2026 10:30:00 +0100": "2026-03-16T09:30:00",
    "16 paź 2026 10:30:00 +0200": "2026-10-16T08:30:00",
    "16 Ağu 2026 10:30:00 +0300": "2026-08-16T07:30:00",
    "16 des 2026 10:30:00 +0100": "2026-12-16T09:30:00",
    "mar., 03 mars 2026 10:30:00 +0100": "2026-03-03T09:30:00",
    "16. Februar 2026, 10:30 Uhr": "2026-02-16T10:30:00",
    "16.02.2026 10.30 Uhr": "2026-02-16T10:30:00",
    "poniedziałek, 16 lutego 2026 10:30": "2026-02-16T10:30:00",
    "2026-02-16 오후 3:09:00": "2026-02-16T06:09:00",
    "2026-02-16 上午10:30": "2026-02-16T02:30:00",
    "15:04 02.01.2006 -0700": "2006-01-02T22:04:00",
    "1/2/2006 3:04 PM": "2006-01-02T15:04:00",
    "13/2/2026 15:04": "2026-02-13T15:04:00",
    "Mon, 02/03/2026 15:04": "2026-03-02T15:04:00",
    "Tue, 02/03/2026 15:04": "2026-02-03T15:04:00",
    "Tue, 2026/02/17 08:19:53 EDT": "2026-02-17T12:19:53",
}


@pytest.mark.parametrize(("text", "expected"), INSTANTS.items())
def test_an_instant_is_read(text, expected):
    parsed = dates.parse(text)
    assert (
        parsed.at and parsed.at.replace(microsecond=0).isoformat()
    ) == f"{expected}+00:00"
    assert parsed.has_time


DAYS = {
    "2026-02-16": "2026-02-16",
    "2026/02/16": "2026-02-16",
    "20260216": "2026-02-16",
    "2026-047": "2026-02-16",
    "2026-02": "2026-02-01",
    "2026": "2026-01-01",
    "16 Feb 2026": "2026-02-16",
    "16 February, 2026 GMT": "2026-02-16",
    "2 de marzo de 2026": "2026-03-02",
    "16 февраля 2026 г.": "2026-02-16",
    "2026年2月16日": "2026-02-16",
    "16.02.2026": "2026-02-16",
    "30.10.23": "2023-10-30",
    "26/06/2020": "2020-06-26",
    "Nov. 2020": "2020-11-01",
    "2026-02-16+01:00": "2026-02-16",
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_day_without_a_clock_says_so(text, expected):
    parsed = dates.parse(text)
    assert parsed.at is not None, parsed.note
    assert parsed.at.date().isoformat() == expected
    assert not parsed.has_time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "yesterday 10:30",
        "1 hour ago",
        "31 Feb 2026 10:00 GMT",
        "2026-13-01",
        "2026-02-16T25:00:00Z",
        "2026-02-16T10:61:00Z",
        "2026-02-16T10:30:61Z",
        "Mon, 16 Feb 2026 1:2:3:4 GMT",
        "2026-02-16T10:30:00+zz:00",
        "2026-02-16T10:30:00-06:00Textra",
        "9999-12-31T23:59:59-12:00",
        "0000-00-00 00:00:00",
        "16 Feb",
        "22013",
        "013",
        "2013-01-27-01",
        "1" * 200,
    ],
)
def test_what_is_no_date_has_a_reason(text):
    parsed = dates.parse(text)
    assert parsed.at is None
    assert parsed.note


@pytest.mark.parametrize(
    "text",
    [
        "02/01/2006",
        "02/01/2006 15:04",
        "2-1-2006",
        "01-02-03",
        "Mon, 16 Feb 2026 10:30:00 IST",
        "Fri, 16 Jan 2026 10:30:00 BST",
        "Mon Feb 16 10:30:00 CST 2026",
        "2026-02-16T10:30:00 Middle/Earth",
    ],
)
def test_a_date_with_two_readings_is_not_guessed(text):
    parsed = dates.parse(text)
    assert parsed.at is None
    assert parsed.note


@pytest.mark.parametrize(
    "text",
    [
        "2026年2月16日 10:30",
        "2026年2月16日(月) 10:30:00",
        "2026年2月16日 星期一 10:30",
        "2026-02-16 10:30",
        "16.02.2026 10:30",
        "16 Feb 2026 10:30",
    ],
)
def test_a_time_without_a_zone_counts_as_utc_in_every_notation(text):
    assert f"{dates.parse(text).at}" == "2026-02-16 10:30:00+00:00"


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Z", 0), ("Etc/GMT", 0), ("ET", 5), ("CST", 6), ("PDT", 7), ("AT", 4),
        ("MET", -1),
        ("MEST", -2), ("CEST", -2), ("JST", -9), ("AEDT", -11), ("GMT+1", -1),
        ("-01:30", 1.5),
        ("UTC-3", 3), ("Europe/Berlin", -1), ("America/New_York", 5),
        ("Asia/Kolkata", -5.5),
        ("(UTC)", 0), ("+0000 (UTC)", 0), ("MST-07:00", 7),
    ],
)  # fmt: skip
def test_a_zone_in_winter(zone, hours):
    parsed = dates.parse(f"Thu, 15 Jan 2026 10:00:00 {zone}")
    assert parsed.at is not None, parsed.note
    assert (
        parsed.at.hour + parsed.at.minute / 60 + 24 * (parsed.at.day - 15)
    ) == 10 + hours


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8 Mar 2026 01:59 ET", 6),
        ("8 Mar 2026 03:00 ET", 7),
        ("1 Nov 2026 03:00 ET", 8),
        ("1 Apr 2006 12:00 PT", 20),
        ("3 Apr 2006 12:00 PT", 19),
        ("29 Mar 2026 12:00 Europe/Paris", 10),
        ("28 Mar 2026 12:00 Europe/Paris", 11),
        ("1 Jul 2026 12:00 Europe/London", 11),
        ("1 Jul 2026 12:00 BST", 11),
    ],
)
def test_summer_time_is_counted_where_a_zone_leaves_it_open(text, hour):
    assert dates.parse(text).at.hour == hour


@given(st.datetimes(timezones=st.just(dates.UTC)))
def test_what_we_print_reads_back(at):
    at = at.replace(microsecond=0)
    for text in (
        at.isoformat(),
        at.isoformat(" "),
        at.strftime("%d %b ") + f"{at.year:04} {at:%H:%M:%S} GMT",
    ):
        assert dates.parse(text).at == at


@given(st.text(alphabet="0123456789:/-+.,T ZJanFebGMTpm年月日", max_size=40))
def test_no_text_raises(text):
    parsed = dates.parse(text)
    assert (parsed.at is None) == (parsed.note is not None)


@given(st.text(max_size=120))
def test_no_unicode_raises(text):
    dates.parse(text)
