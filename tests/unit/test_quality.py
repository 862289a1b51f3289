from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, adds_up, article, good_article, hours
from newsdesk.model.article import Provider
from newsdesk.model.feed import Picture
from newsdesk.stages import quality


def test_reporting_passes_and_a_bare_link_does_not():
    assert quality.scored(good_article("1", "a.example")).value >= 70
    assert quality.scored(article("1", text="")).value < 40


def test_the_receipt_adds_up_to_the_score():
    assert adds_up(quality.scored(good_article("1", "a.example")))


def test_a_picture_alone_lifts_little():
    bare = article("1", text="word " * 100)
    shown = replace(
        bare, reading=replace(bare.reading, pictures=(Picture(url="https://a/1.jpg"),))
    )
    lifted = quality.scored(shown).value - quality.scored(bare).value
    assert lifted == round(quality.PICTURE)


def test_market_research_spam_is_named_and_marked_down():
    spam = good_article(
        "1",
        "a.example",
        title="Robot Vacuum Market Size to Reach $9bn by 2031, CAGR 7%",
    )
    receipt = quality.scored(spam)
    assert receipt.value < 70
    assert "promotion" in [part.name for part in receipt.parts]


def test_a_date_in_the_future_earns_nothing():
    late = article("1", published_at=NOW + hours(48))
    part = next(p for p in quality.scored(late).parts if p.name == "date")
    assert part.points == 0
    assert "future" in part.why


def test_a_known_provider_earns_its_points():
    known = Provider(domain="a.example", name="A", is_known=True)
    gained = (
        quality.scored(replace(good_article("1", "a.example"), provider=known)).value
        - quality.scored(good_article("1", "a.example")).value
    )
    assert 0 < gained <= quality.KNOWN_PROVIDER


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=400))
def test_quality_stays_in_bounds_and_adds_up_for_any_text(title, excerpt, text):
    receipt = quality.scored(article("1", title=title, excerpt=excerpt, text=text))
    assert 0 <= receipt.value <= 100
    assert adds_up(receipt)


def test_an_outlet_that_names_itself_as_the_author_gets_nothing_for_it():
    own = article(domain="harbour.example", authors=("Harbour",))
    agency = article(domain="harbour.example", authors=("Reuters",))
    person = article(domain="harbour.example", authors=("Ada Byron",))
    points = [
        next(part.points for part in quality.scored(one).parts if part.name == "author")
        for one in (own, agency, person)
    ]
    assert points == [0.0, 0.0, quality.AUTHOR]
