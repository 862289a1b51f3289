"""What is listed beside a lead: order, one entry a provider, copies counted once."""

from __future__ import annotations

from makers import article, good_article
from newsdesk.model.article import Article
from newsdesk.model.story import Copy, CopyKind
from newsdesk.stages import lead, listing, quality

LEAD = good_article("lead", "lead.example")
NEW_FACTS = (
    "Yesterday the ministry in Lisbon told Ana Ferreira that 4,200 jobs and 37 sites are "
    "affected. Banco Azul lent $12 million to Porto Steel, while Rui Costa and Marta Dias "
    "spoke of 18% less output in Coimbra. "
)
PLAIN = "the same things were told again in other and in longer words than before. "


def listed(*members: Article, copies: tuple[Copy, ...] = ()) -> listing.Coverage:
    by_id = {copy.article: copy for copy in copies}
    qualities = {a.id: quality.scored(a) for a in members}
    standings = {
        a.id: lead.standing(a, qualities[a.id], by_id.get(a.id)) for a in members
    }
    return listing.coverage(members[0], members, qualities, standings, by_id)


def copy(of: Article, original: Article, kind: CopyKind = CopyKind.REPRINT) -> Copy:
    return Copy(
        article=of.id,
        original=original.id,
        source=original.provider.domain,
        kind=kind,
    )


def ids(articles: tuple[Article, ...]) -> list[str]:
    return [a.id for a in articles]


def test_the_best_come_first_and_a_provider_comes_once():
    best = good_article("1", "a.example")
    again = good_article("2", "a.example", authors=())
    thin = article("3", "b.example", text="word " * 60)
    found = listed(LEAD, thin, again, best)
    assert ids(found.related) == ["1", "3"]
    assert ids(found.more) == ["2"]


def test_of_equal_quality_the_one_that_stands_better_comes_first():
    paid = good_article("1", "a.example", paywall=("it says so",))
    free = good_article("2", "b.example")
    assert ids(listed(LEAD, paid, free).related) == ["2", "1"]


def test_a_further_piece_with_much_that_is_new_is_listed_too():
    first = good_article("1", "a.example")
    more = good_article("2", "a.example", text=NEW_FACTS + PLAIN * 20)
    assert sorted(ids(listed(LEAD, first, more).related)) == ["1", "2"]
    short = good_article("2", "a.example", text=NEW_FACTS)
    assert ids(listed(LEAD, first, short).more) == ["2"]
    same = good_article("2", "a.example", text=first.reading.text + PLAIN * 20)
    assert ids(listed(LEAD, first, same).more) == ["2"]


def test_the_outlet_of_the_lead_is_listed_only_where_it_adds_something():
    more = good_article("2", "lead.example", text=NEW_FACTS + PLAIN * 20)
    same = good_article("3", "lead.example", authors=())
    assert ids(listed(LEAD, more, same).related) == ["2"]


def test_a_provider_has_three_pieces_at_most():
    names = ("Ada", "Bea", "Cleo", "Dora", "Edda")
    pieces = tuple(
        good_article(
            f"{n}",
            "a.example",
            text=" ".join(f"We met {name} {x} there." for x in names) + PLAIN * 20,
        )
        for n, name in enumerate(("Una", "Vera", "Wera", "Xena", "Yara"))
    )
    found = listed(LEAD, *pieces)
    assert len(found.related) <= listing.A_PROVIDER


def test_a_copy_is_counted_with_its_original_and_not_listed():
    own = good_article("1", "a.example", authors=())
    better = good_article("2", "b.example")
    found = listed(LEAD, better, own, copies=(copy(better, own),))
    assert ids(found.related) == ["1"]
    assert ids(found.more) == ["2"]
    assert found.also_in == (("1", ("2",)),)


def test_the_original_of_the_lead_and_its_other_copies_are_counted_with_it():
    original = good_article("1", "agency.example")
    other = good_article("2", "b.example", authors=())
    told = (copy(LEAD, original, CopyKind.WIRE), copy(other, original, CopyKind.WIRE))
    found = listed(LEAD, original, other, copies=told)
    assert found.related == ()
    assert found.also_in == (("lead", ("1", "2")),)


def test_a_copy_stands_in_for_an_original_that_is_not_listed():
    first = good_article("1", "a.example")
    second = good_article("2", "a.example", authors=())
    other = good_article("3", "b.example", authors=())
    found = listed(LEAD, first, second, other, copies=(copy(other, second),))
    assert ids(found.related) == ["1", "3"]
    assert found.also_in == (("3", ("2",)),)


def test_material_of_another_is_still_a_piece_of_its_own():
    first = good_article("1", "a.example")
    own = good_article("2", "b.example")
    told = (copy(own, first, CopyKind.MATERIAL),)
    assert sorted(ids(listed(LEAD, first, own, copies=told).related)) == ["1", "2"]


def test_copies_of_each_other_are_listed_once():
    one, two = good_article("1", "a.example"), good_article("2", "b.example")
    found = listed(LEAD, one, two, copies=(copy(one, two), copy(two, one)))
    assert len(found.related) + len(found.more) == 2
    assert found.related
