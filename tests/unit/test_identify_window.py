"""What the articles of a window agree on about their providers."""

from __future__ import annotations

from dataclasses import replace

from makers import article, site
from newsdesk.model.article import Article, Imprint, Logo, Provider, ProviderKind
from newsdesk.model.site import Rules
from newsdesk.stages import cover, identify_window
from newsdesk.stages.identify_registry import directory

NOBODY = directory()
SQUARE = Logo(url="https://a.example/square.png", width=60, height=60)
WIDE = Logo(url="https://a.example/wide.png", width=600, height=60)
LINE = "a.example | The Harbour | newspaper | GB | en | old.example\n"


def called(number: int, name: str, logo: Logo | None = None, **more: object) -> Article:
    imprint = Imprint(logos=(logo,)) if logo else None
    made = article(str(number), imprint=imprint)
    provider = Provider(domain="a.example", name=name)
    return replace(made, provider=replace(provider, **more))


def test_most_pages_of_an_outlet_decide_what_it_is_called() -> None:
    given = [called(1, "Harbour"), called(2, "Sport"), called(3, "Harbour")]
    got = identify_window.settled(given, NOBODY)
    assert {one.provider.name for one in got} == {"Harbour"}
    assert [one.id for one in got] == ["1", "2", "3"]


def test_a_name_outvotes_the_domain_that_stands_in_for_one() -> None:
    given = [called(1, "a.example"), called(2, "a.example"), called(3, "Harbour")]
    got = identify_window.settled(given, NOBODY)
    assert {one.provider.name for one in got} == {"Harbour"}


def test_the_logo_that_most_pages_name_is_everybodys() -> None:
    given = [called(1, "H", WIDE), called(2, "H", SQUARE), called(3, "H", SQUARE)]
    got = identify_window.settled([*given, called(4, "H")], NOBODY)
    assert {one.provider.logos for one in got} == {(SQUARE,)}


def test_the_order_of_the_articles_does_not_matter() -> None:
    given = [called(1, "Harbour", WIDE), called(2, "Pier", SQUARE)]
    one = identify_window.settled(given, NOBODY)
    other = identify_window.settled(given[::-1], NOBODY)
    assert {a.provider for a in one} == {a.provider for a in other}
    assert len({a.provider for a in one}) == 1


def test_what_is_known_stands_above_what_pages_say() -> None:
    got = identify_window.settled([called(1, "Sport", WIDE)], directory((), LINE))
    assert got[0].provider == Provider(
        domain="a.example",
        name="The Harbour",
        logos=(WIDE,),
        kind=ProviderKind.NEWSPAPER,
        country="GB",
        language="en",
    )


def test_an_organisation_named_later_holds_for_articles_read_before() -> None:
    mine = Provider(domain="a.example", name="", logos=(SQUARE,), is_known=True)
    known = directory((mine,), LINE)
    (got,) = identify_window.settled([called(1, "Sport", WIDE)], known)
    assert got.provider.is_known
    assert got.provider.logos == (SQUARE,)
    (got,) = identify_window.settled([got], directory((), LINE))
    assert not got.provider.is_known


def test_a_copy_at_an_aggregator_does_not_lend_its_logo_to_the_writer() -> None:
    copy = called(1, "Harbour", WIDE)
    shown = replace(copy, reading=replace(copy.reading, web_url="https://b.example/1"))
    (got,) = identify_window.settled([shown], NOBODY)
    assert got.provider.logos == ()


def test_a_blocked_outlet_is_blocked_under_all_of_its_domains() -> None:
    mine = site(outlets=LINE, rules=Rules(blocked=("old.example",)))
    assert cover.fresh([called(1, "Harbour")], mine) == []
    mine = site(outlets=LINE, rules=Rules(blocked=("c.example",)))
    assert len(cover.fresh([called(1, "Harbour")], mine)) == 1
