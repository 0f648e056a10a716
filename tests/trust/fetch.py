"""Fetch the programs that check what we sign: ``python tests/trust/fetch.py``.

From npm and PyPI, pinned to the byte, each in a folder of its own that git does not see. Where they cannot be had, the
tests that want them are left out, and `make test` says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES, ENVIRONMENT = HERE / "node_modules", HERE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LIMIT_SECONDS = 240


def main() -> int:
    """Fetch what is missing; 0 when all is there."""
    return int(not (javascript() and python()))


def javascript() -> bool:
    """The programs from npm."""
    stamp = MODULES / ".complete"
    wanted = (HERE / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    npm = shutil.which("npm")
    if npm is None or not _run([npm, "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]):
        return False
    stamp.write_text(wanted)
    return True


def python() -> bool:
    """openbadgeslib, apart from ours: what it pins is its own affair."""
    stamp = ENVIRONMENT / ".complete"
    wanted = (HERE / "requirements.lock").read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    made = _run([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    words = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    if not made or not _run([str(PYTHON), "-m", "pip", *words, "-r", "requirements.lock"]):
        return False
    stamp.write_text(wanted)
    return True


def _run(words: list[str]) -> bool:
    try:
        done = subprocess.run(
            words, cwd=HERE, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
