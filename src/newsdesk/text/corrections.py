"""Text -> what an outlet says it put right: correction notes, in many languages.

A note stands as a paragraph of its own and begins with a label (`Correction:`,
`Rectificatif :`) or says of the article itself that it was amended. News *of* a
correction, as of a market, does neither. A plain `updated` is no correction.
"""

from __future__ import annotations

import re

MAX_NOTE = 300
"""Characters of a note that are told."""
MAX_PARAGRAPH = 900
"""A longer paragraph is part of the article, whatever it begins with."""

_LABELS = (
    r"corrections?(?: and clarifications?| notice| appended)?|corrected|clarifications?"
    r"|editor['’]s note(?: of correction)?|erratum|errata|corrigendum|retraction"
    r"|korrektur(?:hinweis)?|berichtigung|richtigstellung|anmerkung der redaktion"
    r"|rectificatifs?|erratum|précision|mise au point|note de la rédaction"
    r"|correcci[oó]n(?:es)?|fe de erratas|fe de errores|rectificaci[oó]n|aclaraci[oó]n"
    r"|nota de la redacci[oó]n"
    r"|correzione|errata corrige|rettifica|precisazione"
    r"|correç[aã]o|errata|retificaç[aã]o"
    r"|correctie|rectificatie|verbetering|sprostowanie|korekta|erratum"
    r"|rättelse|rettelse|korrigering|korreksjon|oikaisu|korjaus|leiðrétting"
    r"|oprava|upřesnění|ispravak|ispravka|popravek|helyesbítés|helyreigazítás"
    r"|erată|rectificare|поправка|исправление|уточнение|виправлення|спростування"
    r"|διόρθωση|düzeltme|ralat|koreksi|đính chính|تصحيح|تصويب|תיקון|תיקון טעות"
    r"|सुधार|शुद्धिपत्र|แก้ไขข่าว|訂正|お詫びと訂正|更正(?:啟事|启事)?|정정(?:보도)?"
)
_WEAK = re.compile(
    r"(?i)editor|clarif|anmerkung|note de|nota de|pr[eé]cis|mise au|korjaus|уточн"
)
"""Labels that other notes bear too: they count where the note goes on to speak of an
earlier state."""
_LABELLED = re.compile(
    rf"^[\s*\[(【（_–—-]*(?P<label>{_LABELS})"
    # a date may follow: `Correction, 3 May:`, `Correction (May 3):`
    r"(?:\s?[\[(（][^\])）]{0,40}[\])）]|,?\s[^:：\n]{0,14}\d[^:：\n]{0,16})?"
    r"(?:\s?[:：】\])）]|\s?[–—]|-(?=[A-Z\s]))\s*\S",
    re.IGNORECASE,
)
_EARLIER = (
    r"(?:earlier|previous|original|prior) versions? of this"
    r"|(?:this|the) (?:article|story|headline|piece|post|report|caption|column) "
    r"(?:was|has been|have been) (?:\w+ )?(?:amended|corrected)"
    r"|(?:this|the) (?:article|story|headline|piece|post|report) (?:was|has been) "
    r"(?:updated|edited|changed|revised) [^.]{0,40}?to "
    r"(?:correct|clarify|fix|remove|reflect the correct)"
    r"|in einer (?:früheren|ersten|vorherigen|älteren|ursprünglichen) "
    r"(?:version|fassung)|(?:wurde|haben wir) [^.]{0,60}(?:korrigiert|berichtigt)"
    r"|(?:version|mouture) (?:précédente|antérieure|initiale) de (?:cet|ce)"
    r"|cet article a été (?:corrigé|rectifié)"
    r"|(?:versi[oó]n|vers[aã]o|versione|versiune) (?:anterior|previa|precedente|original|"
    r"anterioar[aă])[^.]{0,20} (?:de|di|do|da|del|a|d)\b"
    r"|este art[ií]culo (?:ha sido|fue) (?:corregido|rectificado)"
    r"|(?:questo|l['’]) ?articolo è stato (?:corretto|rettificato)"
    r"|(?:esta|este) (?:matéria|reportagem|texto|artigo) foi corrigid[oa]"
    r"|in een eerdere versie|i en (?:tidigare|tidligere) ver[sz]j?on"
    r"|w poprzedniej wersji|в (?:предыдущей|первоначальной|более ранней) версии"
    r"|у попередній версії|v (?:předchozí|původní) verzi"
    r"|aiemmassa versiossa|haberin önceki|نسخة سابقة من"
)
_SAYS_EARLIER = re.compile(_EARLIER, re.IGNORECASE)


def correction(title: str, text: str) -> str | None:
    """What an article says that it put right, cut to `MAX_NOTE` characters; None where
    it says nothing. `text` has its paragraphs apart by empty lines."""
    for paragraph in (*reversed(text.split("\n\n")), title):
        if len(paragraph) > MAX_PARAGRAPH:
            continue
        words = " ".join(paragraph.split())
        if is_correction(words):
            return _cut(words.strip("*_[]【】 "))
    return None


def is_correction(paragraph: str) -> bool:
    """Whether a paragraph (or a headline) is a note of a correction."""
    found = _LABELLED.match(paragraph)
    is_told = _SAYS_EARLIER.search(paragraph) is not None
    if found is None:
        return is_told
    return is_told or not _WEAK.match(found["label"])


def _cut(text: str) -> str:
    if len(text) <= MAX_NOTE:
        return text
    return f"{text[: MAX_NOTE - 1].rsplit(' ', 1)[0]}…"
