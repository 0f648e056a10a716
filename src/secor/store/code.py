"""Codes that stand in addresses instead of running numbers, so that nobody can count or guess."""

import secrets

# Crockford's alphabet: no I, L, O, U, so that a code read over the phone is not misheard.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_code() -> str:
    """Make a code of twelve signs (60 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def new_secret() -> str:
    """Make what opens a door by itself, for an address that somebody is handed: 26 signs (130 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))
