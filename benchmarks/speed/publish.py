"""How fast a site is printed: whole, and after few of its stories changed.

    python benchmarks/speed/publish.py [--sizes N …] [--changes N] [--seed N]
                                       [--without-others] [--json]

For each size an edition of made-up records is printed into an empty folder, then after
so many stories got another headline (`tick`), after as many new ones came (`new`), and
with nothing changed (`same`): all files of the public folder but pictures, synced to the
disk as in a run. Each takes a process of its own, as a run does. What comes before
(reading records, grouping, judging) is measured elsewhere.
Hugo and Pelican, where they are installed, build the same records in the same run: a
plain page a story, lists by topic and a front page. They make two or three files where
we make the story's page, two JSON documents and parts of lists. Seconds are of the clock;
`cpu` counts all processes.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import synthetic_records

from newsdesk import pipeline
from newsdesk.deliver.files import FolderSink
from newsdesk.model.story import Edition, Published
from newsdesk.render import fingerprints

SIZES = (5_000,)
CHANGES = 100
GOALS = {"hugo_ratio": 1.5, "tick_seconds": 1.0}
"""The whole build beside Hugo's; a tick of 100 changes on 50,000 records."""


def publish(edition: Edition, folder: Path) -> dict[str, Any]:
    """Prints an edition as a run does."""
    site = synthetic_records.site()
    sink = FolderSink(folder / "public", folder / "state" / "public.files")
    began, cpu = time.perf_counter(), time.process_time()
    sheets = pipeline.public_sheets(edition, site)
    written = sink.write(fingerprints.marked(sheets, edition, site), prune=True)
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    changed = len(written.added) + len(written.changed)
    return {
        "seconds": round(seconds, 2),
        "cpu": round(used, 2),
        "files": changed + written.unchanged,
        "written": changed,
        "pages": sum(path.endswith(".html") for path in written.added),
    }


def stages(size: int, changes: int, seed: int, folder: Path) -> None:
    """Leaves the editions of one size in files, for a process each."""
    first = synthetic_records.edition(size, seed)
    tick = synthetic_records.edited(first, changes, seed + 1)
    new = synthetic_records.grown(tick, changes, seed + 2)
    for name, edition in (("full", first), ("tick", tick), ("new", new), ("same", new)):
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(edition))


def measure(size: int, changes: int, seed: int, *, others: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        alone("--stages", size, changes, seed, folder)
        found: dict[str, Any] = {"records": size, "changes": changes}
        for name in ("full", "tick", "new", "same"):
            found[name] = alone("--publish", folder / f"{name}.pickle", folder)
        if others:
            edition = synthetic_records.edition(size, seed)
            for name, build in OTHERS.items():
                found[name] = beside(name, build, edition, folder / name)
                ratio = found["full"]["seconds"] / found[name].get("seconds", 1e9)
                if "seconds" in found[name]:
                    found[f"{name}_ratio"] = round(ratio, 2)
    return found


def alone(option: str, *words: object) -> Any:
    """One step in a process of its own, and what it says."""
    command = [sys.executable, __file__, option, *map(str, words)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(told.stdout or "null")


def beside(
    name: str,
    build: Callable[[Edition, Path], list[str]],
    edition: Edition,
    folder: Path,
) -> dict[str, Any]:
    if shutil.which(name) is None:
        return {"missing": f"{name} is not installed"}
    folder.mkdir(parents=True)
    command = build(edition, folder)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if told.returncode:
        return {"missing": f"{name} failed: {(told.stderr or told.stdout)[-300:]}"}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pages = sum(1 for _ in (folder / "public").rglob("*.html"))
    return {"seconds": round(seconds, 2), "cpu": round(cpu, 2), "pages": pages}


def body(one: Published) -> str:
    """What the page of a story says, as Markdown."""
    lines = [one.record.excerpt or "", ""]
    lines += [
        f"* [{other.title}]({other.web_url}) {other.provider.name}"
        for other in one.record.related
    ]
    lines += [
        f"* {part.name}: {part.why} {part.points:.2f}"
        for part in (one.story.quality.parts if one.story else ())
    ]
    return "\n".join(lines) + "\n"


def hugo(edition: Edition, folder: Path) -> list[str]:
    told = (
        'baseURL = "https://measured.example/"\ntitle = "The Measured Times"\n'
        'disableKinds = ["RSS"]\n[pagination]\npagerSize = 100\n'
        '[taxonomies]\ntopic = "topics"\n'
    )
    put(folder / "hugo.toml", told)
    layouts = folder / "layouts" / "_default"
    put(layouts / "baseof.html", PAGE.format('{{ block "main" . }}{{ end }}'))
    single = (
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Date }}{{ .Content }}{{ end }}'
    )
    put(layouts / "single.html", single)
    rows = (
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}'
        '<p><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Summary }}</p>{{ end }}'
        "{{ end }}"
    )
    put(layouts / "list.html", rows)
    put(layouts / "index.html", rows)
    for one in edition.records:
        head = {
            "title": one.record.title,
            "date": one.record.published_at.isoformat(),
            "topics": list(one.record.topics),
        }
        text = f"{json.dumps(head)}\n\n{body(one)}"
        put(folder / "content" / "news" / Path(one.path).name, text)
    return ["hugo", "--quiet"]


def pelican(edition: Edition, folder: Path) -> list[str]:
    settings = (
        "SITENAME = 'The Measured Times'\nSITEURL = 'https://measured.example'\n"
        "PATH = 'content'\nOUTPUT_PATH = 'public'\nTHEME = 'theme'\nTIMEZONE = 'UTC'\n"
        "DEFAULT_PAGINATION = 100\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\n"
        "DIRECT_TEMPLATES = ['index']\n"
    )
    put(folder / "pelicanconf.py", settings)
    templates = folder / "theme" / "templates"
    put(templates / "base.html", PAGE.format("{% block main %}{% endblock %}"))
    single = (
        "{% extends 'base.html' %}{% block main %}<h1>{{ article.title }}</h1>"
        "{{ article.date }}{{ article.content }}{% endblock %}"
    )
    put(templates / "article.html", single)
    rows = (
        "{% extends 'base.html' %}{% block main %}{% for a in articles_page.object_list "
        "%}<p><a href='{{ a.url }}'>{{ a.title }}</a> {{ a.summary }}</p>{% endfor %}"
        "{% endblock %}"
    )
    for name in ("index", "category", "tag", "author"):
        put(templates / f"{name}.html", rows)
    for one in edition.records:
        head = (
            f"Title: {one.record.title}\nDate: {one.record.published_at:%Y-%m-%d %H:%M}\n"
            f"Category: {one.record.topics[0]}\nSlug: {Path(one.path).stem}\n\n"
        )
        put(folder / "content" / Path(one.path).name, head + body(one))
    (folder / "theme" / "static").mkdir()
    return ["pelican", "-s", "pelicanconf.py", "-q"]


PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Measured '
    "Times</title></head><body><main>{}</main></body></html>"
)
OTHERS = {"hugo": hugo, "pelican": pelican}


def put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def told(found: dict[str, Any]) -> str:
    """One size in words."""
    lines = [f"{found['records']} records, {found['changes']} changes"]
    for name in ("full", "tick", "new", "same", *OTHERS):
        one = found.get(name)
        if one is None:
            continue
        if "missing" in one:
            lines.append(f"  {name:8} {one['missing']}")
            continue
        of = f"{one['written']} of {one['files']} files" if "files" in one else ""
        lines.append(
            f"  {name:8} {one['seconds']:8.2f} s  {one['cpu']:8.2f} s cpu  "
            f"{one['pages']} new pages  {of}"
        )
    lines += [
        f"  full build: {found[f'{name}_ratio']} × {name}'s time"
        for name in OTHERS
        if f"{name}_ratio" in found
    ]
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["--stages"]:
        size, changes, seed, folder = sys.argv[2:]
        stages(int(size), int(changes), int(seed), Path(folder))
        return
    if sys.argv[1:2] == ["--publish"]:
        edition = pickle.loads(Path(sys.argv[2]).read_bytes())
        json.dump(publish(edition, Path(sys.argv[3])), sys.stdout)
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-others", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    results = []
    for size in given.sizes:
        others = not given.without_others
        found = measure(size, given.changes, given.seed, others=others)
        results.append(found)
        if not given.json:
            sys.stdout.write(told(found) + "\n")
            sys.stdout.flush()
    if given.json:
        json.dump({"goals": GOALS, "sizes": results}, sys.stdout, indent=1)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
