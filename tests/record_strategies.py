"""Strategies for records: any that we can build, and unknown keys in a file's text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from newsdesk.model.record import Record, RecordImage, RecordProvider, Related

HOSTILE = (
    "",
    " ",
    "---",
    "...",
    "a: b",
    "a #b",
    "# c",
    "'",
    '"',
    "\\",
    "\r\n",
    "\0",
    "\u2028",
    "\x85",
    "\x9f",
    "\ufeff",
    "\ufffe",
    "🚀",
    "null",
    "~",
    "yes",
    "1e3",
    "0x1F",
    "1:30",
    "2021-12-13",
    "- x",
    "? x",
    "[a",
    "{{ site }}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%",
    "@a",
    "`",
    "a:",
    ":a",
    "=",
    "<<",
    "\ta\t",
    "\xa0",
    "-1",
    "1,000",
)

text = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)
_SECONDS = 3_652_000 * 24 * 60 * 60
"""From the year 1 to near the end of the year 9999."""
instants = st.integers(0, _SECONDS).map(
    lambda seconds: datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
numbers = st.integers(min_value=-(10**17), max_value=10**17)


def lists(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(one, max_size=3).map(tuple)


images = st.builds(
    RecordImage,
    url=text,
    width=st.none() | numbers,
    height=st.none() | numbers,
    is_cached=st.none() | st.booleans(),
    title=st.none() | text,
)
providers = st.builds(RecordProvider, name=text, domain=text, images=lists(images))
related = st.builds(
    Related,
    title=text,
    excerpt=st.none() | text,
    published_at=instants,
    web_url=text,
    amp_web_url=st.none() | text,
    cdn_amp_web_url=st.none() | text,
    type=text,
    provider=providers,
    quality=numbers,
    images=lists(images),
)
records = st.builds(
    Record,
    category=text,
    title=text,
    excerpt=st.none() | text,
    published_at=instants,
    updated_at=st.none() | instants,
    original_url=text,
    web_url=st.none() | text,
    amp_web_url=st.none() | text,
    cdn_amp_web_url=st.none() | text,
    type=text,
    quality=numbers,
    heat=numbers,
    published=st.booleans(),
    featured_content=st.none() | text,
    provider=providers,
    topics=lists(text),
    images=lists(images),
    related=lists(related),
    secured=st.none() | text,
)
