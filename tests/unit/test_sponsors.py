"""Sponsors: what sponsors.toml may say, who is shown on a day, and how."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

import editions
from newsdesk.config import sponsors as config
from newsdesk.model.newsletter import Issue, Pick, Why
from newsdesk.model.site import Newsletter, Site
from newsdesk.model.sponsor import Sponsor
from newsdesk.render import html
from newsdesk.render import newsletter as mails
from newsdesk.render.fingerprints import Fingerprints
from newsdesk.stages import sponsors as stage

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"></svg>'
TODAY = editions.AS_OF.date()
GOOD = """\
[[sponsor]]
name = "Acme"
url = "https://acme.example/?from=news"
message = "Ropes & anvils"
from = 2026-02-01
until = 2026-02-28
placements = ["front", "topic:ai"]
logo = "acme.svg"
"""


def sponsor(name: str = "Acme & Sons", **given: object) -> Sponsor:
    values: dict[str, object] = {
        "name": name,
        "url": "https://acme.example/?a=1&b=2",
        "message": "Ropes <b>for</b> all",
        "from_": TODAY - timedelta(days=3),
        "until": TODAY,
        "placements": ("front", "story", "topic"),
    }
    return Sponsor(**(values | given))  # type: ignore[arg-type]


def paid(*sponsors: Sponsor) -> Site:
    files = (("static/acme-dark.svg", LOGO), ("static/acme.svg", LOGO))
    return editions.site(sponsors=sponsors, theme=files)


def pages(site: Site, as_of: datetime = editions.AS_OF) -> dict[str, bytes]:
    edition = replace(editions.edition(), as_of=as_of, slots=stage.slots(site, as_of))
    return dict(html.pages(edition, site))


def told(text: str) -> list[str]:
    found = config.parse(text, ["ai", "chips"], ["static/acme.svg"])
    return [str(problem) for problem in found[1]]


def test_a_sponsor_is_read():
    found, problems = config.parse(GOOD, ["ai"], ["static/acme.svg"])
    assert problems == ()
    assert (found[0].from_, found[0].until) == (date(2026, 2, 1), date(2026, 2, 28))
    assert found[0].placements == ("front", "topic:ai")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2026-02-28", "2026-01-31", "sponsors.toml:6: `until` is before `from`"),
        ("2026-02-01", '"soon"', "sponsors.toml:5: `from` in [sponsor] must be a day"),
        ("from = 2026-02-01\n", "", "missing key `from`"),
        ('"topic:ai"', '"topic:chisp"', "sponsors.toml:7: there is no topic `chisp`"),
        ('"front", ', '"frnot", ', "did you mean `front`?"),
        ('"front", "topic:ai"', "", "`placements` is empty"),
        ("acme.svg", "acne.svg", "sponsors.toml:8: there is no file theme/static/acne"),
        ("logo =", "logo_dark =", "`logo_dark` needs a `logo`"),
        ("https:", "javascript:", "sponsors.toml:3: `url`"),
        ("Ropes", "Ropes\\n", "sponsors.toml:4: `message`"),
        ("[[sponsor]]", "[sponsor]", "write [[sponsor]], in double brackets"),
        ("[[sponsor]]", "[[sponsors]]", "write [[sponsor]], in double brackets"),
        ("[[sponsor]]", "[[sponsor", "sponsors.toml:1:"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, says: str):
    (problem,) = told(GOOD.replace(old, new, 1))
    assert says in problem


def test_every_problem_is_told_at_once():
    assert (
        len(told(GOOD.replace("https:", "x:") + GOOD.replace("acme.svg", "b.svg"))) == 2
    )


def test_a_sponsor_runs_from_its_first_day_to_its_last():
    one = sponsor()
    days = [TODAY + timedelta(days=n) for n in range(-5, 3)]
    runs = [stage.chosen([one], "front", day) is one for day in days]
    assert runs == [False, False, True, True, True, True, False, False]


def test_sponsors_of_one_place_take_turns_by_day():
    both = [sponsor("A", until=TODAY + timedelta(days=9)), sponsor("B")]
    both[1] = replace(both[1], until=both[0].until)
    shown = [
        one.name
        for n in range(4)
        if (one := stage.chosen(both, "front", TODAY + timedelta(days=n)))
    ]
    assert shown in (["A", "B", "A", "B"], ["B", "A", "B", "A"])


def test_a_topics_page_shows_who_paid_for_it_or_for_all():
    site = paid(sponsor(placements=("topic:chips",)))
    assert list(stage.slots(site, editions.AS_OF)) == ["topic:chips"]
    site = paid(sponsor(placements=("topic",)))
    assert len(stage.slots(site, editions.AS_OF)) == len(site.topics)


def test_a_box_says_what_it_is_and_vouches_for_nothing():
    there = pages(paid(sponsor(logo="acme.svg", logo_dark="acme-dark.svg")))
    for path in ("index.html", "topics/ai/index.html"):
        (box,) = LexborHTMLParser(there[path].decode()).css(".sponsor")
        assert box.text().split()[0] == "Sponsored"
        assert "Ropes <b>for</b> all" in box.text()
        link = box.css_first("a").attributes
        assert link["rel"] == "sponsored nofollow noopener"
        assert link["href"] == "https://acme.example/?a=1&b=2"
        classes = [one.attributes["class"] for one in box.css("img")]
        assert classes == ["on-light", "on-dark"]
        assert all(one.attributes["height"] == "40" for one in box.css("img"))


def test_pages_of_old_stories_show_none_so_that_the_archive_stays_as_it_is():
    site = paid(sponsor(until=TODAY + timedelta(days=60)))
    later = editions.AS_OF + timedelta(days=30)
    now, then = pages(site), pages(site, later)
    stories = [path for path in now if path.startswith("news/")]
    assert any(b'class="sponsor"' in now[path] for path in stories)
    assert not any(b'class="sponsor"' in then[path] for path in stories)


def test_what_runs_is_told_to_machines():
    path = "api/sponsorships/today/index.json"
    there = pages(paid(sponsor(logo="acme.svg", placements=("front",))))
    document = json.loads(there[path])
    assert document["day"] == str(TODAY)
    (one,) = document["value"]
    assert (one["placements"], one["label"]) == (["front"], "Sponsored")
    assert one["logo"].split("/", 3)[3] in there
    assert one["logoDark"] is None
    assert json.loads(pages(paid(sponsor(until=date(2026, 2, 1))))[path])["value"] == []


def test_a_site_without_sponsors_shows_nothing_of_them():
    there = pages(editions.site())
    assert not any("sponsor" in path for path in there)
    assert not any(b'class="sponsor"' in content for content in there.values())


def test_only_pages_that_show_the_sponsor_are_made_anew_for_the_next_one():
    site = paid(sponsor("A"), sponsor("B", placements=("story",)))
    edition = editions.edition()

    def marks(day: int) -> dict[str, str | None]:
        slots = stage.slots(site, editions.AS_OF - timedelta(days=day))
        shown = replace(edition, slots=slots)
        prints = Fingerprints(shown, site)
        return {one.path: prints.of(one) for one in html.sheets(shown, site)}

    today, before = marks(0), marks(1)
    changed = {path for path, mark in today.items() if mark != before[path]}
    assert changed
    assert all(path.startswith("news/") for path in changed)


def letters(many: int, one: Sponsor | None) -> tuple[str, str]:
    """A mail with so many stories: as text and as HTML."""
    edition, site = editions.edition(), editions.site()
    shown = [p for p in edition.records if p.record.published and p.story][:many]
    issue = Issue(
        newsletter=Newsletter(id="daily", title="The morning"),
        day=TODAY,
        since=editions.AS_OF - timedelta(days=1),
        until=editions.AS_OF,
        picks=tuple(Pick(published=p, why=Why.NEW, reason="new") for p in shown),
    )
    made = mails.letter(issue, site, edition, one)
    return mails.text(made, site), mails.html(made, site).decode()


@pytest.mark.parametrize(("stories", "after"), [(1, 1), (2, 2), (4, 2)])
def test_a_mail_shows_the_sponsor_after_its_second_story(stories: int, after: int):
    text, page = letters(stories, sponsor())
    before, _, rest = text.partition("Sponsored: Acme & Sons. Ropes <b>for</b> all\n")
    assert rest.startswith("https://acme.example/?a=1&b=2\n")
    assert f"\n{after}. " in before
    assert f"\n{after + 1}. " not in before
    (link,) = LexborHTMLParser(page).css('a[rel="sponsored nofollow noopener"]')
    assert link.text() == "Acme & Sons"
    assert page[: page.index("Sponsored: ")].count("<h2") == after


def test_a_mail_without_stories_or_without_a_sponsor_shows_none():
    for stories, one in ((0, sponsor()), (3, None)):
        assert not any("Sponsored" in part for part in letters(stories, one))
