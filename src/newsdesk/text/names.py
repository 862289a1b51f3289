"""Names of people and outlets: bylines taken apart, titles freed of the site's name.

Works on words alone: where a name stands on a page is for the stages to know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

MAX_NAME_CHARS = 70
"""A longer one is a sentence."""
MAX_NAME_WORDS = 6
MAX_AUTHORS = 12

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_SEPARATOR = re.compile(r"\s+[|–—―•·»«›‹:/\\~]\s+|\s+[-−]+\s+|\s*[|•»›]\s*|\s::\s")
_BY = re.compile(
    r"^\s*(?:(?:written|reported|reviewed|posted|published|edited|words|text|story|"
    r"report|analysis|opinion|reporting)\s+(?:and\s+\w+\s+)?by|by|von|par|por|di|door|"
    r"af|av|od|autor(?:e|a|es|in)?|author(?:s|\(s\))?|texte?|redactie|skrevet av|"
    r"от|автор|автори|yazan|oleh|tekst|schrijver|reporter|przez|kirjoittaja|"
    r"geschrieben von|scritto da|escrito por|publié par|propos recueillis par)"
    r"\s*[:\-–]?\s+",
    re.I,
)
_BY_COLON = re.compile(
    r"^\s*(?:by|von|par|por|di|author|autore?|text|texte|foto|words|автор|από|"
    r"作者|記者|记者|文|撮影|기자|の)\s*[:：/／]\s*",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*(?:;|\||•|·|、|，|\n|\s&\s|\s\+\s|\s/\s|／|"
    r"\s(?:and|und|et|y|e|i|og|och|en|ve|dan|och|și|si|и|та|і|με|with|con|mit|avec|og)\s"
    r")\s*",
    re.I,
)
_SUFFIX = re.compile(
    r"^(?:ph\.?\s?d|m\.?d|jr|sr|ii|iii|iv|esq|mba|rdn?|cpa|cfp|dds|do|ms|ma|mph|rn|"
    r"cscs|cpt|ccna|lcsw|jd|msc|bsc|dphil|cissp|cfa|np|pa-c|pharmd|faap|frcp|"
    r"ldn|cdces|llm|edd|psyd|dvm|pmp|obe|cbe|mbe)\.?$",
    re.I,
)
_LETTERS_AFTER = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,2}\.?[A-Z.®™]{1,5}|[A-Z]{2,6}[®™]?(?:[ -][A-Z]{1,5})*)$"
)
_LAST_LETTERS = re.compile(r"(?<=[a-z.])(?:\s+(?:[A-Z]{2,5}|Ph\.?D\.?|M\.D\.)[®™]?)+$")
_ARTICLES = frozenset(
    "the le la les l' el los las il lo der die das de het o a os as".split()
)
_BRACKETED = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,60}[)\]）】]\s*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+", re.I)
_ROLE = (
    r"senior|junior|chief|deputy|associate|assistant|contributing|executive|managing|"
    r"staff|special|foreign|political|business|technology|tech|science|health|sports?|"
    r"news|digital|national|international|economics?|environment|education|city|world|"
    r"general|lead|freelance|royal|crime|culture|entertainment|consumer|data|white house"
)
_ROLE_NOUN = (
    r"writer|reporter|editor|editor-in-chief|correspondent|columnist|contributor|"
    r"journalist|producer|anchor|commentator|author|blogger|critic|photographer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journaliste?|journalistin|redactor(?:a)?|"
    r"redacteur|rédact(?:eur|rice)|periodista|giornalista|reporterin|correspondant[e]?|"
    r"corresponsal|chefredakteur(?:in)?|volontär(?:in)?|autorin|redaktør|toimittaja|"
    r"muhabir|dziennikarz|dziennikarka|ceo|founder|director|manager|analyst|professor"
)
_ROLE_TAIL = re.compile(
    rf"\s*[,\-–—|/]\s*(?:(?:the|our|bbc|ap|cnn)\s+)?(?:[\w'’.&-]+\s+){{0,4}}(?:{_ROLE_NOUN})"
    rf"(?:\s+(?:at|for|of|in|und|and|für|bei)\s.*)?$",
    re.I,
)
_ROLE_HEAD = re.compile(
    rf"^(?:(?:{_ROLE})\s+)*(?:{_ROLE_NOUN})\s*[:,\-–]?\s+(?=[A-ZÀ-Ý])", re.I
)
_ROLE_ONLY = re.compile(
    rf"^(?:our\s+|the\s+)?(?:(?:{_ROLE}|web|online|guest|video|photo|social media)\s+)*"
    rf"(?:{_ROLE_NOUN}|desk|team|staff|bureau|admin(?:istrator)?|webmaster|guest|user|"
    r"editorial(?:\s+(?:staff|team|board))?|newsroom|news\s*desk|redaktion|redazione|"
    r"redacción|redacao|redação|rédaction|la rédaction|redactie|редакция|agencies|agency|"
    r"unknown|none|null|undefined|anonymous|n/?a|contributors?|editors|staff\s+report"
    r"(?:er|ers|s)?|news\s+staff|press\s+release|newsroom\s+staff|default|root|web\s?desk|"
    r"online\s+desk|onlineredaktion|toimitus|redaktionen|редакція|agencias|agenzia)$",
    re.I,
)
_COLLECTIVE = re.compile(
    r"\b(?:team|staff|desk|newsroom|editors?|editorial|bureau|agency|agencies|"
    r"redaktion|redazione|redacci[oó]n|r[ée]daction|redactie|redação|redacao|редакция|"
    r"редакція|news|media|times|post|magazine|press|tv|radio|online|daily|network|"
    r"group|inc|ltd|llc|gmbh|university|institute|foundation|association|"
    r"department|office|ministry|council|correspondents?|reporters?|services?|wire|"
    r"toimitus|agencia|agenzia|agence|agentur|nachrichten)\b|編集部|編輯部|编辑部|通讯员",
    re.I,
)
_AGENCIES = frozenset(
    "reuters afp dpa ap ansa efe apa belga tass interfax xinhua kyodo yonhap pti ani ians "
    "aap ritzau tt ntb stt lusa pap cna mti agerpres hina sta anp agi adnkronos ukrinform "
    "europapress bernama antara sid epd kna bloomberg dpa-afx afp-services pa upi "
    "unb wam spa petra mena mna irna isna tanjug fena bta ctk tasr sda keystone-sda "
    "associated\u00a0press".split()
) | {
    "associated press", "the associated press", "agence france-presse", "pa media",
    "press association", "dow jones", "europa press", "canadian press",
    "the canadian press", "keystone-sda", "keystone/sda", "dpa/afp",
}  # fmt: skip
_DOMAIN = re.compile(r"(?:^|\s)(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?:\s|$)", re.I)
_SENTENCE = re.compile(
    r"\w{5,}[.!?]\s+[A-Z]|[!?]$|\d{3,}|[{}<>=]|\bcookie|\bsubscribe", re.I
)
_HONORIFIC = re.compile(r"^(?:dr|prof|mr|mrs|ms|rev|sir)\.?\s+(?=\S+\s+\S)", re.I)


def folded(text: str) -> str:
    """The text to compare by: no case, accents, punctuation or white space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def site_name(raw: str | None) -> str | None:
    """A site's name as it calls itself, without slogan, domain ending or handle."""
    if not raw:
        return None
    name = _SPACE.sub(" ", unescape(_MARKUP.sub("", raw))).strip(" -–—|·:@")
    parts = [part.strip() for part in _SEPARATOR.split(name) if part.strip()]
    if len(parts) > 1:
        name = min(parts[:2], key=lambda part: (len(part) > 30, parts.index(part)))
    name = re.sub(r"^(?:https?://)?www\.", "", name, flags=re.I)
    return name if 1 < len(name) <= 60 else None


def without_site(title: str, sites: Iterable[str]) -> str:
    """The title without the names of the site that are hung on it front or back.

    A part is taken off only where it is (nearly) one of the names, so that a headline
    with a dash keeps its second half.
    """
    names = {folded(site) for site in sites if site} - {""}
    shorter = title
    for _ in range(3):
        previous = shorter
        shorter = _without_part(shorter, names)
        if shorter == previous:
            break
    return shorter


def _without_part(title: str, names: set[str]) -> str:
    marks = list(_SEPARATOR.finditer(title))
    if not marks:
        return title
    last, first = marks[-1], marks[0]
    head, tail = title[: last.start()].strip(), title[last.end() :].strip()
    if head and _is_site(tail, names):
        return head
    front, rest = title[: first.start()].strip(), title[first.end() :].strip()
    if rest and _is_site(front, names) and len(rest) > len(front):
        return rest
    return title


def _is_site(part: str, names: set[str]) -> bool:
    own = folded(part)
    if not own:
        return True
    if own in names:
        return True
    bare = _without_ending(own)
    for name in names:
        other = _without_ending(name)
        if len(other) < 3 or len(bare) < 3:
            continue
        if bare == other or (len(part) <= 40 and _contains(bare, other)):
            return True
    return False


def _without_ending(name: str) -> str:
    for ending in ("com", "net", "org", "news", "online", "magazine"):
        if name.endswith(ending) and len(name) > len(ending) + 2:
            name = name[: -len(ending)]
    return name.removeprefix("the") if len(name) > 6 else name


def _contains(one: str, other: str) -> bool:
    """Whether one name is the other with little around it: `bbcnews` and `bbc`."""
    short, long = sorted((one, other), key=len)
    starts = long.startswith(short) or long.endswith(short)
    return starts and len(short) >= max(3, 0.4 * len(long))


def people(raw: Iterable[str], *, outlets: Sequence[str] = ()) -> tuple[str, ...]:
    """The persons named in bylines, each once, in order; without roles and outlets.

    Where no person is left, a desk or agency that is not the outlet itself stays: it is
    the only byline the article has.
    """
    bylines = [one for text in raw for one in split(text)]
    own = {folded(outlet) for outlet in outlets if outlet} - {""}
    named = [name for name in bylines if not _is_own(name, own)]
    persons = [name for name in named if is_person(name)]
    return _once(persons or named)[:MAX_AUTHORS]


def is_person(name: str) -> bool:
    """Whether a name may be that of a person rather than a desk, agency or outlet."""
    if name.casefold() in _AGENCIES or _COLLECTIVE.search(name) or _DOMAIN.search(name):
        return False
    words = name.split()
    if len(words) == 1 and name.isascii():
        return not name.isupper() or len(name) > 5
    return True


def may_be_personal(name: str) -> bool:
    """Whether a site's name may be its owner's: two to four capitalised words, none of
    them an article or a word for outlets."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() and not word.isupper() for word in words)
        and words[0].casefold() not in _ARTICLES
        and is_person(name)
    )


def split(byline: str) -> tuple[str, ...]:
    """The names in one byline, cleaned; roles, handles and dates are left out."""
    text = _SPACE.sub(" ", unescape(unescape(_MARKUP.sub(" ", byline[:1000])))).strip()
    text = _ADDRESS.sub(" ", text)
    text = _BY_COLON.sub("", _BY.sub("", text))
    text = _BRACKETED.sub(" ", text).strip()
    names: list[str] = []
    for part in _BETWEEN.split(text):
        names.extend(_by_commas(part))
    cleaned = (_clean(name) for name in names)
    return tuple(name for name in cleaned if name)


def _by_commas(part: str) -> list[str]:
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) < 2:
        return pieces
    if len(pieces) == 2 and all(" " not in piece for piece in pieces):
        # "Miller, Anna": one name turned round.
        after = pieces[1]
        if not (
            _SUFFIX.match(after) or _LETTERS_AFTER.match(after) or _is_noise(after)
        ):
            return [f"{after} {pieces[0]}"]
    kept: list[str] = []
    for piece in pieces:
        if kept and (
            _LETTERS_AFTER.match(piece) or _SUFFIX.match(piece) or _is_noise(piece)
        ):
            continue
        kept.append(piece)
    return kept


def _is_noise(piece: str) -> bool:
    """Whether a piece after a comma is a role, an agency or an outlet's name."""
    return bool(
        _ROLE_ONLY.match(piece)
        or _COLLECTIVE.search(piece)
        or re.search(rf"\b(?:{_ROLE_NOUN})\b", piece, re.I)
        or piece.casefold() in _AGENCIES
    )


def _clean(name: str) -> str | None:
    name = _BY.sub("", name.strip(" \t-–—|:;,•*'\"“”").strip())
    name = _ROLE_TAIL.sub("", name)
    name = _ROLE_HEAD.sub("", name)
    name = re.sub(r"\s+[-–—|]\s+.*$", "", name)
    name = re.sub(r"(?:記者|记者|기자)$", "", name)
    name = _LAST_LETTERS.sub("", name)
    name = name.strip(" \t-–—|:;,•*'\"“”./").strip()
    if not name or len(name) > MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS:
        return None
    if _ROLE_ONLY.match(name) or _SENTENCE.search(name):
        return None
    if not any(char.isalpha() for char in name) or len(folded(name)) < 2:
        return None
    return _cased(name)


def _cased(name: str) -> str:
    """A name in capitals as names are written; others as they are."""
    words = name.split()
    if len(words) < 2 or not (name.isupper() or name.islower()):
        return name
    if not name.isascii() and not any("À" <= char <= "ɏ" for char in name):
        return name
    return " ".join(
        "-".join(bit[:1].upper() + bit[1:].lower() for bit in word.split("-"))
        for word in words
    )


def _is_own(name: str, own: set[str]) -> bool:
    key = folded(name)
    bare = _without_ending(key)
    return any(key == one or bare == _without_ending(one) for one in own)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(folded(_HONORIFIC.sub("", name)), name)
    return tuple(seen.values())
