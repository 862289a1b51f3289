"""Pins the newest versions that satisfy pyproject.toml, with hashes, for every platform.

Writes build.txt, base.txt (what newsdesk needs) and dev.txt (what its developers need
as well) beside this file. Uses uv's resolver, which knows all platforms at once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent / "pyproject.toml"
COMPILE = (
    *("pip", "compile", "--quiet", "--upgrade", "--universal"),
    *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
)


def main() -> None:
    """Pin all three."""
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "venv")
        subprocess.run([sys.executable, "-m", "venv", tools], check=True)
        subprocess.run([tools / "bin/pip", "install", "-q", "uv"], check=True)
        uv = tools / "bin/uv"
        build = Path(folder, "build.in")
        needs = tomllib.loads(PROJECT.read_text())["build-system"]["requires"]
        build.write_text("\n".join([*needs, "wheel"]))
        _compile(uv, PROJECT, "base.txt")
        _compile(uv, PROJECT, "dev.txt", "--group", "dev", "-c", HERE / "base.txt")
        _compile(uv, build, "build.txt", "-c", HERE / "dev.txt")


def _compile(uv: Path, given: Path, target: str, *more: str | Path) -> None:
    command = [uv, *COMPILE, *more, given, "-o", HERE / target]
    subprocess.run(list(map(str, command)), check=True, cwd=PROJECT.parent)


if __name__ == "__main__":
    main()
