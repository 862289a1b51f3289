"""Pictures on the path: which are shown, which are copied, which are only measured.

The site shows the lead picture of what it publishes, from copies of its own. Of other
pictures that records name, the size alone is asked for: a few in each run, each once.
The copies are remembered in an index beside them, sizes in the records, and what was no
picture in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from newsdesk.model.feed import Request
from newsdesk.model.picture import PictureCopy, Pictures, Rendition
from newsdesk.model.run import Failed
from newsdesk.model.story import Edition, JudgedStory, Published
from newsdesk.render import addresses, cards, picture_index, visibility
from newsdesk.render.cards import Card
from newsdesk.stages import compose, pictures
from newsdesk.steps import Pass, batches
from newsdesk.text import image_size

TRY_AGAIN_AFTER = timedelta(hours=6)
CHOICES = 3
"""Pictures of one article that are tried in one run, until one is found."""
WORTH_WORKERS = 50
"""Cards to draw from which workers are asked: each takes about ten milliseconds."""
MEASURED_A_RUN = 40
"""Pictures whose first bytes are asked for in one run; the rest come in later ones."""


def find(
    this: Pass, judged: Sequence[JudgedStory], known: Sequence[Published]
) -> Pictures:
    """Copies of the pictures that the site shows, after fetching those that are missing,
    and the true sizes of the others that records name, as far as they are known.

    Where a picture turns out to be none, the next one of its article takes its place.
    """
    index = picture_index.read(this.ports.pictures.read(addresses.PICTURE_INDEX))
    sizes = compose.known_sizes(known)
    held: dict[str, PictureCopy] = {}
    wanted: tuple[str, ...] = ()
    for _ in range(CHOICES):
        wanted = compose.wanted_pictures(judged, known, _refused(this))
        new = [url for url in wanted if url not in held]
        held |= _held(this, new, index, sizes)
        missing = _worth_asking(this, [url for url in new if url not in held])
        if not missing or not this.site.output.picture_widths:
            break
        held |= _copied(this, missing)
    copies = {url: held[url] for url in wanted if url in held}
    found = Pictures(copies=copies, sizes=sizes, refused=_refused(this))
    unmeasured = compose.unmeasured_pictures(judged, known, this.site, found)
    few = _worth_asking(this, unmeasured)[:MEASURED_A_RUN]
    sizes |= _measured(this, few) if few else {}
    return replace(found, sizes=sizes, refused=_refused(this))


def keep(this: Pass, pictures: Pictures, edition: Edition) -> None:
    """Remember the copies, draw the cards that are missing, and remove what no page
    shows any more."""
    files = {path for copy in pictures.copies.values() for path in copy.paths}
    if pictures.copies or this.ports.pictures.holds(addresses.PICTURE_INDEX):
        index = picture_index.written(pictures.copies)
        this.ports.pictures.write([(addresses.PICTURE_INDEX, index)])
    shown = cards.cards(visibility.shown(edition.records), this.site)
    _draw(this, shown)
    named = {card.path for card in shown}
    this.ports.pictures.keep(files | named | {addresses.PICTURE_INDEX})


def _draw(this: Pass, shown: Sequence[Card]) -> None:
    """The cards of stories that have none yet: what stands on one is in its name, so
    that each is drawn once."""
    holds = this.ports.pictures.holds
    missing = [card for card in dict.fromkeys(shown) if not holds(card.path)]
    for batch in batches(_drawn(this, missing)):
        this.ports.pictures.write(batch)


def _drawn(this: Pass, missing: Sequence[Card]) -> Iterator[tuple[str, bytes]]:
    """Few are drawn at once here: that is sooner done than workers are started."""
    pictures: Iterable[bytes | Failed]
    if len(missing) < WORTH_WORKERS:
        pictures = map(cards.drawn, missing)
    else:
        pictures = this.ports.runner.each("picture", cards.drawn, missing)
    for card, picture in zip(missing, pictures, strict=True):
        if isinstance(picture, Failed):
            this.fail([replace(picture, key=card.path, subject=card.title)])
        else:
            yield card.path, picture


def _held(
    this: Pass,
    urls: Iterable[str],
    index: Mapping[str, PictureCopy],
    sizes: Mapping[str, tuple[int, int]],
) -> dict[str, PictureCopy]:
    """Those of the pictures that we hold: every file of theirs is there."""
    holds = this.ports.pictures.holds
    found = {
        url: copy
        for url in urls
        if (copy := index.get(url) or _older_copy(this, url, sizes.get(url)))
    }
    return {url: copy for url, copy in found.items() if all(map(holds, copy.paths))}


def _older_copy(
    this: Pass, url: str, size: tuple[int, int] | None
) -> PictureCopy | None:
    """The copy as it was kept when there was one file for each address."""
    path = addresses.older_picture(url)
    content = this.ports.pictures.read(path)
    own = image_size.size(content) if content else None
    if own is None:
        return None
    width, height = size or (own.width, own.height)
    only = Rendition(path=path, width=own.width, height=own.height)
    return PictureCopy(width=width, height=height, webp=(only,))


def _refused(this: Pass) -> frozenset[str]:
    """Addresses at which there is no picture, for good."""
    return frozenset(
        failed.key
        for failed, _ in this.ports.ledger.failures()
        if failed.stage == "picture" and failed.is_final
    )


def _worth_asking(this: Pass, urls: Iterable[str]) -> list[str]:
    """Pictures that did not fail for good, or not lately."""
    hopeless = {
        failed.key
        for failed, tried_at in this.ports.ledger.failures()
        if failed.stage in ("picture", "picture size")
        and (failed.is_final or this.now - tried_at < TRY_AGAIN_AFTER)
    }
    return [url for url in urls if url not in hopeless]


def _asked(this: Pass, urls: Iterable[str], first_bytes: int) -> Iterator[Request]:
    for url in urls:
        yield Request(
            key=url,
            url=url,
            accept="image/avif,image/webp,image/*;q=0.9",
            max_bytes=this.site.fetching.max_picture_bytes,
            first_bytes=first_bytes,
            obey_robots=this.site.fetching.obey_robots,
        )


def _copied(this: Pass, missing: Sequence[str]) -> dict[str, PictureCopy]:
    """Copies of those pictures that could be fetched and are now kept."""
    this.ports.progress.start("pictures", len(missing))
    requests = _asked(this, missing, first_bytes=0)
    work = partial(pictures.copied, widths=this.site.output.picture_widths)
    kept: dict[str, PictureCopy] = {}
    fetched = this.ports.runner.each(
        "picture", work, this.ports.fetcher.fetch(requests)
    )
    for batch in batches(fetched):
        copies = [one for one in batch if isinstance(one, pictures.Copy)]
        this.fail(one for one in batch if isinstance(one, Failed))
        files = {
            addresses.picture(copy.digest, file.width, file.form): file.content
            for copy in copies
            for file in copy.files
        }
        this.ports.pictures.write(files.items())
        this.ports.ledger.clear("picture", [copy.url for copy in copies])
        kept |= {copy.url: _kept_copy(copy) for copy in copies}
        this.ports.progress.advance("pictures", len(batch))
    this.count("pictures kept", len(kept))
    this.ports.progress.end("pictures", f"{len(kept)} of {len(missing)} kept")
    return kept


def _kept_copy(copy: pictures.Copy) -> PictureCopy:
    files: dict[str, list[Rendition]] = {"webp": [], "avif": []}
    for file in copy.files:
        path = addresses.picture(copy.digest, file.width, file.form)
        files[file.form].append(
            Rendition(path=path, width=file.width, height=file.height)
        )
    return PictureCopy(
        width=copy.width,
        height=copy.height,
        webp=tuple(files["webp"]),
        avif=tuple(files["avif"]),
    )


def _measured(this: Pass, unmeasured: Sequence[str]) -> dict[str, tuple[int, int]]:
    """True sizes of those pictures that said theirs in their first bytes."""
    requests = _asked(this, unmeasured, first_bytes=image_size.FIRST_BYTES)
    answers = map(pictures.measured, this.ports.fetcher.fetch(requests))
    sizes: dict[str, tuple[int, int]] = {}
    for batch in batches(answers):
        this.fail(one for one in batch if isinstance(one, Failed))
        sizes |= {
            one.url: (one.width, one.height)
            for one in batch
            if isinstance(one, pictures.Measured)
        }
    this.count("pictures measured", len(sizes))
    return sizes
