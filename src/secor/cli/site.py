"""The commands that run the site. Only here is Django loaded; words that are nobody's are passed on to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

REFUSED = 2
OURS = ("serve", "demo", "send_letters", "check_journal", "back_up", "appoint", "keys")


def main(argv: Sequence[str]) -> int:
    """Run one of the site's commands and give its exit status; 2, with a sentence, where a setting cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
    try:
        return _run(argv)
    except ImproperlyConfigured as wrong:
        print(f"secor {argv[0]}: {wrong}", file=sys.stderr)
        return REFUSED


def _run(argv: Sequence[str]) -> int:
    command = argv[0]
    if command in OURS and find_spec(f"secor.cli.{command}"):
        # Each command is loaded only when it is asked for: settings are read, and Django is started, by its own hand.
        return int(import_module(f"secor.cli.{command}").run(argv[1:]) or 0)

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are read when it is loaded

    execute_from_command_line(["secor", *argv])
    return 0
