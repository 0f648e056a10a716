"""``secor check_journal``: tell whether anything in the journal was changed after it was written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import django


def run(words: Sequence[str]) -> int:
    """Work out every fingerprint anew; give 1, with each place, when something was changed, and 0 when nothing was."""
    argparse.ArgumentParser(prog="secor check_journal", description=__doc__).parse_args(words)
    django.setup()
    from secor.queries import journal  # noqa: PLC0415 - tables are not there before Django is set up

    checked = journal.check()
    for each in checked.breaks:
        print(f"{each.chain}, place {each.place}: {each.what}.")
    looked_at = f"{checked.entries} entries in {checked.chains} chains"
    if checked.breaks:
        print(f"{looked_at}: {len(checked.breaks)} of their places are not as they were written.")
        return 1
    print(f"{looked_at}: nothing was changed.")
    return 0
