import io

from PIL import Image

from makers import NOW
from newsdesk.model.feed import Reply
from newsdesk.model.run import Failed
from newsdesk.stages import pictures


def reply(body: bytes, status: int = 200) -> Reply:
    url = "https://a.example/1.jpg"
    return Reply(
        key=url, url=url, final_url=url, status=status, headers=(), body=body,
        fetched_at=NOW,
    )  # fmt: skip


def drawn(width: int, height: int, form: str = "JPEG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, form)
    return out.getvalue()


def test_a_copy_tells_the_true_size_and_is_no_wider_than_asked():
    copy = pictures.copied(reply(drawn(1200, 675)), width=960)
    assert isinstance(copy, pictures.Copy)
    assert (copy.width, copy.height) == (1200, 675)
    with Image.open(io.BytesIO(copy.webp)) as small:
        assert (small.format, small.size) == ("WEBP", (960, 540))


def test_transparency_and_palettes_are_kept_readable():
    for form, mode in (("PNG", "RGBA"), ("GIF", "P"), ("PNG", "LA"), ("JPEG", "CMYK")):
        assert isinstance(
            pictures.copied(reply(drawn(200, 100, form, mode)), width=100),
            pictures.Copy,
        )


def test_what_is_no_picture_is_a_failure_with_its_reason():
    for body, status, kind in (
        (b"<html>", 200, "not a picture"),
        (drawn(300, 200)[:200], 200, "not a picture"),
        (drawn(20, 20), 200, "too small"),
        (b"", 404, "http 404"),
    ):
        failed = pictures.copied(reply(body, status), width=960)
        assert isinstance(failed, Failed)
        assert failed.kind == kind


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_does():
    failed = pictures.copied(reply(drawn(8_000, 6_000, "PNG", "1")), width=960)
    assert isinstance(failed, Failed)
    assert failed.kind == "too large"


def test_a_failed_fetch_stays_a_failure_of_this_stage():
    lost = Failed(stage="fetch", key="k", subject="s", reason="r", kind="timeout")
    assert pictures.copied(lost, width=960).stage == "picture"
