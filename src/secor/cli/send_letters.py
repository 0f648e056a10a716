"""``secor send_letters``: write and send what is waiting, once: letters, and messages to programs.

For a timer, where ``serve`` does not send letters.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import django


def run(words: Sequence[str]) -> int:
    """Send what waits; give 1 when a letter could not go out (it stays in the outbox and is tried again)."""
    argparse.ArgumentParser(prog="secor send_letters", description=__doc__).parse_args(words)
    django.setup()
    from secor.cli import clock  # noqa: PLC0415 - the same
    from secor.post import sender, webhooks  # noqa: PLC0415 - tables are not there before Django is set up

    gone, lost = sender.once(at=clock.now())
    webhooks.tell(at=clock.now())
    taken, refused = webhooks.send(now=clock.now)
    print(f"Letters sent: {gone}. Letters that could not be sent: {lost}.")
    if taken or refused:
        print(f"Messages taken by programs: {taken}. Messages not taken: {refused}; they are tried again.")
    return 1 if lost else 0
