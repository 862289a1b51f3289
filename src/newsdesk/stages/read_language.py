"""The language of an article: what the page declares, checked by its words.

Templates declare the language of their makers; words outweigh them where they are clear.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.stages import read_jsonld
from newsdesk.stages.read_clues import Clues
from newsdesk.text import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The language of an article; None where nobody can tell."""

    language: str | None
    """Primary subtag, lower case."""
    declared: str | None = None
    """What the page says of itself, where its words are in another."""

    @property
    def note(self) -> str | None:
        """What a person should know, where the two differ."""
        if self.declared is None:
            return None
        return f"declared as {self.declared}, written in {self.language}"


def spoken(clues: Clues, text: str, *, feed: str | None = None) -> Spoken:
    """The language that the text is in; `feed` is what its feed declares."""
    declared = [code for one in _told(clues, feed) if (code := language.primary(one))]
    detected = language.detect(text)
    if not declared or detected is None or detected == declared[0]:
        return Spoken(language=declared[0] if declared else detected)
    if detected in declared or language.is_sure(text, detected, declared[0]):
        return Spoken(language=detected, declared=declared[0])
    return Spoken(language=declared[0])


def _told(clues: Clues, feed: str | None) -> tuple[str | None, ...]:
    """What is declared of the page, most trusted first."""
    named = ("content-language", "language", "dc.language", "dcterms.language")
    return (
        clues.html_lang,
        read_jsonld.text(clues.article.get("inLanguage")),
        clues.first("og:locale"),
        clues.first(*named),
        feed,
    )
