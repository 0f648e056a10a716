"""``secor send_letters``: write and send what is waiting, once. For a timer, where ``serve`` does not send letters."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import django


def run(words: Sequence[str]) -> int:
    """Send what waits; give 1 when a letter could not go out (it stays in the outbox and is tried again)."""
    argparse.ArgumentParser(prog="secor send_letters", description=__doc__).parse_args(words)
    django.setup()
    from secor.cli import clock  # noqa: PLC0415 - the same
    from secor.post import sender  # noqa: PLC0415 - tables are not there before Django is set up

    gone, lost = sender.once(at=clock.now())
    print(f"Letters sent: {gone}. Letters that could not be sent: {lost}.")
    return 1 if lost else 0
