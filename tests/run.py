"""Runs the checks: ``python tests/run.py all | core | long | lint``.

Does its own setting up: fetches Chromium, PostgreSQL and the PDF readers through the system's package manager when it
may, and says loudly what had to be left out when it may not. Starts its own PostgreSQL and stops it again.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CORES = min(os.cpu_count() or 1, 4)
# What a program is called, and the Debian package that brings it.
WANTED = {
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "zbarimg": "zbar-tools",
    "initdb": "postgresql",
    "node": "nodejs",
    "npm": "npm",
    "qpdf": "qpdf",
    "softhsm2-util": "softhsm2",
}


def main(what: str) -> int:
    """Run one set of checks; give 0 when all held."""
    if what == "lint":
        return lint()
    if what == "core":
        return pytest("SQLite", "tests/core", "tests/cases", "tests/cli", env={})
    left_out = fetch()
    began = time.monotonic()
    # One thing that is wrong hides no other: everything runs, and everything is told.
    failed = lint() if what == "all" else 0
    long = ["-m", "slow"] if what == "long" else ["-m", "not slow"]
    failed |= pytest("SQLite", *long, env={})
    if what == "long":
        failed |= pytest("SQLite, by chance", "tests/core", "--hypothesis-profile=by chance", env={})
    if "initdb" not in left_out:
        with postgres() as url:
            failed |= pytest("PostgreSQL", *long, env={"SECOR_DATABASE_URL": url})
    for program in left_out:
        shout(f"LEFT OUT: {WANTED[program]} could not be had, so what needs `{program}` did not run.")
    if "initdb" in left_out:
        shout(f"LEFT OUT: the whole suite on PostgreSQL ({COUNTS.get('SQLite', 'not counted')} on SQLite).")
    for engine, skipped in SKIPPED.items():
        for why, tests in skipped.items():
            shout(f"LEFT OUT on {engine}: {tests} tests ({why})")
    shout(f"{'FAILED' if failed else 'All held'} after {time.monotonic() - began:.0f} s.")
    counted = " ".join(f"{name}: {line}" for name, line in COUNTS.items())
    print(counted)
    total = sum(int(n) for line in COUNTS.values() for n in re.findall(r"(\d+) passed", line))
    lost = sum(int(n) for line in COUNTS.values() for n in re.findall(r"(\d+) (?:failed|error)", line))
    print(f"{total} passed, {max(lost, 1 if failed else 0)} failed")
    return failed


COUNTS: dict[str, str] = {}
SKIPPED: dict[str, Counter[str]] = defaultdict(Counter)


def lint() -> int:
    """Style, types and layers."""
    failed = 0
    for words in (
        ["ruff", "check", "src", "tests", "bench"],
        ["ruff", "format", "--check", "--quiet", "src", "tests", "bench"],
        ["mypy"],
        ["lint-imports"],
    ):
        shout(" ".join(words))
        failed |= subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, check=False).returncode
    return failed


def pytest(engine: str, *words: str, env: dict[str, str]) -> int:
    """Run tests on one engine, in as many processes as there are cores."""
    shout(f"Tests on {engine}")
    with tempfile.TemporaryDirectory(prefix="secor-tests-") as data:
        around = os.environ | {"SECOR_DATA": data, "SECOR_FINGERPRINT": "no"} | env
        command = [BIN / "pytest", "-n", str(CORES), "--dist", "worksteal", "--durations=5", "-rs", *words]
        run = subprocess.Popen(
            command, cwd=ROOT, env=around, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
        )
        assert run.stdout is not None
        for line in run.stdout:
            print(line, end="", flush=True)
            if left := re.match(r"SKIPPED \[(\d+)\] [^ ]+ (.*)", line):
                SKIPPED[engine][left[2].strip()] += int(left[1])
            if re.search(r"\d+ (passed|failed|error)", line):
                COUNTS[engine] = line.strip(" =\n")
        return run.wait()


def fetch() -> list[str]:
    """Fetch the programs that are missing, where we may; give those that stay missing."""
    missing = [program for program in WANTED if not find(program)]
    if missing and shutil.which("apt-get"):
        become = [] if os.geteuid() == 0 else ["sudo", "-n"]
        packages = [WANTED[program] for program in missing]
        shout(f"Fetching {', '.join(packages)}")
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        with contextlib.suppress(OSError):
            subprocess.run([*become, "apt-get", "update"], check=False, env=env, **quiet)
            subprocess.run(
                [*become, "apt-get", "install", "-y", "--no-install-recommends", *packages],
                check=False,
                env=env,
                **quiet,
            )
    shout("Fetching the programs that check what we sign")
    subprocess.run([sys.executable, str(ROOT / "tests" / "trust" / "fetch.py")], check=False)
    return [program for program in WANTED if not find(program)]


def find(program: str) -> str | None:
    """Find a program, also where Debian keeps PostgreSQL's."""
    if found := shutil.which(program):
        return found
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    return str(places[0]) if places else None


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run a PostgreSQL of our own on a free port of the loopback, as a user it accepts; give its address."""
    runs_as = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    become = ["setpriv", f"--reuid={runs_as}", f"--regid={runs_as}", "--clear-groups"] if os.geteuid() == 0 else []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="secor-postgres-") as folder:
        if become:
            shutil.chown(folder, runs_as)
        place = Path(folder) / "data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            [*become, find("initdb"), "-D", place, "-U", "secor", "-A", "trust", "-E", "UTF8", "-k"], **quiet
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=120"
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # nothing here is to be kept
        subprocess.run(
            [*become, find("pg_ctl"), "-D", place, "-w", "-o", options, "-l", f"{folder}/log", "start"], **quiet
        )
        try:
            yield f"postgresql://secor@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*become, find("pg_ctl"), "-D", place, "-m", "immediate", "stop"], **quiet)


def shout(text: str) -> None:
    """Say something that is not to be missed."""
    print(f"\n=== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
