"""``secor log status|sign|publish|restore``: the public log, for whoever runs the site.

``publish FOLDER`` writes the log as plain files that any web server can serve; ``restore FOLDER`` takes back from such
a copy the entries that a restored backup has lost.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django

REFUSED = 2


def run(words: Sequence[str]) -> int:
    """Do what is asked; 2, with a sentence, where it cannot be done."""
    args = _parser().parse_args(words)
    django.setup()
    from secor.core.tile import NotATile  # noqa: PLC0415 - the same
    from secor.queries.keys import NoKey, Stopped  # noqa: PLC0415 - tables are not there before Django is set up
    from secor.usecases.act import Refusal  # noqa: PLC0415 - the same

    try:
        args.do(args)
    except (Refusal, NoKey, Stopped, NotATile, OSError) as no:
        print(f"secor log: {no}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="secor log", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_subparsers(required=True)
    asked.add_parser("status", help="tell how long it is, what was signed, and its keys").set_defaults(do=_status)
    asked.add_parser("sign", help="enter what is missing, and sign now").set_defaults(do=_sign)
    for name, do, told in (
        ("publish", _publish, "write the log as files into a folder; what is there already is left alone"),
        ("restore", _restore, "take back lost entries from a published copy"),
    ):
        one = asked.add_parser(name, help=told)
        one.add_argument("folder", type=Path)
        one.set_defaults(do=do)
    return parser


def _status(_: argparse.Namespace) -> None:
    from secor.queries import log as asked  # noqa: PLC0415 - the same

    row = asked.log()
    print(
        f"{asked.origin()}: {row.size} entries, {row.signed_size} of them signed at {row.signed_at or 'no time yet'}."
    )
    for verifier in asked.verifiers():
        print(verifier)
    if row.trouble:
        print(f"Nothing is signed: {row.trouble}")


def _sign(_: argparse.Namespace) -> None:
    from secor.cli import clock  # noqa: PLC0415 - the same
    from secor.usecases import log  # noqa: PLC0415 - the same

    while log.catch_up():
        pass
    log.anchor(at=clock.now())
    log.sign(at=clock.now())
    _status(argparse.Namespace())


def _publish(args: argparse.Namespace) -> None:
    from secor.core.tile import tiles_of  # noqa: PLC0415 - the same
    from secor.queries import log as asked  # noqa: PLC0415 - the same

    row, written = asked.log(), 0
    for tile in tiles_of(row.signed_size):
        place, raw = args.folder / "tile" / tile.path, asked.tile(tile)
        if raw is not None and not place.is_file():
            _write(place, raw)
            written += 1
    if row.note:
        _write(args.folder / "checkpoint", row.note.encode())  # last: nobody is told of what is not there yet
    print(f"{written} new files for {row.signed_size} entries.")


def _restore(args: argparse.Namespace) -> None:
    from secor.core.leaf import read_leaf  # noqa: PLC0415 - the same
    from secor.queries import log as asked  # noqa: PLC0415 - the same
    from secor.usecases import log  # noqa: PLC0415 - the same

    taken = log.restore(_entries(args.folder))
    print(f"{taken} entries were taken back.")
    for index, raw in reversed(asked.newest(taken) if taken else ()):
        leaf = read_leaf(raw)
        print(f"  {index}: {leaf.event} on {leaf.on} {leaf.certificate or leaf.key}")
    if taken:
        print("What they tell of is not in the tables again. Record those acts anew before anybody relies on them.")


def _entries(folder: Path) -> Iterator[bytes]:
    """Every entry of a copy, in order: each bundle in its fullest form."""
    from secor.core.tile import WIDTH, Tile, unbundled  # noqa: PLC0415 - the same

    if not (folder / "checkpoint").is_file():
        raise OSError(f"{folder} holds no copy of a log: there is no checkpoint in it.")
    place = 0
    while True:
        widths = range(WIDTH, 0, -1)
        paths = (folder / "tile" / Tile(None, place, width).path for width in widths)
        path = next((each for each in paths if each.is_file()), None)
        if path is None:
            return
        found = unbundled(path.read_bytes())
        yield from found
        if len(found) < WIDTH:
            return
        place += 1


def _write(place: Path, raw: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f"{place.name}.half")
    half.write_bytes(raw)
    half.replace(place)
