"""Topics as a person meets them: from reading to report, decision and learning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsdesk import wiring
from newsdesk.cli import commands

NOW = wiring.utc_now()
"""What is pushed arrives by the clock."""
SPORT = "The striker scored twice as the home team won the league match on Saturday."
MONEY = (
    "Shares fell after the company said that quarterly profit and revenue had dropped."
)


def newsdesk(*words: object) -> str:
    done = CliRunner().invoke(commands, list(map(str, words)), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "news"
    newsdesk("new", folder, "--template", "iptc")
    names = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Kauri Larch"
    rows = [
        {
            "url": f"https://{kind}{n}.example/{kind}-{name.lower()}",
            "title": f"{name} {title}",
            "content": f"{name} {title}. {text}",
            "published": NOW.isoformat(),
            "language": "en",
        }
        for n, name in enumerate(names.split())
        for kind, title, text in (
            ("cup", "scores late goal in derby against rivals", SPORT),
            ("bourse", "cuts its forecast and its dividend", MONEY),
        )
    ]
    lines = folder.parent / "lines.jsonl"
    lines.write_text("\n".join(map(json.dumps, rows)))
    newsdesk("push", "--site", folder, lines)
    newsdesk("run", "--site", folder)
    return folder


def test_a_topic_is_tuned_and_taught(site: Path) -> None:
    told = newsdesk("topics", "report", "--site", site, "--json")
    report = json.loads(told)
    sport, economy = (report["topics"][name] for name in ("sport", "economy"))
    assert (report["articles"], report["heads"]) == (24, None)
    assert (sport["articles"], economy["articles"]) == (12, 12)
    league = next(one for one in sport["keywords"] if one["keyword"] == "league")
    assert (league["articles"], league["precision"]) == (12, None)

    why = ("--why", "It is so.", "--by", "Ada")
    for name in ("alder", "birch"):
        article = f"https://cup{'ab'.index(name[0])}.example/cup-{name}"
        newsdesk("decide", "topic", article, "--site", site, "--add", "sport", *why)
        article = article.replace("cup", "bourse")
        newsdesk("decide", "topic", article, "--site", site, "--remove", "sport", *why)
    told = newsdesk("topics", "train", "--site", site)
    assert "sport: learnt from 12 articles, " in told
    assert "Nothing new" in newsdesk("topics", "train", "--site", site)
    told = newsdesk("topics", "report", "sport", "--site", site, "--json")
    again = json.loads(told)
    assert again["heads"]
    assert again["topics"]["sport"]["precision"] == 1
    assert "league" in newsdesk("topics", "report", "sport", "--site", site)
