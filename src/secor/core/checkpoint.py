"""Checkpoints: the size and the fingerprint of the log at one moment, signed (C2SP tlog-checkpoint, signed-note).

With one in hand anybody can tell whether the log they are shown later still begins with the same entries.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from secor.core.key import PublicKey, Signer
from secor.core.merkle import HASH, includes

MOST = 64 * 1024
PROOF = "c2sp.org/tlog-proof@v1"
_DASH = "\u2014"
_KEY_ID = 4
_MOST_HASHES = 63


class NotACheckpoint(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """A text that is no checkpoint or no proof, or that none of the known keys has signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log named ``origin``, its number of entries, and the fingerprint of all of them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Proof:
    """That one entry stands at ``index`` of the log with that checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    note: str
    entry: bytes = b""

    @property
    def text(self) -> str:
        """The proof as a file, with the entry itself in the line that is for such things (C2SP tlog-proof)."""
        extra = [f"extra {base64.b64encode(self.entry).decode()}"] if self.entry else []
        way = [base64.b64encode(each).decode() for each in self.hashes]
        return "\n".join([PROOF, *extra, f"index {self.index}", *way, "", self.note])


def signed(checkpoint: Checkpoint, *, signer: Signer, name: str = "") -> str:
    """The checkpoint as a signed note, by the key called ``name``: the origin's own, where none is given."""
    return cosigned(f"{checkpoint.text}\n", checkpoint, signer=signer, name=name or checkpoint.origin)


def cosigned(note: str, checkpoint: Checkpoint, *, signer: Signer, name: str) -> str:
    """Add a signature to a note."""
    raw = signer.public.note_id(name) + signer.sign(checkpoint.text.encode())
    return f"{note}{_DASH} {name} {base64.b64encode(raw).decode()}\n"


def read_checkpoint(note: str, *, keys: Mapping[str, Sequence[PublicKey]]) -> Checkpoint:
    """Read a signed note. ``keys`` are those trusted, by name: one of them must have signed for the note's origin.

    Refuses (``NotACheckpoint``) another shape, a note that none of them signed, and one with a wrong signature of one
    of them.
    """
    text, parted, signatures = note.partition("\n\n")
    if len(note) > MOST or not parted or not signatures.endswith("\n"):
        raise NotACheckpoint("This is not a signed checkpoint.")
    found = _read(f"{text}\n")
    good = {name for name, raw in _signatures(signatures) if _holds(f"{text}\n", name, raw, keys.get(name, ()))}
    if found.origin not in good:
        raise NotACheckpoint("None of the keys you trust has signed this checkpoint.")
    return found


def read_proof(text: str) -> Proof:
    """Read a proof's file. Refuses another shape (``NotACheckpoint``); its checkpoint is not looked into."""
    head, parted, note = text.partition("\n\n")
    lines = head.split("\n")
    if len(text) > MOST or not parted or lines[0] != PROOF:
        raise NotACheckpoint("This is not a proof that something is in a log.")
    entry = b""
    if len(lines) > 1 and lines[1].startswith("extra "):
        entry = _bytes(lines.pop(1).removeprefix("extra "))
    word, _, index = (lines[1:] or [""])[0].partition(" ")
    way = tuple(_bytes(line) for line in lines[2:])
    if word != "index" or not _whole(index) or len(way) > _MOST_HASHES or any(len(each) != HASH for each in way):
        raise NotACheckpoint("This proof is not complete.")
    return Proof(int(index), way, note, entry)


def proves(proof: Proof, *, leaf: bytes, keys: Mapping[str, Sequence[PublicKey]]) -> Checkpoint:
    """The checkpoint under which a proof shows the leaf. Refuses (``NotACheckpoint``) a proof that does not."""
    found = read_checkpoint(proof.note, keys=keys)
    if not includes(found.root, size=found.size, index=proof.index, leaf=leaf, proof=proof.hashes):
        raise NotACheckpoint("The proof does not lead from this entry to the checkpoint.")
    return found


def _read(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _whole(lines[1]):  # noqa: PLR2004 - origin, size, root, and the last line's end
        raise NotACheckpoint("This is not a checkpoint: it has an origin, a size and a fingerprint, each on a line.")
    root = _bytes(lines[2])
    if len(root) != HASH:
        raise NotACheckpoint("The checkpoint's fingerprint has not the length of one.")
    found = Checkpoint(lines[0], int(lines[1]), root)
    if found.text != text:
        raise NotACheckpoint("The checkpoint has more lines than this program knows.")
    return found


def _signatures(text: str) -> Iterable[tuple[str, bytes]]:
    for line in text[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, coded = rest.partition(" ")
        if dash != _DASH or not name:
            raise NotACheckpoint("A line of the checkpoint's signatures is not one.")
        yield name, _bytes(coded)


def _holds(text: str, name: str, raw: bytes, keys: Iterable[PublicKey]) -> bool:
    """Whether one of the keys signed; a signature under the very number of a known key that is wrong is refused."""
    for key in keys:
        if raw[:_KEY_ID] == key.note_id(name):
            if not key.verifies(raw[_KEY_ID:], of=text.encode()):
                raise NotACheckpoint(f"The signature of {name} under this checkpoint is wrong.")
            return True
    return False


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and (text == "0" or text[0] != "0")  # noqa: PLR2004


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as no:
        raise NotACheckpoint("A line that should be base64 is not.") from no
