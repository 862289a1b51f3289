from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, article, hours
from newsdesk.stages.duplicates import duplicates

LONG = "A headline long enough to prove something"


def test_one_canonical_address_is_one_article():
    early = article("b", web_url="https://a.example/story")
    late = replace(
        article(
            "a", web_url="https://www.a.example/story/?utm_source=x", title="Other"
        ),
        first_seen_at=NOW + hours(1),
    )
    assert duplicates([late, early]) == (("a", "b"),)


def test_the_same_headline_of_one_provider_within_a_day_is_one_article():
    assert duplicates([article("a", title=LONG), article("b", title=f"“{LONG}”")]) == (
        ("b", "a"),
    )


def test_the_same_headline_of_another_provider_is_coverage():
    one, other = article("a", title=LONG), article("b", "b.example", title=LONG)
    assert duplicates([one, other]) == ()


def test_a_yearly_headline_and_a_short_one_prove_nothing():
    later = article("b", title=LONG, published_at=NOW - hours(48))
    assert duplicates([article("a", title=LONG), later]) == ()
    assert (
        duplicates([article("a", title="Briefs"), article("b", title="Briefs")]) == ()
    )


@given(st.permutations([article(n, title=LONG) for n in "abcd"]))
def test_the_order_of_articles_does_not_matter(articles):
    assert duplicates(articles) == (("b", "a"), ("c", "a"), ("d", "a"))
