"""The commands that run the site. Only here is Django loaded; words that are nobody's are passed on to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError, ProgrammingError

REFUSED = 2
# What SQLite and PostgreSQL say of a table or a column that a set-up, or a newer version's, would have made.
NOT_SET_UP = ("no such table", "no such column", "does not exist")
OURS = ("serve", "demo", "send_letters", "check_journal", "back_up", "appoint", "keys", "log")


def main(argv: Sequence[str]) -> int:
    """Run one of the site's commands and give its exit status.

    Gives 2, with a sentence, where a setting cannot be, and where the tables of this version are not there.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
    try:
        return _run(argv)
    except ImproperlyConfigured as wrong:
        print(f"secor {argv[0]}: {wrong}", file=sys.stderr)
        return REFUSED
    except (OperationalError, ProgrammingError) as wrong:
        if not any(words in str(wrong) for words in NOT_SET_UP):
            raise
        told = "The database is not set up for this version. Run `secor serve --set-up-only` first."
        print(f"secor {argv[0]}: {told}", file=sys.stderr)
        return REFUSED


def _run(argv: Sequence[str]) -> int:
    command = argv[0]
    if command in OURS and find_spec(f"secor.cli.{command}"):
        # Each command is loaded only when it is asked for: settings are read, and Django is started, by its own hand.
        return int(import_module(f"secor.cli.{command}").run(argv[1:]) or 0)

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are read when it is loaded

    execute_from_command_line(["secor", *argv])
    return 0
