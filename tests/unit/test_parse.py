"""What feeds in the wild do, and what we read from them all the same."""

import json
from datetime import UTC, datetime

import pytest

from newsdesk.stages import parse
from tiny_feeds import URL, atom, item, read, rss

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


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00"])
def test_a_placeholder_is_no_date(text):
    entry = item(f"<pubDate>{text}</pubDate>")
    assert entry.published_at is None
    assert "placeholder" in entry.date_note


def test_a_date_that_lies_ahead_or_before_the_web_is_flagged_and_kept():
    feed = rss("<pubDate>2030-05-01</pubDate>")
    now = datetime(2025, 1, 1, tzinfo=UTC)
    (entry,) = parse.feed(feed.encode(), url=URL, now=now).entries
    assert entry.published_at.year == 2030
    assert entry.date_note == "in the future: 2030-05-01"
    assert read(feed, date="Tue, 01 Jan 2030 00:00:00 GMT").entries[0].date_note
    assert read(feed, date="Sat, 01 Jun 2030 00:00:00 GMT").entries[0].date_note is None
    assert (
        item("<pubDate>1969-07-20</pubDate>").date_note == "before the web: 1969-07-20"
    )


def test_relative_links_of_a_feed_on_another_host_start_from_its_home():
    entry = item("<link>p/1</link>", head="<link>https://home.example/blog/</link>")
    assert entry.url == "https://home.example/blog/p/1"


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


# JSON Feed


def test_a_json_feed_that_breaks_off_gives_its_whole_items():
    body = (
        '{"version": "https://jsonfeed.org/version/1", "title": "K", "items": ['
        '{"id": "1", "title": "one"}, {"id": "2", "tit'
    )
    found = read(body)
    assert (found.title, [entry.title for entry in found.entries]) == ("K", ["one"])
    assert found.format == "json feed 1"


@pytest.mark.parametrize(
    "body",
    [
        '\ufeff{"version": "https://jsonfeed.org/version/1", "items": [{"title": "x"}]}',
        '{"items": [{"title": "x", "tags": ["a,]",],},],}',
        'f({"version": "https://jsonfeed.org/version/1", "items": [{"title": "x"}]});',
        '{"items": [{"title": "x\t\n"}]} trailing',
    ],
    ids=range(4),
)
def test_json_around_which_something_is_wrong_is_read(body):
    assert read(body).entries[0].title == "x"


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
                "authors": 7,
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


def test_the_credit_of_a_picture_is_its_own_or_that_of_the_item():
    entry = item(
        "<media:content url='http://e.org/1.jpg' medium='image' isDefault='true'>"
        "<media:credit>Ann\n Lee</media:credit></media:content>"
        "<media:content url='http://e.org/2.jpg' medium='image'/>"
        "<media:credit role='photographer'>Bo Ek</media:credit>"
    )
    assert [picture.credit for picture in entry.pictures] == ["Ann Lee", "Bo Ek"]
    plain = item("<enclosure url='http://e.org/1.jpg' type='image/jpeg'/>")
    assert plain.pictures[0].credit is None


@pytest.mark.parametrize(
    ("content", "url"),
    [
        (
            "<content src='/full.html' type='text/html'/>",
            "https://site.example/full.html",
        ),
        ("<content src='/song.mp3' type='audio/mpeg'/>", None),
        ("<link href='/page'/><content src='/full'/>", "https://site.example/page"),
    ],
)
def test_an_entry_without_link_is_where_its_content_lies(content, url):
    assert atom(content).url == url


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        (
            {"authors": [{"name": "Ann"}, {"name": "Bo"}, {"name": "Ann"}]},
            ("Ann", "Bo"),
        ),
        ({"authors": {"name": "Ann"}}, ("Ann",)),
        ({"authors": ["Ann", None, 5.5, {"url": "x"}]}, ("Ann",)),
        ({"author": {"name": "Ann"}, "authors": []}, ("Ann",)),
        ({"author": "Ann"}, ("Ann",)),
        ({"authors": [{"url": "x"}]}, ("The Desk",)),
    ],
)
def test_authors_of_json_are_read_in_any_shape(given, authors):
    top = {"author": {"name": "The Desk"}, "items": [{"id": 1, **given}]}
    assert read(json.dumps(top).encode()).entries[0].authors == authors


def test_a_json_title_that_was_escaped_reads_as_it_was_meant():
    titles = ["Fish &amp; chips&#8217;", "AT&T", "a < b", "Option<String>"]
    top = {"items": [{"title": title} for title in titles]}
    entries = read(json.dumps(top).encode()).entries
    assert [e.title for e in entries] == ["Fish & chips’", "AT&T", "a < b", titles[3]]
