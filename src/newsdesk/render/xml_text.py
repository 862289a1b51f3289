"""XML put together as text: elements with their text and attributes made safe.

Feeds and sitemaps are small and flat; written this way they stream, keep their bytes
the same from one library version to the next and need no namespace machinery.
"""

from __future__ import annotations

import re

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The standard library's own escaping brings an HTTP client along.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
)


def escape(text: str) -> str:
    """`text` for use between tags or in double quotes; what XML 1.0 forbids goes.

    A carriage return is written as a reference, since a parser would make it a newline.
    """
    return _ILLEGAL.sub("", text).translate(_ESCAPES)


def element(name: str, text: str | None = None, **attributes: str | None) -> str:
    """One element on one line; an attribute that is None is left out.

    `type_` stands for `type`: a trailing underscore is dropped from names.
    """
    start = name + "".join(
        f' {key.rstrip("_")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{start}/>" if text is None else f"<{start}>{escape(text)}</{name}>"
