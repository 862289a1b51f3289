"""What replies from the network and from archives have in common.

Kept apart from both, so that a run on an archive need not load the network's part.
"""

from __future__ import annotations

from newsdesk.model.feed import Request
from newsdesk.model.run import Failed

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
# These speak of the wire or of one reader; the body we hand on is already unpacked.
NOT_KEPT = frozenset(
    "set-cookie set-cookie2 content-encoding content-length transfer-encoding "
    "connection keep-alive trailer upgrade".split()
)


def failed(
    request: Request, reason: str, kind: str, *, is_final: bool = False
) -> Failed:
    """The value for a request that got no answer."""
    return Failed(
        stage="fetch",
        key=request.key,
        subject=request.url,
        reason=reason,
        kind=kind,
        is_final=is_final,
    )
