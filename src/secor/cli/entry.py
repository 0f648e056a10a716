"""``secor``: one program, two kinds of commands.

The rule commands ask the rules and nothing else: no Django, no database, no clock, an answer in a blink. All others
run the site, and only they load it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

RULES = ("check", "score", "standing", "refund", "sample", "eligible")
BAD_INPUT = 2
HELP = """\
secor runs the Small Employer Certificate of Recognition program from end to end.

Ask the rules (JSON in, JSON out; no database, no clock):
  secor check schemes
  secor score --instrument secor-open --answers answers.json
  secor standing --scheme ab-secor --partner asc --history history.json --on 2026-03-01
  secor refund --scheme ab-secor --partner asc --case case.json
  secor sample --scheme ab-secor --headcount 6
  secor eligible --scheme ab-secor --partner asc --headcounts counts.json --on 2026-03-01

Run the site:
  secor serve                     set up what is missing, and serve it
  secor demo                      fill an empty site with a small invented province
  secor send_letters              write and send what is waiting
  secor help                      every other command

Each command explains itself with --help.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return 0
    if words[0] in RULES:
        return _ask(words)
    site = import_module("secor.cli.site")  # only the site's commands wait for Django
    return int(site.main(words) or 0)


def _ask(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="secor", allow_abbrev=False)
    subparsers = parser.add_subparsers(dest="command", required=True)
    # Only the asked command's module is loaded: the others' imports are most of the start.
    import_module(f"secor.cli.{words[0]}").add(subparsers)
    try:
        args = parser.parse_args(words)
    except SystemExit as end:
        return BAD_INPUT if end.code else 0
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
