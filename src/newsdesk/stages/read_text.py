"""The article's text and nothing else.

The page is cut into runs of text and each run judged (`read_text_judge`); where the
judge is unsure of much, `trafilatura` is asked as well. What repeats the page's header,
leads to other pieces or calls to subscribe is taken off; structured data and the feed
step in where a page holds too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from newsdesk.stages import (
    read_jsonld,
    read_text_hints,
    read_text_judge,
    read_text_pointers,
    read_text_runs,
    read_text_signs,
)
from newsdesk.stages.read_clues import Clues
from newsdesk.stages.read_document import Document
from newsdesk.stages.read_text_runs import Run
from newsdesk.text import html, names

HEADER_LINES = 6
"""Lines at the top of a text that may repeat the page's header."""
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
UNSURE = 0.1
"""Share of doubtful words past which a second reader is asked: about every fifth page.
Asked for all, it gains nothing more; for none, F1 held out falls from .955 to .953."""
SECOND_SAY = 0.3
"""How much the second reader's word counts where it is asked."""
MIN_REPEAT = 30
"""Letters from which a run that came before is left out."""
MAX_BOX = 0.35
"""Share of a page's prose past which an `aside` or `nav` is no box."""
MAX_PROMO = 0.1
"""The same of an element that is named for a newsletter, a share or other pieces."""
MAX_CAPTION_RUNS = 4
"""Runs in an element past which its being named a caption says nothing."""

_FURNITURE = [
    "head", "nav", "aside", "footer", "select", "button", "dialog", "datalist", "map",
    "canvas", "template", "video", "audio", "picture", "source", "img", "input",
    "noscript", "iframe",
]  # fmt: skip
"""What never holds an article's words. Taken out first, it neither costs the second
reader time nor misleads it."""
_DATELINE = re.compile(
    r"^(?:published|updated|posted|last (?:updated|modified)|first published|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|"
    r"pubblicato|aggiornato|опубликовано|by|von|par|por)?[\s:|,–-]*"
    r"(?:(?:\w+,?\s+)?\d{1,2}[./\-\s]+(?:\w+\.?|\d{1,2})[./\-\s,]+\d{2,4}|"
    r"\w+\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"[\s,|–·at-]*(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?)?"
    r"[\s(]*\w{0,5}[)\s]*$",
    re.I,
)
_MINUTES = re.compile(
    r"^\W*\d{1,3}\s*(?:-\s*)?(?:min(?:ute)?s?|minuten)\W+(?:read|lese\w*)?\W*$", re.I
)


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
    lines = without_header(_judged(document, clues, header), header)
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
    chances = read_text_judge.chances(read_text_signs.signs(runs, titles))
    if not document.is_plain and _doubt(runs, chances) > UNSURE:
        chances = _with_second(document, runs, chances)
    prose = max((one.prose for run in runs[:1] for one in run.holder.line()), default=0)
    return _lines(
        run
        for run, chance in zip(runs, chances, strict=True)
        if chance >= LIKELY and not _is_caption(run) and not _is_boxed(run, prose)
    )


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


def without_header(lines: Sequence[str], header: Sequence[str]) -> list[str]:
    """The lines without the first ones that repeat title, byline or date."""
    known = [names.folded(one) for one in header if one]
    kept = []
    for place, one in enumerate(lines):
        if place < HEADER_LINES and _is_header(one, known):
            continue
        kept.append(one)
    return kept


def _is_header(one: str, known: Sequence[str]) -> bool:
    key = names.folded(one)
    if not key:
        return True
    if key in known or _DATELINE.match(one) or _MINUTES.match(one):
        return True
    if len(one) < 100:
        rest = key
        for name in known[1:]:
            rest = rest.replace(name, "")
        words = ("by", "von", "par", "por", "and", "und", "et", "y")
        if rest != key and (len(rest) < 4 or rest in words):
            return True
        split = names.split(one)
        if split and all(names.folded(name) in known for name in split):
            return True
    return False


def _second(document: Document) -> list[str]:
    """Lines of what trafilatura takes for the article."""
    tree = LexborHTMLParser(document.html)
    tree.strip_tags(_FURNITURE)
    try:
        parsed = load_html(tree.html or "")
        if parsed is None:
            return []
        found = bare_extraction(parsed, include_comments=False, with_metadata=False)
    except Exception:
        # Third-party code on the world's worst pages: the own judgement stands alone.
        return []
    if found is None or isinstance(found, dict):
        return []
    return [one.strip() for one in (found.text or "").split("\n") if one.strip()]
