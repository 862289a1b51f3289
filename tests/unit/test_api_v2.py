import json
from dataclasses import replace

import jsonschema
import pytest

import editions
from newsdesk.render import addresses, api_v2, api_v2_schema
from newsdesk.stages import timeline

SITE = editions.site()


def told(p):
    if p.story is None or not p.record.published:
        return p
    return replace(p, timeline=timeline.timeline(p.story, timeline.NO_PAST))


MADE = editions.edition()
EDITION = replace(MADE, records=tuple(told(p) for p in MADE.records))
FILES = dict(api_v2.files(EDITION, SITE))
SHOWN = [p for p in EDITION.records if p.record.published]
HELD = [p for p in EDITION.records if not p.record.published]


def document(name):
    return json.loads(FILES[addresses.api_v2(name)])


def schema_of(path):
    """The schema of a file, by the pattern that its name fits; the most literal wins."""
    name = path.removeprefix(f"{addresses.API_V2}/").removesuffix(".json").split("/")
    fits = [
        pattern
        for pattern in api_v2_schema.DOCUMENTS
        if len(parts := pattern.split("/")) == len(name)
        and all(a == b or a.startswith("{") for a, b in zip(parts, name, strict=True))
    ]
    return api_v2_schema.DOCUMENTS[min(fits, key=lambda one: one.count("{"))][1]


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_document_is_as_its_schema_says(path):
    jsonschema.Draft202012Validator(
        schema_of(path), format_checker=jsonschema.FormatChecker()
    ).validate(json.loads(FILES[path]))


@pytest.mark.parametrize("path", sorted(dict(api_v2_schema.files(SITE))))
def test_schemas_are_schemas(path):
    schema = json.loads(dict(api_v2_schema.files(SITE))[path])
    if "openapi" in schema:
        assert schema["openapi"].startswith("3.1")
        assert len(schema["paths"]) == len(api_v2_schema.DOCUMENTS)
    else:
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_link_leads_to_a_document():
    everything = {*FILES, *dict(api_v2_schema.files(SITE))}

    def links(value):
        if isinstance(value, dict):
            for key, one in value.items():
                yield from links(one) if not isinstance(one, str) else [(key, one)]
        elif isinstance(value, list):
            for one in value:
                yield from links(one)

    start = addresses.absolute(SITE.url, addresses.API_V2)
    found = {
        url.removeprefix(SITE.url)
        for content in FILES.values()
        for _, url in links(json.loads(content))
        if url.startswith(start)
    }
    assert found
    assert found <= everything


def test_what_is_held_is_told_as_a_miss_only():
    assert HELD
    whole = b"".join(
        content for path, content in FILES.items() if "editions/" not in path
    ).decode()
    assert not any(p.path in whole or p.record.title in whole for p in HELD)
    misses = document("editions/latest")["misses"]
    assert [one["title"] for one in misses] == [p.record.title for p in EDITION.misses]


def test_the_days_hold_every_story_once():
    days = document("stories/index")["days"]
    paths = [
        one["path"]
        for day in days
        for one in document(f"stories/{day['day']}")["stories"]
    ]
    assert sorted(paths) == sorted(p.path for p in SHOWN)
    assert [day["day"] for day in days] == sorted(
        (day["day"] for day in days), reverse=True
    )


def test_a_client_finds_what_changed_since_its_cursor():
    changes = document("changes/index")
    assert changes["cursor"] == changes["newest"][0]["changedAt"]
    cursor = changes["newest"][2]["changedAt"]
    later = [one for one in changes["newest"] if one["changedAt"] > cursor]
    assert later == changes["newest"][: len(later)]
    assert 0 < len(later) <= 2


def test_a_story_tells_its_pieces_voices_and_reasons():
    p = next(p for p in SHOWN if p.story and p.story.related)
    whole = document(f"stories/{api_v2.slug(p.path)}/index")
    assert whole["articles"][0]["role"] == "lead"
    assert len(whole["articles"]) == 1 + len(p.story.related) + len(p.story.more)
    points = sum(one["points"] for one in whole["receipts"]["quality"]["parts"])
    assert round(points, 2) == round(
        sum(one.points for one in p.story.quality.parts), 2
    )


def test_the_text_of_articles_is_their_publishers():
    p = next(p for p in SHOWN if p.story)
    lead = p.story.lead
    text = replace(lead, reading=replace(lead.reading, text="Their own words."))
    whole = api_v2.story(replace(p, story=replace(p.story, lead=text)), SITE)
    assert "Their own words." not in json.dumps(whole)


def test_an_adopted_story_is_there_with_what_its_record_says():
    p = next(p for p in SHOWN if p.story is None)
    whole = document(f"stories/{api_v2.slug(p.path)}/index")
    assert whole["id"] is None
    assert "articles" not in whole


def test_a_file_of_a_past_day_stays_as_it_is_when_news_comes_in():
    older = [p for p in EDITION.records if p.path != SHOWN[0].path]
    before = dict(api_v2.files(replace(EDITION, records=tuple(older)), SITE))
    day = SHOWN[0].record.published_at.date()
    same = [
        path
        for path in before
        if path.startswith("api/v2/stories/20") and str(day) not in path
    ]
    assert same
    assert all(before[path] == FILES[path] for path in same)


def test_an_outlet_written_in_two_ways_has_one_document():
    spelled = [
        replace(p, record=replace(p.record, provider=replace(
            p.record.provider, domain=("youtube.com/@Ada", "youtube.com/@ada")[n % 2]
        )))
        for n, p in enumerate(SHOWN[:4])
    ]  # fmt: skip
    files = list(api_v2.files(replace(EDITION, records=tuple(spelled)), SITE))
    assert len(files) == len(dict(files))
    path = addresses.api_v2("providers/youtube.com_@ada/index")
    assert json.loads(dict(files)[path])["provider"]["stories"] == 4
