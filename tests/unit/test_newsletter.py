from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from html import escape

import pytest

import editions
from newsdesk.model.newsletter import Why
from newsdesk.model.site import Cadence, Newsletter
from newsdesk.model.timeline import ChangeKind, StoryChange
from newsdesk.render import html
from newsdesk.render import newsletter as render
from newsdesk.stages import newsletter, timeline

SITE = editions.site()
DAILY = Newsletter(id="daily", title="The morning", postal="1 Harbour Road, Dover")
MADE = editions.edition()


def told(p):
    if p.story is None or not p.record.published:
        return p
    return replace(p, timeline=timeline.timeline(p.story, timeline.NO_PAST))


EDITION = replace(MADE, records=tuple(told(p) for p in MADE.records))
DAY = EDITION.as_of.date()


def issue(letter=DAILY, edition=EDITION, sent=(), last=None):
    return newsletter.issue(
        letter, DAY, edition, topics=SITE.topics, sent=sent, last_until=last
    )


@pytest.mark.parametrize(
    ("cadence", "now", "last", "due"),
    [
        # 2026-02-19 is a Thursday.
        (Cadence.DAILY, "2026-02-19T06:00", None, "2026-02-19"),
        (Cadence.DAILY, "2026-02-19T05:59", None, "2026-02-18"),
        (Cadence.DAILY, "2026-02-19T06:00", "2026-02-19", None),
        (Cadence.WEEKDAYS, "2026-02-21T09:00", "2026-02-20", None),
        (Cadence.WEEKDAYS, "2026-02-23T09:00", "2026-02-20", "2026-02-23"),
        (Cadence.WEEKLY, "2026-02-19T09:00", None, None),
        (Cadence.WEEKLY, "2026-02-16T07:00", None, "2026-02-16"),
    ],
)
def test_an_issue_is_due_once_on_its_days(cadence, now, last, due):
    found = newsletter.day_due(
        replace(DAILY, cadence=cadence),
        datetime.fromisoformat(now).replace(tzinfo=UTC),
        date.fromisoformat(last) if last else None,
    )
    assert found == (date.fromisoformat(due) if due else None)


def test_an_issue_has_the_hottest_news_and_says_why():
    made = issue()
    assert 5 <= len(made.picks) <= DAILY.stories
    heats = [
        pick.published.heat_now or pick.published.record.heat for pick in made.picks
    ]
    assert heats == sorted(heats, reverse=True)
    assert all(pick.reason for pick in made.picks)
    assert {pick.why for pick in made.picks} == {Why.NEW}


def test_nothing_is_told_twice_unless_it_moved():
    first = issue()
    sent = newsletter.as_sent(first)
    again = issue(sent=sent)
    paths = {pick.published.path for pick in first.picks}
    assert paths.isdisjoint(pick.published.path for pick in again.picks)
    few = [replace(sent[0], origins=sent[0].origins - newsletter.MOVED_ORIGINS)]
    moved = issue(sent=[*few, *sent[1:]])
    pick = next(p for p in moved.picks if p.published.path == sent[0].path)
    assert pick.why is Why.MOVED
    assert "3 more independent voices" in pick.reason


def test_a_day_without_news_is_empty_and_names_the_nearest_misses():
    nothing = issue(last=EDITION.as_of + timedelta(days=1))
    assert nothing.is_empty
    assert nothing.misses == EDITION.misses[: newsletter.MISSES]


def test_an_audience_gets_its_topics_and_its_language():
    topic = SITE.topics[0]
    own = issue(replace(DAILY, topics=(topic.id,), stories=20))
    assert own.picks
    assert all(topic.name in pick.published.record.topics for pick in own.picks)
    assert issue(replace(DAILY, language="xx")).picks == ()


def test_what_was_put_right_about_a_story_that_readers_had_is_told():
    sent = newsletter.as_sent(issue())
    p = next(p for p in EDITION.records if p.path == sent[0].path)
    change = StoryChange(
        kind=ChangeKind.CORRECTION, at=EDITION.as_of, now="The bridge is in Dover."
    )
    right = replace(p, timeline=replace(p.timeline, changes=(change,)))
    records = tuple(right if one is p else one for one in EDITION.records)
    (one,) = issue(edition=replace(EDITION, records=records), sent=sent).amendments
    assert one.what == "Corrected: The bridge is in Dover."
    assert issue(edition=replace(EDITION, records=records)).amendments == ()


def test_a_story_that_was_taken_back_is_told_to_those_who_had_it():
    sent = newsletter.as_sent(issue())
    p = next(p for p in EDITION.records if p.path == sent[0].path)
    gone = replace(p, record=replace(p.record, published=False))
    records = tuple(gone if one is p else one for one in EDITION.records)
    (one,) = issue(edition=replace(EDITION, records=records), sent=sent).amendments
    assert one.what == "We no longer show this story"


LETTER = render.letter(issue(), SITE, EDITION)


def mail(**more):
    raw = render.mail(LETTER, SITE, DAILY, **more)
    return message_from_bytes(raw, policy=policy.default), raw


def test_a_mail_has_text_and_html_with_the_same_links_in_the_same_order():
    message, raw = mail(to="ada@reader.example", leave="https://news.example/x")
    assert message.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content() for part in message.iter_parts())
    for one in LETTER.stories:
        assert one.page in plain
        assert one.page in html
    order = [plain.index(one.page) for one in LETTER.stories]
    assert order == sorted(order)
    assert "https://news.example/x" in plain
    assert "https://news.example/x" in html
    assert len(raw) < 2 * render.MOST_BYTES


def test_a_mail_says_how_to_leave_with_one_click():
    message, _ = mail(to="ada@reader.example", leave="https://news.example/x")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://news.example/x>, <mailto:")
    assert message["List-Id"].endswith(">")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == LETTER.subject
    assert message["Subject"].startswith(LETTER.stories[0].title[:60])


def test_the_same_letter_is_the_same_mail_and_each_reader_has_an_own_one():
    one, raw = mail(to="ada@reader.example")
    other, _ = mail(to="bob@reader.example")
    assert mail(to="ada@reader.example")[1] == raw
    assert one["Message-ID"] != other["Message-ID"]


def test_a_letter_is_small_enough_and_shows_what_it_shows_with_words():
    html = render.html(LETTER, SITE).decode()
    assert len(html) < render.MOST_BYTES
    assert html.count("<img") <= 5
    assert 'alt=""' not in html
    assert "prefers-color-scheme:dark" in html
    assert "<script" not in html
    long = replace(LETTER, stories=LETTER.stories * 40)
    assert len(render.html(long, SITE)) > render.MOST_BYTES


def test_headlines_cannot_bring_markup_or_headers_along():
    sly = replace(LETTER.stories[0], title="A <b>bold</b>\r\nBcc: all@x.example")
    made = replace(LETTER, stories=(sly,), subject="A\r\nBcc: all@x.example")
    html = render.html(made, SITE).decode()
    assert "<b>bold" not in html
    message = message_from_bytes(render.mail(made, SITE, DAILY), policy=policy.default)
    assert message["Bcc"] is None


def test_an_issue_stands_in_the_content_folder_with_front_matter():
    data = render.record(LETTER, SITE, issue()).decode()
    head, _, body = data.partition("\n---\n")
    assert head.startswith("---\ntitle: ")
    assert "publishedDateTime: " in head
    assert body.lstrip().startswith("<!doctype html>")


def test_the_website_lists_newsletters_and_shows_each_issue():
    own = replace(SITE, newsletters=(DAILY, replace(DAILY, id="other", title="Other")))
    empty = render.letter(issue(last=EDITION.as_of + timedelta(days=1)), SITE, EDITION)
    quiet = replace(empty, day=LETTER.day - timedelta(days=1))
    made = dict(html.pages(replace(EDITION, letters=(LETTER, quiet)), own))
    page = made[f"newsletters/daily/{LETTER.day}/index.html"].decode()
    assert page.index(escape(LETTER.stories[0].title)) < page.index(
        escape(LETTER.stories[1].title)
    )
    assert "style=" not in page
    nothing = made[f"newsletters/daily/{quiet.day}/index.html"].decode()
    assert "no mail went out" in nothing
    assert escape(quiet.misses[0].title) in nothing
    listed = made["newsletters/index.html"].decode()
    assert f"daily/{LETTER.day}/" in listed
    assert f"daily/{quiet.day}/" not in listed
    assert "No issue has come out yet" in listed
    assert not any(
        path.startswith("newsletters/") for path in dict(html.pages(EDITION, SITE))
    )


def header(raw):
    return raw.split(b"\r\n\r\n")[0].decode("ascii")


def test_the_way_out_stands_in_the_header_as_it_is_however_long():
    leave = f"https://news.example/_letters/leave?t={'x' * 150}"
    _, raw = mail(to="ada@reader.example", leave=leave)
    assert f"List-Unsubscribe: <{leave}>,\r\n <mailto:" in header(raw)


def test_a_site_and_a_sender_of_other_letters_make_a_header_in_ascii():
    site = replace(SITE, url="https://zürich.example/")
    own = replace(DAILY, title="Früh", sender="Zürich <news@zürich.example>")
    raw = render.mail(
        LETTER, site, own, to="ada@reader.example", leave="https://zürich.example/x"
    )
    head = header(raw)
    assert "<news@xn--zrich-kva.example>" in head
    assert "List-Unsubscribe: <https://xn--zrich-kva.example/x>," in head
    assert "List-Id: <daily.xn--zrich-kva.example>" in head
    message = message_from_bytes(raw, policy=policy.default)
    assert message["From"].addresses[0].display_name == "Zürich"
    assert message["Message-ID"].endswith("@xn--zrich-kva.example>")
    assert message["Content-Language"] == site.language


def test_a_headline_that_is_broken_breaks_no_mail():
    broken = "Half \ud83d a\x00b \u202eright"
    first = replace(LETTER.stories[0], title=broken)
    letter = replace(LETTER, subject=broken, stories=(first, *LETTER.stories[1:]))
    raw = render.mail(letter, SITE, DAILY, to="ada@reader.example")
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Subject"] == "Half a b right"


def test_the_archives_copy_names_no_way_out():
    message, _ = mail()
    plain, page = (part.get_content() for part in message.iter_parts())
    assert "Unsubscribe" not in plain
    assert "Unsubscribe" not in page


def test_mondays_issue_of_a_weekday_letter_has_fridays_news():
    monday = datetime(2026, 2, 23, 6, tzinfo=UTC)
    own = replace(DAILY, cadence=Cadence.WEEKDAYS)
    made = newsletter.issue(
        own, monday.date(), replace(EDITION, as_of=monday), topics=SITE.topics,
        sent=(), last_until=monday - timedelta(days=3),
    )  # fmt: skip
    assert made.since == monday - timedelta(days=3)


def test_many_amendments_do_not_make_a_mail_too_long():
    one = newsletter.Amendment(
        published=EDITION.records[0], at=EDITION.as_of, what="Corrected: it is so " * 9
    )
    long = render.letter(replace(issue(), amendments=(one,) * 900), SITE, EDITION)
    assert len(render.html(long, SITE)) <= render.MOST_BYTES
    assert long.amendments


def test_a_mail_of_amendments_alone_does_not_say_that_none_went_out():
    one = newsletter.Amendment(
        published=EDITION.records[0], at=EDITION.as_of, what="Corrected: so"
    )
    letter = render.letter(replace(issue(), picks=(), amendments=(one,)), SITE, EDITION)
    for told in (render.text(letter, SITE), render.html(letter, SITE).decode()):
        assert "Nothing new reached our bar." in told
        assert "No mail went out" not in told
