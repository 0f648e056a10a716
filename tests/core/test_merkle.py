"""The tree of the public log, held against one written from the definition (RFC 6962, section 2.1)."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secor.core.merkle import (
    EMPTY,
    Frontier,
    consistency,
    continues,
    frontier_of,
    includes,
    inclusion,
    leaf_hash,
    node_hash,
    tree_hash,
)
from secor.core.tile import NotATile, Tile, bundled, hashes, node_in, read_name, tiles_of, unbundled

LEAVES = [leaf_hash(str(nth).encode()) for nth in range(700)]


def by_definition(leaves):
    """The Merkle tree hash, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


def plain(height, place):
    return by_definition(LEAVES[place << height : (place + 1) << height])


def kept(leaves):
    """The levels that tiles keep: leaves, and the roots of each whole 256 below."""
    levels = [list(leaves)]
    while len(levels[-1]) >= 256:
        row = levels[-1]
        levels.append([by_definition(row[at : at + 256]) for at in range(0, len(row) - 255, 256)])
    return lambda height, first, last: levels[height][first:last]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 511, 512, 700])
def test_the_frontier_gives_the_root_of_the_definition(size):
    grown, completed = Frontier(), []
    for leaf in LEAVES[:size]:
        grown, new = grown.grown(leaf)
        completed.append(new)

    assert grown.root == frontier_of(LEAVES[:size]).root == by_definition(LEAVES[:size])
    assert grown == frontier_of(LEAVES[:size])
    for index, new in enumerate(completed):
        for height, found in enumerate(new):
            assert found == plain(height, index >> height)


def test_the_example_of_other_logs_gives_the_same_root():
    # RFC 6962's own test data, as published with Certificate Transparency's reference code.
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    root = frontier_of(leaf_hash(bytes.fromhex(each)) for each in data).root
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(1, 700), st.data())
@settings(max_examples=150, deadline=None)
def test_a_proof_shows_its_leaf_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    root = frontier_of(LEAVES[:size]).root
    proof = inclusion(index, size=size, node=node_in(kept(LEAVES[:size])))

    def shown(**other):
        told = {"size": size, "index": index, "leaf": LEAVES[index], "proof": proof} | other
        return includes(told.pop("root", root), **told)

    assert shown()
    assert not shown(leaf=leaf_hash(b"another"))
    assert not shown(root=leaf_hash(b"another"))
    assert not shown(index=size)
    assert not shown(index=-1)
    assert not shown(proof=(*proof, EMPTY))
    assert not (proof and shown(proof=proof[:-1]))
    other = data.draw(st.integers(0, size - 1))
    assert shown(index=other) is (other == index)
    if proof:
        wrong = data.draw(st.integers(0, len(proof) - 1))
        assert not shown(proof=[EMPTY if nth == wrong else each for nth, each in enumerate(proof)])


@given(st.integers(0, 700), st.integers(0, 700), st.data())
@settings(max_examples=150, deadline=None)
def test_a_tree_shows_that_it_begins_with_the_one_before(one, two, data):
    old, new = sorted((one, two))
    roots = [frontier_of(LEAVES[:size]).root for size in (old, new)]
    proof = consistency(old, new, node=node_in(kept(LEAVES[:new])))

    assert continues(*roots, old=old, new=new, proof=proof)
    assert not continues(*roots, old=old, new=new, proof=(*proof, EMPTY))
    if old != new:
        assert not continues(roots[0], EMPTY, old=old, new=new, proof=proof) or old == 0
        assert not continues(*reversed(roots), old=new, new=old, proof=proof)
    if old:
        assert not continues(EMPTY, roots[1], old=old, new=new, proof=proof)
    if proof:
        wrong = data.draw(st.integers(0, len(proof) - 1))
        assert not continues(*roots, old=old, new=new, proof=[EMPTY if n == wrong else e for n, e in enumerate(proof)])
        assert not continues(*roots, old=old, new=new, proof=proof[:-1])


def test_what_cannot_be_is_refused():
    node = node_in(kept(LEAVES))
    for index, size in ((0, 0), (-1, 3), (3, 3)):
        with pytest.raises(ValueError, match="has none"):
            inclusion(index, size=size, node=node)
    with pytest.raises(ValueError, match="does not grow"):
        consistency(4, 3, node=node)
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, (EMPTY,))
    assert tree_hash(256, 256, node=node) == by_definition(LEAVES[256:512])
    assert node_hash(b"a", b"b") == hashlib.sha256(b"\1ab").digest()


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(1, 67, 5), "1/067.p/5"),
        (Tile(None, 1234067), "entries/x001/x234/067"),
        (Tile(63, 1000, 255), "63/x001/000.p/255"),
    ],
)
def test_a_tile_is_named_as_the_format_names_it(tile, path):
    assert tile.path == path
    assert read_name(path) == tile


@pytest.mark.parametrize(
    "text",
    ["", "0/0", "0/000.p/0", "0/000.p/256", "0/000.p/999", "64/000", "00/000", "x/000", "0/x000/001", "0/001/002"],
)
def test_every_other_name_is_refused(text):
    with pytest.raises(NotATile):
        read_name(text)


def test_a_tree_that_grew_has_just_the_tiles_that_changed():
    assert [each.path for each in tiles_of(0)] == []
    assert [each.path for each in tiles_of(3)] == ["entries/000.p/3", "0/000.p/3"]
    assert [each.path for each in tiles_of(512, since=512)] == []
    assert [each.path for each in tiles_of(513, since=511)] == [
        "entries/001",
        "entries/002.p/1",
        "0/001",
        "0/002.p/1",
        "1/000.p/2",
    ]
    assert Tile(1, 0, 2).there(512)
    assert not Tile(1, 0, 2).there(511)


def test_leaves_and_fingerprints_are_read_as_they_were_written():
    leaves = (b"", b"a", b"b" * 65_535)
    assert unbundled(bundled(leaves)) == leaves
    for raw in (b"\0", b"\0\5abc"):
        with pytest.raises(NotATile):
            unbundled(raw)
    with pytest.raises(NotATile):
        bundled([b"x" * 65_536])
    assert hashes(EMPTY * 2) == (EMPTY, EMPTY)
    with pytest.raises(NotATile):
        hashes(EMPTY[1:])
