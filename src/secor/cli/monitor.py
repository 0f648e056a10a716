"""``secor monitor``: watch a register's public log from outside, without its database and without trusting it."""

from __future__ import annotations

import argparse
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from secor.cli import files
from secor.core.checkpoint import cosigned
from secor.core.key import NotAKey, PublicKey, read_note_verifier, read_private, signer_of
from secor.core.monitor import Published, Watched, watch
from secor.core.problem import Problem

NOT_GOOD = 1
SECONDS = 30
LARGEST = 32 * 1024 * 1024


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("monitor", help="watch a register's public log from outside")
    parser.add_argument("log", help="the log's address (https://register.example/log), or a folder with a copy of it")
    parser.add_argument(
        "--key", action="append", required=True, help="the log's key, name+hash+base64; may be repeated"
    )
    parser.add_argument("--state", type=Path, required=True, help="where the last good checkpoint is kept")
    parser.add_argument("--cosign", type=Path, help="a file with a witness's private key (z3u2...)")
    parser.add_argument("--name", default="", help="the witness's name; wanted with --cosign")
    parser.set_defaults(run=run)


class _Unreachable(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """The log could not be read at all, which is no word about what is in it."""


def run(args: argparse.Namespace) -> int:
    """Print what was found: 0 for a good log, 1 for one that is not, 2 where it could not be looked at.

    The checkpoint is kept in ``--state`` only where all is good, so that what was found once is found again.
    """
    try:
        keys = _keys(args.key)
        seen = args.state.read_text() if args.state.exists() else ""
        found = watch(_published(args.log), keys=keys, seen=seen, at=datetime.now(UTC))
        note = _cosigned(found, args)
    except (OSError, NotAKey, _Unreachable, ValueError) as no:
        return files.refuse([Problem(args.log, str(no))])
    files.show(_printed(found))
    if found.checkpoint is None:
        return NOT_GOOD
    half = args.state.with_name(f"{args.state.name}.half")
    half.write_text(note)
    half.replace(args.state)
    return 0


def _printed(found: Watched) -> dict[str, object]:
    return {
        "good": found.checkpoint is not None,
        "size": found.checkpoint.size if found.checkpoint else None,
        "problems": [{"place": each.place, "problem": each.problem} for each in found.problems],
        "new": [{"index": index, **json.loads(leaf.data)} for index, leaf in found.new],
    }


def _cosigned(found: Watched, args: argparse.Namespace) -> str:
    if found.checkpoint is None or args.cosign is None:
        return found.note
    if not args.name:
        raise _Unreachable("A witness has a name: give it with --name.")
    signer = signer_of(read_private(args.cosign.read_text()))
    signer.public.note_verifier(args.name)  # refuses a name that the format cannot hold
    return cosigned(found.note, found.checkpoint, signer=signer, name=args.name)


def _keys(texts: Sequence[str]) -> dict[str, tuple[PublicKey, ...]]:
    keys: dict[str, tuple[PublicKey, ...]] = {}
    for name, key in map(read_note_verifier, texts):
        keys[name] = (*keys.get(name, ()), key)
    return keys


def _published(place: str) -> Published:
    return _fetched(place.rstrip("/")) if place.startswith(("https://", "http://")) else _copied(Path(place))


def _copied(folder: Path) -> Published:
    if not folder.is_dir():
        raise _Unreachable("There is no such folder.")

    def read(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return read


def _fetched(address: str) -> Published:
    def read(name: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{address}/{name}", timeout=SECONDS) as answer:  # noqa: S310 - http(s), checked above
                return bytes(answer.read(LARGEST))
        except urllib.error.HTTPError as no:
            if no.code in {404, 410}:
                return None
            raise _Unreachable(f"{address}/{name} answered {no.code}.") from no
        except OSError as no:
            raise _Unreachable(f"{address}/{name} cannot be reached ({no}).") from no

    return read
