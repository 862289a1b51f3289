"""The simulated press: who publishes, in what dialect and with what habits."""

from __future__ import annotations

from newsdesk.press import words
from newsdesk.press.dice import Dice
from newsdesk.press.records import Dialect, Markup, Publisher, PublisherKind

_A, _N, _B, _T = (
    PublisherKind.AGENCY,
    PublisherKind.NEWSPAPER,
    PublisherKind.BROADCASTER,
    PublisherKind.TRADE,
)
_G, _L, _C, _R, _S = (
    PublisherKind.BLOG,
    PublisherKind.LAB,
    PublisherKind.COMPANY,
    PublisherKind.RELEASES,
    PublisherKind.SPAM,
)

# name, domain, kind, tagline, dialect, markup letters, layout, path style, flags, offset
# markup: j JSON-LD, o Open Graph, m meta, p plain. flags: f full text, a AMP, r redirect
# links, u utm parameters, n no author, s news sitemap, t true photographs as PNG.
_TABLE = (
    ("Meridian Wire", "meridian-wire", _A, "News without adjectives", "r", "jo", "wire", "dated", "ns", 0),
    ("Northlight Press Agency", "northlight-press", _A, "From the capitals", "j", "j", "wire", "id", "n", 60),
    ("Compass News Agency", "compassnews", _A, "First, and right", "a", "om", "wire", "dated", "nf", 120),
    ("Harbour Courier", "harbour-courier", _N, "The paper of Port Ellery since 1871", "r", "jom", "broadsheet", "dated", "as", 0),
    ("The Calder Bay Ledger", "calderbayledger", _N, "Independent and local", "r", "jo", "broadsheet", "section", "au", -300),
    ("Merrowick Morning Post", "merrowickpost", _N, "Every morning, in full", "a", "jo", "classic", "dated", "a", 60),
    ("Tavenna Daily", "tavennadaily", _N, "What the city talks about", "r", "om", "classic", "id", "u", 120),
    ("The Lindholt Observer", "lindholt-observer", _N, "A newspaper for readers", "d", "m", "plain", "html", "", 60),
    ("Varrisey Chronicle", "varriseychronicle", _N, "Founded by printers", "r", "j", "classic", "section", "ra", 180),
    ("The Halvik Herald", "halvikherald", _N, "Northern news", "a", "o", "cards", "dated", "u", 60),
    ("Quillon Gazette", "quillon-gazette", _N, "Notices and news", "d", "p", "table", "html", "n", -180),
    ("The Weekday", "theweekday", _N, "Five papers a week, none on Sunday", "j", "jo", "broadsheet", "slug", "f", 0),
    ("Channel Nine News", "channelninenews", _B, "Around the clock", "r", "jo", "cards", "id", "a", -300),
    ("Radio Karelund", "radiokarelund", _B, "Public radio", "r", "om", "plain", "dated", "n", 120),
    ("Brennia Broadcasting", "brennia-bc", _B, "The nation's studio", "a", "j", "cards", "id", "", 60),
    ("Signal Television", "signaltv", _B, "See for yourself", "j", "o", "cards", "slug", "u", 330),
    ("Stack & Solder", "stackandsolder", _T, "Chips, boards and the people who make them", "r", "jo", "magazine", "slug", "ft", -420),
    ("The Model Report", "modelreport", _T, "Daily on artificial intelligence", "a", "jom", "magazine", "dated", "f", 0),
    ("Robotics Week", "roboticsweek", _T, "Machines at work", "r", "o", "magazine", "section", "u", 60),
    ("Clinic & Code", "clinicandcode", _T, "Health technology, examined", "j", "j", "broadsheet", "slug", "", 0),
    ("Patchwork", "patchwork-security", _T, "Security reporting", "r", "jo", "plain", "slug", "f", 60),
    ("Capital Circuit", "capitalcircuit", _T, "Where technology meets money", "r", "jo", "classic", "id", "a", -300),
    ("GovTech Bulletin", "govtechbulletin", _T, "Administration and software", "d", "m", "table", "html", "n", 120),
    ("Lab Notes Weekly", "labnotesweekly", _T, "Research in plain words", "a", "om", "magazine", "dated", "f", 540),
    ("Second Reading", "secondreading", _G, "Slow thoughts on fast machines", "a", "o", "blog", "slug", "f", 0),
    ("Gradient Ascent", "gradientascent", _G, "A blog about learning, human and other", "j", "om", "blog", "dated", "f", -480),
    ("Marginal Cost", "marginal-cost", _G, "Economics of software", "r", "p", "blog", "html", "f", -300),
    ("The Quiet Engineer", "quietengineer", _G, "Things that work", "a", "m", "blog", "slug", "f", 60),
    ("Tea & Tensors", "teaandtensors", _G, "One cup, one paper", "r", "jo", "blog", "dated", "fu", 330),
    ("Aldermoor Centre for Machine Intelligence", "aldermoor-centre", _L, "Research notes", "a", "o", "plain", "slug", "f", 0),
    ("Halvik Institute of Technology", "halvik-institute", _L, "News from the institute", "r", "m", "cards", "id", "n", 60),
    ("Aurelian Newsroom", "aurelian", _C, "Announcements", "r", "jo", "magazine", "slug", "fn", -480),
    ("Corvanta Press Room", "corvanta", _C, "News for media", "j", "o", "plain", "dated", "n", 60),
    ("Release Harbour", "releaseharbour", _R, "Company news, as sent", "r", "jo", "table", "id", "fn", -300),
    ("StatementWire", "statementwire", _R, "Direct from the source", "a", "m", "plain", "html", "fn", 0),
    ("Global Forecast Insights", "globalforecast-insights", _S, "Reports that drive growth", "r", "o", "table", "slug", "fn", 330),
    ("Market Horizon Daily", "markethorizon-daily", _S, "All markets, all the time", "r", "om", "cards", "id", "u", 330),
    ("The Ashgrove Echo", "ashgrove-echo", _N, "Close to home", "r", "o", "classic", "id", "u", 0),
    ("Kestrel Falls Times", "kestrelfallstimes", _N, "Upriver and down", "a", "jo", "broadsheet", "dated", "a", -480),
    ("Ostmarch Public Radio", "opr-news", _B, "Listen closely", "j", "jm", "plain", "slug", "f", 120),
)  # fmt: skip

_DIALECTS = {
    "r": Dialect.RSS,
    "a": Dialect.ATOM,
    "d": Dialect.RDF,
    "j": Dialect.JSON,
}
_MARKUPS = {
    "j": Markup.JSON_LD,
    "o": Markup.OPEN_GRAPH,
    "m": Markup.META,
    "p": Markup.PLAIN,
}
_WEIGHTS = {_A: 2.2, _N: 1.1, _B: 1.0, _T: 1.2, _G: 0.5, _L: 0.4, _C: 0.3, _R: 0.9, _S: 0.9}
_SIZES = ((1200, 675), (1280, 720), (1200, 630), (1024, 576), (1600, 900), (960, 640))

# dark, main, light, accent
_PALETTES = (
    ("#12263a", "#1f5673", "#dbe9ee", "#f2a65a"),
    ("#2b1d3a", "#6c4a8c", "#ece4f4", "#f5b700"),
    ("#10302a", "#2a7f62", "#dcefe6", "#f06543"),
    ("#3a1420", "#a63446", "#f7e1e3", "#0c6291"),
    ("#1b1b1e", "#495867", "#e7ecef", "#fe5f55"),
    ("#0b3142", "#0f7173", "#d8ece7", "#e2c044"),
    ("#2d2a32", "#7d5a50", "#f3e9e1", "#4d9078"),
    ("#14213d", "#3d5a98", "#e3e9f5", "#fca311"),
    ("#22333b", "#5e6f64", "#eae7dc", "#c6533c"),
    ("#1d2f2f", "#3f7cac", "#e2f0f0", "#d36135"),
)


def press(seed: int, count: int) -> tuple[Publisher, ...]:
    """The first `count` publishers of the world, most important first (40 at most)."""
    return tuple(
        _publisher(number, row, Dice("publisher", seed, row[1]))
        for number, row in enumerate(_TABLE[:count])
    )


def _publisher(
    number: int,
    row: tuple[str, str, PublisherKind, str, str, str, str, str, str, int],
    dice: Dice,
) -> Publisher:
    name, domain, kind, tagline, dialect, markup, layout, path_style, flags, offset = row
    return Publisher(
        id=domain,
        name=name,
        domain=f"{domain}.example",
        kind=kind,
        tagline=tagline,
        dialect=_DIALECTS[dialect],
        markup=tuple(_MARKUPS[letter] for letter in markup),
        layout=layout,
        path_style=path_style,
        palette=_PALETTES[number * 7 % len(_PALETTES)],
        full_text="f" in flags,
        has_amp="a" in flags,
        tracking=_tracking(flags),
        shows_author="n" not in flags,
        news_sitemap="s" in flags,
        offset_minutes=offset,
        weight=_WEIGHTS[kind],
        picture_size=_SIZES[dice.below(len(_SIZES))],
        picture_format="png" if "t" in flags else "jpg",
        feed_size=dice.pick((15, 20, 25, 30)),
        writers=_writers(dice),
    )


def _tracking(flags: str) -> str:
    if "r" in flags:
        return "redirect"
    return "utm_source=rss&utm_medium=feed&utm_campaign=news" if "u" in flags else ""


def _writers(dice: Dice) -> tuple[str, ...]:
    first = dice.sample(words.FIRST_NAMES, 5)
    last = dice.sample(words.LAST_NAMES, 5)
    return tuple(f"{a} {b}" for a, b in zip(first, last, strict=True))
