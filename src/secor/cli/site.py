"""The commands that run the site. Here Django is loaded; every other of its commands is passed on to it."""

from __future__ import annotations

import os
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run one of the site's commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
    if argv[0] == "serve":
        from secor.cli import serve  # noqa: PLC0415 - settings are read when it is imported

        return serve.run(argv[1:])

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - the same

    execute_from_command_line(["secor", *argv])
    return 0
