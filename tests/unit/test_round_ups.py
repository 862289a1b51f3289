import pytest

from makers import article
from newsdesk.stages import round_ups

PARAGRAPHS = (
    "Valdoria's parliament passed a pension reform after an all-night sitting.",
    "Chipmaker Orbane recalled thermal sensors sold to hospital laboratories.",
    "Midfielder Tomas Brekke signed with Lindholm until the summer tournament.",
    "A ferry ran aground near Skarvik; passengers were lifted by helicopter.",
    "Astronomers photographed the glowing debris of comet Ravnsborg.",
    "Bakers in Tarnow celebrated the harvest with a giant gingerbread castle.",
    "Regulators opened an antitrust probe into streaming platform Kvikk.",
)


@pytest.mark.parametrize(
    "title",
    [
        "Morning briefing: what moved the markets",
        "Thursday’s news briefing",
        "The week in review: Ferguson and press freedom",
        "World in brief",
        "Five things to know this morning",
        "Kurz notiert",
        "Revue de presse du lundi",
        "Storm batters coast; minister quits over leak; rates rise again",
        "Borg resigns +++ Strike at port ends +++ Two hurt in fire",
    ],
)
def test_the_name_of_an_edition_is_a_round_ups(title):
    assert round_ups.names_an_edition(title)


@pytest.mark.parametrize(
    "title",
    [
        "Trump skips intelligence briefing for third day",
        "Five things to know about Borg's budget",
        "White House briefing turns tense over Valdoria",
        "Quake hits Valdoria; hundreds flee",
        "Digest of the ruling: court fines Orbane",
        "A week in the life of a ferry captain",
        "",
    ],
)
def test_the_headline_of_one_event_is_not(title):
    assert not round_ups.names_an_edition(title)


def test_paragraphs_that_share_nothing_make_a_round_up():
    text = "\n".join(PARAGRAPHS)
    assert round_ups.is_round_up(article(title="What happened", text=text))


def test_paragraphs_about_one_event_do_not():
    text = "\n".join(f"{one} The Skarvik ferry was concerned." for one in PARAGRAPHS)
    assert not round_ups.is_round_up(article(title="What happened", text=text))


def test_a_language_without_a_table_is_not_judged_by_its_paragraphs():
    text = "\n".join(PARAGRAPHS)
    assert not round_ups.lists_the_unrelated(text, "fi")
