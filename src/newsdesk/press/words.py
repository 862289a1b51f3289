"""The words that the simulated world is made of: people, places, companies, bodies.

Everything here is invented. Names are chosen to sound like a world press without
naming a real company, town or office. Sentences live in `phrases/`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company of the world, the same in every event it takes part in."""

    name: str
    sector: str
    what: str
    """What it is, in lower case: `chip designer`."""
    city: str
    boss: str
    role: str = "chief executive"


FIRST_NAMES = tuple(
    """Mara Tomas Ines Oskar Leila Bram Noor Idris Petra Kofi Yuna Rafael Signe Anton
    Hana Dario Esme Viktor Amina Jonas Freya Mateo Zofia Kenji Lucia Emeka Tessa Arjun
    Maren Silas Odile Farid Greta Ruben Saoirse Henrik Meera Lukas Adaeze Piotr Clara
    Hiroshi Nadia Elias Marta Gideon Sunniva Rohan Ilse Callum Thandi Bastian Wren
    Paolo Anneke Samir Linnea Kwame Judit Owen""".split()
)

LAST_NAMES = tuple(
    """Lindqvist Okafor Marchetti Vandersloot Haddad Brannigan Oyelaran Kowalczyk Takeda
    Sørlund Devereux Achterberg Rahimi Castellane Nwosu Halloran Petrescu Yamane
    Thorvald Iyer Beaumont Kestner Abara Whitlow Mikkonen Duarte Falkenrath Osei
    Lavigne Hartwell Zielinski Moreau-Tate Sandoval Ekström Bhandari Quarshie Trevanion
    Holloway Jansma Kurosawa Vukovic Ferrante Adeyemi Rosendal Chaudhry Penhallow
    Sobczak Lindgaard Matsuda Ortolani Kerrigan Mbeki-Lowe Stavros Wexford Almeida-Roy
    Tanaka-Berg Grünwald Nakamori Delacourt Eze Fairbairn Ivarsson Calloway""".split()
)

CITIES = (
    "Port Ellery",
    "Calder Bay",
    "Merrowick",
    "Tavenna",
    "Lindholt",
    "Varrisey",
    "Kestrel Falls",
    "Dunmarrow",
    "Halvik",
    "Novi Brezin",
    "Quillon",
    "Aldermoor",
    "Santa Mirela",
    "Ostrevik",
    "Tamaru",
    "Belhaven Cross",
    "Ashgrove",
    "Kirrawe",
    "Montclare",
    "Saint-Orlan",
)

COUNTRIES = (
    "Valmere",
    "Tessaria",
    "Karelund",
    "Marovia",
    "Brennia",
    "Sundria",
    "Velmark",
    "Ostmarch",
)

REGULATORS = (
    "the Data Protection Authority",
    "the Digital Markets Office",
    "the Competition Board",
    "the Continental AI Office",
    "the Consumer Safety Commission",
    "the Office for Online Standards",
)

MINISTRIES = (
    "the Ministry of Technology",
    "the Ministry of Trade",
    "the Ministry of Justice",
    "the Ministry of Health",
    "the Ministry of Education",
    "the Ministry of Labour",
)

LABS = (
    "the University of Calder Bay",
    "the Halvik Institute of Technology",
    "the Aldermoor Centre for Machine Intelligence",
    "Tavenna Polytechnic",
    "the Royal College of Merrowick",
    "the Quillon Institute",
    "the Ostrevik School of Engineering",
    "the National Computing Laboratory in Lindholt",
)

JOURNALS = (
    "Annals of Machine Learning",
    "Computing Letters",
    "the Continental Journal of Medicine",
    "Systems and Society",
    "the Review of Applied Robotics",
    "Open Science Proceedings",
)

HOSPITALS = (
    "Saint Brannoc Hospital",
    "Merrowick General Hospital",
    "the Varrisey University Hospital",
    "the Kirrawe Children's Hospital",
    "Northgate Medical Centre",
    "the Ashgrove Eye Hospital",
)

ANALYST_FIRMS = (
    "Harrow & Pine",
    "Delphia Research",
    "Colonnade Partners",
    "Bluestem Advisory",
    "the consultancy Ninefold",
    "Tidewater Equity Research",
)

CAMPAIGNS = (
    "the campaign group Open Ledger",
    "the Digital Rights Forum",
    "the consumer association Clearview Watch",
    "the charity Fair Machines",
    "the Algorithm Accountability Project",
)

UNIONS = (
    "the Union of Logistics Workers",
    "the Screen and Voice Guild",
    "the Public Services Federation",
    "the Allied Office Workers' Union",
)

FUNDS = (
    "Larkspur Capital",
    "Third Harbour Ventures",
    "Meltwater Bay Partners",
    "Ironwood Growth",
    "Sable & Finch",
    "the Karelund state pension fund",
)

PRODUCT_NAMES = tuple(
    """Lumora Sagewell Tessel Polaris-9 Brightwater Kite Arbor Cadence Ostara Nimbus-L
    Fathomer Ledgerly Wayfare Stillwater Plumb Vantage-3 Heron Marlow Inkwell-3
    Compass-2 Juniper
    Orchard Skein Beacon Tern Parallax-7 Gannet Weftline Saffron Cobalt-X Foundry-2 Thistle
    Mosaic-4 Rowan Harbinger Pilot-S Everwood Candle-Oak Rook Anvil-5 Meridian-Q Solstice
    Tallow Verity Basalt-8 Corvid Lattice-6 Umber Halcyon Sparrow-M""".split()
)

# sector, name, what, city
_COMPANIES = (
    ("chips", "Corvanta", "chip designer", "Lindholt"),
    ("chips", "Halden Micro", "chip maker", "Tamaru"),
    ("chips", "Siltro", "memory maker", "Ostrevik"),
    ("chips", "Pellucid Semiconductor", "foundry operator", "Novi Brezin"),
    ("models", "Aurelian", "AI developer", "Calder Bay"),
    ("models", "Tern & Lyle", "AI laboratory", "Port Ellery"),
    ("models", "Novalis Labs", "AI developer", "Montclare"),
    ("models", "Quorum Intelligence", "AI start-up", "Halvik"),
    ("models", "Papyrus Works", "language-model start-up", "Saint-Orlan"),
    ("cloud", "Stratus Reach", "cloud provider", "Kestrel Falls"),
    ("cloud", "Oakline", "software group", "Merrowick"),
    ("cloud", "Veyra Systems", "enterprise software company", "Varrisey"),
    ("robots", "Brightarm", "robot maker", "Tavenna"),
    ("robots", "Kinetica Works", "warehouse-automation company", "Belhaven Cross"),
    ("robots", "Stride Robotics", "robotics start-up", "Quillon"),
    ("health", "Medilux", "medical-imaging company", "Aldermoor"),
    ("health", "Carewise", "health-technology company", "Ashgrove"),
    ("health", "Lumen Diagnostics", "diagnostics start-up", "Santa Mirela"),
    ("vehicles", "Wayland Motors", "car maker", "Dunmarrow"),
    ("vehicles", "Ferrow", "self-driving company", "Kestrel Falls"),
    ("vehicles", "Lanewise", "robotaxi operator", "Calder Bay"),
    ("security", "Palisade Security", "security company", "Halvik"),
    ("security", "Redoubt", "cyber-security firm", "Varrisey"),
    ("media", "Brightfold", "picture-sharing service", "Port Ellery"),
    ("media", "Cantor Studios", "film and games studio", "Santa Mirela"),
    ("media", "Echolane", "music-streaming service", "Montclare"),
    ("finance", "Bank of Merrowick", "retail bank", "Merrowick"),
    ("finance", "Copperfield Mutual", "insurer", "Ashgrove"),
    ("retail", "Hartley & Moss", "supermarket chain", "Dunmarrow"),
    ("retail", "Parcelo", "delivery company", "Belhaven Cross"),
    ("energy", "Gridhaven", "power-grid operator", "Lindholt"),
    ("energy", "Norrwind", "wind-farm operator", "Halvik"),
    ("education", "Scholara", "learning-software company", "Saint-Orlan"),
    ("education", "Lectern", "tutoring app", "Tavenna"),
)


def companies() -> tuple[Company, ...]:
    """Every company, each with a boss who stays the same in all worlds."""
    return tuple(
        Company(name=name, sector=sector, what=what, city=city, boss=_boss(index))
        for index, (sector, name, what, city) in enumerate(_COMPANIES)
    )


def _boss(index: int) -> str:
    # Steps coprime to the list lengths walk each list without repeating a pair.
    first = FIRST_NAMES[(index * 7 + 3) % len(FIRST_NAMES)]
    return f"{first} {LAST_NAMES[(index * 11 + 5) % len(LAST_NAMES)]}"
