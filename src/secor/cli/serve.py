"""``secor serve``: set up what is missing, and serve the site. Run twice, it does the setting up once."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence

import django
from django.conf import settings

REFUSED = 2


def run(words: Sequence[str]) -> int:
    """Serve until stopped. Gives 2, with a sentence, when the address is taken."""
    args = _parser().parse_args(words)
    # Settings read the environment: what was said on the command line goes there before they are loaded.
    os.environ["SECOR_PORT"] = str(args.port)
    if not args.set_up_only and (trouble := _taken(args.host, args.port)):
        return _refuse(trouble)
    django.setup()
    from secor.cli import setting_up  # noqa: PLC0415 - tables are not there before Django is set up

    setting_up.everything()
    if not args.set_up_only:
        _greet(args.port)
        _serve(args)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="secor serve", description=__doc__)
    parser.add_argument("--port", type=int, default=os.environ.get("SECOR_PORT", "8000"))
    parser.add_argument("--host", default=os.environ.get("SECOR_HOST", "127.0.0.1"))
    parser.add_argument("--workers", type=int, default=1, help="one is right for SQLite; cores for PostgreSQL")
    parser.add_argument("--set-up-only", action="store_true", help="set up what is missing, and stop")
    return parser


def _serve(args: argparse.Namespace) -> None:
    # The process that serves also sends the letters, unless another was given that work.
    os.environ.setdefault("SECOR_LETTERS", "here")

    from granian import Granian  # noqa: PLC0415 - a third of the start, and not wanted for --set-up-only
    from granian.constants import Interfaces  # noqa: PLC0415 - the same
    from granian.log import LogLevels  # noqa: PLC0415 - the same

    Granian(
        "secor.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        # More threads only wait for each other; fewer, and one slow upload holds everybody up.
        blocking_threads=4,
        backpressure=256,
        log_level=LogLevels.warning,
    ).serve()


def _taken(host: str, port: int) -> str:
    """Say what keeps the address from being served; nothing when it is free."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return ""
    except (OSError, OverflowError) as trouble:
        return f"{host}:{port} cannot be served ({trouble}). Stop what uses it, or choose another with --port."


def _greet(port: int) -> None:
    print(f"\n  SECOR is at http://localhost:{port}\n", flush=True)
    if not settings.DEMONSTRATION:
        return
    from secor.queries import demonstration  # noqa: PLC0415 - tables are not there before Django is set up

    for someone in demonstration.people(most=200):
        print(f"  {someone.name:<24} {someone.email:<44} {someone.doing}")
    print("\n  On the sign-in page each of them is one button: no password is asked. Stop with Ctrl-C.\n", flush=True)


def _refuse(why: str) -> int:
    print(f"secor serve: {why}", file=sys.stderr)
    return REFUSED
