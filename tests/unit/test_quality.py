from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, adds_up, article, good_article, hours
from newsdesk.model.article import ArticleType, Provider, ProviderKind
from newsdesk.model.feed import Picture
from newsdesk.model.site import Rules
from newsdesk.model.story import Copy, CopyKind
from newsdesk.stages import quality
from plain_prose import GUIDE, REPORT


def report(**more):
    given = {
        "title": "Four held after fire destroys mill in Brackwater",
        "text": REPORT * 3,
        "page_read": True,
        "authors": ("Ada Byron",),
    }
    return article(**(given | more))


def part(score, name):
    return next(one for one in score.parts if one.name == name)


def names(score):
    return [one.name for one in score.parts]


def test_plain_reporting_of_an_outlet_that_nobody_knows_passes():
    assert quality.scored(report()).value >= Rules().threshold


def test_a_bare_link_is_far_from_passing():
    assert quality.scored(article("1", text="")).value < 40


@pytest.mark.parametrize("times", [1, 4, 20])
def test_a_guide_does_not_pass_however_long_it_is(times):
    guide = report(
        title="10 easy tips to sleep better in 2026", text=GUIDE * times,
        pictures=(Picture(url="https://a.example/1.jpg"),),
    )  # fmt: skip
    assert quality.scored(guide).value < 40


def test_the_receipt_adds_up_to_the_score():
    assert adds_up(quality.scored(good_article("1", "a.example")))


def test_most_of_all_parts_is_a_hundred():
    most = (
        quality.LENGTH + quality.SPEAKERS + quality.QUOTES + quality.FIGURES
        + quality.LINKS + quality.NEWS + quality.OWN_TEXT + quality.AUTHOR
        + quality.DATE_TO_THE_MINUTE + quality.KNOWN_PROVIDER
        + quality.quality_provider.RECORD + quality.quality_headline.HEADLINE
        + quality.EXCERPT + quality.PICTURE + quality.OPEN + quality.PAGE_READ
    )  # fmt: skip
    assert most == 100


def test_those_who_are_quoted_by_name_are_told():
    told = part(quality.scored(report()), "speakers")
    assert told.points > 0
    assert "Lena Orcutt" in told.why
    assert "Tomas Weld" in told.why


def test_links_to_sources_at_first_hand_count_and_those_to_the_outlet_do_not():
    linked = report(
        html='<p><a href="https://www.court.gov/ruling">a ruling</a>, '
        '<a href="https://doi.org/10.1/2">a paper</a>, '
        '<a href="https://a.example/more.pdf">more</a></p>'
    )
    told = part(quality.scored(linked), "sources")
    assert told.points == quality.LINKS
    assert "court.gov (an official page), doi.org (a paper)" in told.why
    assert part(quality.scored(report()), "sources").points == 0


@given(
    st.sampled_from([REPORT, GUIDE, "word ", ""]),
    st.integers(min_value=0, max_value=8),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["Four held after fire destroys mill", "10 tips?", "MILL", ""]),
    st.integers(min_value=1, max_value=quality.PICTURE_FROM),
)
def test_an_added_picture_alone_lifts_nothing_over_a_threshold(
    text, times, has_author, is_known, title, threshold
):
    bare = report(
        title=title,
        text=text * times,
        authors=("Ada Byron",) if has_author else (),
        provider=Provider(domain="a.example", name="A", is_known=is_known),
    )
    shown = replace(
        bare, reading=replace(bare.reading, pictures=(Picture(url="https://a/1.jpg"),))
    )
    before, after = quality.scored(bare).value, quality.scored(shown).value
    assert before <= after <= before + quality.PICTURE
    assert (after >= threshold) == (before >= threshold)


def test_a_picture_counts_where_the_rest_is_good_beyond_doubt():
    best = report(
        text=REPORT * 6,
        provider=Provider(domain="a.example", name="A", is_known=True),
        html='<p><a href="https://www.court.gov/a">a</a> '
        '<a href="https://doi.org/10.1/2">b</a></p>',
    )
    shown = replace(best, reading=replace(best.reading, pictures=(Picture(url="u"),)))
    assert quality.scored(best).value >= quality.PICTURE_FROM
    assert part(quality.scored(shown), "picture").points == quality.PICTURE


def test_market_research_spam_is_named_and_marked_down():
    spam = good_article(
        "1",
        "a.example",
        title="Robot Vacuum Market Size to Reach $9bn by 2031, CAGR 7%",
    )
    receipt = quality.scored(spam)
    assert receipt.value < 70
    assert "“cagr”" in part(receipt, "market research").why


def test_a_copy_gives_less_than_a_text_of_its_own():
    def points(kind, original):
        copy = Copy(article="1", source="agency.example", kind=kind, original=original)
        return part(quality.scored(report(), copy=copy), "own text").points

    assert part(quality.scored(report()), "own text").points == quality.OWN_TEXT
    assert points(CopyKind.REPRINT, "2") == 0
    assert points(CopyKind.WIRE, None) == quality.UNHELD_COPY
    assert points(CopyKind.MATERIAL, "2") == quality.MATERIAL


def test_a_date_in_the_future_earns_nothing():
    late = part(quality.scored(article("1", published_at=NOW + hours(48))), "date")
    assert late.points == 0
    assert "future" in late.why


def test_a_date_that_another_contradicts_earns_little():
    doubtful = article("1", published_at=NOW, updated_at=NOW - hours(48))
    assert part(quality.scored(doubtful), "date").points == quality.DATE_CONTRADICTED


def test_a_day_without_a_time_earns_less_and_no_date_nothing():
    day = article("1", published_has_time=False)
    assert part(quality.scored(day), "date").points == quality.DATE_TO_THE_DAY
    assert part(quality.scored(article("1", published_at=None)), "date").points == 0


@pytest.mark.parametrize(
    ("provider", "points"),
    [
        (Provider(domain="a.example", name="A", is_known=True), quality.KNOWN_PROVIDER),
        (
            Provider(domain="a.example", name="A", kind=ProviderKind.NEWSPAPER),
            quality.NEWSROOM,
        ),
        (Provider(domain="a.example", name="A", kind=ProviderKind.LAB), quality.SENDER),
        (Provider(domain="a.example", name="A", kind=ProviderKind.WIRE), 0),
        (Provider(domain="a.example", name="A"), 0),
    ],
)
def test_what_is_known_of_a_provider_counts(provider, points):
    receipt = quality.scored(replace(report(), provider=provider))
    assert part(receipt, "provider").points == points


def test_what_a_provider_has_shown_counts():
    clean = quality.scored(report(), voice=1.0)
    copying = quality.scored(report(), voice=0.6)
    assert clean.value > quality.scored(report()).value > copying.value


def test_a_paywall_costs_what_an_open_page_earns():
    paid = quality.scored(report(paywall=("only for subscribers",)))
    assert part(paid, "open").points == 0
    assert part(paid, "open").why == "only for subscribers"
    assert part(quality.scored(report()), "open").points == quality.OPEN


def test_a_film_is_not_asked_for_what_reports_have():
    film = report(type=ArticleType.VIDEO, text="A look at the fire from above. " * 8)
    as_report = report(text="A look at the fire from above. " * 8)
    told = quality.scored(film)
    assert told.value > quality.scored(as_report).value
    assert part(told, "speakers").why == "not asked of a video"


def test_a_paper_is_judged_as_a_paper():
    paper = report(
        title="Sparse attention without a teacher",
        text="Abstract. We propose a method by which you can train models. " * 20,
        web_url="https://doi.org/10.1/2",
    )
    assert part(quality.scored(paper), "reads like news").why == "not asked of a paper"


def test_a_blog_of_a_person_may_say_i():
    text = "I think that my code is slow and I do not know why. " * 30
    own = Provider(domain="a.example", name="A", kind=ProviderKind.BLOG)
    blog = quality.scored(replace(report(text=text), provider=own))
    assert part(blog, "reads like news").points == quality.NEUTRAL
    assert part(quality.scored(report(text=text)), "reads like news").points < 0


def test_a_page_that_calls_itself_a_release_is_one():
    told = quality.scored(report(type=ArticleType.PRESS_RELEASE))
    assert part(told, "press release").why == "the page says that it is one"


def test_a_list_of_others_is_no_article():
    assert "listing" in names(quality.scored(report(type=ArticleType.LISTING)))


def test_a_page_with_hardly_a_word_is_a_shell_and_a_short_entry_is_not():
    words = "Police arrested four men on Tuesday."
    assert "empty shell" in names(quality.scored(report(text=words)))
    entry = quality.scored(report(text=words, page_read=False))
    assert "empty shell" not in names(entry)


def test_a_language_without_words_is_not_held_against_a_text():
    told = quality.scored(report(text="물이 높이 올라왔다. " * 40, language="ko"))
    assert part(told, "reads like news").points == quality.NEUTRAL


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=400))
def test_quality_stays_in_bounds_and_adds_up_for_any_text(title, excerpt, text):
    receipt = quality.scored(article("1", title=title, excerpt=excerpt, text=text))
    assert 0 <= receipt.value <= 100
    assert adds_up(receipt)
    assert len(names(receipt)) == len(set(names(receipt)))


def test_the_same_article_has_the_same_digits():
    assert quality.scored(report()) == quality.scored(report())


def test_an_outlet_that_names_itself_as_the_author_gets_nothing_for_it():
    own = article(domain="harbour.example", authors=("Harbour",))
    agency = article(domain="harbour.example", authors=("Reuters",))
    person = article(domain="harbour.example", authors=("Ada Byron",))
    points = [
        part(quality.scored(one), "author").points for one in (own, agency, person)
    ]
    assert points == [0.0, 0.0, quality.AUTHOR]
