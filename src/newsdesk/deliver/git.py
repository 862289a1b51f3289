"""A content folder in a Git repository: what differs from what is kept, and keeping it.

Git itself does the work, as a person would call it: its hooks, its signing and its
configuration hold. Only the paths given go into a commit; what somebody has staged
beside them stays staged.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from newsdesk.model.errors import DeliveryError

PATIENCE_S = 120
"""Seconds that one call of Git may take; a push over a slow line is the longest."""
STRANGER = ("-c", "user.name=newsdesk", "-c", "user.email=newsdesk@localhost")
"""Who commits where Git knows nobody."""


class Repository:
    """The Git repository around `folder`."""

    def __init__(self, folder: Path) -> None:
        """DeliveryError: there is no Git, or the folder is in no repository."""
        self._folder = folder.resolve()
        top = self._git("rev-parse", "--show-toplevel", may_fail=True)
        if top is None:
            raise DeliveryError(
                f"{folder} is in no Git repository; `git init` in the site folder "
                "makes one"
            )
        prefix = self._git("rev-parse", "--show-prefix") or b""
        self._prefix = os.fsdecode(prefix.rstrip(b"\n"))
        self._has_commits = (
            self._git("rev-parse", "--verify", "-q", "HEAD", may_fail=True) is not None
        )

    def differing(self) -> tuple[str, ...]:
        """Paths below the folder that are new, changed or gone since the last commit,
        sorted. What Git is told to ignore is left out."""
        out = self._git(
            *("status", "--porcelain=v1", "-z", "--untracked-files=all"),
            *("--no-renames", "--", "."),
        )
        paths = (os.fsdecode(one[3:]) for one in (out or b"").split(b"\0") if one)
        return tuple(sorted(path.removeprefix(self._prefix) for path in paths))

    def kept(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Those of the files that the last commit holds, as it holds them."""
        if not self._has_commits or not paths:
            return {}
        paths = [path for path in paths if "\n" not in path]  # no line could name it
        names = b"".join(
            b"HEAD:" + os.fsencode(self._prefix + path) + b"\n" for path in paths
        )
        out = self._git("cat-file", "--batch", given=names) or b""
        found, at = {}, 0
        for path in paths:
            end = out.index(b"\n", at)
            head = out[at:end].split()
            at = end + 1
            if head[-1] in (b"missing", b"ambiguous") or len(head) < 3:
                continue
            size = int(head[2])
            found[path] = out[at : at + size]
            at += size + 1
        return found

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Keep these files, and no others, in one commit; its short name.

        DeliveryError: Git refused, with its reason; nothing is lost by it.
        """
        with tempfile.NamedTemporaryFile() as listed:
            listed.write(b"\0".join(os.fsencode(path) for path in paths))
            listed.flush()
            these = (f"--pathspec-from-file={listed.name}", "--pathspec-file-nul")
            who = () if self._knows_somebody() else STRANGER
            self._git("add", "--all", *these)
            self._git(
                *who, "commit", "--quiet", "--only", *these, "-F", "-",
                given=message.encode(),
            )  # fmt: skip
        self._has_commits = True
        name = self._git("rev-parse", "--short", "HEAD") or b""
        return name.decode().strip()

    def is_ahead(self) -> bool:
        """Whether there are commits that the place where the branch is kept elsewhere
        was never sent; False also where there is no such place."""
        ahead = self._git("rev-list", "--count", "@{upstream}..HEAD", may_fail=True)
        return ahead is not None and int(ahead) > 0

    def push(self) -> None:
        """Send the commits to where the branch is kept elsewhere.

        DeliveryError: there is no such place, or it refused; the commits stay here.
        """
        self._git("push", "--quiet")

    def _knows_somebody(self) -> bool:
        email = self._git("config", "user.email", may_fail=True)
        return bool(email) or bool(os.environ.get("GIT_COMMITTER_EMAIL"))

    def _git(
        self, *words: str, given: bytes | None = None, may_fail: bool = False
    ) -> bytes | None:
        """What Git says; None where it fails and may."""
        try:
            done = subprocess.run(
                ["git", "-c", "core.quotePath=false", "--literal-pathspecs", *words],
                cwd=self._folder,
                input=given if given is not None else b"",
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
                env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"},
            )
        except FileNotFoundError as error:
            if error.filename != "git":
                raise
            raise DeliveryError("there is no `git` here; install it") from error
        except subprocess.TimeoutExpired as error:
            raise DeliveryError(
                f"`git {_verb(words)}` took more than {PATIENCE_S} seconds and was "
                "stopped; try it by hand"
            ) from error
        if done.returncode == 0:
            return done.stdout
        if may_fail:
            return None
        said = " ".join((done.stderr or done.stdout).decode(errors="replace").split())
        raise DeliveryError(f"`git {_verb(words)}` failed: {said[:500]}")


def _verb(words: Sequence[str]) -> str:
    return next((word for word in words if word.isalpha()), words[0])
