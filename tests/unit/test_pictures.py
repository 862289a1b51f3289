import io
from dataclasses import replace

import pytest
from PIL import Image, ImageCms, ImageOps

from makers import NOW
from newsdesk.model.feed import Reply
from newsdesk.model.run import Failed
from newsdesk.stages import pictures

WIDTHS = (320, 640, 1200)


def reply(
    body: bytes, status: int = 200, url: str = "https://a.example/1.jpg"
) -> Reply:
    return Reply(
        key=url, url=url, final_url=url, status=status, headers=(), body=body,
        fetched_at=NOW,
    )  # fmt: skip


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that is brighter to the right and to the bottom."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, across)).convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def copy_of(body: bytes, url: str = "https://a.example/1.jpg") -> pictures.Copy:
    copy = pictures.copied(reply(body, url=url), widths=WIDTHS)
    assert isinstance(copy, pictures.Copy), copy
    return copy


def opened(file: pictures.Encoded) -> Image.Image:
    return Image.open(io.BytesIO(file.content))


def test_a_copy_tells_the_true_size_and_comes_in_each_width():
    copy = copy_of(saved(drawn(1600, 900)))
    assert (copy.width, copy.height) == (1600, 900)
    webp = [file for file in copy.files if file.form == "webp"]
    assert [(file.width, file.height) for file in webp] == [
        (320, 180), (640, 360), (1200, 675),
    ]  # fmt: skip
    for file in copy.files:
        with opened(file) as small:
            assert (small.format, small.size) == (
                file.form.upper(), (file.width, file.height),
            )  # fmt: skip


def test_nothing_is_enlarged_and_the_widest_copy_is_the_picture_itself():
    sizes = {
        (file.width, file.height) for file in copy_of(saved(drawn(700, 400))).files
    }
    assert sizes == {(320, 183), (700, 400)}


def test_avif_is_kept_only_where_it_is_smaller_than_webp():
    noise = Image.effect_noise((1300, 800), 60).convert("RGB")
    for picture in (drawn(1300, 800), noise):
        files = copy_of(saved(picture, quality=95)).files
        webp = {file.width: len(file.content) for file in files if file.form == "webp"}
        avif = {file.width: len(file.content) for file in files if file.form == "avif"}
        assert set(avif) <= {640, 1200}
        assert not avif or 1200 in avif
        assert all(size < webp[width] for width, size in avif.items())


def test_one_picture_under_two_addresses_has_one_digest():
    picture = drawn(900, 600)
    one = copy_of(saved(picture, "PNG"))
    other = copy_of(saved(picture, "BMP"), "https://b.example/2.bmp")
    assert one.digest == other.digest
    assert one.files == other.files
    assert copy_of(saved(ImageOps.mirror(picture), "PNG")).digest != one.digest


def test_a_picture_that_lies_on_its_side_is_copied_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = drawn(1500, 1000).rotate(90, expand=True)
    copy = copy_of(saved(drawn(1500, 1000), quality=95, exif=exif))
    assert (copy.width, copy.height) == (1000, 1500)
    with opened(copy.files[-1]) as small:
        assert small.size == lying.size
        assert small.getpixel((900, 100))[1] < small.getpixel((100, 100))[1]
        left, right = small.getpixel((50, 750)), small.getpixel((950, 750))
        assert left[1] > right[1] + 100


def test_metadata_does_not_reach_the_site():
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for file in copy_of(
        saved(drawn(900, 600), exif=exif, icc_profile=profile, comment=b"secret")
    ).files:
        assert b"secret" not in file.content
        with opened(file) as small:
            assert not small.getexif()
            assert "icc_profile" not in small.info


def test_colours_of_another_space_come_out_as_srgb():
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = standard.replace("sRGB".encode("utf-16-be"), "GBR!".encode("utf-16-be"))
    swapped = (
        named.replace(b"rXYZ", b"xXYZ")
        .replace(b"gXYZ", b"rXYZ")
        .replace(b"xXYZ", b"gXYZ")
    )  # what it calls red is green
    red = drawn(400, 300)
    red.putpixel((0, 0), (0, 0, 0))
    red.paste((200, 30, 30), (0, 0, 400, 200))
    with opened(copy_of(saved(red, "PNG", icc_profile=swapped)).files[-1]) as other:
        r, g, _ = other.getpixel((200, 100))
        assert g > r + 100
    plain = copy_of(saved(red, "PNG"))
    broken = copy_of(saved(red, "PNG", icc_profile=b"no profile"))
    assert broken.digest == plain.digest


def test_of_an_animation_the_first_frame_is_copied():
    first, second = drawn(400, 300), drawn(400, 300).rotate(180)
    film = saved(first, "WEBP", save_all=True, append_images=[second], lossless=True)
    still = saved(first, "WEBP", lossless=True)
    assert copy_of(film).digest == copy_of(still).digest


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGBA"), ("GIF", "P"), ("PNG", "LA"), ("JPEG", "CMYK"), ("PNG", "1"),
     ("PNG", "I;16"), ("PNG", "L"), ("TIFF", "RGB")],
)  # fmt: skip
def test_every_sort_of_pixel_is_copied_as_it_looks(form: str, mode: str):
    picture = drawn(400, 300, "L").convert("I") if mode == "I;16" else None
    if picture is not None:
        picture = picture.point(lambda level: level * 256).convert("I;16")
    copy = copy_of(saved(picture or drawn(400, 300, mode), form))
    with opened(copy.files[-1]) as small:
        grey = small.convert("L")
        assert grey.getpixel((380, 280)) > grey.getpixel((20, 20)) + 60


def test_what_shows_through_still_does():
    picture = drawn(400, 300, "RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((400, 300)))
    with opened(copy_of(saved(picture, "PNG")).files[-1]) as small:
        assert small.mode == "RGBA"


def test_what_is_no_picture_is_a_failure_with_its_reason():
    for body, status, kind, is_final in (
        (b"<html>", 200, "not a picture", True),
        (saved(drawn(300, 200))[:200], 200, "not a picture", True),
        (saved(drawn(20, 20)), 200, "too small", True),
        (saved(Image.new("RGB", (400, 300), "white")), 200, "blank", True),
        (b"<svg viewBox='0 0 900 600'/>", 200, "not a picture", True),
        (saved(drawn(256, 256), "ICO"), 200, "not a picture", True),
        (b"", 404, "http 404", True),
        (b"busy", 503, "http 503", False),
    ):
        failed = pictures.copied(reply(body, status), widths=WIDTHS)
        assert isinstance(failed, Failed)
        assert (failed.kind, failed.is_final) == (kind, is_final)


def test_a_transfer_that_broke_off_is_tried_again():
    broken = replace(reply(saved(drawn(300, 200))[:200]), truncated=True)
    failed = pictures.copied(broken, widths=WIDTHS)
    assert isinstance(failed, Failed)
    assert not failed.is_final


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_does():
    body = saved(Image.new("1", (8_000, 6_000)), "PNG")
    failed = pictures.copied(reply(body), widths=WIDTHS)
    assert isinstance(failed, Failed)
    assert failed.kind == "too large"


def test_a_failed_fetch_stays_a_failure_of_this_stage():
    lost = Failed(stage="fetch", key="k", subject="s", reason="r", kind="timeout")
    assert pictures.copied(lost, widths=WIDTHS).stage == "picture"
    assert pictures.measured(lost).stage == "picture"


def test_the_first_bytes_are_enough_to_measure_a_picture():
    body = saved(Image.effect_noise((900, 600), 60), quality=95)
    start = replace(reply(body[:4096], 206), truncated=True)
    found = pictures.measured(start)
    assert found == pictures.Measured(url=start.url, width=900, height=600)


def test_what_cannot_be_measured_is_not_held_to_be_no_picture():
    failed = pictures.measured(reply(b"\xff\xd8\xff\xe0" + bytes(900)))
    assert isinstance(failed, Failed)
    assert (failed.stage, failed.kind) == ("picture size", "no size")
