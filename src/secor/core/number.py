"""Certificate numbers that catch a slip of the hand: ``SECOR-2024-000123-43``.

The two check digits are those of ISO 7064 MOD 97-10, as in a bank account's number: they catch every single wrong
character and every swap of two neighbours. They are no secret and no proof: they only tell a typing slip from a
number that was never issued.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MODULUS = 97
_SHAPE = re.compile(r"([A-Z]{2,12})(\d{4})(\d{6,9})(\d{2})")
# Letters that people write for digits, in the part of the number that has only digits.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class NotANumber(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """The text is no certificate number, or one with a slip in it."""


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """A certificate number: which scheme's, from which year, the place in that year."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        body = f"{self.prefix}{self.year:04}{self.serial:06}"
        return f"{self.prefix}-{self.year:04}-{self.serial:06}-{check_digits(body)}"


def check_digits(body: str) -> str:
    """Give the two check digits of a text of digits and capital letters; a letter counts as 10 to 35."""
    remainder = int("".join(str(int(sign, 36)) for sign in body) + "00") % MODULUS
    return f"{MODULUS + 1 - remainder:02}"


def parse(text: str) -> CertificateNumber:
    """Read a number as people type it: any case, with or without hyphens and spaces, O for 0.

    Raises ``NotANumber`` with what to do.
    """
    plain = re.sub(r"[\s\-\u2013\u2014_.]", "", text).upper() if len(text) <= _LONGEST else ""
    prefix = re.match(r"[A-Z]*?(?=[\dOIL]{4})", plain, re.ASCII)
    if prefix is not None and prefix.group():
        plain = prefix.group() + plain[prefix.end() :].translate(_LOOKALIKES)
    found = _SHAPE.fullmatch(plain)
    if found is None or not plain.isascii():
        raise NotANumber(f"A certificate number looks like {_EXAMPLE}. Please type it as it is printed.")
    head, year, serial, digits = found.groups()
    if check_digits(head + year + serial) != digits:
        raise NotANumber("One character of this number is wrong. Please compare it with the certificate.")
    return CertificateNumber(head, int(year), int(serial))


_LONGEST = 60
_EXAMPLE = str(CertificateNumber("SECOR", 2024, 123))
