"""Checkpoints, proofs, leaves, and a watcher from outside who is shown every kind of tampering."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from secor.core.checkpoint import (
    Checkpoint,
    NotACheckpoint,
    Proof,
    cosigned,
    proves,
    read_checkpoint,
    read_proof,
    signed,
)
from secor.core.key import PrivateKey, signer_of
from secor.core.leaf import Leaf, NotALeaf, public, read_leaf
from secor.core.merkle import frontier_of, inclusion, leaf_hash
from secor.core.monitor import watch
from secor.core.tile import bundled, node_in, tiles_of

ORIGIN = "secor.example/log"
KEY, OTHER = (signer_of(PrivateKey(bytes([seed]) * 32)) for seed in (7, 8))
KEYS = {ORIGIN: (KEY.public,)}
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
KINDS = ("edit", "delete", "insert", "reorder", "back_date", "rewrite", "roll_back", "fork")


def leaf(nth):
    at = AT - timedelta(hours=1000 - nth)
    return Leaf("certified", at, at.date(), certificate=f"SECOR-2026-{nth:06}-00", partner="asc").data


def levels_of(leaves):
    levels = [[leaf_hash(each) for each in leaves]]
    while len(levels[-1]) >= 256:
        row = levels[-1]
        levels.append([frontier_of(row[at : at + 256]).root for at in range(0, len(row) - 255, 256)])
    return levels


def checkpoint_of(leaves):
    return Checkpoint(ORIGIN, len(leaves), frontier_of(map(leaf_hash, leaves)).root)


def site(leaves, *, signer=KEY, note=None):
    """Everything that a log of these leaves publishes."""
    levels = levels_of(leaves)
    files = {"checkpoint": (note or signed(checkpoint_of(leaves), signer=signer)).encode()}
    for tile in tiles_of(len(leaves)):
        row = leaves if tile.level is None else levels[tile.level]
        some = row[tile.first : tile.first + tile.width]
        files[f"tile/{tile.path}"] = bundled(some) if tile.level is None else b"".join(some)
    return files


LEAVES = [leaf(nth) for nth in range(600)]
SEEN = signed(checkpoint_of(LEAVES[:300]), signer=KEY)


def test_a_log_that_grew_is_good_and_what_is_new_is_told():
    found = watch(site(LEAVES).get, keys=KEYS, seen=SEEN)

    assert found.problems == ()
    assert found.checkpoint == checkpoint_of(LEAVES)
    assert [index for index, _ in found.new] == list(range(300, 600))
    assert found.new[0][1].certificate == "SECOR-2026-000300-00"
    assert watch(site([]).get, keys=KEYS).problems == ()


def tampered(kind, chance):
    """A log of 600 entries, tampered with once in a way of that kind."""
    leaves, at = list(LEAVES), chance.randrange(600)
    seen_at = chance.randrange(300)
    fresh = signed(checkpoint_of(LEAVES), signer=KEY)
    if kind == "edit":
        leaves[at] = leaves[at].replace(b"asc", b"esc")
    elif kind == "delete":
        del leaves[at]
    elif kind == "insert":
        leaves.insert(at, leaf(9000 + at))
    elif kind == "reorder":
        other = (at + chance.randrange(1, 600)) % 600
        leaves[at], leaves[other] = leaves[other], leaves[at]
    elif kind == "back_date":
        told = read_leaf(leaves[at])
        leaves[at] = replace(told, on=told.on - timedelta(days=chance.randrange(1, 900))).data
    else:
        fresh = None  # whoever has the key signs what they wrote
        if kind == "rewrite":
            leaves[seen_at] = leaf(5000)
        elif kind == "roll_back":
            leaves = leaves[:seen_at]
        else:
            leaves = [*leaves[:seen_at], *(leaf(7000 + nth) for nth in range(400))]
    files = site(leaves, note=fresh)
    if fresh and chance.random() < 0.5:  # only the entries were touched, and no tile made anew
        files |= {name: raw for name, raw in site(LEAVES).items() if "entries" not in name}
    return files


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_tampered_with_is_noticed(kind):
    chance = random.Random(kind)
    for _ in range(8):
        assert watch(tampered(kind, chance).get, keys=KEYS, seen=SEEN).problems


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_five_hundred_tamperings_are_all_noticed(kind):
    chance = random.Random(f"{kind} long")
    found = [bool(watch(tampered(kind, chance).get, keys=KEYS, seen=SEEN).problems) for _ in range(63)]
    assert found == [True] * 63


def test_a_tile_that_does_not_follow_from_the_entries_is_noticed():
    files = site(LEAVES)
    name = "tile/0/001"
    files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])
    assert [each.place for each in watch(files.get, keys=KEYS, seen=SEEN).problems] == [name]
    del files["tile/1/000.p/2"]
    assert len(watch(files.get, keys=KEYS).problems) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda files: files.pop("checkpoint"), "not a signed checkpoint"),
        (lambda files: files.update(site(LEAVES, signer=OTHER)), "None of the keys"),
        (lambda files: files.update({"tile/entries/000": b"\0"}), "middle of a leaf"),
        (lambda files: files.pop("tile/entries/000"), "holds 0"),
    ],
)
def test_what_is_missing_or_signed_by_another_is_told(change, says):
    files = site(LEAVES)
    change(files)
    found = watch(files.get, keys=KEYS, seen=SEEN)
    assert says in found.problems[0].problem
    assert found.checkpoint is None


def test_another_log_and_one_that_fell_silent_are_told():
    other = Checkpoint("other.example/log", 0, checkpoint_of([]).root)
    seen = signed(other, signer=KEY)
    keys = KEYS | {"other.example/log": (KEY.public,)}
    assert "another log" in watch(site(LEAVES).get, keys=keys, seen=seen).problems[0].problem
    last = read_leaf(LEAVES[-1]).at
    assert watch(site(LEAVES).get, keys=KEYS, at=last + timedelta(hours=36)).problems == ()
    late = watch(site(LEAVES).get, keys=KEYS, at=last + timedelta(hours=36, seconds=1))
    assert "Nothing was entered since" in late.problems[0].problem


def test_a_correction_points_back():
    corrected = [*LEAVES[:3], Leaf("corrected", AT, AT.date(), certificate="SECOR-2026-000001-00", corrects=1).data]
    assert watch(site(corrected).get, keys=KEYS).problems == ()
    wrong = [*LEAVES[:3], Leaf("corrected", AT, AT.date(), certificate="SECOR-2026-000001-00", corrects=3).data]
    assert "does not stand before it" in watch(site(wrong).get, keys=KEYS).problems[0].problem


def test_a_proof_goes_from_its_file_to_the_checkpoint_and_nothing_in_it_can_be_changed():
    size = len(LEAVES)
    levels = levels_of(LEAVES)
    way = inclusion(17, size=size, node=node_in(lambda height, first, last: levels[height][first:last]))
    proof = Proof(17, way, signed(checkpoint_of(LEAVES), signer=KEY), LEAVES[17])
    told = read_proof(proof.text)

    assert told == proof
    assert len(proof.text) <= 2048
    assert proves(told, leaf=leaf_hash(told.entry), keys=KEYS).size == size
    for wrong in (
        replace(proof, index=18),
        replace(proof, hashes=way[1:]),
        replace(proof, note=proof.note.replace(f"\n{size}\n", f"\n{size + 1}\n")),
        replace(proof, note=signed(checkpoint_of(LEAVES), signer=OTHER)),
    ):
        with pytest.raises(NotACheckpoint):
            proves(wrong, leaf=leaf_hash(LEAVES[17]), keys=KEYS)
    with pytest.raises(NotACheckpoint):
        proves(proof, leaf=leaf_hash(LEAVES[18]), keys=KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\nindex 1\n",
        "c2sp.org/tlog-proof@v2\nindex 1\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 01\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 1\n!\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nnote",
    ],
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(NotACheckpoint):
        read_proof(text)


def test_a_witness_signs_beside_the_log_and_alone_is_not_enough():
    here = checkpoint_of(LEAVES)
    note = cosigned(signed(here, signer=KEY), here, signer=OTHER, name="witness.example")
    both = KEYS | {"witness.example": (OTHER.public,)}
    assert read_checkpoint(note, keys=both) == here
    assert read_checkpoint(note, keys=KEYS) == here
    with pytest.raises(NotACheckpoint, match="None of the keys"):
        read_checkpoint(note, keys={"witness.example": (OTHER.public,)})
    forged = cosigned(signed(here, signer=KEY), replace(here, size=1), signer=OTHER, name="witness.example")
    with pytest.raises(NotACheckpoint, match=r"witness\.example under this checkpoint is wrong"):
        read_checkpoint(forged, keys=both)


def test_a_leaf_is_the_same_bytes_whoever_writes_it_and_tells_no_more_than_the_register():
    told = Leaf("extended", AT, AT.date(), certificate="SECOR-2026-000001-00", partner="asc", until=date(2027, 1, 1))
    assert told.data == (
        b'{"at":"2026-11-23T12:00:00Z","certificate":"SECOR-2026-000001-00","event":"extended","on":"2026-11-23",'
        b'"partner":"asc","until":"2027-01-01"}'
    )
    assert read_leaf(told.data) == told
    assert public("audit_accepted", passed=True)
    assert not public("audit_accepted", passed=False)
    assert not public("headcount", passed=None)
    assert not public("audit_submitted", passed=None)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"event":"certified"}',
        b'{"at":"2026-11-23T12:00:00Z","event":"sold","on":"2026-11-23"}',
        b'{"at": "2026-11-23T12:00:00Z","event":"certified","on":"2026-11-23"}',
        b'{"at":"2026-11-23T12:00:00Z","event":"certified","name":"Rosa","on":"2026-11-23"}',
        b'{"at":"2026-11-23T12:00:00Z","corrects":true,"event":"corrected","on":"2026-11-23"}',
        b'{"at":"2026-11-23T12:00:00Z","certificate":7,"event":"certified","on":"2026-11-23"}',
    ],
)
def test_every_other_text_is_no_leaf(raw):
    with pytest.raises(NotALeaf):
        read_leaf(raw)
