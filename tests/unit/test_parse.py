"""What feeds in the wild do, and what we read from them all the same."""

import gzip
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model.feed import Feed, FeedEntry, Refusal
from newsdesk.stages import parse, parse_feed, parse_repair, parse_tree

URL = "https://site.example/feeds/main.xml"


def read(body: bytes | str, **headers: str) -> Feed:
    found = outcome(body, **headers)
    assert isinstance(found, Feed), found
    return found


def outcome(body: bytes | str, **headers: str) -> Feed | Refusal:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    raw = body.encode() if isinstance(body, str) else body
    return parse.feed(raw, url=URL, headers=named)


def rss(item: str, *, head: str = "", declaration: str = "", root: str = "") -> str:
    return (
        f"{declaration}<rss version='2.0' {root}><channel><title>t</title>{head}"
        f"<item>{item}</item></channel></rss>"
    )


def item(inside: str, **more: str) -> FeedEntry:
    (entry,) = read(rss(inside, **more)).entries
    return entry


def atom(inside: str, *, root: str = "") -> FeedEntry:
    opening = f"<feed xmlns='http://www.w3.org/2005/Atom' {root}>"
    (entry,) = read(f"{opening}<entry>{inside}</entry></feed>").entries
    return entry


# Titles and text


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("caf&eacute; &ldquo;q&rdquo;&nbsp;x", "café “q” x"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("a &lt; b", "a < b"),
        ("a < b and 3<4", "a < b and 3<4"),
        ("Option&lt;String&gt; explained", "Option<String> explained"),
        ("<![CDATA[Fish & <i>chips</i>]]>", "Fish & chips"),
        ("don&#146;t", "don’t"),
        ("two\n  lines", "two lines"),
        ("a\x08b\x0cc", "abc"),
        ("&lt;script&gt;evil()&lt;/script&gt;safe", "safe"),
        ("&undeclared; thing", "&undeclared; thing"),
        ("   ", None),
    ],
)
def test_a_title_is_plain_text(source, title):
    assert item(f"<title>{source}</title>").title == title


def test_an_atom_title_of_any_type_is_plain_text():
    sources = {
        "<title type='html'>A &amp;lt; B</title>": "A < B",
        "<title type='text'>Use List&lt;T&gt;</title>": "Use List<T>",
        "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x <b>y</b></div>"
        "</title>": "x y",
        "<title type='application/octet-stream'>QSBi</title>": "A b",
    }
    for source, title in sources.items():
        assert atom(source).title == title


def test_text_labelled_plain_but_full_of_entities_is_read_as_a_person_would():
    entry = atom("<summary type='text'>Fish &amp;amp; chips&amp;nbsp;!</summary>")
    assert entry.summary_html == "Fish &amp; chips&nbsp;!"


def test_plain_atom_text_becomes_html():
    assert atom("<summary type='text'>1 &lt; 2</summary>").summary_html == "1 &lt; 2"


def test_markup_without_escaping_is_kept_as_html():
    entry = item("<description>One <b>two</b><br/>three</description>")
    assert entry.summary_html == "One <b>two</b><br>three"


def test_xhtml_loses_its_namespace_and_prefix():
    entry = atom(
        "<content type='xhtml'><h:p xmlns:h='http://www.w3.org/1999/xhtml'>x</h:p></content>"
    )
    assert entry.content_html == "<p>x</p>"


def test_of_description_and_summary_the_first_is_the_summary():
    entry = item("<summary>short</summary><description>long</description>")
    assert (entry.summary_html, entry.content_html) == ("short", "long")


def test_the_longest_content_wins():
    entry = item(
        "<content:encoded>a</content:encoded><content:encoded>abc</content:encoded>",
        root="xmlns:content='http://purl.org/rss/1.0/modules/content/'",
    )
    assert entry.content_html == "abc"


# Namespaces


@pytest.mark.parametrize(
    "root",
    [
        "xmlns:dc='http://purl.org/dc/elements/1.1/'",
        "xmlns:dc='HTTP://PURL.ORG/dc/elements/1.1'",
        "xmlns:dc='http://wrong.example/'",
        "",
    ],
)
def test_a_prefix_is_known_whatever_it_is_bound_to(root):
    assert item("<dc:creator>Una</dc:creator>", root=root).authors == ("Una",)


def test_a_namespace_is_known_whatever_its_prefix():
    entry = item(
        "<x:creator>Una</x:creator>", root="xmlns:x='http://purl.org/dc/terms/'"
    )
    assert entry.authors == ()
    entry = item(
        "<x:creator>Una</x:creator>", root="xmlns:x='http://purl.org/dc/elements/1.1/'"
    )
    assert entry.authors == ("Una",)


def test_elements_of_other_vocabularies_are_not_mistaken_for_ours():
    entry = item(
        "<title>ours</title><x:title>theirs</x:title><x:link>https://x.example/</x:link>",
        root="xmlns:x='http://maps.example/'",
    )
    assert (entry.title, entry.url) == ("ours", None)


def test_capitals_do_not_matter():
    inside = "<TITLE>x</TITLE><PUBDATE>2025-01-01</PUBDATE>"
    body = f"<RSS><CHANNEL><ITEM>{inside}</ITEM></CHANNEL></RSS>"
    (entry,) = read(body).entries
    assert (entry.title, entry.published_at.year) == ("x", 2025)


def test_an_atom_namespace_that_nobody_knows_is_read_as_atom():
    body = "<feed xmlns='http://else.example/ns'><title>T</title><entry><title>x</title></entry></feed>"
    assert [entry.title for entry in read(body).entries] == ["x"]


def test_items_beside_the_channel_are_read():
    body = "<rss><channel><title>t</title></channel><item><title>x</title></item></rss>"
    assert len(read(body).entries) == 1


# Addresses


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link> https://a.example/1\n</link>", "https://a.example/1"),
        ("<link>/1</link>", "https://site.example/1"),
        ("<link>//a.example/1</link>", "https://a.example/1"),
        ("<guid>https://a.example/2</guid>", "https://a.example/2"),
        ("<guid isPermaLink='false'>https://a.example/2</guid>", None),
        ("<guid>abc</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>https://[broken/</link>", "https://[broken/"),
        ("<link></link><guid>https://a.example/3</guid>", "https://a.example/3"),
        ("<link>https://a.example/?a=1&amp;b=2</link>", "https://a.example/?a=1&b=2"),
        ("<link>https://a.example/?a=1&b=2</link>", "https://a.example/?a=1&b=2"),
    ],
)
def test_the_address_of_an_item(inside, url):
    assert item(inside).url == url


def test_an_entry_links_to_its_page_rather_than_to_other_forms_of_it():
    entry = atom(
        "<link rel='self' href='https://a.example/self'/>"
        "<link rel='alternate' type='application/json' href='https://a.example/json'/>"
        "<link rel='alternate' type='text/html' href='https://a.example/page'/>"
        "<link rel='replies' href='https://a.example/replies'/>"
    )
    assert entry.url == "https://a.example/page"


def test_xml_base_is_inherited_and_nested():
    entry = atom(
        "<link href='x.html' xml:base='c/'/>", root="xml:base='https://a.example/b/'"
    )
    assert entry.url == "https://a.example/b/c/x.html"


def test_content_location_is_the_base_of_relative_links():
    found = read(rss("<link>x</link>"), content_location="https://a.example/b/")
    assert found.entries[0].url == "https://a.example/b/x"


def test_an_image_or_text_input_does_not_pass_for_the_channel():
    found = read(
        rss(
            "<title>x</title>",
            head="<image><title>i</title><link>https://i.example/</link></image>",
        )
    )
    assert (found.title, found.home_url) == ("t", None)


# Dates


def test_a_date_that_cannot_be_read_is_none_with_a_reason():
    entry = item("<pubDate>31 Feb 2025 10:00 GMT</pubDate>")
    assert entry.published_at is None
    assert "31 Feb 2025" in entry.date_note


def test_a_better_date_stands_in_for_a_broken_one():
    entry = item("<pubDate>soon</pubDate><dc:date>2025-01-02T03:04:05Z</dc:date>")
    assert entry.published_at.isoformat() == "2025-01-02T03:04:05+00:00"
    assert entry.date_note is None


def test_atom_entries_inherit_the_authors_of_the_feed():
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Ida</name></author>"
        "<entry><title>a</title></entry>"
        "<entry><title>b</title><author><name>Bo</name></author></entry></feed>"
    )
    assert [entry.authors for entry in read(body).entries] == [("Ida",), ("Bo",)]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("desk@a.example (Night Desk)", "Night Desk"),
        ("Una Quill &lt;una@a.example&gt;", "Una Quill"),
        ("una@a.example", "una@a.example"),
        ("  Una   Quill ", "Una Quill"),
    ],
)
def test_an_author_is_a_name(author, name):
    assert item(f"<author>{author}</author>").authors == (name,)


# Encodings and wrappings


def test_gzip_that_does_not_say_so_is_unpacked():
    body = gzip.compress(rss("<title>x</title>").encode())
    assert read(body).repairs == ("gzip without saying so",)


def test_gzip_that_breaks_off_is_read_as_far_as_it_goes():
    items = "".join(f"<item><title>item {n} {n * n}</title></item>" for n in range(500))
    body = gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())
    assert len(read(body[: len(body) // 2]).entries) > 50


def test_a_gzip_bomb_is_refused():
    body = gzip.compress(b"<rss>" + b" " * (parse_tree.MAX_BYTES + 10))
    assert outcome(body).kind == "too large"


def test_the_http_charset_overrides_the_declaration():
    body = rss(
        "<title>café</title>", declaration="<?xml version='1.0' encoding='utf-8'?>"
    ).encode("cp1252")
    assert (
        read(body, content_type="text/xml; charset=windows-1252").entries[0].title
        == "café"
    )


def test_utf_8_under_a_latin_label_is_read_as_utf_8():
    found = read(
        rss("<title>café</title>"), content_type="text/xml; charset=iso-8859-1"
    )
    assert found.entries[0].title == "café"
    assert found.repairs == ("labelled cp1252 but is utf-8",)


@pytest.mark.parametrize(
    "name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]
)
def test_wide_encodings_are_told_by_their_bytes(name):
    body = rss("<title>日本</title>", declaration="<?xml version='1.0'?>").encode(name)
    assert read(body).entries[0].title == "日本"


# Repairs


def test_text_before_and_after_the_feed_is_cut():
    body = f"<br>Notice: x\n{rss('<title>x</title>')}<br>Fatal error"
    assert read(body).entries[0].title == "x"
    assert "text before the feed cut" in read(body).repairs


def test_a_feed_that_breaks_off_gives_its_whole_items():
    whole = "<item><title>one</title><link>https://a.example/1</link></item>"
    found = read(f"<rss><channel>{whole}<item><title>two</title><descr")
    assert [entry.title for entry in found.entries] == ["one", "two"]


def test_a_cdata_section_left_open_ends_with_its_element():
    found = read(
        "<rss><channel><item><title><![CDATA[x & y</title><link>https://a.example/1</link></item>"
        "<item><title><![CDATA[z]]></title></item></channel></rss>"
    )
    assert [entry.title for entry in found.entries] == ["x & y", "z"]
    assert found.entries[0].url == "https://a.example/1"


def test_an_element_left_open_does_not_swallow_the_next():
    found = read(
        "<rss><channel><item><title>a<description>b</description></item>"
        "<item><title>c</title></item></channel></rss>"
    )
    assert len(found.entries) == 2
    found = read(
        "<rss><channel><item><title>a</title><item><title>b</title></item></channel></rss>"
    )
    assert [entry.title for entry in found.entries] == ["a", "b"]


def test_a_stray_tag_in_a_description_does_not_close_the_item():
    entry = item(
        "<description>a</b> <i>b</description><link>https://a.example/1</link>"
    )
    assert entry.url == "https://a.example/1"
    assert entry.summary_html == "a <i>b</i>"


def test_an_attribute_without_quotes_or_said_twice_is_read():
    found = read(
        "<rss version=2.0 version='3'><channel><item>"
        "<enclosure url=https://a.example/x.jpg type='image/jpeg'></item></channel></rss>"
    )
    assert found.format == "rss 2.0"
    assert found.entries[0].pictures[0].url == "https://a.example/x.jpg"


# Hostile input


def test_entities_of_the_document_stay_small():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>'
    assert item("<title>&l9; x</title>", declaration=head).title == "x"


def test_a_long_entity_said_often_adds_nothing():
    head = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 1500}">]>'
    assert item(f"<title>{'&a;' * 5000}x</title>", declaration=head).title.endswith("x")
    assert len(item(f"<title>{'&a;' * 5000}x</title>", declaration=head).title) < 20_000


def test_a_short_plain_entity_is_replaced():
    head = '<!DOCTYPE rss [<!ENTITY site "tag:a.example,">]>'
    assert (
        item("<guid>&site;2006:1</guid>", declaration=head).guid
        == "tag:a.example,2006:1"
    )


def test_an_external_entity_is_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    assert item("<title>a&x;b</title>", declaration=head).title == "ab"


@pytest.mark.parametrize(
    "body",
    [
        rss("<title>" + "<a>" * 100_000 + "</title><link>https://a.example/1</link>"),
        rss("<title>" + "<a>" * 50_000 + "x" + "</a>" * 50_000 + "</title>"),
        rss("<description>" + "&lt;div&gt;" * 100_000 + "</description>"),
        "<rss><channel>" + "<item>" * 100_000,
        "<rss>" + "<![CDATA[" * 100_000,
        "<rss>" + "<!--" * 100_000,
        "<rss " + "a='" * 100_000,
        "<rss>" + "&" * 300_000,
        "<rss>" + "<" * 300_000,
        "<rss>" + "</x>" * 100_000,
        "{" * 100_000,
        '{"items": [' + "[" * 100_000,
        '{"items": [' + "{" * 100_000,
    ],
    ids=range(13),
)
def test_no_input_takes_long(body):
    start = time.process_time()
    outcome(body)
    assert time.process_time() - start < 5


def test_the_tail_of_a_long_feed_is_left_out_and_said_so():

    count = parse_feed.MAX_ENTRIES + 1
    found = read("<rss><channel>" + "<item/>" * count + "</channel></rss>")
    assert len(found.entries) == parse_feed.MAX_ENTRIES
    assert found.repairs == ("only the first 20,000 entries read",)


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    assert isinstance(outcome(body), Feed | Refusal)


PIECES = st.sampled_from(
    [
        *"<rss> <channel> <item> </item> <title> </title> <link> <link/> & &amp;".split(),
        *"&#0; &#146; < > ]]> <![CDATA[ <!-- --> <?xml ?> <!DOCTYPE <feed <entry>".split(),
        *"</entry> xmlns= ' \" = <b> </b> é <pubDate> 2025-02-30 <urlset> <url>".split(),
        *'<loc> { } [ ] "items" : , 1e999 <sitemapindex> <channel <RDF>'.split(),
        "<media:content url='x'>",
        "<guid isPermaLink='x'>",
        "<content type='xhtml'>",
        "<content mode='base64'>",
        "\x00",
        " ",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_no_arrangement_of_markup_raises(pieces):
    for body in ("".join(pieces), "<rss><channel><item>" + "".join(pieces)):
        assert isinstance(outcome(body), Feed | Refusal)


@given(st.text(max_size=60))
def test_any_text_in_a_title_survives(text):
    (entry,) = read(
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"title": text}]}
        )
    ).entries
    assert entry.title == (" ".join(parse_repair.legal(text).split()) or None)


# Refusals


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE html><html><title>Hello</title><p>hi</p></html>", "html"),
        (
            b"<html><head><title>Just a moment...</title></head><body></body></html>",
            "challenge",
        ),
        (b"<html><form><input type='password'></form></html>", "login"),
        (b"<opml version='2.0'><body/></opml>", "not a feed"),
        (b"plain words", "not a feed"),
        (b'{"error": "no such feed"}', "not a feed"),
        (b'{"items": ', "broken"),
        (b"\x1f\x8bnot gzip", "broken"),
        (b"\x89PNG\r\n\x1a\n", "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_by_kind(body, kind):
    found = outcome(body)
    assert isinstance(found, Refusal)
    assert found.kind == kind
    assert found.reason


def test_a_page_that_mentions_a_feed_element_is_still_a_page():
    assert (
        outcome("<!doctype html><html><pre><rss version='2.0'></pre></html>").kind
        == "html"
    )


# JSON Feed


def test_a_json_feed_that_breaks_off_gives_its_whole_items():
    body = (
        '{"version": "https://jsonfeed.org/version/1", "title": "K", "items": ['
        '{"id": "1", "title": "one"}, {"id": "2", "tit'
    )
    found = read(body)
    assert (found.title, [entry.title for entry in found.entries]) == ("K", ["one"])
    assert found.format == "json feed 1"


def test_an_expired_json_feed_says_so():
    assert read(
        '{"version": "https://jsonfeed.org/version/1.1", "expired": true, "items": []}'
    ).expired


def test_json_of_the_wrong_types_is_read_without_them():
    body = {
        "title": 5,
        "items": [
            {
                "id": 1.5,
                "title": ["x"],
                "tags": "x",
                "authors": "y",
                "date_published": 12,
            },
            "x",
            None,
        ],
        "hubs": {"url": "x"},
    }
    (entry,) = read(json.dumps(body)).entries
    assert (entry.guid, entry.title, entry.tags, entry.authors) == ("1.5", None, (), ())


# What a feed says of itself


def test_the_longest_wait_asked_for_counts():
    sy = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    head = (
        "<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>2</sy:updateFrequency>"
    )
    assert read(rss("", head=head, root=sy)).ttl_s == 12 * 3600
    assert read(rss("", head="<ttl>soon</ttl>")).ttl_s is None
    assert read(rss("", head="<ttl>60</ttl>")).ttl_s == 3600


def test_pictures_come_best_first_and_without_tiny_ones():
    entry = item(
        "<media:group>"
        "<media:content url='https://a.example/s.jpg' medium='image' width='100'/>"
        "<media:content url='https://a.example/l.jpg' medium='image' width='900'/>"
        "<media:content url='https://a.example/v.mp4' type='video/mp4'/></media:group>"
        "<media:thumbnail url='https://a.example/t.jpg'/><link>https://a.example/p/1</link>"
        "<description>&lt;img src='pixel.gif' width=1 height=1&gt;"
        "&lt;img src='in.jpg'&gt;</description>",
        root="xmlns:media='http://search.yahoo.com/mrss/'",
    )
    assert [picture.url for picture in entry.pictures] == [
        "https://a.example/l.jpg",
        "https://a.example/s.jpg",
        "https://a.example/t.jpg",
        "https://a.example/p/in.jpg",
    ]
