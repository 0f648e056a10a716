"""Keeps secrets that stand in an address out of the log: what opens a door by itself is nobody's to read later."""

from __future__ import annotations

import logging
import re

# What begins like this is followed by a secret.
_SECRET = re.compile(r"(/(?:crew/open|wallet|packs|calendar|courses|watch|first-talk|quotes)/)[^/?#\s\"']+")


class SecretsLeftOut(logging.Filter):
    """Takes the secret out of every address that a line of the log names."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without the secrets in it."""
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(each) for each in record.args)
        return True


def _without(told: object) -> object:
    return _SECRET.sub(r"\1…", told) if isinstance(told, str) else told
