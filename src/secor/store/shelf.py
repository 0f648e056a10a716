"""Where kept bytes stand on disk: under their own SHA-256, written whole or not at all.

A file is written beside the shelf, flushed, and then moved into its place in one step, so that a name on the shelf
always has all of its bytes. Nothing on the shelf is ever changed, and nobody's file name touches the disk.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


def place(sha256: str) -> Path:
    """Tell where the bytes of that fingerprint stand, or would stand."""
    assert len(sha256) == 64, "a fingerprint is 64 signs long"  # noqa: PLR2004 - SHA-256 in hexadecimal
    assert set(sha256) <= set("0123456789abcdef"), "a fingerprint is lower-case hexadecimal"
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def incoming() -> Iterator[IO[bytes]]:
    """Open a file beside the shelf. It is gone at the end unless ``put`` moved it to its place."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def put(file: IO[bytes], sha256: str) -> None:
    """Move a whole file that came in to its place. Bytes that stand there already stay as they are."""
    file.flush()
    os.fsync(file.fileno())
    target = place(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(file.name).replace(target)
    # The name is kept only once its folder is on the disk too.
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
