"""``secor keys make|sign|list|retire|stop|resume``: the keys that sign certificates and the register.

A key that is made signs from then on; the one before it is retired, and what it signed stays good. ``stop`` ends all
signing at once, so that nothing is issued; checking goes on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import django

from secor.core.key import Purpose

REFUSED = 2


def run(words: Sequence[str]) -> int:
    """Do what is asked of the keys; 2, with a sentence, where it cannot be done."""
    args = _parser().parse_args(words)
    django.setup()
    from secor.queries.keys import NoKey  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases.act import Refusal  # noqa: PLC0415 - the same

    try:
        args.do(args)
    except (Refusal, NoKey, OSError) as no:
        print(f"secor keys: {no}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="secor keys", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_subparsers(required=True)
    one = asked.add_parser("make", help="make a key, which signs from now on")
    one.add_argument("--purpose", default=Purpose.CREDENTIAL.value, choices=[each.value for each in Purpose])
    one.add_argument("--partner", default="", help="the certifying partner's key, such as asc")
    one.add_argument("--device", action="store_true", help="make it inside the device of SECOR_PKCS11_MODULE")
    one.set_defaults(do=_make)
    asked.add_parser("list", help="tell every key there ever was").set_defaults(do=_list)
    asked.add_parser("sign", help="sign what was issued before there were keys").set_defaults(do=_sign)
    one = asked.add_parser("retire", help="let a key sign nothing more; what it signed stays good")
    one.add_argument("public", help="the key as `secor keys list` writes it")
    one.set_defaults(do=_retire)
    one = asked.add_parser("stop", help="stop all signing at once; checking goes on")
    one.add_argument("--reason", required=True)
    one.set_defaults(do=_stop)
    asked.add_parser("resume", help="take signing up again").set_defaults(do=_resume)
    return parser


def _make(args: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.queries import keys as asked  # noqa: PLC0415 - the same
    from secor.queries.employers import partner_of  # noqa: PLC0415 - the same
    from secor.usecases import keys  # noqa: PLC0415 - the same
    from secor.usecases.act import Act  # noqa: PLC0415 - the same

    partner = partner_of(args.partner) if args.partner else None
    if args.partner and partner is None:
        raise asked.NoKey(f"No certifying partner has the key {args.partner!r}.")
    row = keys.make(Act(None, clock.now()), purpose=Purpose(args.purpose), partner=partner, in_device=args.device)
    place = asked.path_of(row.public)
    where = "is in the device and never leaves it" if args.device else f"is in {place}; keep a copy of it safe"
    print(f"{row.public} signs from now on. Its private half {where}.")


def _list(_: argparse.Namespace) -> None:
    from secor.queries import keys  # noqa: PLC0415 - tables are not there before Django is set up

    if halt := keys.stopped():
        print(f"Signing is stopped since {halt.from_at:%Y-%m-%d %H:%M} UTC: {halt.reason}")
    for each in keys.held(keys.every()):
        key = each.key
        whose = key.partner.key if key.partner else "register"
        until = f"until {key.until_at:%Y-%m-%d %H:%M}" if key.until_at else "in use"
        here = "" if each.at_hand or key.until_at else "; its private half is not on this machine"
        print(f"{key.public}  {key.purpose} of {whose}, from {key.from_at:%Y-%m-%d %H:%M}, {until}{here}")


def _sign(_: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases import credentials  # noqa: PLC0415 - the same
    from secor.usecases.act import Act  # noqa: PLC0415 - the same

    total = 0
    while made := credentials.seal_missing(Act(None, clock.now())):
        total += made
    print(f"{total} certificates were signed that had no credential.")


def _retire(args: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases import keys  # noqa: PLC0415 - the same
    from secor.usecases.act import Act  # noqa: PLC0415 - the same

    row = keys.retire(Act(None, clock.now()), public=args.public)
    print(f"{row.public} signs nothing more. What it signed stays good.")


def _stop(args: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases import keys  # noqa: PLC0415 - the same
    from secor.usecases.act import Act  # noqa: PLC0415 - the same

    keys.stop(Act(None, clock.now()), reason=args.reason)
    print("Nothing is signed or issued from now on. Checking goes on. `secor keys resume` takes it up again.")


def _resume(_: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases import keys  # noqa: PLC0415 - the same
    from secor.usecases.act import Act  # noqa: PLC0415 - the same

    keys.resume(Act(None, clock.now()))
    print("Signing goes on.")
