"""Where the path touches the world. Adapters implement these; they do not inherit them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from newsdesk.model.article import Article, ArticleId, Candidate, Whereabouts
from newsdesk.model.edition import KeptEdition
from newsdesk.model.feed import (
    Entry,
    EntryId,
    Listing,
    Poll,
    Reply,
    Request,
    Source,
    SourceState,
)
from newsdesk.model.letter import Letter
from newsdesk.model.newsletter import MailState, Sent, Subscriber
from newsdesk.model.receipt import RuleSet
from newsdesk.model.ruling import Ruling
from newsdesk.model.run import Failed, RunSummary, Unmade, Written
from newsdesk.model.story import (
    JudgedStory,
    Past,
    Published,
    Story,
    StoryEvent,
    StoryId,
)
from newsdesk.model.summary import ProviderRecord, StorySummary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

In = TypeVar("In")
Out = TypeVar("Out")


class Fetcher(Protocol):
    """Asks the world for things, politely and within bounds."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[Reply | Failed]:
        """One answer a request, as they come in. Never raises for a bad server."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...


class Runner(Protocol):
    """Spreads pure work."""

    def each(
        self,
        stage: str,
        work: Callable[[In], Out],
        items: Iterable[In],
        instead: Sequence[Callable[[In, Failed], Out]] = (),
    ) -> Iterator[Out | Failed]:
        """`work` on every item, in the order given; a failed item becomes a value.

        Before it does, what is to be tried `instead` is, one after the other, each told
        of the failure before it: work that fails less, as it does less.
        """
        ...

    def close(self) -> None:
        """Stop workers."""
        ...


class Progress(Protocol):
    """Tells a person or a machine how far a run is."""

    def start(self, stage: str, total: int | None = None) -> None:
        """A stage begins; `total` items where known."""
        ...

    def advance(self, stage: str, count: int = 1) -> None:
        """`count` more items are through."""
        ...

    def end(self, stage: str, summary: str) -> None:
        """A stage is over; `summary` says in a few words what came of it."""
        ...


class Store(Protocol):
    """The rows that are the truth. Every method is one transaction and can be repeated."""

    def sync_sources(self, sources: Sequence[Source]) -> None:
        """Make the known sources those of the site; history of the others is kept."""
        ...

    def sources(self) -> tuple[SourceState, ...]:
        """The site's sources and what we remember of them, by id."""
        ...

    def left_sources(self) -> tuple[SourceState, ...]:
        """Sources that were taken out of the site, and what we remember of them, by
        id."""
        ...

    def known_entries(self, ids: Sequence[EntryId]) -> Mapping[EntryId, str]:
        """Those of these entries that the store holds, with the digest of each."""
        ...

    def listings(self, ids: Sequence[EntryId]) -> tuple[Listing, ...]:
        """Those of these entries that the store holds, with their versions, by id."""
        ...

    def save_polls(self, polls: Sequence[Poll]) -> int:
        """Keep new states, entries and changes; entries already known stay as they are
        but for the words that a change gives them. Returns how many were new."""
        ...

    def unclaimed_entries(self) -> tuple[Entry, ...]:
        """Entries that no candidate speaks for yet, by source id and position."""
        ...

    def admit(
        self, candidates: Sequence[Candidate], claims: Sequence[tuple[str, str]]
    ) -> None:
        """Keep new candidates, and which entry id belongs to which article id. A
        candidate known already stays as it is."""
        ...

    def unread(self) -> tuple[Candidate, ...]:
        """Candidates that are not archived and not yet read, or to be read once more,
        by id."""
        ...

    def save_articles(
        self,
        articles: Sequence[Article],
        refused: Sequence[tuple[ArticleId, str]] = (),
    ) -> None:
        """Keep what was read, and which candidates turned out to be no article and why;
        a candidate that is past this stage already is left as it is. One that was to be
        read once more stays as first read where it is refused."""
        ...

    def articles(
        self, since: datetime, of: Collection[StoryId] = ()
    ) -> tuple[Article, ...]:
        """Articles first seen or last claimed by a story at or after `since`, and all of
        the stories `of`, by id."""
        ...

    def last_change(self) -> int:
        """The number of the last change to an article that was read; 0: none."""
        ...

    def changed_articles(self, after: int, until: int) -> tuple[Article, ...]:
        """Articles read, first or once more, after one change and up to another, by
        id."""
        ...

    def members(self, of: Collection[StoryId]) -> tuple[Article, ...]:
        """The articles of stories, by id."""
        ...

    def articles_named(self, ids: Collection[ArticleId]) -> tuple[Article, ...]:
        """Those of these articles that were read, by id."""
        ...

    def lights(self, since: datetime) -> tuple[Article, ...]:
        """What `articles` gives, without texts, excerpts and other long parts."""
        ...

    def memory(self, name: str) -> bytes | None:
        """What a run remembered under a name; None: nothing."""
        ...

    def remember(self, name: str, data: bytes) -> None:
        """Remember something for later runs; it is no truth, and may be lost."""
        ...

    def stories(
        self, since: datetime, named: Collection[str] = ()
    ) -> tuple[Story, ...]:
        """Stories that changed at or after `since` and those named after one of their
        members; further those `named` by their own ids or a member's, and what they
        were merged into. By id."""
        ...

    def save_stories(
        self,
        stories: Sequence[Story],
        duplicates: Sequence[tuple[ArticleId, ArticleId]],
        judged: Sequence[JudgedStory],
        events: Sequence[StoryEvent] = (),
    ) -> None:
        """Keep stories with their members, duplicates, scores with receipts, and what
        happened to stories, each event once. What was merged into a story that is merged
        now goes where that one goes."""
        ...

    def pasts(self, of: Sequence[StoryId]) -> Mapping[StoryId, Past]:
        """What changed about those of these stories about which anything did: their
        events, the versions of their entries, pages that are gone."""
        ...

    def summaries(self, since: datetime) -> tuple[StorySummary, ...]:
        """Living stories that began at or after an instant, as judged last, by id."""
        ...

    def rulings(self) -> Mapping[StoryId, Ruling]:
        """What editors said of stories when these were judged last."""
        ...

    def provider_records(self, since: datetime) -> tuple[ProviderRecord, ...]:
        """What providers have shown in stories that changed at or after an instant, by
        domain."""
        ...

    def add_visits(self, visits: Mapping[tuple[str, datetime], int]) -> None:
        """Add visits of readers to story pages, by record path and hour; those of a path
        that nobody knows are dropped. The one method that must not be repeated."""
        ...

    def visits(
        self, since: datetime, until: datetime
    ) -> Mapping[StoryId, Sequence[tuple[datetime, int]]]:
        """By story the hours from `since` on that began before `until`, with their
        visits."""
        ...

    def records(self) -> tuple[Published, ...]:
        """Every record and the story behind it, newest first, then by path."""
        ...

    def save_records(self, records: Sequence[Published]) -> None:
        """Keep records by path."""
        ...

    def save_rules(self, rules: RuleSet, run: int, now: datetime) -> None:
        """Keep the rules that a run judges by."""
        ...

    def save_edition(
        self,
        edition: KeptEdition,
        files: Sequence[tuple[str, bytes]],
        forget_before: datetime | None = None,
    ) -> int | None:
        """Keep what a front page showed, where that differs from the edition before, and
        drop editions that nobody saw since `forget_before`. Returns the number of the
        edition, None where nothing differs."""
        ...


class Archive(Protocol):
    """Looks things up in the store, by whatever a person has at hand."""

    def find_story(self, text: str) -> JudgedStory | None:
        """The story that an id, a record's path, an article's id or an address means; of
        one that was merged, what it became."""
        ...

    def find_events(self, text: str) -> tuple[StoryEvent, ...]:
        """What happened to the story that `find_story` finds, and to those that were
        merged into it, oldest first."""
        ...

    def find_article(self, text: str) -> Whereabouts | None:
        """What became of an article or candidate, by its id, its address as met or as
        canonical, or the id of an entry that lists it."""
        ...

    def find_listings(self, text: str) -> tuple[Listing, ...]:
        """The entries that list what `find_article` finds, with their versions, in the
        order first seen."""
        ...

    def find_record(self, text: str) -> Published | None:
        """The record at a path (its file name is enough), or of what `find_story`
        finds."""
        ...

    def newest_news(self) -> datetime | None:
        """When the newest news of any story came in; None: there is no story."""
        ...

    def judged_since(self, since: datetime) -> tuple[JudgedStory, ...]:
        """Judged stories that changed at or after an instant, by id, without those that
        were merged into another."""
        ...

    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The rules that stories were judged by, those of the last run first."""
        ...

    def totals(self) -> tuple[tuple[str, int], ...]:
        """How much the store holds, by name, in the order of the path."""
        ...


class Ledger(Protocol):
    """The runs of a site and what failed in them."""

    def begin(self, now: datetime, started_at: datetime) -> int:
        """Open a run and return its number; runs left open before are marked crashed."""
        ...

    def count(self, run: int, counts: Sequence[tuple[str, int]]) -> None:
        """Keep the counts of a run so far."""
        ...

    def finish(self, run: int, state: str, ended_at: datetime) -> None:
        """Close a run."""
        ...

    def record(self, run: int, failures: Sequence[Failed], now: datetime) -> None:
        """Keep failures; one that is known by stage and key is replaced."""
        ...

    def clear(self, stage: str, keys: Sequence[str]) -> None:
        """These items made it through the stage after all."""
        ...

    def failures(self) -> tuple[tuple[Failed, datetime], ...]:
        """What stands failed now and since when it was last tried, newest first."""
        ...

    def runs(self, limit: int) -> tuple[RunSummary, ...]:
        """The last runs, newest first."""
        ...


class Letters(Protocol):
    """The newsletters of a site: issues, who gets them, and who was sent what."""

    def last(self, newsletter: str) -> tuple[date, datetime] | None:
        """The day of the last issue, and how far it reached."""
        ...

    def sent(self, newsletter: str, since: date) -> tuple[Sent, ...]:
        """How stories stood in issues from `since` on, oldest first."""
        ...

    def save_issue(
        self, letter: Letter, until: datetime, sent: Sequence[Sent], *, is_empty: bool
    ) -> None:
        """Keep an issue; one that is there stays as it is."""
        ...

    def letters(self) -> tuple[Letter, ...]:
        """Every issue in words, newest first."""
        ...

    def letter(self, newsletter: str, day: date) -> Letter | None:
        """The issue of a day; None: there is none, or nothing in it."""
        ...

    def subscriber(self, newsletter: str, address: str) -> Subscriber | None:
        """How an address stands with a newsletter."""
        ...

    def of_token(self, token: str) -> Subscriber | None:
        """Who a token belongs to."""
        ...

    def save_subscribers(self, subscribers: Sequence[Subscriber]) -> None:
        """Keep how these stand, by newsletter and address."""
        ...

    def pending(self, newsletter: str, day: date) -> tuple[Subscriber, ...]:
        """Active subscribers to whom an issue is still to be sent, by address. One whose
        mail was being handed over when we were killed is not among them."""
        ...

    def put_off(self, newsletter: str, day: date) -> frozenset[str]:
        """Addresses that a server would not take an issue for yet."""

    def begin_mail(self, to: Subscriber, day: date, at: datetime) -> bool:
        """Note that a mail is being handed over, before it is; False: it was already."""
        ...

    def end_mail(
        self,
        to: Subscriber,
        day: date,
        state: MailState,
        at: datetime,
        reason: str | None = None,
    ) -> None:
        """Note what came of it."""
        ...


class Postman(Protocol):
    """Hands mails to a mail server."""

    def hand(self, sender: str, to: str, mail: bytes) -> tuple[MailState, str]:
        """Hand over one mail: what came of it, and what the server said. Raises
        DeliveryError where the server is not to be had at all."""
        ...


class Sink(Protocol):
    """A folder that takes files."""

    def write(
        self, files: Iterable[tuple[str, bytes | Unmade]], *, prune: bool = False
    ) -> Written:
        """Write what changed, each file whole or not at all. With `prune`, files that
        this sink wrote before and that are not given now are removed. What is not made
        yet need not be where its file is as it was made from the same."""
        ...

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        ...

    def holds(self, path: str) -> bool:
        """Whether there is a file at the path."""
        ...

    def keep(self, paths: Collection[str]) -> tuple[str, ...]:
        """Remove what this sink wrote before and is not among these; the paths removed."""
        ...


class ContentSink(Sink, Protocol):
    """The content folder. Old records lie in its archive; whoever reads or writes one
    names it by its path among the news all the same."""

    def records(self) -> Collection[str]:
        """Paths of the records that lie among the news."""
        ...

    def archive(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Move records to the archive; those that were moved."""
        ...


class TextVectors(Protocol):
    """Texts as directions in a space where texts of one subject lie close together."""

    version: str
    """Which space it is: vectors of another one mean nothing here."""

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length one for each text; zeros for a text without known words."""
        ...
