"""``secor``: one program, two kinds of commands.

The rule commands ask the rules and nothing else: no Django, no database, no clock, an answer in a blink. All others
run the site, and only they load it.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from secor.cli import files

RULES = ("check", "score", "standing", "refund", "sample", "eligible", "verify", "monitor")
OUR_FAULT = 70
HELP = """\
secor runs the Small Employer Certificate of Recognition program from end to end.

Ask the rules (JSON in, JSON out; no database, no clock):
  secor check schemes
  secor score --instrument secor-open --answers answers.json
  secor standing --scheme ab-secor --partner asc --history history.json --on 2026-03-01
  secor refund --scheme ab-secor --partner asc --case case.json
  secor sample --scheme ab-secor --partner asc --headcount 6
  secor eligible --scheme ab-secor --partner asc --headcounts counts.json --on 2026-03-01

Check a certificate's file, offline:
  secor verify certificate.pdf --keys did.json --list list.json

Watch a register's public log, from outside:
  secor monitor https://register.example/log --key NAME+HASH+KEY --state last-seen

Run the site:
  secor serve                     set up what is missing, and serve it
  secor demo                      fill an empty site with a small invented province
  secor send_letters              write and send what is waiting
  secor check_journal             tell whether anything in the journal was changed
  secor log status                tell how the public log stands
  secor help                      every other command

Each command explains itself with --help.
"""


class Parser(argparse.ArgumentParser):
    """A parser that takes options by their whole names, and tells what is wrong in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """Tell what is to be mended, and end with the status of bad input."""
        self.exit(files.REFUSED, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, 1 where ``check`` found problems, 2 for bad input."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return 0
    if words[0] in RULES:
        return _ask(words)
    site = import_module("secor.cli.site")  # only the site's commands wait for Django
    return int(site.main(words) or 0)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the words of one rule command. Raises ``SystemExit`` where they cannot be, with the reason told."""
    parser = Parser(prog="secor")
    # Only the asked command's module is loaded: the others' imports are most of the start.
    import_module(f"secor.cli.{words[0]}").add(parser.add_subparsers(dest="command", required=True))
    return parser.parse_args(words)


def _ask(words: Sequence[str]) -> int:
    gc.disable()  # a process of a quarter of a second has nothing to collect, and collecting is a tenth of it
    try:
        args = parse(words)
        return int(args.run(args))
    except SystemExit as end:
        return files.REFUSED if end.code else 0
    except BrokenPipeError:
        # The reader has left (secor check ... | head); the interpreter must not stumble over it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:  # noqa: BLE001 - the last net: a person is told in one line, never by a traceback
        told = f"{type(fault).__name__}: {fault}".splitlines()[0]
        print(f"secor {words[0]}: a fault of the program, not yours; please report it ({told})", file=sys.stderr)
        return OUR_FAULT
    finally:
        gc.enable()
