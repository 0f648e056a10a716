"""Which credentials may no longer be relied on: one bit for each, in one list (W3C Bitstring Status List 1.0).

The list is long and places in it are drawn at random, so that who looks it up does not tell whom they ask about.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from secor.core.proof import Forged, moment

PLACES = 131_072  # the least that the standard allows: 16 KB before it is squeezed
LIFE = timedelta(days=3)  # how long a list may be kept by others; the standard's herd, our limit: never over a week
PURPOSE = "revocation"
V2 = "https://www.w3.org/ns/credentials/v2"


def entry(*, address: str, index: int) -> dict[str, Any]:
    """Say in a credential where its bit stands."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def compose(*, address: str, issuer: str, ended: Iterable[int], at: datetime) -> dict[str, Any]:
    """The list as a credential of its own, good for three days from ``at``; the places in ``ended`` have their bit set.

    Refuses (``ValueError``) a place that is not in the list.
    """
    return {
        "@context": [V2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(at),
        "validUntil": moment(at + LIFE),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encode(ended),
        },
    }


def encode(ended: Iterable[int]) -> str:
    """Write the bits: the first place is the highest bit of the first byte; squeezed, in base 64 after a ``u``."""
    bits = bytearray(PLACES // 8)
    for place in ended:
        if not 0 <= place < PLACES:
            raise ValueError(f"A status list has {PLACES} places; {place} is not one of them.")
        bits[place // 8] |= 128 >> place % 8
    squeezer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    squeezed = squeezer.compress(bytes(bits)) + squeezer.flush()
    return "u" + base64.urlsafe_b64encode(squeezed).rstrip(b"=").decode()


def told(encoded: str, *, index: int) -> bool:
    """Tell whether the bit at ``index`` is set. Refuses (``Forged``) what is no list, or one that swells."""
    if not encoded.startswith("u") or not 0 <= index < PLACES:
        raise Forged("The status list is not written as one, or has no such place.")
    text = encoded[1:]
    try:
        squeezed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj(zlib.MAX_WBITS | 16)
        bits = opener.decompress(squeezed, PLACES // 8)
    except (binascii.Error, ValueError, zlib.error) as no:
        raise Forged("The status list is not written as one.") from no
    if len(bits) != PLACES // 8 or opener.unconsumed_tail:
        raise Forged("The status list has not the length it should have.")
    return bool(bits[index // 8] & 128 >> index % 8)
