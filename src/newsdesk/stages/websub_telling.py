"""Feeds of ours that changed -> what to tell the hub that passes on their news.

WebSub leaves open how a publisher tells its hub; all public hubs take the form of its
predecessor (PubSubHubbub 0.4, section 7): `hub.mode=publish` and `hub.url`.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.model.feed import Reply, Request
from newsdesk.model.run import Failed

STAGE = "hub"
MOST_ANSWER_BYTES = 64_000


def requests(hub: str, feeds: Iterable[str]) -> tuple[Request, ...]:
    """One request for each of these feeds, by its full address, in order."""
    return tuple(
        Request(
            key=url,
            url=hub,
            form=(("hub.mode", "publish"), ("hub.url", url)),
            max_bytes=MOST_ANSWER_BYTES,
            obey_robots=False,
        )
        for url in sorted(feeds)
    )


def failure(answer: Reply | Failed, hub: str) -> Failed | None:
    """Why the hub was not told of a feed; None: it was."""
    if isinstance(answer, Reply):
        if answer.status < 300:
            return None
        reason, kind = f"{hub} answered {answer.status}", f"http {answer.status}"
    else:
        reason, kind = f"{hub}: {answer.reason}", answer.kind
    return Failed(
        stage=STAGE,
        key=answer.key,
        subject=answer.key,
        reason=f"{reason}; it is told again when the feed changes",
        kind=kind,
    )
