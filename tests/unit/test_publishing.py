"""`newsdesk publish` and `unseal`, in this process, on real folders and a real Git."""

import base64
import json
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

import editions
import site_folders
from newsdesk import config
from newsdesk.cli.publishing import keep, publish, unseal
from newsdesk.model.errors import DeliveryError
from newsdesk.render import record, sealing

GIT = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.net"]
STORY = editions.published(1)
HELD = replace(STORY.record, published=False, title="A held story")
NOW = STORY.record.published_at + timedelta(hours=1)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "site"
    folder.mkdir()
    site_folders.site(folder)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    put(folder, STORY.path, STORY.record)
    return folder


def put(site, path, kept):
    file = site / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(record.write(kept))


def published(site, *words, now=NOW):
    done = CliRunner().invoke(
        publish, ["--site", str(site), "--now", now.isoformat(), "--json", *words]
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def commits(site):
    out = subprocess.run(
        ["git", "log", "--format=%s"], cwd=site, capture_output=True, check=True
    )
    return out.stdout.decode().splitlines()


def test_a_story_is_kept_once_and_told_by_its_headline(site):
    first = published(site)
    assert first["kept"] == [STORY.path]
    assert commits(site) == [first["message"].splitlines()[0]]
    assert STORY.record.title[:40] in commits(site)[0]
    again = published(site)
    assert (again["commit"], again["kept"], len(commits(site))) == (None, [], 1)


def test_more_coverage_and_points_wait_until_the_story_has_settled(site):
    published(site)
    put(site, STORY.path, replace(STORY.record, heat=STORY.record.heat + 1))
    waiting = published(site)
    assert (waiting["commit"], waiting["waiting"]) == (None, [STORY.path])
    later = published(site, now=NOW + timedelta(days=9))
    assert later["kept"] == [STORY.path]
    assert commits(site)[0] == "Keep 1 settled record"


def test_what_waits_can_be_asked_for(site):
    put(site, "_news/2026-02-19-a-held-story.md", HELD)
    assert published(site)["waiting"] == ["_news/2026-02-19-a-held-story.md"]
    assert published(site, "--all")["kept"] == ["_news/2026-02-19-a-held-story.md"]


def test_what_a_person_wrote_is_kept_at_once(site):
    published(site)
    site_folders.topic(site, "01-ai.yaml", "ai", "AI")
    broken = site / "content/_news/2026-02-19-broken.md"
    broken.write_text("no record")
    kept = published(site)["kept"]
    assert kept == ["_data/topics/01-ai.yaml", "_news/2026-02-19-broken.md"]


def test_a_dry_run_keeps_nothing(site):
    told = published(site, "--dry-run")
    assert told["commit"] is None
    assert told["kept"] == [STORY.path]
    assert published(site)["commit"]


def test_a_removed_record_is_kept_as_removed(site):
    published(site)
    (site / "content" / STORY.path).unlink()
    assert published(site)["kept"] == [STORY.path]


def test_a_sealed_record_is_opened_with_the_key_of_the_environment(site, monkeypatch):
    key = bytes(range(32))
    (sealed,) = sealing.with_seals([STORY], (key,))
    put(site, sealed.path, sealed.record)
    file = str(site / "content" / sealed.path)
    monkeypatch.setenv(sealing.VARIABLE, base64.b64encode(key).decode())
    done = CliRunner().invoke(unseal, [file])
    told = json.loads(done.output)
    assert done.exit_code == 0
    assert told["secured"]["story"] == STORY.story.story.id
    monkeypatch.setenv(sealing.VARIABLE, base64.b64encode(bytes(32)).decode())
    refused = CliRunner().invoke(unseal, [file])
    assert refused.exit_code == 1
    assert "none of the keys opens it" in json.loads(refused.output)["error"]


def test_commits_that_a_remote_refused_are_pushed_after_a_later_pass(site, tmp_path):
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    for words in (
        ["remote", "add", "origin", str(remote)],
        ["commit", "-q", "--allow-empty", "-m", "First"],
        ["push", "-q", "-u", "origin", "main"],
    ):
        subprocess.run([*GIT, *words], cwd=site, check=True)
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    site_folders.site(site, f"{site_folders.LEAST}[git]\ncommit = true\npush = true\n")
    with pytest.raises(DeliveryError, match="`git push` failed"):
        keep(config.load(site), NOW)
    hook.unlink()
    assert keep(config.load(site), NOW) == "pushed what was refused before"
    assert keep(config.load(site), NOW) is None
    out = subprocess.run(
        ["git", "log", "--format=%s", "main"],
        cwd=remote,
        capture_output=True,
        check=True,
    )
    assert out.stdout.decode().splitlines() == commits(site)
