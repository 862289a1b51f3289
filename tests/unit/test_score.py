from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, article, at, good_article, hours
from newsdesk.model.article import Provider
from newsdesk.model.feed import Picture
from newsdesk.model.story import Score
from newsdesk.stages import score


def adds_up(given: Score) -> bool:
    total = sum(round(part.points * 100) for part in given.parts)
    return given.value == max(0, min(100, (total + 50) // 100))


def test_reporting_passes_and_a_bare_link_does_not():
    assert score.quality(good_article("1", "a.example")).value >= 70
    assert score.quality(article("1", text="")).value < 40


def test_the_receipt_adds_up_to_the_score():
    assert adds_up(score.quality(good_article("1", "a.example")))


def test_a_picture_alone_lifts_little():
    bare = article("1", text="word " * 100)
    shown = replace(
        bare, reading=replace(bare.reading, pictures=(Picture(url="https://a/1.jpg"),))
    )
    lifted = score.quality(shown).value - score.quality(bare).value
    assert lifted == round(score.PICTURE)


def test_market_research_spam_is_named_and_marked_down():
    spam = good_article(
        "1",
        "a.example",
        title="Robot Vacuum Market Size to Reach $9bn by 2031, CAGR 7%",
    )
    receipt = score.quality(spam)
    assert receipt.value < 70
    assert "promotion" in [part.name for part in receipt.parts]


def test_a_date_in_the_future_earns_nothing():
    late = article("1", published_at=NOW + hours(48))
    part = next(p for p in score.quality(late).parts if p.name == "date")
    assert part.points == 0
    assert "future" in part.why


def test_a_known_provider_earns_its_points():
    known = Provider(domain="a.example", name="A", is_known=True)
    gained = (
        score.quality(replace(good_article("1", "a.example"), provider=known)).value
        - score.quality(good_article("1", "a.example")).value
    )
    assert 0 < gained <= score.KNOWN_PROVIDER


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=400))
def test_quality_stays_in_bounds_and_adds_up_for_any_text(title, excerpt, text):
    receipt = score.quality(article("1", title=title, excerpt=excerpt, text=text))
    assert 0 <= receipt.value <= 100
    assert adds_up(receipt)


instants = st.lists(st.floats(-200, 0), min_size=0, max_size=12)


@given(instants, st.floats(-200, 0))
def test_another_provider_never_lowers_heat(ages, age):
    covering = [at(article(str(n), f"{n}.example"), h) for n, h in enumerate(ages)]
    more = [*covering, at(article("x", "x.example"), age)]
    before = score.heat(covering, NOW, half_life_h=24)
    after = score.heat(more, NOW, half_life_h=24)
    assert before.value <= after.value <= 100
    assert adds_up(after)


def test_heat_halves_in_a_half_life():
    fresh = score.heat([article("1")], NOW, half_life_h=24)
    stale = score.heat([article("1")], NOW + hours(24), half_life_h=24)
    assert (fresh.value, stale.value) == (20, 10)


def test_one_provider_counts_once_however_much_it_publishes():
    once = score.heat([article("1")], NOW, half_life_h=24)
    assert score.heat([article("1"), article("2")], NOW, half_life_h=24) == once


def test_what_is_of_no_known_time_has_no_heat():
    timeless = replace(article("1", published_at=None), is_timeless=True)
    receipt = score.heat([timeless], NOW, half_life_h=24)
    assert receipt.value == 0
    assert "no known time" in receipt.parts[0].why


def test_an_outlet_that_names_itself_as_the_author_gets_nothing_for_it():
    own = article(domain="harbour.example", authors=("Harbour",))
    agency = article(domain="harbour.example", authors=("Reuters",))
    person = article(domain="harbour.example", authors=("Ada Byron",))
    points = [
        next(part.points for part in score.quality(one).parts if part.name == "author")
        for one in (own, agency, person)
    ]
    assert points == [0.0, 0.0, score.AUTHOR]
