"""What a site needs before it can be served, each step done only where it is still missing.

To be imported once Django is set up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from secor.cli import clock
from secor.core.key import Purpose
from secor.queries import employers
from secor.queries import keys as asked
from secor.usecases import keys, log
from secor.usecases.act import Act
from secor.usecases.appointments import enter_partners
from secor.usecases.credentials import seal_missing
from secor.usecases.province import forty

SCHEME = "ab-secor"
SIGNED_AT_ONCE = 200


def everything() -> None:
    """Make the data folder, the tables, the static files and, in the demonstration, its province."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    tables()
    static_files()
    if settings.DEMONSTRATION:
        province()
    partners()
    if trouble := log.hold_against_published(at=clock.now()):
        _say(trouble)
    if settings.DEMONSTRATION:
        keys_of_the_demonstration()


def tables() -> None:
    """Bring the tables to the state this release wants."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("Setting up the database …")
        call_command("migrate", verbosity=0, interactive=False)


def partners() -> None:
    """Enter the certifying partners of the scheme's files, and what a new release of the files says of them."""
    enter_partners(Act(None, clock.now()), scheme=SCHEME)


def keys_of_the_demonstration() -> None:
    """Make each partner's keys where they are missing, and sign what was issued before. A real site makes its own.

    A large invented world is signed by `secor keys sign`: it would be a long wait before the first page.
    """
    act = Act(None, clock.now())
    for partner in employers.partners():
        for purpose in (Purpose.CREDENTIAL, Purpose.PAPER):
            if asked.current(purpose, partner=partner) is None:
                keys.make(act, purpose=purpose, partner=partner)
    if asked.current(Purpose.LOG) is None:
        keys.make(act, purpose=Purpose.LOG)
    if asked.stopped() is None:
        seal_missing(act, most=SIGNED_AT_ONCE)


def static_files() -> None:
    """Collect pictures, styles and script, each under a name that tells its content, squeezed for the wire."""
    stamp = settings.STATIC_ROOT / ".of"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        _say("Preparing pictures and styles …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted)


def province() -> None:
    """Make the demonstration's world, where nobody lives yet."""
    if forty.wanted():
        _say("Inventing a small province for the demonstration; this takes a minute …")
        forty.lay(at=clock.now())


def _fingerprint() -> str:
    """Tell one state of the static files from another: how they are kept, their places, sizes and days."""
    told = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for line in sorted(_found()):
        told.update(line.encode())
    return told.hexdigest()


def _found() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            yield f"{name} {about.st_size} {about.st_mtime_ns}\n"


def _say(text: str) -> None:
    print(text, flush=True)
