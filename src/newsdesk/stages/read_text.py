"""The article's text and nothing else.

The page is cut into runs of text and each run judged (`read_text_judge`); where the
judge is unsure of much, `trafilatura` is asked as well. What repeats the page's header,
leads to other pieces or calls to subscribe is taken off; structured data and the feed
step in where a page holds too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from newsdesk.stages import (
    read_jsonld,
    read_text_header,
    read_text_hints,
    read_text_judge,
    read_text_pointers,
    read_text_runs,
    read_text_signs,
)
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_text_runs import Run
from newsdesk.text import html

MIN_CHARS = 250
"""Characters below which another source of text is asked."""
WELL_READ = 5000
"""Characters from which the judged text is kept whatever structured data hold."""
MISSED = 2.5
"""How many times more structured data must hold to be believed over the page; at 1.3
they are wrong more often than right."""
MAX_TEXT = 400_000
"""Characters of text kept."""
LIKELY = 0.42
"""Chance from which a run is the article's; .40 to .50 differ by .002."""
UNSURE = 0.15
"""Share of doubtful words past which a second reader is asked: about every tenth page.
At .10 every fifth is asked, for a tenth more time; at 0, asked always, it gains no more."""
SECOND_SAY = 0.3
"""How much the second reader's word counts where it is asked."""
MIN_REPEAT = 30
"""Letters from which a run that came before is left out."""
MAX_BOX = 0.35
"""Share of a page's prose past which an `aside` or `nav` is no box."""
MAX_PROMO = 0.2
"""The same of an element that is named for a newsletter, a share or other pieces."""
ALL_LINK = 0.9
"""Share of links from which a run, and the list it is in, are nothing but links."""
MAX_CAPTION_RUNS = 4
"""Runs in an element past which its being named a caption says nothing."""

_FURNITURE = [
    "head", "nav", "aside", "footer", "select", "button", "dialog", "datalist", "map",
    "canvas", "template", "video", "audio", "picture", "source", "img", "input",
    "noscript", "iframe",
]  # fmt: skip
"""What never holds an article's words. Taken out first, it neither costs the second
reader time nor misleads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of an article."""

    text: str
    note: str | None = None


def text(
    document: Document, clues: Clues, *, header: Sequence[str], feed_html: str | None
) -> Text:
    """The article's paragraphs, an empty line between them; `header` are the title and
    author names, which do not belong to the text."""
    known = (*header, clues.first("og:site_name") or "")
    lines = read_text_header.without_header(_judged(document, clues, header), known)
    own = "\n\n".join(read_text_pointers.without_pointers(lines))
    note = None
    body = html.paragraphs(read_jsonld.text(clues.article.get("articleBody")) or "")
    if len(own) < WELL_READ and len(body) > MISSED * len(own):
        own, note = body, "text from structured data"
    if len(own) < MIN_CHARS:
        spoken = html.paragraphs(feed_html) if feed_html else ""
        if len(spoken) > 1.5 * len(own):
            own, note = spoken, "text from the feed"
    return Text(text=own[:MAX_TEXT], note=note)


def _judged(document: Document, clues: Clues, header: Sequence[str]) -> list[str]:
    """The lines of the runs that are likely the article's."""
    runs = read_text_runs.runs(LexborHTMLParser(document.html))
    known = (*header[:1], *clues.headings[:1], clues.first("og:title"), clues.title)
    titles = {read_text_signs.key(one) for one in known if one} - {""}
    signs = read_text_signs.signs(runs, titles)
    chances = read_text_judge.chances(signs)
    if not document.is_plain and _doubt(runs, chances) > UNSURE:
        chances = _with_second(document, runs, chances)
    prose = max((one.prose for run in runs[:1] for one in run.holder.line()), default=0)
    return _lines(
        run
        for run, chance, row in zip(runs, chances, signs, strict=True)
        if chance >= LIKELY
        and not (row and read_text_signs.is_beside(row))
        and not _is_hung_on(run, prose)
    )


def _is_hung_on(run: Run, prose: float) -> bool:
    return _is_caption(run) or _is_lead_away(run) or _is_boxed(run, prose)


def _is_lead_away(run: Run) -> bool:
    """Whether the run is one link among others: a list of other pieces."""
    length, above = len(run.text), run.holder.above
    if run.linked < ALL_LINK * length or above is None:
        return False
    return above.linked > ALL_LINK * above.size


def _is_boxed(run: Run, prose: float) -> bool:
    """Whether the run lies in a box hung into the page, one that holds little."""
    return any(
        (one.tag in ("aside", "nav", "footer") and one.prose <= MAX_BOX * prose)
        or (one.hints & read_text_hints.PROMO and one.prose <= MAX_PROMO * prose)
        for one in run.holder.line()
    )


def _is_caption(run: Run) -> bool:
    """Whether the run stands under a picture, or says who took it."""
    holder = run.holder
    if holder.tag == "figcaption":
        return True
    return any(
        one is not None
        and one.hints & read_text_hints.CAPTION
        and one.runs <= MAX_CAPTION_RUNS
        for one in (holder, holder.above)
    )


def _doubt(runs: Sequence[Run], chances: Sequence[float]) -> float:
    """How much of the text may be wrong, as a share of what is likely in it."""
    sizes = [len(run.text) for run in runs]
    both = list(zip(sizes, chances, strict=True))
    likely = sum(size * chance for size, chance in both)
    return sum(size * min(chance, 1 - chance) for size, chance in both) / (likely + 1)


def _with_second(
    document: Document, runs: Sequence[Run], chances: Sequence[float]
) -> list[float]:
    """The chances, moved towards what the second reader takes."""
    taken = read_text_signs.key("".join(_second(document)))
    if not taken:
        return list(chances)
    return [
        chance + SECOND_SAY * ((read_text_signs.key(run.text) in taken) - chance)
        for run, chance in zip(runs, chances, strict=True)
    ]


def _lines(runs: Iterable[Run]) -> list[str]:
    """The runs as lines of text, what is said twice only once."""
    seen: set[str] = set()
    lines = []
    for run in runs:
        own = read_text_signs.key(run.text)
        if not own or (len(own) >= MIN_REPEAT and own in seen):
            continue
        seen.add(own)
        lines.append(f"- {run.text}" if run.holder.tag == "li" else run.text)
    return lines


def _second(document: Document) -> list[str]:
    """Lines of what trafilatura takes for the article."""
    # Loaded when first needed: it takes a tenth of a second, and most pages do without.
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = LexborHTMLParser(document.html)
    tree.strip_tags(_FURNITURE)
    try:
        parsed = load_html(tree.html or "")
        if parsed is None:
            return []
        found = bare_extraction(
            parsed, include_comments=False, with_metadata=False, fast=True
        )
    except Exception:
        # Third-party code on the world's worst pages: the own judgement stands alone.
        return []
    if found is None or isinstance(found, dict):
        return []
    return [one.strip() for one in (found.text or "").split("\n") if one.strip()]
