"""The files that belong to the project: those git keeps, or, in an unpacked archive, those that are there."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {".venv", ".git", "data", "build", "dist", "node_modules", "__pycache__"}


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the project; with suffixes, only those that end so."""
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if kept.returncode == 0:
        found = [ROOT / name for name in kept.stdout.split("\0") if name]
    else:
        found = [each for each in ROOT.rglob("*") if not NOT_OURS & set(each.relative_to(ROOT).parts)]
    ours = (each for each in found if each.is_file() and (not suffixes or each.suffix in suffixes))
    return tuple(sorted(ours))


def told(file: Path) -> str:
    """The text of a file, or nothing where it holds no text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def place(file: Path) -> str:
    """Where a file is, from the root of the project."""
    return file.relative_to(ROOT).as_posix()
