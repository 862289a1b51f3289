"""Pictures on the whole path: which are copied, measured, replaced, forgotten."""

from __future__ import annotations

import io
import json
from datetime import timedelta

from PIL import Image

from fakes import FakeClock, FakeFetcher, FakeLedger, FakeProgress, FakeSink, FakeStore
from makers import NOW, site, source
from newsdesk import pipeline, steps
from newsdesk.model.site import Output, Rules
from newsdesk.render import addresses
from newsdesk.run.local import SerialRunner
from newsdesk.text import image_size

TEXT = (
    "The court in Valdoria fined the chipmaker Orbane 40 million crowns on Monday. "
    "“We have never seen an export licence handled like this,” judge Ada Byron said. "
)
OTHER_TEXT = (
    "Judge Ada Byron has ruled that Orbane, a chipmaker, must pay a fine of 40 million "
    "crowns: its export licence was no good, the court in Valdoria said on Monday. "
)
TITLES = {
    "a.example": "Court fines chipmaker Orbane over licences",
    "b.example": "Orbane must pay 40 million, court rules",
}
LEAD = "https://a.example/media/court-in-valdoria.jpg"
OTHER = "https://a.example/media/judge-ada-byron.jpg"
THEIRS = "https://b.example/media/chips-of-orbane.jpg"


def photo(width: int = 1500, height: int = 900, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, form)
    return out.getvalue()


def feed(domain: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>{domain}</title><item>"
        f"<title>{TITLES[domain]}</title><link>https://{domain}/orbane</link>"
        "<pubDate>Thu, 19 Feb 2026 05:00:00 GMT</pubDate></item></channel></rss>"
    ).encode()


def page(domain: str, *pictures: str) -> bytes:
    told = "".join(f"<meta property='og:image' content='{url}'>" for url in pictures)
    is_longer = domain == "a.example"  # so it leads
    pages, text = (30, TEXT) if is_longer else (9, OTHER_TEXT)
    body = "".join(f"<p>On count {n}: {text}</p>" for n in range(pages))
    return (
        f"<html lang='en'><head><title>{TITLES[domain]}</title>{told}"
        "<meta name='author' content='Ada Byron'></head><body><article>"
        f"<h1>{TITLES[domain]}</h1>{body}</article></body></html>"
    ).encode()


def world(**more: object) -> dict[str, object]:
    return {
        "https://a.example/feed": feed("a.example"),
        "https://b.example/feed": feed("b.example"),
        "https://a.example/orbane": page("a.example", LEAD, OTHER),
        "https://b.example/orbane": page("b.example", THEIRS),
        LEAD: photo(),
        OTHER: photo(800, 600),
        THEIRS: photo(700, 500),
    }


class Desk:
    """A site with fakes around it, whose one story is published."""

    def __init__(self, answers: dict[str, object], **output: object) -> None:
        sources = tuple(source(n, url=f"https://{n}.example/feed") for n in "ab")
        self.site = site(
            sources=sources,
            rules=Rules(threshold=10, only_on_topic=False),
            output=Output(**output),  # type: ignore[arg-type]
        )
        self.fetcher = FakeFetcher(answers)  # type: ignore[arg-type]
        self.store, self.ledger = FakeStore(), FakeLedger()
        self.content, self.public, self.pictures = FakeSink(), FakeSink(), FakeSink()

    def run(self, hours: float = 0) -> dict[str, int]:
        ports = steps.Ports(
            store=self.store, ledger=self.ledger, fetcher=self.fetcher,
            runner=SerialRunner(), progress=FakeProgress(), folder=FakeSink(),
            content=self.content, public=self.public, pictures=self.pictures,
            clock=FakeClock(),
        )  # fmt: skip
        self.fetcher.asked.clear()
        report = pipeline.run(self.site, ports, NOW + timedelta(hours=hours))
        return dict(report.counts)

    @property
    def images(self) -> list[str]:
        """The record from its images on, line by line."""
        (text,) = (
            content.decode()
            for path, content in self.content.files.items()
            if path.startswith("_news/")
        )
        lines = text.partition("\nimages:\n")[2].splitlines()
        return [line.strip() for line in lines]

    @property
    def files(self) -> set[str]:
        """The copies of pictures."""
        return set(self.pictures.files) - {addresses.PICTURE_INDEX} - self.cards

    @property
    def cards(self) -> set[str]:
        return {path for path in self.pictures.files if "/card-" in path}

    @property
    def asked(self) -> list[str]:
        return [one.url for one in self.fetcher.asked]


def test_the_lead_is_copied_in_every_width_and_others_are_only_measured():
    desk = Desk(world())
    counts = desk.run()
    assert (counts["pictures kept"], counts["pictures measured"]) == (1, 1)
    widths = {path.rsplit("-", 1)[1] for path in desk.files if path.endswith("webp")}
    assert widths == {"320.webp", "640.webp", "1200.webp"}
    assert desk.images[:4] == [
        f'- url: "{LEAD}"', "width: 1500", "height: 900", "isCached: true",
    ]  # fmt: skip
    related = desk.images[desk.images.index(f'- url: "{THEIRS}"') :]
    assert related[1:4] == ["width: 700", "height: 500", "isCached: false"]
    measured = {one.url: one.first_bytes for one in desk.fetcher.asked}
    assert (measured[THEIRS], measured[LEAD]) == (image_size.FIRST_BYTES, 0)
    front = desk.public.files["index.html"].decode()
    assert all(path in front for path in desk.files)


def test_nothing_is_asked_twice_and_no_byte_changes():
    desk = Desk(world())
    desk.run()
    before = (
        dict(desk.pictures.files),
        dict(desk.content.files),
        desk.public.files.copy(),
    )
    desk.run()
    assert not {LEAD, OTHER, THEIRS} & set(desk.asked)
    after = desk.pictures.files, desk.content.files, desk.public.files
    assert after == before


def test_a_copy_that_somebody_deleted_is_made_anew():
    desk = Desk(world())
    desk.run()
    whole = dict(desk.pictures.files)
    del desk.pictures.files[min(desk.files)]
    desk.run()
    assert LEAD in desk.asked
    assert desk.pictures.files == whole


def test_a_record_no_longer_claims_a_copy_that_is_gone_for_good():
    desk = Desk(world())
    desk.run()
    for path in desk.files:
        del desk.pictures.files[path]
    desk.fetcher.answers[LEAD] = b""
    desk.fetcher.answers[OTHER] = b""
    desk.run()
    assert "isCached: true" not in desk.images
    assert "<img" not in desk.public.files["index.html"].decode()


def test_the_next_picture_takes_the_place_of_one_that_is_none():
    answers = world()
    answers[LEAD] = b"<html>gone</html>"
    desk = Desk(answers)
    desk.run()
    assert desk.images[0] == f'- url: "{OTHER}"'
    assert "isCached: true" in desk.images
    desk.run(7)
    assert LEAD not in desk.asked


def test_a_picture_that_fails_for_the_moment_keeps_its_place_and_is_tried_later():
    answers = world()
    del answers[LEAD]
    desk = Desk(answers)
    desk.run()
    assert desk.images[0] == f'- url: "{LEAD}"'
    desk.fetcher.answers[LEAD] = photo()
    desk.run(1)
    assert LEAD not in desk.asked
    desk.run(7)
    assert "isCached: true" in desk.images


def test_copies_that_no_page_shows_any_more_are_removed():
    desk = Desk(world())
    desk.run()
    desk.pictures.write([("pictures/0123456789abcdef.webp", b"of an older version")])
    desk.run()
    assert "pictures/0123456789abcdef.webp" not in desk.files
    assert len(desk.files) >= 3


def test_a_copy_of_an_older_version_is_kept_and_shown():
    desk = Desk(world())
    desk.run()
    older = addresses.older_picture(LEAD)
    desk.pictures.keep(())
    desk.pictures.write([(older, photo(960, 576, "WEBP"))])
    desk.run()
    assert LEAD not in desk.asked
    assert desk.files == {older}
    assert desk.images[1:4] == ["width: 1500", "height: 900", "isCached: true"]
    front = desk.public.files["index.html"].decode()
    assert f"{older} 960w" in front


def test_a_site_without_widths_copies_nothing_but_still_knows_sizes():
    desk = Desk(world(), picture_widths=())
    counts = desk.run()
    assert "pictures kept" not in counts
    assert desk.images[1:4] == ["width: 1500", "height: 900", "isCached: false"]
    assert not desk.files


def test_a_damaged_index_costs_no_more_than_fetching_anew():
    desk = Desk(world())
    desk.run()
    whole = dict(desk.pictures.files)
    for damage in (b"{", b"[]", b'{"x": {"webp": [["../../etc", 1, 1]]}}', b"[" * 9999):
        desk.pictures.files[addresses.PICTURE_INDEX] = damage
        desk.run()
        assert desk.pictures.files == whole


def test_the_index_names_the_files_of_each_address():
    desk = Desk(world())
    desk.run()
    index = json.loads(desk.pictures.files[addresses.PICTURE_INDEX])
    (copy,) = index.values()
    assert (copy["width"], copy["height"]) == (1500, 900)
    assert {path for path, *_ in copy["webp"] + copy["avif"]} == desk.files


def test_a_story_and_the_site_have_a_card_each_that_is_drawn_once():
    desk = Desk(world())
    desk.run()
    one, other = sorted(desk.cards)
    drawn = desk.pictures.files[other]
    desk.pictures.files[one] = b"there already"
    del desk.pictures.files[other]
    desk.run()
    assert desk.pictures.files[one] == b"there already"
    assert desk.pictures.files[other] == drawn
    story = next(
        page.decode()
        for path, page in desk.public.files.items()
        if path.startswith("news/")
    )
    assert sum(card in story for card in (one, other)) == 1


def test_a_card_that_no_page_names_any_more_is_removed():
    desk = Desk(world())
    desk.run()
    desk.pictures.write([("pictures/card-0123456789.png", b"of another headline")])
    desk.run()
    assert len(desk.cards) == 2
