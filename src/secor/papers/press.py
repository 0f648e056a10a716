"""The press: a typst template, values as JSON, and files in; a tagged PDF out.

Each sheet is printed in a process of its own, because the compiler keeps what it has seen and a site that prints all
day would only grow. Values are data: whatever a name contains, it is never read as markup.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent / "typst"
LIMIT_SECONDS = 60
# Archival and accessible at once: every picture must have words, or the compiler refuses.
STANDARDS: list[Any] = ["a-3a", "ua-1"]


class Jammed(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """The press could not print a paper. Nothing was changed; try again, and tell us if it happens twice."""


def print_pdf(template: str, values: Mapping[str, Any], *, at: datetime, files: Mapping[str, bytes | Path]) -> bytes:
    """Print ``template`` (a name in ``typst/``) with ``values`` (plain JSON) and ``files`` (name to bytes or path).

    The same values at the same moment ``at`` give the same bytes. Raises ``Jammed`` with the compiler's words.
    """
    with tempfile.TemporaryDirectory(prefix="secor-press-") as folder:
        root = Path(folder)
        for sheet in TEMPLATES.glob("*.typ"):
            shutil.copy(sheet, root)
        for name, content in files.items():
            _lay(root / name, content)
        order = {"main": f"{template}.typ", "values": values, "timestamp": int(at.timestamp())}
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, no shell
            [sys.executable, "-m", "secor.papers.press", str(root)],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise Jammed(done.stderr[-2000:])
        return (root / "out.pdf").read_bytes()


def _lay(place: Path, content: bytes | Path) -> None:
    if isinstance(content, Path):
        shutil.copy(content, place)
    else:
        place.write_bytes(content)


def main(folder: str) -> int:
    """Compile one order read from standard input; the child process's whole life."""
    import typst  # noqa: PLC0415 - 30 MB that only the child process needs

    order = json.load(sys.stdin)
    root = Path(folder)
    # The fonts that travel with the compiler know the scripts of Europe. A name in another script is looked for in the
    # machine's own fonts, and printed without the archival promise rather than not at all.
    for own_fonts_only, standards in ((True, STANDARDS), (False, STANDARDS), (False, [])):
        try:
            typst.compile(
                root / order["main"],
                root / "out.pdf",
                root=root,
                ignore_system_fonts=own_fonts_only,
                sys_inputs={"values": json.dumps(order["values"])},
                timestamp=order["timestamp"],
                pdf_standards=standards,
            )
        except typst.TypstError as trouble:
            said = trouble.diagnostic or trouble.message
            if "font" not in said:
                break
        else:
            return 0
    sys.stderr.write(said)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
