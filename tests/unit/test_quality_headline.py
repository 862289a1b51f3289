import pytest

from newsdesk.stages import quality_headline


def points(title):
    return {part.name: part.points for part in quality_headline.parts(title)}


def test_a_headline_of_fair_length_earns_all_and_any_other_half():
    fair = points("Court fines chipmaker Orbane over export licences")
    assert fair == {"headline": quality_headline.HEADLINE}
    assert points("Short")["headline"] == quality_headline.HEADLINE / 2
    assert points("")["headline"] == 0


def test_a_headline_in_a_dense_script_needs_fewer_characters():
    assert points("央行宣布上调基准利率")["headline"] == quality_headline.HEADLINE


def test_capitals_throughout_are_shouting_and_names_in_capitals_are_not():
    loud = points("COURT FINES CHIPMAKER ORBANE OVER LICENCES")
    assert loud["shouting"] == quality_headline.SHOUTING
    assert "shouting" not in points("NATO, EU and IMF meet over ORBANE case")


@pytest.mark.parametrize(
    "title",
    [
        "You won’t believe who walked into the court",
        "Here's why your phone is slow",
        "Dieser Trick macht das Handy schneller",
        "Voici pourquoi votre téléphone est lent",
        "No creerás lo que pasó en el juicio",
        "Non ci crederai: ecco cosa è successo",
        "Je gelooft nooit wat hier gebeurde",
        "Nie uwierzysz, co się stało w sądzie",
        "Você não vai acreditar no que aconteceu",
    ],
)
def test_a_headline_that_withholds_what_happened_is_clickbait(title):
    assert points(title)["clickbait"] == quality_headline.CLICKBAIT


def test_a_question_asks_instead_of_telling():
    assert points("Is the chip boom over?")["question"] == quality_headline.QUESTION


@pytest.mark.parametrize(
    "title",
    [
        "10 tips for a better garden",
        "The 16 Best Clothing Boxes of the Year",
        "Top 50 Software Frameworks",
        "Die 7 besten Tipps für den Garten",
        "Los 10 mejores consejos para ahorrar",
        "7 conseils pour bien dormir",
        "I 10 migliori consigli per dormire",
        "De 10 beste tips voor de tuin",
        "As 7 melhores dicas para dormir",
    ],
)
def test_a_headline_that_counts_things_is_a_listicle(title):
    assert points(title)["listicle"] == quality_headline.LISTICLE


@pytest.mark.parametrize(
    "title",
    [
        "4 killed as storm hits northern coast",
        "Two firms fined for 12 mistakes at plant, court says",
        "15 people hurt in tram crash",
    ],
)
def test_news_with_a_number_is_no_listicle(title):
    assert "listicle" not in points(title)
