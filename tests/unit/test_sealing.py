import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import published
from newsdesk.model.errors import NewsdeskError
from newsdesk.render import sealing

KEY, OTHER = bytes(range(32)), bytes(32)
PATH = "_news/2026-02-19-a-story.md"


def variable(*keys: bytes) -> dict[str, str]:
    return {sealing.VARIABLE: ",".join(base64.b64encode(k).decode() for k in keys)}


@given(st.binary(max_size=300))
def test_equal_content_gives_equal_bytes_and_opens_again(content):
    value = sealing.sealed(content, PATH, KEY)
    assert value == sealing.sealed(content, PATH, KEY)
    assert sealing.opened(value, PATH, (OTHER, KEY)) == content


def test_a_value_moved_to_another_record_does_not_open():
    value = sealing.sealed(b"secret", PATH, KEY)
    assert sealing.opened(value, "_news/2026-02-19-other.md", (KEY,)) is None


def test_a_value_that_was_changed_does_not_open():
    text, nonce = sealing.sealed(b"secret", PATH, KEY).split(";")
    raw = bytearray(base64.b64decode(text))
    raw[0] ^= 1
    changed = f"{base64.b64encode(raw).decode()};{nonce}"
    assert sealing.opened(changed, PATH, (KEY,)) is None


@pytest.mark.parametrize("value", ["", ";", "no base64;%%", "AAAA;AAAA", "AA==;" * 3])
def test_what_is_no_sealed_value_does_not_open(value):
    assert sealing.opened(value, PATH, (KEY,)) is None


def test_keys_come_from_the_environment_the_one_that_seals_first():
    assert sealing.keys_in({}) == ()
    assert sealing.keys_in(variable(KEY, OTHER)) == (KEY, OTHER)


@pytest.mark.parametrize("bad", ["no base64", base64.b64encode(b"short").decode()])
def test_a_key_that_is_none_is_told(bad):
    with pytest.raises(NewsdeskError, match="32 bytes in base64"):
        sealing.keys_in({sealing.VARIABLE: bad})


def test_a_record_keeps_its_seal_while_it_says_the_same_also_after_a_rotation():
    before = published(1)
    (sealed,) = sealing.with_seals([before], (OTHER,))
    assert sealed.record.secured is not None
    assert sealing.with_seals([sealed], (KEY, OTHER)) == (sealed,)
    assert sealing.with_seals([sealed], ()) == (sealed,)


def test_a_record_that_says_something_else_is_sealed_anew_with_the_first_key():
    (sealed,) = sealing.with_seals([published(1)], (OTHER,))
    verdict = replace(sealed.story.verdict, reason="another reason")
    moved = replace(sealed, story=replace(sealed.story, verdict=verdict))
    (anew,) = sealing.with_seals([moved], (KEY, OTHER))
    inside = sealing.opened(anew.record.secured, anew.path, (KEY,))
    assert json.loads(inside)["verdict"] == "another reason"


def test_a_value_whose_key_we_do_not_hold_is_kept():
    (sealed,) = sealing.with_seals([published(1)], (OTHER,))
    assert sealing.with_seals([sealed], (KEY,)) == (sealed,)


def test_an_adopted_record_is_left_alone():
    adopted = replace(published(1), story=None)
    assert sealing.with_seals([adopted], (KEY,)) == (adopted,)


def test_half_a_surrogate_pair_is_sealed_as_its_escape():
    made = published(1)
    verdict = replace(made.story.verdict, reason="half \ud83d")
    broken = replace(made, story=replace(made.story, verdict=verdict))
    assert json.loads(sealing.matter(broken))["verdict"] == "half \ud83d"
