"""``secor back_up FOLDER``: copy the database and the files, while the site is being used.

The database goes first: a file is kept before the row that names it, so every file that the copied rows name is
among the files copied after. A file never changes once it is there, so a second copy into the same folder brings only
what is new.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

REFUSED = 2


def run(words: Sequence[str]) -> int:
    """Copy, and tell what was copied; 2, with a sentence, where there is nothing to copy or no room."""
    parser = argparse.ArgumentParser(prog="secor back_up", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(words).folder
    django.setup()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        told = _database(folder)
        new = _files(folder / "files")
    except (OSError, sqlite3.Error) as trouble:
        print(f"secor back_up: the copy is not complete ({trouble}).", file=sys.stderr)
        return REFUSED
    print(f"{told} New files copied: {new}.")
    return 0


def _database(folder: Path) -> str:
    if connection.vendor != "sqlite":
        return "PostgreSQL copies itself: run pg_dump as well, before this command."
    kept = Path(str(settings.DATABASES["default"]["NAME"]))
    if not kept.exists():
        raise FileNotFoundError(f"{kept} is not there")
    target, half = folder / kept.name, folder / f"{kept.name}.half"
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    half.replace(target)
    return f"{kept.name} copied and found whole."


def _files(folder: Path) -> int:
    new = 0
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        target = folder / file.relative_to(settings.MEDIA_ROOT)
        if file.is_file() and not (target.exists() and target.stat().st_size == file.stat().st_size):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
            new += 1
    return new
