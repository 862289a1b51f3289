from makers import article, at, hours
from newsdesk.model.article import ArticleId
from newsdesk.model.story import Copy, CopyKind, Origin
from newsdesk.stages import heat, origins

OWN = at(article("1", "a.example"), 1)
OTHER = at(article("2", "b.example"), 2)
REPRINT = at(article("3", "c.example"), 3)


def copy(of, original=None, source="a.example", kind=CopyKind.REPRINT):
    return Copy(article=ArticleId(of), original=original, source=source, kind=kind)


def told(*copies):
    return {one.article: one for one in copies}


def test_each_provider_with_its_own_text_is_an_origin():
    assert origins.of([OTHER, OWN], {}) == (
        Origin(source="a.example", articles=("1",), own=1),
        Origin(source="b.example", articles=("2",), own=1),
    )


def test_a_copy_stands_behind_its_original():
    found = origins.of([OWN, OTHER, REPRINT], told(copy("3", "1")))
    assert [(o.source, o.articles, o.own) for o in found] == [
        ("a.example", ("1", "3"), 1),
        ("b.example", ("2",), 1),
    ]


def test_copies_of_a_text_that_we_do_not_hold_are_one_origin():
    found = origins.of(
        [OWN, OTHER, REPRINT],
        told(copy("2", source="apnews.com"), copy("3", source="apnews.com")),
    )
    assert [(o.source, o.own) for o in found] == [("a.example", 1), ("apnews.com", 0)]


def test_a_copy_of_a_copy_goes_back_to_the_first_text_though_it_is_elsewhere():
    copies = told(copy("2", "9", "z.example"), copy("9", source="apnews.com"))
    assert origins.of([OTHER], copies)[0].source == "apnews.com"


def test_an_outlet_that_also_prints_wire_copy_is_a_voice_of_its_own():
    wire = at(article("4", "a.example"), 4)
    found = origins.of([OWN, wire], told(copy("4", source="apnews.com")))
    assert [o.source for o in found] == ["a.example", "apnews.com"]


def test_who_only_used_material_is_a_voice_of_its_own():
    used = copy("2", source="apnews.com", kind=CopyKind.MATERIAL)
    found = origins.of([OWN, OTHER], told(used))
    assert [o.source for o in found] == ["a.example", "b.example"]


def test_a_circle_of_copies_ends():
    copies = told(copy("1", "2", "b.example"), copy("2", "1", "a.example"))
    assert sum(len(o.articles) for o in origins.of([OWN, OTHER], copies)) == 2


def heated(members, copies):
    voices = origins.of(members, copies)
    as_of = OWN.instant + hours(9)
    return heat.scored(members, as_of, half_life_h=24, origins=voices)


def test_a_copy_adds_no_heat():
    alone, copies = heated([OWN, OTHER], {}), told(copy("3", "1"))
    with_copy = heated([OWN, OTHER, REPRINT], copies)
    assert [p.points for p in with_copy.parts] == [p.points for p in alone.parts]
    assert "copies add nothing: 1" in with_copy.parts[1].why


def test_copies_of_a_text_that_we_do_not_hold_bring_the_heat_of_one():
    copies = told(copy("2", source="apnews.com"), copy("3", source="apnews.com"))
    assert heated([OTHER, REPRINT], copies).value == heated([OTHER], copies).value


def test_an_added_origin_never_lowers_heat():
    copies = told(copy("3", "1"))
    before, after = (
        heated([OWN, REPRINT], copies),
        heated([OWN, OTHER, REPRINT], copies),
    )
    assert after.value > before.value
