"""``secor demo``: fill an empty site with an invented province, small or large."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

import django

django.setup()

from secor.cli import clock  # noqa: E402
from secor.usecases.province import forty, scale  # noqa: E402 - tables are there only after the set-up


def run(words: Sequence[str]) -> int:
    """Make the small world; with ``--employers N`` a large one, for measuring."""
    parser = argparse.ArgumentParser(prog="secor demo", description=__doc__)
    parser.add_argument("--employers", type=int, default=0, help="write so many employers in bulk, for measuring")
    args = parser.parse_args(words)
    began = time.monotonic()
    if args.employers:
        events = scale.lay(args.employers, at=clock.now())
        print(f"{args.employers} employers and {events} certificate events in {time.monotonic() - began:.0f} s.")
    elif forty.wanted():
        print(f"{forty.lay(at=clock.now())} businesses in {time.monotonic() - began:.0f} s.")
    else:
        print("Somebody lives here already. Name an empty data folder in SECOR_DATA to begin a new demonstration.")
        return 1
    return 0
