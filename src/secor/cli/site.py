"""The commands that run the site. Only here is Django loaded; words that are nobody's are passed on to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

OURS = ("serve", "demo", "send_letters", "back_up", "appoint")


def main(argv: Sequence[str]) -> int:
    """Run one of the site's commands and give its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
    command = argv[0]
    if command in OURS and find_spec(f"secor.cli.{command}"):
        # Each command is loaded only when it is asked for: settings are read, and Django is started, by its own hand.
        return int(import_module(f"secor.cli.{command}").run(argv[1:]) or 0)

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are read when it is loaded

    execute_from_command_line(["secor", *argv])
    return 0
