"""Labels lie; bytes do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.text import encoding


def declared(name: str, text: str = "x") -> str:
    return f'<?xml version="1.0" encoding="{name}"?><t>{text}</t>'


@pytest.mark.parametrize(
    ("label", "real", "text"),
    [
        ("gb2312", "gb18030", "朱镕基"),
        ("shift_jis", "cp932", "①日本"),
        ("euc-kr", "cp949", "똠방각하"),
        ("iso-8859-1", "cp1252", "“quoted” — €"),
        ("us-ascii", "cp1252", "café"),
        ("koi8-r", "koi8-r", "Новости"),
        ("windows-1251", "cp1251", "Новости"),
        ("iso-8859-2", "iso-8859-2", "žluťoučký"),
        ("Big5", "big5", "新聞"),
        ("euc-jp", "euc-jp", "日本"),
        ("utf-16", "utf-8", "café"),
        ("utf-8", "cp1252", "café"),
        ("no-such-thing", "utf-8", "café"),
        ("rot13", "utf-8", "café"),
        ("cp037", "cp037", "plain"),
    ],
)
def test_a_declaration_is_believed_as_far_as_it_can_be_true(label, real, text):
    body = declared(label, text).encode(real)
    assert text in encoding.decode(body).text


def test_http_goes_before_the_declaration():
    body = declared("koi8-r", "Новости").encode("cp1251")
    assert "Новости" in encoding.decode(body, http="windows-1251").text


def test_a_byte_order_mark_goes_before_http():
    decoded = encoding.decode("\ufeffcafé".encode(), http="cp1252")
    assert (decoded.text, decoded.encoding) == ("café", "utf-8")


def test_a_label_for_single_bytes_yields_to_utf_8():
    decoded = encoding.decode("Ćao".encode(), http="iso-8859-1")
    assert decoded.text == "Ćao"
    assert decoded.notes == ("labelled cp1252 but is utf-8",)


def test_ascii_needs_no_note():
    assert encoding.decode(b"plain", http="iso-8859-1").notes == ()


def test_a_few_stray_bytes_do_not_spoil_the_rest():
    decoded = encoding.decode("日本 ".encode() + b"caf\xe9 \x93x\x94")
    assert decoded.text == "日本 café “x”"
    assert decoded.notes == ("bytes that are not utf-8 read as cp1252",)


def test_broken_multibyte_text_keeps_what_is_whole():
    decoded = encoding.decode(
        declared("gb2312", "朱镕基").encode("gb18030")[:-5] + b"\xff</t>"
    )
    assert "朱镕" in decoded.text
    assert decoded.notes == ("broken gb18030",)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_is_told_without_a_mark(name):
    assert encoding.decode("<x>é</x>".encode(name)).text == "<x>é</x>"


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("text/xml; charset=UTF-8", "UTF-8"),
        ('text/xml; Charset="koi8-r"; x=y', "koi8-r"),
        ("text/xml", None),
        ("", None),
        (None, None),
        ("text/xml; charset=", None),
    ],
)
def test_the_charset_of_a_header(content_type, found):
    assert encoding.charset(content_type) == found


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "cp1252", "gbk", "zlib", "idna", "\x00"]),
)
def test_no_bytes_raise(body, label):
    encoding.decode(body, http=label).text.encode("utf-8")


@given(st.text(max_size=100))
def test_utf_8_comes_back_whole(text):
    assert encoding.decode(b"<x>" + text.encode()).text == "<x>" + text
