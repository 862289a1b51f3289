"""The starting points that `newsdesk new` offers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsdesk import config
from newsdesk.model.errors import ConfigError
from newsdesk.model.site import Site, Topic
from newsdesk.render import taxonomy
from newsdesk.text import urls


@pytest.fixture(scope="module")
def ai(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("ai")
    config.create(folder, "ai")
    return config.load(folder)


@pytest.mark.parametrize("template", config.TEMPLATES)
def test_a_new_site_can_be_loaded(tmp_path: Path, template: str) -> None:
    folder = tmp_path / "deep/new"
    written = config.create(folder, template)
    assert config.load(folder).title
    assert sorted(written) == sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert {"site.toml", "sources.toml", "README.md", ".gitignore"} <= set(written)


def test_a_blank_site_has_nothing_but_examples(tmp_path: Path) -> None:
    config.create(tmp_path, "blank")
    site = config.load(tmp_path)
    assert (site.topics, site.providers, site.sources) == ((), (), ())


def test_the_example_of_a_topic_is_one_once_it_is_uncommented(tmp_path: Path) -> None:
    config.create(tmp_path, "blank")
    (example,) = (tmp_path / "content/_data/topics").iterdir()
    lines = example.read_text("utf-8").split("#\n", 1)[1].split("#\n# A topic")[0]
    text = "".join(line[2:] for line in lines.splitlines(keepends=True))
    (example.parent / "00-my-topic.yaml").write_text(text, encoding="utf-8")
    (only,) = config.load(tmp_path).topics
    assert (only.id, only.hashtags) == ("my-topic", ("#MyTopic",))


def test_the_readme_bears_the_title_of_the_site(tmp_path: Path) -> None:
    config.create(tmp_path, "ai")
    title = config.load(tmp_path).title
    assert (tmp_path / "README.md").read_text("utf-8").startswith(f"# {title}\n")


def test_a_folder_that_holds_a_site_is_left_alone(tmp_path: Path) -> None:
    config.create(tmp_path, "blank")
    before = (tmp_path / "site.toml").read_bytes()
    with pytest.raises(ConfigError, match="holds a site already"):
        config.create(tmp_path, "ai")
    assert (tmp_path / "site.toml").read_bytes() == before


def test_what_stands_in_the_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\npublic/", encoding="utf-8")
    config.create(tmp_path, "blank")
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    assert (tmp_path / ".gitignore").read_text("utf-8") == (
        "build/\npublic/\n.newsdesk/\n"
    )


def test_a_folder_with_other_sources_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"holds sources\.toml already"):
        config.create(tmp_path, "blank")
    assert not (tmp_path / "site.toml").exists()


def test_an_unknown_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="known are `ai`, `iptc`, `blank`"):
        config.create(tmp_path, "sport")


def test_the_ai_site_has_one_root_and_many_feeds(ai: Site) -> None:
    assert [t.id for t in ai.topics if t.parent is None] == ["ai"]
    assert 25 <= len(ai.topics) <= 32
    assert len(ai.sources) >= 40


def test_every_topic_has_all_that_a_page_shows(ai: Site) -> None:
    for topic in ai.topics:
        assert topic.description, topic.id
        assert topic.keywords, topic.id
        assert all(tag.startswith("#") for tag in topic.hashtags), topic.id
        assert topic.hashtags, topic.id


def test_no_topic_lists_a_word_twice_or_contradicts_itself(ai: Site) -> None:
    for topic in ai.topics:
        for words in (topic.keywords, topic.required, topic.excluded):
            folded = Counter(word.casefold() for word in words)
            assert not [word for word, times in folded.items() if times > 1], topic.id
        assert not set(topic.excluded) & {*topic.keywords, *topic.required}, topic.id


def test_no_two_sources_are_one(ai: Site) -> None:
    text = (ai.folder / "sources.toml").read_text("utf-8")
    assert text.count("\n[[source]]\n") == len(ai.sources)
    keys = Counter(urls.key(source.url) for source in ai.sources)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_source_has_a_title_and_a_language(ai: Site) -> None:
    assert [s.url for s in ai.sources if not s.title or s.language != "en"] == []


def test_organisations_are_known_by_what_somebody_registered(ai: Site) -> None:
    assert [
        p.domain for p in ai.providers if urls.registrable(p.domain) != p.domain
    ] == []


def test_topic_files_are_in_the_older_shape_byte_for_byte(ai: Site) -> None:
    for path in sorted((ai.content_folder / "_data/topics").iterdir()):
        read = taxonomy.read_topic(path.name, path.read_bytes())
        assert read.source is None, path.name
        assert taxonomy.write_topic(read) == path.read_bytes()
        assert taxonomy.topic_path(taxonomy.topic(path.name, read)) == (
            f"_data/topics/{path.name}"
        )


def test_uses_and_vendors_need_a_word_of_the_subject(ai: Site) -> None:
    """Without one, every article on schools or on Apple would be taken for AI's."""
    general: list[Topic] = [
        t for t in ai.topics if {"school", "bank", "Apple", "Amazon"} & {*t.keywords}
    ]
    assert {t.id for t in general} == {"education", "finance", "apple", "amazon"}
    assert all("AI" in t.required for t in general)
