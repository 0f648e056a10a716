"""``secor serve``: set up what is missing, and serve the site. Run twice, it does the setting up once."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def run(words: Sequence[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="secor serve", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("SECOR_PORT", "8000")))
    parser.add_argument("--host", default=os.environ.get("SECOR_HOST", "127.0.0.1"))
    parser.add_argument("--workers", type=int, default=1, help="one is right for SQLite; cores for PostgreSQL")
    parser.add_argument("--set-up-only", action="store_true", help="set up what is missing, and stop")
    args = parser.parse_args(words)
    os.environ["SECOR_PORT"] = str(args.port)
    django.setup()
    set_up()
    if args.set_up_only:
        return 0
    _greet(args.port)
    # The worker that serves also sends the letters, unless another process was given that work.
    os.environ.setdefault("SECOR_LETTERS", "here")

    from granian import Granian  # noqa: PLC0415 - a third of the start, and not wanted for --set-up-only
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        "secor.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=4,
        backpressure=256,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def set_up() -> None:
    """Make the data folder, the tables, the static files and, in the demonstration, its province."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Setting up the database …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    stamp = settings.STATIC_ROOT / ".of"
    wanted = _static_files()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Preparing pictures and styles …", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted)
    if settings.DEMONSTRATION:
        from secor.usecases.province import forty  # noqa: PLC0415 - only the demonstration wants it
        from secor.web import clock  # noqa: PLC0415

        if forty.wanted():
            print("Inventing a small province for the demonstration; this takes a minute …", flush=True)
            forty.lay(at=clock.now())


def _static_files() -> str:
    """Tell one state of the static files from another: their places, sizes and days."""
    told = hashlib.sha256()
    for line in sorted(_found()):
        told.update(line.encode())
    return told.hexdigest()


def _found() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - wants the settings first

    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            about = path.stat()
            yield f"{name} {about.st_size} {about.st_mtime_ns}\n"


def _greet(port: int) -> None:
    print(f"\n  SECOR is at http://localhost:{port}\n", flush=True)
    if settings.DEMONSTRATION:
        from secor.queries.demonstration import people  # noqa: PLC0415 - only the demonstration wants it

        for one in people(most=9):
            print(f"  {one.email:<46} {one.doing}", flush=True)
        print("\n  On the sign-in page each of them is one button. Stop with Ctrl-C.\n", flush=True)
