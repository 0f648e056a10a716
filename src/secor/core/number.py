"""Certificate numbers that catch a slip of the hand: ``SECOR-2026-000123-7``.

The check sign is a weighted sum modulo 37 (ISO 7064 MOD 37-2 over digits and letters), which catches every single
wrong character and every swap of two neighbours. It is no secret and no proof: it only tells a typing slip from a
number that was never issued.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
MODULUS = 37
_SHAPE = re.compile(r"([A-Z]{2,12})(\d{4})(\d{6,9})([0-9A-Z*])")
# Letters that people write for digits in the part of the number that has only digits.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class NotANumber(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """The text is no certificate number, or one with a slip in it."""


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """A certificate number: which scheme's, from which year, the how-manieth."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        body = f"{self.prefix}{self.year:04}{self.serial:06}"
        return f"{self.prefix}-{self.year:04}-{self.serial:06}-{check_sign(body)}"


def check_sign(body: str) -> str:
    """Give the check sign of a text of digits and capital letters."""
    remainder = 0
    for sign in body:
        remainder = (remainder + ALPHABET.index(sign)) * 2 % MODULUS
    return ALPHABET[(1 - remainder) % MODULUS]


def parse(text: str) -> CertificateNumber:
    """Read a number as people type it: any case, with or without hyphens and spaces, O for 0.

    Raises ``NotANumber`` with what to do.
    """
    plain = re.sub(r"[\s\-\u2013\u2014_.]", "", text).upper()
    prefix = re.match(r"[A-Z]*?(?=[\dOIL]{4})", plain)
    if prefix is not None and prefix.group():
        head, tail = plain[: prefix.end()], plain[prefix.end() :]
        plain = head + tail[:-1].translate(_LOOKALIKES) + tail[-1:]
    found = _SHAPE.fullmatch(plain)
    if found is None:
        raise NotANumber("A certificate number looks like SECOR-2026-000123-7. Please type it as it is printed.")
    head, year, serial, sign = found.groups()
    if check_sign(head + year + serial) != sign:
        raise NotANumber("One character of this number is wrong. Please compare it with the certificate.")
    return CertificateNumber(head, int(year), int(serial))
