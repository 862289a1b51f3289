from makers import article
from newsdesk.model.feed import Picture
from newsdesk.stages import picture_shared

HOUSE = Picture(url="https://a.example/media/our-newsroom-at-night.jpg")


def told(number: int, *pictures: Picture, domain: str = "a.example"):
    return article(str(number), domain, title=f"Headline {number}", pictures=pictures)


def own(number: int) -> Picture:
    return Picture(url=f"https://a.example/media/event-number-{number}.jpg")


def leads(articles) -> list[str | None]:
    freed = picture_shared.without(articles)
    return [next((p.url for p in one.reading.pictures), None) for one in freed]


def test_a_picture_that_comes_with_most_headlines_of_a_provider_leads_none():
    articles = [told(n, HOUSE) for n in range(4)] + [told(4, own(4))]
    assert leads(articles) == [None] * 4 + [own(4).url]


def test_the_next_picture_of_an_article_takes_the_place_of_a_stand_in():
    articles = [told(n, HOUSE, own(n)) for n in range(4)]
    assert leads(articles) == [own(n).url for n in range(4)]


def test_a_photograph_used_again_now_and_then_stays():
    articles = [told(n, HOUSE) for n in range(4)]
    articles += [told(n, own(n)) for n in range(4, 12)]
    assert leads(articles)[:4] == [HOUSE.url] * 4


def test_eight_headlines_are_too_many_for_any_photograph():
    articles = [told(n, HOUSE) for n in range(8)]
    articles += [told(n, own(n)) for n in range(8, 40)]
    assert leads(articles)[:8] == [None] * 8


def test_a_stand_in_is_one_picture_whatever_size_is_asked_for():
    articles = [told(n, Picture(url=f"{HOUSE.url}?w={n}")) for n in range(1, 5)]
    assert leads(articles) == [None] * 4


def test_one_headline_published_often_and_other_providers_do_not_add_up():
    same = [
        article(str(n), "a.example", title="One", pictures=(HOUSE,)) for n in range(4)
    ]
    others = [told(n, HOUSE, domain=f"{n}.example") for n in range(4)]
    assert leads([*same, *others]) == [HOUSE.url] * 8
