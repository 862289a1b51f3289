"""Words by which pages of each type are filed, headed and begun, in many languages.

Only marks are found here; what they weigh together is for `read_type`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from newsdesk.model.article import ArticleType

WIRE_START = 700
"""Characters at the start of a text that may hold the dateline of a wire."""
TAIL = 0.6
"""Share of a text's lines after which boilerplate of a press release stands."""

_LIVE, _GALLERY, _VIDEO = (
    ArticleType.LIVE_BLOG,
    ArticleType.GALLERY,
    ArticleType.VIDEO,
)
_PODCAST, _RELEASE, _LISTING = (
    ArticleType.PODCAST,
    ArticleType.PRESS_RELEASE,
    ArticleType.LISTING,
)

_CLEAR: Mapping[ArticleType, frozenset[str]] = {
    _LIVE: frozenset(
        """liveblog liveblogs live-blog live-blogs live-updates liveticker live-ticker
        live-news minuto-a-minuto relacja-na-zywo live-reporting liveblogg""".split()
    ),
    _GALLERY: frozenset(
        """photo-gallery photo-galleries photogallery photogalleries picture-gallery
        picture-galleries in-pictures slideshow slideshows bildergalerie bildergalerien
        bilderstrecke fotostrecke fotostrecken fotogalerie fotogalerien diaporama
        diaporamas fotogaleria fotogalerias galeria-de-fotos galeria-de-imagenes
        fotogallery foto-gallery fotogaleri foto-galeri foto-galeria fotoserie
        fotoreeks billedserie bildspel kuvagalleria galerie-photos""".split()
    ),
    _PODCAST: frozenset("podcast-episode podcast-episodes podcast-folge".split()),
    _RELEASE: frozenset(
        """press-release press-releases pressrelease pressreleases press_release
        press_releases news-release news-releases media-release media-releases
        pressemitteilung pressemitteilungen pressemeldung pressemeldungen
        communique-de-presse communiques-de-presse comunicado-de-prensa
        comunicados-de-prensa nota-de-prensa notas-de-prensa comunicato-stampa
        comunicati-stampa comunicado-de-imprensa comunicados-de-imprensa
        pressmeddelande pressmeddelanden pressemeddelelse pressemeddelelser
        pressemelding pressemeldinger persbericht persberichten lehdistotiedote
        lehdistotiedotteet tiskove-zpravy informacje-prasowe komunikaty-prasowe
        basin-bulteni press-reliz press-relizy""".split()
    ),
}
"""Whole parts of a path that say it by themselves."""
_FILED: Mapping[ArticleType, frozenset[str]] = {
    _LIVE: frozenset(
        """live ticker en-direct direct en-vivo envivo directo en-directo diretta
        ao-vivo aovivo direkte canli canli-anlatim na-zywo onlajn""".split()
    ),
    _GALLERY: frozenset(
        """gallery galleries photos photo pictures photo-essay bilder galerie galeries
        fotos foto portfolio en-images galeria galerias imagenes galleria gallerie
        zdjecia fotky fotogalereya image-gallery""".split()
    ),
    _VIDEO: frozenset(
        """video videos watch vidéo vidéos vídeo vídeos clip clips wideo videolar
        webtv video-news videonews видео mediathek""".split()
    ),
    _PODCAST: frozenset(
        """podcast podcasts audio listen episode episodes podcasty podkast podkasty
        poddar podd balado balados подкаст подкасты""".split()
    ),
    _RELEASE: frozenset(
        """newsroom press pr releases prnewswire businesswire globenewswire accesswire
        newswire presse presseportal prensa communiques comunicati tiedotteet
        press-room press-office press-centre press-center""".split()
    ),
    _LISTING: frozenset(
        """tag tags tagged category categories topic topics author authors search
        section sections archive archives label labels kategorie kategorien thema
        themen schlagwort tema temas etiqueta etiquetas rubrique rubriques categorie
        categoria categorias autor autoren autores auteur auteurs suche buscar
        recherche ricerca hashtag latest kategori etiket kategoria konu""".split()
    ),
}
"""Parts of a path, and names of sections, that say little by themselves."""

_SLUG: Mapping[ArticleType, re.Pattern[str]] = {
    _LIVE: re.compile(
        r"(?:^|-)(?:live-?(?:blog|ticker|updates?|coverage|reporting)|minuto-a-minuto|"
        r"en-direct|en-vivo|ao-vivo|na-zywo|as-it-happened|diretta-live)(?:-|$)"
    ),
    _GALLERY: re.compile(
        r"(?:^|-)(?:in-(?:pictures|photos|images)|photo-?gallery|en-(?:images|imagenes)|"
        r"fotostrecke|bildergalerie|fotogaler\w+|slideshow|em-fotos)(?:-|$)"
    ),
    _VIDEO: re.compile(r"^(?:video|watch)-|-(?:video|vidvideo)$"),
    _PODCAST: re.compile(r"^podcast-|-podcast$|-podcast-(?:ep|folge)|-episode-\d+"),
}
"""The last part of a path."""

_END = r"(?:(?<!\s)\s++)?+[:|–—•]\s*+|(?<!\s)\s++-\s++"
_LIVE_START = (
    r"live(?:\s*blog|\s*ticker|\s+updates?|\s+coverage|\s+news)?(?:" + _END + r")|"
    r"live\s?-?(?:blog|ticker)\b|"
    r"(?:en direct|direct|en vivo|en directo|directo|em direto|ao vivo|in diretta|"
    r"diretta|direkte|canlı(?: anlatım)?|na żywo|онлайн)(?:" + _END + r"|[,.]\s)|"
    r"minuto a minuto|relacja na żywo|\+\+\+?\s"
)
_LIVE_END = (
    r"(?:" + _END + r"|,\s)(?:live\s?-?(?:updates?|blog|ticker|coverage)|"
    r"as it happened|as it unfolded|(?:news)?ticker|en direct|en vivo|"
    r"(?:última hora y )?minuto a minuto|ao vivo|(?:in )?diretta(?: live)?|na żywo|"
    r"relacja na żywo)$"
)
_GALLERY_WORDS = (
    r"(?:in (?:pictures|photos|images)|photos|pictures|(?:photo |picture )?gallery|"
    r"slideshow|fotos|bilder|(?:bilder|foto)galerie|fotostrecke|bilderstrecke|"
    r"(?:en|les) (?:images|photos)|diaporama|en imágenes|(?:foto)?galer[ií]a|em fotos|"
    r"le foto|(?:foto|photo)gallery|foto ?galeri|zdjęcia|w obiektywie|in beeld|"
    r"i bilder|bildspel|kuvat|фото|фоторепортаж)"
)
_VIDEO_WORDS = r"(?:watch(?: live| now)?|videos?|vidéo|vídeo|видео|wideo|kijk)"
_PODCAST_WORDS = (
    r"(?:podcast|listen(?: now)?|audio|écoutez|escuchar?|ascolta|ouça|подкаст)"
)
_NUMBERED = (
    r"(?:(?:podcast|ep(?:isode|\.)?|folge|épisode|episodio|episódio|avsnitt|odcinek|"
    r"aflevering)\s*+(?:#|no\.?|nr\.?|folge|ep(?:isode|\.)?)?+\s*+\d{1,4}|#\s?\d{1,4})"
)
_SURE_LIVE = re.compile(
    rf"^(?:live[\s-]?(?:blog|ticker|updates)|minuto a minuto|relacja na żywo)(?:{_END})|"
    rf"(?:{_END}|,\s)(?:live[\s-]?(?:blog|ticker|updates)|as it (?:happened|unfolded)|"
    r"minuto a minuto|relacja na żywo)$",
    re.I,
)
_BARE_LIVE = re.compile(r"(?:" + _END + r")live$", re.I)


def _headed(words: str) -> str:
    """A headline with the words set in front, behind or in brackets."""
    return rf"^{words}(?:{_END})|(?:{_END}){words}$|[\[(]{words}[\])]"


_HEADED: Mapping[ArticleType, re.Pattern[str]] = {
    _LIVE: re.compile(rf"^(?:{_LIVE_START})|{_LIVE_END}", re.I),
    _GALLERY: re.compile(_headed(_GALLERY_WORDS), re.I),
    _VIDEO: re.compile(_headed(_VIDEO_WORDS), re.I),
    _PODCAST: re.compile(
        rf"{_headed(_PODCAST_WORDS)}|^{_NUMBERED}(?:{_END}|$)|"
        rf"(?:{_END})(?:[\w'’]+ ){{0,3}}podcast$|\bpodcast\b.{{0,60}}{_NUMBERED}",
        re.I,
    ),
}

_DECLARED: Mapping[str, ArticleType] = {
    word: kind
    for kind, words in (
        (_LIVE, "live liveblog live-blog live_blog liveblogposting liveticker"),
        (_GALLERY, "gallery photogallery photo-gallery imagegallery slideshow photo"),
        (_VIDEO, "video videos videoarticle video-article"),
        (_PODCAST, "podcast podcastepisode podcast-episode audio"),
        (_RELEASE, "pressrelease press-release press_release"),
        (
            _LISTING,
            "section sectionpage section-page frontpage front-page front homepage home "
            "index list listing landing landing-page landingpage category tag author "
            "search profile topic",
        ),
    )
    for word in words.split()
}
_SECTIONS: Mapping[str, ArticleType] = {
    "live blog": _LIVE, "liveblog": _LIVE, "live updates": _LIVE, "live-ticker": _LIVE,
    "photo gallery": _GALLERY, "photo galleries": _GALLERY, "in pictures": _GALLERY,
    "press release": _RELEASE, "press releases": _RELEASE, "news release": _RELEASE,
    "news releases": _RELEASE, "pressemitteilung": _RELEASE, "pressemitteilungen": _RELEASE,
    "communiqué de presse": _RELEASE, "communiqués de presse": _RELEASE,
    "comunicado de prensa": _RELEASE, "comunicato stampa": _RELEASE,
    "comunicati stampa": _RELEASE, "pressmeddelande": _RELEASE,
}  # fmt: skip

_DATELINE = re.compile(
    r"\((?:BUSINESS WIRE|Business Wire|GLOBE ?NEWSWIRE|Globe ?[Nn]ewswire|"
    r"Newsfile Corp\.?|M(?:arketwired|ARKETWIRED?|arketwire)|ACCESS ?WIRE|"
    r"ACN Newswire|JCN Newswire|Media ?OutReach(?: Newswire)?|PRWEB|PRWeb|"
    r"ots(?:/[^()]{1,40})?)\)|"
    r"/\s?(?:PR ?Newswire|CNW(?: Telbec)?|EINPresswire(?:\.com)?|PRNewswire-\w+|"
    r"PRNewswire-USNewswire|USNewswire)\s?/|"
    r"(?:ACCESS ?WIRE|ACCESS Newswire|EINPresswire\.com)\s?/\s?|"
    r"(?m:^(?:EQS|DGAP)-(?:News|Ad-?hoc|PVR|CMS|DD|Stimmrechte)\b)"
)
_WIRES = (
    "WIRE", "wire", "Wire", "(ots", "Newsfile", "/CNW", "/ CNW", "PRWEB", "PRWeb", "EQS-",
    "DGAP-", "OutReach", "MMEDIAT", "mmediate", "NEWS PROVIDED", "SPERRFRIST", "INMEDIAT",
)  # fmt: skip
"""Words without one of which no text begins as a release; cheaper than the patterns."""
_IMMEDIATE = re.compile(
    r"FOR IMMEDIATE RELEASE|For Immediate Release\s*(?:$|[:\n–-])|"
    r"\bNEWS PROVIDED BY\b|SPERRFRIST|POUR DIFFUSION IMMÉDIATE|"
    r"PARA (?:SU )?(?:PUBLICACIÓN|DIFUSIÓN) INMEDIATA",
    re.M,
)
_ABOUT = re.compile(
    r"^(?:About(?! (?:the )?(?:author|writer|reporter|us\b|this))|Über|"
    r"À propos d[eu]s?|A propos d[eu]|Acerca de|Sobre|Informazioni su|"
    r"Om|Over)\s+(?:the\s+)?[A-ZÀ-Ý0-9][^.!?\n]{0,70}:?$"
)
_CONTACT = re.compile(
    r"^(?:(?:for )?(?:media|press|investor|news media|public)"
    r"(?:[ &/]+(?:media|press|investor))?"
    r"\s*(?:contacts?|inquir(?:y|ies)|enquir(?:y|ies)|office)\b|"
    r"(?:rück)?(?:presse|medien)kontakt|pressestelle|rückfragehinweis|"
    r"contacts? (?:presse|médias?|de prensa|stampa)|contatti (?:per la )?stampa|"
    r"contactos? de prensa|presskontakt|perscontact|"
    r"view source version on|(?-i:SOURCE [A-Z])|"
    r"(?:cautionary (?:note|statement).{0,40})?forward[- ]looking statements?)",
    re.I,
)


def filed(url: str, section: str | None) -> Iterator[tuple[ArticleType, bool, str]]:
    """Types that an address or a section speaks for: type, whether it says so clearly,
    the word."""
    parts = _parts(url)
    for place, part in enumerate(parts):
        is_last = place == len(parts) - 1
        for kind, words in _CLEAR.items():
            if part in words:
                yield kind, not is_last, part
        for kind, words in _FILED.items():
            if part in words:
                yield kind, False, part
    known = _SECTIONS.get((section or "").casefold().strip())
    if known:
        yield known, False, section or ""


def slug(url: str) -> Iterator[tuple[ArticleType, str]]:
    """Types that the last part of an address is marked with, and the mark."""
    last = _parts(url)[-1:]
    for kind, pattern in _SLUG.items():
        if last and (found := pattern.search(last[0].rsplit(".", 1)[0])):
            yield kind, found[0].strip("-")


def _parts(url: str) -> list[str]:
    try:
        path = unquote(urlsplit(url).path).casefold()
    except ValueError:
        return []
    return [part for part in path.strip("/").split("/") if part]


def headed(title: str) -> Iterator[tuple[ArticleType, float, str]]:
    """Types that a headline is marked with: type, weight (2 is enough), the mark."""
    for kind, pattern in _HEADED.items():
        if found := pattern.search(title):
            yield kind, 1.0, _bare(found)
    if found := _SURE_LIVE.search(title):
        yield _LIVE, 2.0, _bare(found)
    if found := _BARE_LIVE.search(title):
        # Records and concerts are called so too.
        yield _LIVE, 0.5, _bare(found)


def _bare(found: re.Match[str]) -> str:
    return found[0].strip(" ,:|–—•-")


def declared(value: str) -> ArticleType | None:
    """The type that a value of `og:type`, `page-type` and their kin names."""
    word = value.casefold().strip().replace(" ", "-")
    return _DECLARED.get(word.rsplit(":", 1)[-1].split(".", 1)[0])


def wire(text: str) -> str | None:
    """The dateline of a press-release wire at the start of a text, or its like."""
    start = text[:WIRE_START]
    if not any(word in start for word in _WIRES):
        return None
    found = _DATELINE.search(start) or _IMMEDIATE.search(start)
    return found[0].strip() if found else None


def about_and_contact(text: str) -> int:
    """How many of the two a text ends with: who the company is, whom to ask (0–2)."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    tail = lines[int(TAIL * len(lines)) :]
    return any(_ABOUT.match(one) for one in tail) + any(
        _CONTACT.match(one) for one in tail
    )
