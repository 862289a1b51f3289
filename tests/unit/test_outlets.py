"""The registry of outlets that ships: its facts in order, and what a site says instead."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.config import outlets
from newsdesk.model.article import Logo, Provider, ProviderKind
from newsdesk.stages import identify_registry
from newsdesk.stages.identify_registry import Outlet, directory
from newsdesk.text import urls

LEAST = 300

# ISO 3166-1 alpha-2, those that are assigned.
COUNTRIES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM
    BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY
    CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI
    GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD
    ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO
    NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW""".split()
)
LANGUAGES = frozenset(
    """ar az bg bn bs ca cs da de el en es et fa fi fr fy gl he hi hr hu hy id is it ja ka
    kk ko lb lt lv mk ms nl no pl ps pt rm ro ru sk sl sq sr sv ta th tr uk ur uz vi
    zh""".split()
)


@pytest.fixture(scope="module")
def shipped() -> tuple[Outlet, ...]:
    return identify_registry.parse(outlets.text())


def test_it_knows_many_outlets_of_every_kind_and_of_many_countries(
    shipped: tuple[Outlet, ...],
) -> None:
    assert len(shipped) >= LEAST
    assert {one.provider.kind for one in shipped} == set(ProviderKind)
    assert len({one.provider.country for one in shipped}) > 40


def test_every_domain_belongs_to_one_outlet(shipped: tuple[Outlet, ...]) -> None:
    counted = Counter(domain for one in shipped for domain in one.domains)
    assert [domain for domain, times in counted.items() if times > 1] == []


def test_every_domain_is_spelt_as_addresses_are(shipped: tuple[Outlet, ...]) -> None:
    for one in shipped:
        for domain in one.domains:
            assert urls.host(f"https://{domain}/") == domain
            assert not domain.startswith("www.")


def test_every_line_names_real_countries_and_languages(
    shipped: tuple[Outlet, ...],
) -> None:
    codes = {one.provider.country for one in shipped} - {None}
    assert codes - COUNTRIES == set()
    assert {one.provider.language for one in shipped} - {None} - LANGUAGES == set()


def test_names_are_names(shipped: tuple[Outlet, ...]) -> None:
    odd = [
        one.provider.name
        for one in shipped
        if not 1 <= len(one.provider.name) <= 60
        or one.provider.name != " ".join(one.provider.name.split())
    ]
    assert odd == []


def test_the_lines_are_sorted_so_that_changes_can_be_read() -> None:
    lines = outlets.text().splitlines()
    assert [line.split(" | ")[0] for line in lines] == sorted(
        line.split(" | ")[0] for line in lines
    )
    assert [line for line in lines if line != line.strip()] == []


def test_two_outlets_of_one_name_are_told_apart(shipped: tuple[Outlet, ...]) -> None:
    counted = Counter(one.provider.name.casefold() for one in shipped)
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("address", "domain", "kind", "country"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.com", "broadcaster", "GB"),
        ("https://edition.cnn.com/2026/x", "cnn.com", "broadcaster", "US"),
        ("https://www.thetimes.co.uk/x", "thetimes.com", "newspaper", "GB"),
        ("https://economictimes.indiatimes.com/x", "economictimes.indiatimes.com",
         "newspaper", "IN"),
        ("https://www.reuters.com/x", "reuters.com", "agency", "GB"),
        ("https://ai.meta.com/blog/x", "ai.meta.com", "lab", "US"),
        ("https://about.fb.com/news/x", "fb.com", "company", "US"),
        ("https://www.prnewswire.com/x", "prnewswire.com", "press-release wire", "US"),
        ("https://www.gov.uk/x", "gov.uk", "government", "GB"),
        ("https://www.msnbc.com/x", "ms.now", "broadcaster", "US"),
    ],
)  # fmt: skip
def test_an_address_leads_to_its_outlet(
    address: str, domain: str, kind: str, country: str
) -> None:
    found = directory((), outlets.text()).at(address)
    assert found is not None
    assert (found.domain, found.kind, found.country) == (domain, kind, country)


def test_a_lent_name_is_not_taken_for_its_lender() -> None:
    known = directory((), outlets.text())
    assert known.at("https://ada.substack.com/p/x") is None
    assert known.at("https://www.youtube.com/@ada") is None
    assert known.at("https://www.youtube.com/watch?v=1").domain == "youtube.com"  # type: ignore[union-attr]


def test_an_outlet_is_found_by_its_name() -> None:
    known = directory((), outlets.text())
    for name in ("Reuters", "The Guardian", "Guardian", "BBC News", "AFP"):
        assert known.named(name) is not None, name
    assert known.named("Nobody's Gazette") is None


def test_a_site_s_own_file_wins_and_fills_only_what_it_names() -> None:
    line = "harbour.example | The Harbour | newspaper | GB | en | harbour.test\n"
    logo = Logo(url="https://site.example/h.png", width=50, height=50)
    mine = Provider(domain="harbour.test", name="", logos=(logo,), is_known=True)
    known = directory((mine,), line)
    expected = Provider(
        domain="harbour.test",
        name="The Harbour",
        logos=(logo,),
        is_known=True,
        kind=ProviderKind.NEWSPAPER,
        country="GB",
        language="en",
    )
    assert known.at("https://www.harbour.example/a") == expected
    assert known.at("https://harbour.test/a") == expected


def test_two_files_for_domains_of_one_outlet_are_two_outlets() -> None:
    line = "harbour.example | The Harbour | newspaper | GB | en | pier.example\n"
    one = Provider(domain="harbour.example", name="H", is_known=True)
    two = Provider(domain="pier.example", name="P", is_known=True)
    known = directory((one, two), line)
    assert known.by_place["harbour.example"].name == "H"
    assert known.by_place["pier.example"].name == "P"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a.example | A | paper | GB | en", "line 1: there is no kind `paper`"),
        ("a.example | A | blog | Britain | en", "line 1: `Britain` is no code"),
        ("a.example | A | blog", "line 1: has 3 columns, not 5 or 6"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        identify_registry.parse(line)


def test_a_site_knows_the_shipped_outlets(tmp_path: Path) -> None:
    config.create(tmp_path, "blank")
    assert config.load(tmp_path).outlets == outlets.text()


def test_the_starter_names_outlets_as_the_registry_does(tmp_path: Path) -> None:
    config.create(tmp_path, "ai")
    site = config.load(tmp_path)
    known = directory((), outlets.text())
    for mine in site.providers:
        found = known.by_place.get(mine.domain)
        assert found is not None, mine.domain
        assert (mine.domain, mine.name) == (found.domain, found.name)
