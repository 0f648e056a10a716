"""An audit as one open file: ``audit.json`` and its evidence, in a ZIP that is the same whenever nothing changed."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

CONTENT, EVIDENCE = "audit.json", "evidence/"
# ZIP keeps the day of each file. A fixed one lets two files be compared byte for byte.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_ITS_OWNER = 0o600 << 16


def audit_file(content: Mapping[str, Any], *, files: Mapping[str, Path]) -> IO[bytes]:
    """Write the file to one that vanishes when it is closed, and give it from its beginning."""
    place = tempfile.TemporaryFile(prefix="secor-audit-")  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(place, "w") as out:
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        out.writestr(_entry(CONTENT), text.encode(), zipfile.ZIP_DEFLATED)
        for sha256, source in sorted(files.items()):
            if source.exists():
                with source.open("rb") as read, out.open(_entry(f"{EVIDENCE}{sha256}"), "w") as write:
                    while piece := read.read(1024 * 1024):
                        write.write(piece)
    place.seek(0)
    return place


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ALWAYS)
    entry.external_attr = _READABLE_BY_ITS_OWNER
    return entry
