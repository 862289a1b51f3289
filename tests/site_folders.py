"""Small site folders on a real disk, for the tests of configuration."""

from __future__ import annotations

from pathlib import Path

from newsdesk import config

LEAST = 'title = "T"\nurl = "https://t.example"\n'


def site(folder: Path, text: str = LEAST, sources: str | None = None) -> Path:
    (folder / "site.toml").write_text(text, encoding="utf-8")
    if sources is not None:
        (folder / "sources.toml").write_text(sources, encoding="utf-8")
    return folder


def asking(folder: Path, port: int) -> Path:
    """A blank site that may ask a server on this machine, and waits for nothing."""
    config.create(folder, "blank")
    options = (
        'title = "T"\nurl = "https://t.example/"\n[fetching]\ngap_s = 0.0\n'
        f'timeout_s = 5.0\nallow_private = ["127.0.0.1:{port}"]\n'
    )
    (folder / "sources.toml").unlink(missing_ok=True)
    return site(folder, options)


def topic(folder: Path, file: str, id: str, name: str, parent: str = "") -> None:
    path = folder / "content/_data/topics" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    above = f"parent: {parent}\n" if parent else ""
    path.write_text(
        f"taxonomy: topic\n_id: {id}\nname: {name}\n{above}keywords:\n  - {id}\n",
        encoding="utf-8",
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
