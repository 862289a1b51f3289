"""Picture bytes -> a cached copy: the true size, and a smaller WebP for the site."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace

from PIL import Image, ImageOps

from newsdesk.model.feed import Reply
from newsdesk.model.run import Failed

MOST_PIXELS = 40_000_000
"""A picture of more is refused before it is unpacked."""
SMALLEST_SIDE = 80
"""Pixels; below it is an icon or a tracker, not a picture."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
WEBP_QUALITY = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A cached copy of a picture."""

    url: str
    width: int
    """True width of the original in pixels."""
    height: int
    webp: bytes


def copied(reply: Reply | Failed, *, width: int) -> Copy | Failed:
    """A copy of the picture that a server sent, at most `width` pixels wide."""
    if isinstance(reply, Failed):
        return replace(reply, stage="picture")
    if reply.status != 200 or not reply.body:
        return _failed(reply, f"http {reply.status}", f"answered {reply.status}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _copy(reply, width)
    # Whatever is wrong with a stranger's picture shows up in as many ways as there are
    # decoders; none may stop a run.
    except Exception as error:
        return _failed(reply, "not a picture", f"cannot be read as a picture: {error}")


def _copy(reply: Reply, width: int) -> Copy | Failed:
    with Image.open(io.BytesIO(reply.body), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return _failed(reply, "too large", f"has {opened.width}×{opened.height} px")
        upright = ImageOps.exif_transpose(opened)
        true_width, true_height = upright.size
        if min(upright.size) < SMALLEST_SIDE:
            return _failed(reply, "too small", f"is {true_width}×{true_height} px")
        mode = "RGBA" if "A" in upright.getbands() or upright.mode == "P" else "RGB"
        small = upright.convert(mode)
    small.thumbnail((width, width * 4), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=WEBP_QUALITY, method=3)
    return Copy(
        url=reply.url, width=true_width, height=true_height, webp=out.getvalue()
    )


def _failed(reply: Reply, kind: str, reason: str) -> Failed:
    return Failed(
        stage="picture",
        key=reply.key,
        subject=reply.url,
        reason=f"the picture {reason}",
        kind=kind,
        is_final=True,
    )
