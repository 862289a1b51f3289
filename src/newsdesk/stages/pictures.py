"""Picture bytes -> copies for the site: the true size, and smaller files in some widths.

A copy is upright, in sRGB, without metadata, never enlarged; of an animation it is the
first frame. Its digest is that of its pixels, so that one picture under two addresses is
one copy. Where only a size is wanted, the first bytes of the file are enough. Files are
named and written by others.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageCms, ImageOps, features

from newsdesk.model.feed import Reply
from newsdesk.model.run import Failed
from newsdesk.text import image_size

MOST_PIXELS = 40_000_000
"""A picture of more is refused before it is unpacked."""
SMALLEST_SIDE = 80
"""Pixels; below it is an icon or a tracker, not a picture."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
WEBP_QUALITY = 78
WEBP_EFFORT = 4
AVIF_QUALITY = 50
"""Looks like WebP at 78 by PSNR and is a quarter to a third smaller."""
AVIF_SPEED = 8
"""Costs as much time as WebP; 6 would save a tenth more for four times the time."""
AVIF_FROM = 480
"""Pixels of width below which AVIF saves too few bytes for a file of its own."""
AVIF_GAIN = 0.9
"""An AVIF larger than this share of its WebP is not kept."""
NEARLY = 0.85
"""A width this close to the original's own adds nothing to it."""
TALLEST = 4
"""Heights per width beyond which a picture is made narrower."""
EDITION = "1"
"""Goes into every digest: raise it when the same pixels shall be written anew."""
GONE_FOR_GOOD = frozenset((400, 401, 402, 403, 404, 405, 406, 410, 415, 451))


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One file of a copy."""

    width: int
    height: int
    form: str
    """`webp` or `avif`."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Copies of one picture."""

    url: str
    width: int
    """True size of the original in pixels, upright."""
    height: int
    digest: str
    """16 hex digits that say what its pixels are."""
    files: tuple[Encoded, ...]
    """Narrowest first; at least one WebP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How large a picture is that we do not copy."""

    url: str
    width: int
    height: int


def copied(reply: Reply | Failed, *, widths: Sequence[int]) -> Copy | Failed:
    """Copies of the picture that a server sent, in those of the widths that it has; the
    narrowest is its own where it has none of them. `widths` must not be empty."""
    if refused := _refusal(reply):
        return refused
    assert isinstance(reply, Reply)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _copy(reply, sorted(widths))
    # Whatever is wrong with a stranger's picture shows up in as many ways as there are
    # decoders; none may stop a run.
    except Exception as error:
        return _failed(reply, "not a picture", f"cannot be read as a picture: {error}")


def measured(reply: Reply | Failed) -> Measured | Failed:
    """The true size of a picture of which a server sent at least the first bytes. Where
    these do not tell it, the failure is one of stage `picture size`."""
    if refused := _refusal(reply):
        return refused
    assert isinstance(reply, Reply)
    found = image_size.size(reply.body)
    if found is None:
        lost = _failed(reply, "no size", "does not say its size in its first bytes")
        return replace(lost, stage="picture size")
    if min(found.width, found.height) < SMALLEST_SIDE:
        return _failed(reply, "too small", f"is {found.width}×{found.height} px")
    return Measured(url=reply.url, width=found.width, height=found.height)


def _refusal(reply: Reply | Failed) -> Failed | None:
    if isinstance(reply, Failed):
        return replace(reply, stage="picture")
    if reply.status not in (200, 206) or not reply.body:
        lost = _failed(reply, f"http {reply.status}", f"answered {reply.status}")
        return replace(lost, is_final=reply.status in (200, 204, *GONE_FOR_GOOD))
    form = image_size.form(reply.body)
    if form in ("ico", "svg"):
        return _failed(reply, "not a picture", f"is {form.upper()}: an icon or drawing")
    return None


def _copy(reply: Reply, widths: Sequence[int]) -> Copy | Failed:
    with Image.open(io.BytesIO(reply.body), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return _failed(reply, "too large", f"has {opened.width}×{opened.height} px")
        is_turned = 5 <= opened.getexif().get(0x0112, 1) <= 8
        size = opened.size[::-1] if is_turned else opened.size
        if min(size) < SMALLEST_SIDE:
            return _failed(reply, "too small", f"is {size[0]}×{size[1]} px")
        largest = _clean(opened, widths[-1], is_turned=is_turned)
    if largest.getcolors(1):
        return _failed(reply, "blank", "is of one colour")
    pixels = f"{EDITION} {largest.mode} {largest.size} ".encode() + largest.tobytes()
    return Copy(
        url=reply.url,
        width=size[0],
        height=size[1],
        digest=hashlib.sha256(pixels).hexdigest()[:16],
        files=_files(largest, widths),
    )


def _clean(opened: Image.Image, width: int, *, is_turned: bool) -> Image.Image:
    """The picture at most `width` wide, upright, in sRGB, and nothing but pixels."""
    profile = opened.info.get("icc_profile")
    scaled = _scalable(opened)
    box = (width, width * TALLEST)
    scaled.thumbnail(
        box[::-1] if is_turned else box, Image.Resampling.LANCZOS, reducing_gap=2.0
    )
    exif = opened.getexif()
    if scaled is not opened and 0x0112 in exif:
        scaled.getexif()[0x0112] = exif[0x0112]
    upright = ImageOps.exif_transpose(scaled)
    plain = _in_srgb(upright, profile if isinstance(profile, bytes) else None)
    return Image.frombytes(plain.mode, plain.size, plain.tobytes())


def _scalable(opened: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled smoothly; itself where it is in one."""
    has_alpha = "transparency" in opened.info
    if opened.mode in ("L", "RGB", "CMYK", "YCbCr") and not has_alpha:
        return opened
    if opened.mode == "RGBA":
        return opened
    if opened.mode.startswith("I;16"):
        return opened.point(lambda level: level / 256).convert("L")
    has_alpha = has_alpha or opened.mode in ("PA", "LA", "La", "RGBa")
    return opened.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB, or RGBA where something shows through."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if alpha is not None and alpha.getextrema()[0] == 255:
        alpha = None
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    if profile and (converted := _converted(colours, profile)):
        colours = converted
    if colours.mode != "RGB":
        colours = colours.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture out of its own colours into sRGB; None where its profile is damaged,
    belongs to another mode, or is sRGB already."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).lower():
            return None
        standard = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, standard, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _files(largest: Image.Image, widths: Sequence[int]) -> tuple[Encoded, ...]:
    """The picture in each width that it has, never enlarged."""
    fitting = [width for width in widths if width < largest.width * NEARLY]
    made: list[Encoded] = []
    for width in (*fitting, largest.width):
        height = max(1, round(largest.height * width / largest.width))
        scaled = largest
        if width < largest.width:
            scaled = largest.resize(
                (width, height), Image.Resampling.LANCZOS, reducing_gap=2.0
            )
        webp = _encoded(scaled, "webp", quality=WEBP_QUALITY, method=WEBP_EFFORT)
        made.append(webp)
        if width >= AVIF_FROM and features.check("avif"):
            options = {"quality": AVIF_QUALITY, "speed": AVIF_SPEED, "max_threads": 1}
            avif = _encoded(scaled, "avif", **options)
            if len(avif.content) < AVIF_GAIN * len(webp.content):
                made.append(avif)
    # A browser that takes AVIF looks at nothing else: without the widest it would show
    # less than it could.
    if made[-1].form != "avif":
        made = [file for file in made if file.form == "webp"]
    return tuple(made)


def _encoded(image: Image.Image, form: str, **options: int) -> Encoded:
    out = io.BytesIO()
    image.save(out, form.upper(), **options)
    return Encoded(
        width=image.width, height=image.height, form=form, content=out.getvalue()
    )


def _failed(reply: Reply, kind: str, reason: str) -> Failed:
    return Failed(
        stage="picture",
        key=reply.key,
        subject=reply.url,
        reason=f"the picture {reason}",
        kind=kind,
        is_final=not reply.truncated,
    )
