"""``secor appoint``: let the first people of a certifying partner in. Everybody else is let in on the site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import django

from secor.core.role import RoleKind

REFUSED = 2


def run(words: Sequence[str]) -> int:
    """Give one role to one person; 2, with a sentence, where it cannot be given."""
    parser = argparse.ArgumentParser(prog="secor appoint", description=__doc__)
    parser.add_argument("--email", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[kind.value for kind in RoleKind])
    parser.add_argument("--partner", default="", help="the certifying partner's key, such as asc")
    parser.add_argument("--talks-from", default="", help="an auditor's home town; opens a diary for first talks")
    args = parser.parse_args(words)
    django.setup()
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases import appointments, diaries  # noqa: PLC0415 - the same
    from secor.usecases.act import Act, Refusal  # noqa: PLC0415 - the same

    act = Act(None, clock.now())
    try:
        role = appointments.appoint(
            act, email=args.email, name=args.name, kind=RoleKind(args.role), partner=args.partner
        )
        if args.talks_from:
            diaries.open_diary(act, person=role.person, home=args.talks_from)
    except Refusal as refusal:
        print(f"secor appoint: {refusal}", file=sys.stderr)
        return REFUSED
    print(f"{role.person} is {args.role} from {role.from_on} on. They choose a password with “I forgot my password”.")
    return 0
