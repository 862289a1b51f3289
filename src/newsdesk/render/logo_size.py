"""How large a logo is, so that pages can keep its place while it loads.

Pictures of dots are asked by their header, drawings (SVG) by their own words.
"""

from __future__ import annotations

import re

from newsdesk.text import image_size

_SQUARE = (1, 1)
_NUMBER = r"\s*([\d.]+)"
_BOX = re.compile(
    rf"<svg\b[^>]*\bviewBox=[\"'][^\"' ,]+[ ,]+[^\"' ,]+[ ,]+{_NUMBER}[ ,]+{_NUMBER}"
)
_WIDTH = re.compile(rf"<svg\b[^>]*\bwidth=[\"']{_NUMBER}(?:px)?[\"']")
_HEIGHT = re.compile(rf"<svg\b[^>]*\bheight=[\"']{_NUMBER}(?:px)?[\"']")
_HEAD = 4000
"""Characters in which a drawing says how large it is."""


def size(content: bytes) -> tuple[float, float]:
    """Width and height, in any unit; a square where it does not say."""
    if found := image_size.size(content):
        return found.width, found.height
    text = content[:_HEAD].decode("utf-8", "replace")
    width, height = _WIDTH.search(text), _HEIGHT.search(text)
    box = _BOX.search(text)
    try:
        if width and height:
            told = float(width[1]), float(height[1])
        elif box:
            told = float(box[1]), float(box[2])
        else:
            return _SQUARE
    except ValueError:
        return _SQUARE
    return told if min(told) > 0 else _SQUARE
