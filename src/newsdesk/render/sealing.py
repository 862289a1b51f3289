"""What a record keeps closed: sealed for its path, opened only with the site's key.

AES-256-GCM-SIV (RFC 8452) with the path as associated data, so that a value moved to
another record does not open, and a nonce that comes from key and path, so that equal
content gives equal bytes: the mode is made to bear a repeated nonce, and tells at most
that a value is what it was before. Values whose key we do not hold are left as they are.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdesk.model.errors import NewsdeskError
from newsdesk.model.story import Published

if TYPE_CHECKING:  # loaded where a key is there: most commands need none
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

VARIABLE = "NEWSDESK_SEAL_KEYS"
"""The environment variable with the keys."""
KEY_BYTES = 32
NONCE_BYTES = 12
_PURPOSE = b"newsdesk record seal/1\0"

Keys = tuple[bytes, ...]
"""The first one seals, each may open."""


def keys_in(environment: Mapping[str, str]) -> Keys:
    """The keys in an environment, the one that seals first; none: nothing is sealed.

    NewsdeskError: one is not 32 bytes in base64.
    """
    given = environment.get(VARIABLE, "").replace(",", " ").split()
    return tuple(_key(number, text) for number, text in enumerate(given, 1))


def _key(number: int, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise NewsdeskError(
            f"{VARIABLE}: key {number} is not {KEY_BYTES} bytes in base64; "
            f"`openssl rand -base64 {KEY_BYTES}` makes one"
        )
    return key


def sealed(content: bytes, path: str, key: bytes) -> str:
    """The closed form of `content` in the record at `path`: `BASE64;BASE64`, sealed text
    and nonce."""
    nonce = hmac.digest(key, _PURPOSE + path.encode(), hashlib.sha256)[:NONCE_BYTES]
    text = _cipher(key).encrypt(nonce, content, path.encode())
    return ";".join(base64.b64encode(part).decode("ascii") for part in (text, nonce))


def opened(value: str, path: str, keys: Sequence[bytes]) -> bytes | None:
    """What is sealed in a value of the record at `path`; None where none of the keys
    opens it: another key sealed it, or it was made for another record, or changed."""
    from cryptography.exceptions import InvalidTag

    text, _, nonce = value.partition(";")
    try:
        closed, once = (base64.b64decode(part, validate=True) for part in (text, nonce))
    except (binascii.Error, ValueError):
        return None
    if len(once) != NONCE_BYTES:
        return None
    for key in keys:
        try:
            return _cipher(key).decrypt(once, closed, path.encode())
        except InvalidTag:
            continue
    return None


def with_seals(records: Sequence[Published], keys: Keys) -> tuple[Published, ...]:
    """Records of ours with what they keep closed. A value that opens and says the same
    stays as it is, also where an older key sealed it; without keys all do."""
    if not keys:
        return tuple(records)
    return tuple(_with_seal(one, keys) for one in records)


def _with_seal(p: Published, keys: Keys) -> Published:
    if p.story is None:
        return p
    content, value = matter(p), p.record.secured
    if value is not None:
        inside = opened(value, p.path, keys)
        if inside in (content, None):  # the same, or not ours to open
            return p
    return replace(
        p, record=replace(p.record, secured=sealed(content, p.path, keys[0]))
    )


def matter(p: Published) -> bytes:
    """What a record of ours keeps with it and does not show, as JSON: which story it is,
    which articles make it up, and why it is shown or held."""
    assert p.story is not None
    story = p.story
    members = (story.lead, *story.related, *story.more)
    return json.dumps(
        {
            "story": story.story.id,
            "verdict": story.verdict.reason,
            "members": {article.id: article.url for article in members},
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    ).encode("utf-8", "backslashreplace")  # half a surrogate pair becomes its escape


def _cipher(key: bytes) -> AESGCMSIV:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    return AESGCMSIV(key)
