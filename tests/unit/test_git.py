import subprocess

import pytest

from newsdesk.deliver.git import Repository
from newsdesk.model.errors import DeliveryError


def git(folder, *words):
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def content(tmp_path, monkeypatch):
    """A content folder in a new repository of nobody's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(tmp_path, "init", "-q", "-b", "main", "site")
    folder = tmp_path / "site" / "content"
    (folder / "_news").mkdir(parents=True)
    return folder


def put(folder, path, text):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def test_new_changed_and_removed_files_differ_below_the_folder_only(content):
    put(content, "_news/a.md", "a")
    put(content, "_news/ü ‘b’.md", "b")
    put(content.parent, "elsewhere.txt", "x")
    repository = Repository(content)
    assert repository.differing() == ("_news/a.md", "_news/ü ‘b’.md")
    repository.commit(repository.differing(), "First")
    put(content, "_news/a.md", "a2")
    (content / "_news/ü ‘b’.md").unlink()
    assert repository.differing() == ("_news/a.md", "_news/ü ‘b’.md")


def test_what_is_kept_is_read_back_as_it_was(content):
    put(content, "_news/a.md", "line\n" * 3)
    put(content, "_news/ü.md", "ü")
    repository = Repository(content)
    assert repository.kept(["_news/a.md"]) == {}
    repository.commit(repository.differing(), "First")
    put(content, "_news/a.md", "other")
    found = repository.kept(["_news/a.md", "_news/none.md", "_news/ü.md"])
    assert found == {"_news/a.md": b"line\n" * 3, "_news/ü.md": "ü".encode()}


def test_a_commit_holds_the_files_given_and_leaves_what_is_staged(content):
    put(content, "_news/a.md", "a")
    put(content, "_news/b.md", "b")
    put(content, "mine.txt", "mine")
    git(content, "add", "mine.txt")
    name = Repository(content).commit(["_news/a.md"], "A story\n\nwith a reason\n")
    assert git(content, "log", "--format=%h %s").strip() == f"{name} A story"
    assert git(content, "show", "--name-only", "--format=").split() == [
        "content/_news/a.md"
    ]
    assert "A  mine.txt" in git(content, "status", "--porcelain", "--", ".").replace(
        "content/", ""
    )


def test_a_removal_is_kept_too(content):
    put(content, "_news/a.md", "a")
    repository = Repository(content)
    repository.commit(["_news/a.md"], "First")
    (content / "_news/a.md").unlink()
    repository.commit(["_news/a.md"], "Gone")
    assert git(content, "ls-files") == ""


def test_a_file_named_like_a_pattern_stands_for_itself_alone(content):
    put(content, "_news/*.md", "star")
    put(content, "_news/a.md", "a")
    Repository(content).commit(["_news/*.md"], "Star")
    assert git(content, "ls-files").split() == ["_news/*.md"]


def test_commits_are_sent_to_the_remote(content, tmp_path):
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "far")
    git(content, "remote", "add", "origin", str(tmp_path / "far"))
    git(content, "config", "push.autoSetupRemote", "true")
    put(content, "_news/a.md", "a")
    repository = Repository(content)
    name = repository.commit(["_news/a.md"], "First")
    repository.push()
    assert git(tmp_path / "far", "log", "--format=%h").strip() == name


def test_a_push_to_nowhere_says_what_git_said(content):
    put(content, "_news/a.md", "a")
    repository = Repository(content)
    repository.commit(["_news/a.md"], "First")
    with pytest.raises(DeliveryError, match="`git push` failed"):
        repository.push()


def test_a_folder_outside_of_a_repository_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(DeliveryError, match="git init"):
        Repository(tmp_path)


def test_a_file_whose_name_has_a_line_break_hides_no_other(content):
    put(content, "_news/a.md", "a")
    put(content, "_news/b\nc.md", "b")
    repository = Repository(content)
    repository.commit(["_news/a.md", "_news/b\nc.md"], "First")
    assert repository.kept(["_news/b\nc.md", "_news/a.md"]) == {"_news/a.md": b"a"}
