"""``secor verify``: check a certificate's file without its register, its database or a network."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from secor.cli import files
from secor.core.checkpoint import PROOF, NotACheckpoint, proves, read_proof
from secor.core.credential import Worth
from secor.core.key import NotAKey, PublicKey, read_note_verifier
from secor.core.leaf import NotALeaf, read_leaf
from secor.core.merkle import leaf_hash
from secor.core.problem import Problem
from secor.core.proof import Forged
from secor.core.verification import LARGEST, Finding, check, keys_of
from secor.queries.contexts import contexts

NOT_GOOD = 1


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser("verify", help="check a certificate's file, offline")
    parser.add_argument(
        "file", type=Path, help="a credential (.json), a token (.jwt), a certificate's PDF, or a proof (.tlog-proof)"
    )
    parser.add_argument(
        "--keys", type=Path, action="append", default=[], help="the partner's did.json; may be repeated"
    )
    parser.add_argument("--log-key", action="append", default=[], help="the public log's key, for a .tlog-proof")
    parser.add_argument("--list", type=Path, help="the partner's status list, in either form")
    parser.add_argument("--at", help="the moment asked about (2026-03-01T12:00:00Z); now, where none is given")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was found: 0 for a valid certificate, 1 for every other, 2 where a file cannot be read."""
    try:
        raw, listed, key_of = _read(args.file), args.list and _read(args.list), keys_of(_documents(args.keys))
        at = datetime.fromisoformat(args.at) if args.at else datetime.now(UTC)
        if at.tzinfo is None:
            return files.refuse([Problem("--at", "A moment ends in Z, or in how far it is from UTC.")])
    except OSError as no:
        return files.refuse([Problem(str(no.filename), f"It cannot be read: {no.strerror}.")])
    except (ValueError, NotAKey, AttributeError, TypeError) as no:
        return files.refuse([Problem("the keys or the moment", f"They cannot be read: {no}")])
    if raw.startswith(PROOF.encode()):
        return _proof(raw, args)
    try:
        found = check(raw, key_of=key_of, contexts=contexts(), at=at, listed=listed)
    except Forged as no:
        files.show({"worth": "not to be trusted", "why": [str(no)], "as_of": at.isoformat()})
        return NOT_GOOD
    files.show(printed(found, at=at))
    return 0 if found.worth is Worth.VALID else NOT_GOOD


def _proof(raw: bytes, args: argparse.Namespace) -> int:
    """Tell what an entry of the public log says, and of which log; 1 where the proof does not hold."""
    try:
        keys: dict[str, list[PublicKey]] = {}
        for name, key in map(read_note_verifier, args.log_key):
            keys.setdefault(name, []).append(key)
        told = read_proof(raw.decode())
        leaf = read_leaf(told.entry)
        seen = proves(told, leaf=leaf_hash(told.entry), keys=keys)
    except NotAKey as no:
        return files.refuse([Problem("--log-key", str(no))])
    except (NotACheckpoint, NotALeaf, UnicodeDecodeError) as no:
        files.show({"worth": "not to be trusted", "why": [str(no)]})
        return NOT_GOOD
    entry = json.loads(leaf.data)
    return files.show(
        {"worth": "in the log", "log": seen.origin, "size": seen.size, "index": told.index, "entry": entry}
    )


def printed(found: Finding, *, at: datetime) -> dict[str, object]:
    """Give a finding as the command prints it."""
    return {
        "worth": found.worth.value,
        "form": found.form,
        "number": found.number,
        "legal_name": found.legal_name,
        "issuer": found.issuer,
        "status_list": found.list_address,
        "why": list(found.why),
        "as_of": at.isoformat(),
    }


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _documents(paths: Sequence[Path]) -> list[Mapping[str, Any]]:
    return [json.loads(_read(path)) for path in paths]
