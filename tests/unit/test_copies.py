from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from makers import NOW, article, at, hours
from newsdesk.model.article import ArticleId, Imprint, Provider, ProviderKind
from newsdesk.model.story import CopyKind
from newsdesk.stages import copies
from newsdesk.stages.identify_registry import directory

REGISTRY = """
reuters.com | Reuters | agency | GB | en | reut.rs
apnews.com | Associated Press | agency | US | en
businesswire.com | Business Wire | press-release wire | US | en
theharbour.example | The Harbour | newspaper | GB | en
stats.example | Stats Office | government | GB | en
"""
KNOWN = directory((), REGISTRY)

PARAGRAPHS = (
    "The harbour board closed the northern basin on Monday after divers found a crack.",
    "Ships will be led to the old quay until the wall has been mended, a speaker said.",
    "Fishermen had warned for two years that the wall was moving with every storm.",
    "Mending it will cost more than the town earns with the harbour in a whole year.",
    "The council is to decide in April whether the work is put out to tender at once.",
    "Until then two tugs are to watch the wall by night, at a cost the town must bear.",
)
TEXT = "\n\n".join(PARAGRAPHS)
OTHER = "\n\n".join(
    (
        "A wall in the port of the town has cracked, and nobody knows who is to pay.",
        "“We said so two winters ago,” said Ada Byron, who lands cod in the basin.",
        PARAGRAPHS[1],
        "The mayor, Max Kern, came to look at the damage and left without a word.",
        "Insurers say that the wall was never covered against what the sea does to it.",
    )
)


def piece(name, domain, text=TEXT, *, after=0.0, kind=None, outlet=None, **more):
    """An article of an outlet, so many hours after NOW."""
    made = at(article(name, domain, text=text, **more), after)
    provider = Provider(domain=domain, name=outlet or made.provider.name, kind=kind)
    return replace(made, provider=provider)


def found(*articles):
    return {copy.article: copy for copy in copies.found(articles, KNOWN)}


def test_the_later_of_two_equal_texts_is_the_copy():
    copy = found(piece("1", "b.example", after=2), piece("2", "a.example", after=5))
    assert copy.keys() == {"2"}
    assert copy["2"].original == "1"
    assert copy["2"].source == "b.example"
    assert copy["2"].kind is CopyKind.REPRINT
    assert copy["2"].share == 1.0
    assert copy["2"].evidence == (
        "100% of its text stands in that of b.example",
        "it came 3 hours later",
    )


def test_a_reprint_that_was_cut_to_half_is_found():
    cut = "\n\n".join(PARAGRAPHS[:3])
    copy = found(piece("1", "a.example"), piece("2", "b.example", cut, after=1))
    assert copy["2"].original == "1"


def test_a_copy_under_a_standfirst_or_an_opening_of_its_own_is_found():
    opening = "Nobody may moor in the north of the port for now, it was announced."
    menu = "Home News Politics Business Culture Sport"
    text = "\n\n".join((menu, opening, *PARAGRAPHS[1:]))
    copy = found(piece("1", "a.example"), piece("2", "b.example", text, after=1))
    assert copy["2"].original == "1"


def test_reports_that_quote_the_same_statement_are_no_copies():
    assert found(piece("1", "a.example"), piece("2", "b.example", OTHER)) == {}


def test_reports_that_tell_the_same_facts_in_another_order_are_no_copies():
    turned = "\n\n".join(PARAGRAPHS[i] for i in (3, 0, 5, 2, 4, 1))
    assert found(piece("1", "a.example"), piece("2", "b.example", turned)) == {}


def test_a_long_report_that_holds_a_short_statement_is_no_copy():
    own = "\n\n".join(f"Voice {n} says it {n} times over and in words {n}." for n in
                      range(60))  # fmt: skip
    long = piece("2", "b.example", f"{own}\n\n{TEXT}", after=1)
    assert found(piece("1", "a.example"), long) == {}


def test_reports_of_one_pattern_on_two_events_are_no_copies():
    pattern = (
        "A quake of magnitude {a} shook the coast on Monday, the survey said in a note.\n\n"
        "It struck at {b}.14 in the morning at a depth of {c} kilometres below the sea.\n\n"
        "No damage was reported at first, and no warning of a wave was given out by it.\n\n"
        "The survey counts some {d} quakes of that strength in the region in a usual year."
    )
    one = pattern.format(a="4.7", b=3, c=12, d=90)
    two = pattern.format(a="5.9", b=6, c=31, d=15)
    assert found(piece("1", "a.example", one), piece("2", "b.example", two)) == {}


def test_an_agency_is_the_source_though_its_client_was_earlier():
    client = piece("1", "a.example")
    agency = piece("2", "reuters.com", after=3, kind=ProviderKind.AGENCY)
    copy = found(client, agency)
    assert (copy["1"].original, copy["1"].kind) == ("2", CopyKind.WIRE)
    assert copy["1"].evidence[1] == "reuters.com is known as an agency or wire"
    assert "2" not in copy


def test_an_aggregator_is_never_the_source():
    shown = piece("1", "a.example", kind=ProviderKind.AGGREGATOR)
    copy = found(shown, piece("2", "b.example", after=4))
    assert copy["1"].original == "2"
    assert copy["1"].evidence[1] == "a.example shows what others wrote"


def test_what_is_a_duplicate_is_nobodys_original():
    duplicate = replace(piece("1", "a.example"), duplicate_of=ArticleId("0"))
    assert found(duplicate, piece("2", "b.example", after=1)) == {}


def test_an_agency_that_comes_days_later_is_the_copy():
    first = piece("1", "a.example")
    agency = piece("2", "reuters.com", after=50, kind=ProviderKind.AGENCY)
    assert found(first, agency).keys() == {"2"}


def test_the_source_that_a_text_names_is_its_original_though_it_was_later():
    credited = piece("1", "a.example", f"(The Harbour) – {TEXT}")
    named = piece("2", "theharbour.example", after=4, outlet="The Harbour")
    copy = found(credited, named)
    assert copy["1"].original == "2"
    assert copy["1"].kind is CopyKind.REPUBLISHED
    assert copy["1"].evidence[0].startswith("dateline: ")


def test_a_credit_alone_tells_of_a_text_that_we_do_not_hold():
    copy = found(piece("1", "a.example", f"OSLO, Nov 3 (Reuters) - {TEXT}"))["1"]
    assert (copy.original, copy.source, copy.kind) == (
        None,
        "reuters.com",
        CopyKind.WIRE,
    )
    assert copy.evidence == ("dateline: “OSLO, Nov 3 (Reuters) -”",)
    assert copy.is_dependent


def test_two_clients_of_one_agency_are_no_copies_of_each_other():
    one = piece("1", "a.example", f"OSLO (AP) — {TEXT}")
    two = piece("2", "b.example", f"(AP) — {TEXT}", after=1)
    copy = found(one, two)
    assert [copy[of].original for of in "12"] == [None, None]
    assert {copy[of].source for of in "12"} == {"apnews.com"}


def test_who_prints_a_clients_text_without_credit_stands_behind_the_client():
    client = piece("1", "a.example", f"OSLO (AP) — {TEXT}", after=2)
    silent = piece("2", "b.example")
    copy = found(client, silent)
    assert copy["2"].original == "1"
    assert copy["1"].original is None


def test_an_outlet_never_credits_itself():
    own = piece("1", "reuters.com", f"OSLO (Reuters) - {TEXT}",
                kind=ProviderKind.AGENCY)  # fmt: skip
    again = piece("2", "theharbour.example", f"{TEXT}\n\nSource: The Harbour",
                  after=100, outlet="The Harbour")  # fmt: skip
    assert found(own) == {}
    assert found(again) == {}


def test_figures_of_an_office_are_no_text_of_it():
    assert found(piece("1", "a.example", f"{TEXT}\n\nSource: Stats Office")) == {}


def test_material_that_was_used_leaves_a_report_its_own():
    text = f"{OTHER}\n\nThe Associated Press contributed to this report."
    copy = found(piece("1", "a.example", text, authors=("Ada Byron",)))["1"]
    assert copy.kind is CopyKind.MATERIAL
    assert not copy.is_dependent


def test_a_text_that_names_material_and_is_all_of_it_is_a_copy():
    agency = piece(
        "1", "apnews.com", kind=ProviderKind.AGENCY, outlet="Associated Press"
    )
    text = f"{TEXT}\n\nThe Associated Press contributed to this report."
    copy = found(agency, piece("2", "a.example", text, after=1))["2"]
    assert (copy.original, copy.kind) == ("1", CopyKind.WIRE)


def test_a_release_is_told_by_its_wire():
    text = f"OSLO--(BUSINESS WIRE)--{TEXT}"
    copy = found(piece("1", "a.example", text))["1"]
    assert (copy.source, copy.kind) == ("businesswire.com", CopyKind.RELEASE)


def test_a_page_that_names_an_original_elsewhere_is_republished():
    imprint = Imprint(origins=("https://www.reut.rs/story/1",))
    copy = found(piece("1", "a.example", imprint=imprint))["1"]
    assert (copy.source, copy.kind) == ("reuters.com", CopyKind.WIRE)
    home = Imprint(origins=("https://www.owner.example/",))
    assert found(piece("1", "a.example", imprint=home)) == {}


def test_the_source_that_a_feed_names_counts_where_it_is_an_outlet():
    named = piece("1", "a.example", imprint=Imprint(writers=("The Harbour",)))
    owner = piece("1", "a.example", imprint=Imprint(writers=("Stats Office", "Owner")))
    assert found(named)["1"].source == "theharbour.example"
    assert found(owner) == {}


def test_an_outlet_that_stands_as_the_author_is_the_source():
    alone = piece("1", "a.example", authors=("The Quay News",))
    beside = piece("1", "a.example", authors=("Ada Byron", "The Quay News"))
    known = piece("2", "quaynews.example", OTHER, outlet="The Quay News")
    assert found(alone, known)["1"].source == "quaynews.example"
    assert found(beside, known)["1"].kind is CopyKind.MATERIAL


def test_a_guest_who_has_a_blog_of_the_same_name_writes_for_the_host():
    guest = piece("1", "a.example", authors=("Ada Byron",))
    assert found(guest, piece("2", "byron.example", OTHER, outlet="Ada Byron")) == {}


def test_a_provider_that_prints_its_own_text_again_is_no_other_voice():
    copy = found(piece("1", "a.example"), piece("2", "a.example", after=9))["2"]
    assert copy.kind is CopyKind.AGAIN


def test_a_day_without_a_time_does_not_make_an_article_the_first():
    midnight = piece("1", "a.example", published_has_time=False)
    midnight = replace(midnight, first_seen_at=NOW + hours(20))
    assert found(midnight, piece("2", "b.example", after=10)).keys() == {"1"}


def test_a_few_words_prove_nothing():
    short = "The harbour board closed the northern basin on Monday."
    assert found(piece("1", "a.example", short), piece("2", "b.example", short)) == {}


def test_two_that_credit_each_other_are_not_each_others_copy():
    one = piece("1", "theharbour.example", f"{TEXT}\n\nSource: The Quay",
                outlet="The Harbour")  # fmt: skip
    two = piece("2", "quay.example", f"{TEXT}\n\nSource: The Harbour", after=1,
                outlet="The Quay")  # fmt: skip
    copy = found(one, two)
    held = [of for of in copy if copy[of].original]
    assert held == ["2"]


def test_texts_in_chinese_are_compared_too():
    text = (
        "港务局周一关闭了北码头，因为潜水员在墙上发现了一条裂缝。船只将改道旧码头，直到墙体修复。"
        "渔民两年来一直警告说，每次风暴墙体都会移动。修复费用将超过该镇港口一年的收入。"
    )
    copy = found(piece("1", "a.example", text), piece("2", "b.example", text, after=1))
    assert copy.keys() == {"2"}


texts = st.sampled_from(
    (TEXT, OTHER, f"(AP) — {TEXT}", f"(A) – {TEXT}", f"(B) – {TEXT}",
     "\n\n".join(PARAGRAPHS[:4]), f"{TEXT}\n\nSource: B", "")
)  # fmt: skip
presses = st.lists(
    st.tuples(st.sampled_from("abcd"), texts, st.integers(0, 40), st.booleans()),
    max_size=8,
)


@given(presses, st.randoms(use_true_random=False))
def test_no_chain_of_copies_leads_back_and_the_order_given_does_not_matter(made, dice):
    articles = [
        piece(str(n), f"{outlet}.example", text, after=after,
              kind=ProviderKind.AGENCY if is_agency else None)
        for n, (outlet, text, after, is_agency) in enumerate(made)
    ]  # fmt: skip
    copy = found(*articles)
    for start in copy:
        met, of = set(), start
        while of in copy and copy[of].original:
            assert of not in met
            met.add(of)
            of = copy[of].original
    shuffled = list(articles)
    dice.shuffle(shuffled)
    assert found(*shuffled) == copy
