"""The words about a picture: what it shows, and who took it.

Alternative texts that say nothing (file names, `image`) are dropped; a credit is taken
out of a caption where it names itself, and freed from its label.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from newsdesk.stages.read_clues import line

MAX_ALT = 300
MAX_CREDIT = 120
"""Characters; a longer one is a caption or a licence."""
MAX_CAPTION = 2_000
MAX_CLIMB = 4
"""Elements around an image in which its caption is looked for."""

_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|webp|gif|avif)|(?:img|dsc|pxl|image)[-_ ]?\d+\S*", re.I
)
_EMPTY = re.compile(
    r"(?:the )?(?:(?:featured|article|main|lead|hero|header|cover|news|post|story) )?"
    r"(?:image|photo|picture|img|thumbnail|placeholder|alt(?:ernative)? text|bild|foto|"
    r"imagen|immagine|null|undefined|none|untitled|logo)\.?",
    re.I,
)
_LABEL = (
    r"(?:photo(?:graph(?:er|y)?|s)?|image|picture|pic|credits?|illustration|source|"
    r"courtesy|copyright|foto(?:graf(?:ie|ía|ia|o)?)?s?|bild(?:quelle|nachweis|rechte)?|"
    r"quelle|crédits?(?:\s+photos?)?|imagen|immagine|zdjęcie|fot|kuva|billede|фото|写真|撮影|图片来源|"
    r"vía|via|©|\(c\))"
)
_LABELS = re.compile(
    rf"^[\s\[(|–—/-]*(?:{_LABEL}(?:\s*(?:credits?|by|courtesy of|of|photo|von|de|par|di))?"
    r"\s*(?:[:：©/|–—-]|(?<=by)\s|(?<=of)\s|(?<=©)|$)\s*)+",
    re.I,
)
_NAMED = re.compile(
    rf"(?:[(\[]|(?:^|[\s.,;|–—-]))({_LABEL}(?:\s*(?:credits?|courtesy of))?\s*"
    r"(?:[:：]|by\b|(?<=©))\s*[^:]{2,120}?)[)\]]?\s*\.?$",
    re.I,
)
_AGENCY = re.compile(
    r"(?:[(\[]|(?<=[.!?”\"»])\s|\s[|–—-]\s)((?:[^()\[\].!?]{2,60}[/,]\s?)?"
    r"(?:AP(?: Photo)?|AFP|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|ANSA|dpa|"
    r"PA(?: Media| Wire)?|Bloomberg|Shutterstock|Alamy|iStock|Unsplash|Imago|IMAGO|TASS|"
    r"Xinhua|Keystone|NTB|TT|Ritzau|Belga|ANP|APA|MTI|PAP|Lehtikuva|Kyodo|Yonhap|Zuma)"
    r"(?:[/ ,][^()\[\]]{1,60})?)[)\]]?\s*\.?$"
)
_CREDIT_NAMES = (
    "[class*=credit], [class*=Credit], [class*=copyright], [class*=Copyright], "
    "[class*=photographer], [class*=attribution], [class*=image-source], "
    "[class*=image-author], [class*=photo-by], [itemprop=copyrightHolder], "
    "[itemprop=creditText], [itemprop=creator], [itemprop=author], figcaption small, "
    "figcaption cite"
)
_CAPTION_NAMES = (
    "figcaption, [itemprop=caption], .wp-caption-text, [class*=caption], "
    "[class*=Caption]"
)
_HOLDER = re.compile(
    r"caption|figure|image|img|media|photo|picture|hero|lead|foto|bild", re.I
)


def alternative(text: str | None) -> str | None:
    """What a picture shows, on one line; None where the text says nothing."""
    said = line(text)
    if len(said) < 3 or _EMPTY.fullmatch(said) or _FILE.fullmatch(said):
        return None
    if len(said) <= MAX_ALT:
        return said
    return said[:MAX_ALT].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def credit(text: str | None) -> str | None:
    """Who took or owns a picture, without its label; None for nothing or too much."""
    said = _LABELS.sub("", line(text)).strip(" ()[]|/–—-:;,")
    if not 2 <= len(said) <= MAX_CREDIT or not any(c.isalpha() for c in said):
        return None
    return None if said.startswith(("http://", "https://")) else said


def of_caption(text: str | None) -> tuple[str | None, str | None]:
    """(what it shows, who took it) from a caption that may end in its credit."""
    said = line((text or "")[:MAX_CAPTION])
    found = _NAMED.search(said) or _AGENCY.search(said)
    if not found:
        return alternative(said), None
    named = credit(found[1])
    if named is None:
        return alternative(said), None
    return alternative(said[: found.start()].rstrip(" (|–—-")), named


def around(node: LexborNode) -> tuple[str | None, str | None]:
    """(caption, credit) of an image element, from the figure or box around it."""
    holder = _holder(node)
    if holder is None:
        return None, None
    marked = next(iter(holder.css(_CREDIT_NAMES)), None)
    named = credit(marked.text(separator=" ")[:400]) if marked is not None else None
    below = next(iter(holder.css(_CAPTION_NAMES)), None)
    if below is None:
        return None, named
    whole = line(below.text(separator=" ")[:MAX_CAPTION])
    if named:
        spoken = line(marked.text(separator=" ")) if marked is not None else ""
        shows = whole.replace(spoken, " ") if spoken else whole
        return of_caption(shows)[0], named
    return of_caption(whole)


def _holder(node: LexborNode) -> LexborNode | None:
    """The nearest figure, or box by its name, that holds no other picture's caption."""
    above = node.parent
    box: LexborNode | None = None
    for _ in range(MAX_CLIMB):
        if above is None or above.tag in ("article", "main", "body", "html"):
            break
        if above.tag == "figure":
            return above
        named = above.attributes.get("class") or ""
        if above.tag == "div" and _HOLDER.search(named) and len(above.css("img")) < 4:
            box = above
        above = above.parent
    return box
