"""Photos over lines that break anywhere: cut, repeated, answers lost, servers gone in the middle of a piece."""

import hashlib
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from cards import act_of, card
from cast import cast
from secor.store import shelf
from secor.store.models import Arrival, File, RecordPhoto
from secor.store.scope import house
from secor.usecases import arrivals, records
from uploads import photo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


class Cut(Exception):
    """The line broke."""


def upload(there, content: bytes, chance: random.Random) -> int:
    """Send a photo as the app does, over a line that breaks at any moment; give how often it broke."""
    sha256, broken = hashlib.sha256(content).hexdigest(), 0
    at = 0
    while at < len(content):
        act = act_of(there.wes if chance.random() < 0.5 else there.sol)
        size = chance.randint(1, len(content))
        # The phone remembers too little, or too much, or hears of an older answer.
        begin = max(0, at + chance.choice([0, 0, 0, -chance.randint(0, at), chance.randint(0, 40)]))
        piece = content[begin : begin + size]
        if chance.random() < 0.3:
            piece, broken = piece[: chance.randint(0, len(piece))], broken + 1
        had = arrivals.take(act, employer=there.roofing, sha256=sha256, of=len(content), at=begin, piece=piece)
        if chance.random() < 0.25:  # the answer is lost on its way back; the phone asks anew
            had, broken = arrivals.have(act, employer=there.roofing, sha256=sha256), broken + 1
        at = had
    return broken


@pytest.mark.parametrize("photos", [pytest.param(25, id="short"), pytest.param(500, id="long", marks=pytest.mark.slow)])
def test_uploads_cut_anywhere_are_all_there_once_and_whole(photos):
    there, chance = cast(), random.Random(7)
    contents = [
        photo(size=(20 + nth % 90, 30 + nth // 90), colour=f"#{nth * 977 % 0xFFFFFF:06x}") for nth in range(photos)
    ]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    assert len(set(digests)) == photos
    records.keep(act_of(there.wes), employer=there.roofing, sent=card(photos=tuple(digests[:30])))
    broken = sum(upload(there, content, chance) for content in chance.sample(contents, photos))

    assert broken > photos // 4
    assert Arrival.objects.within(ALL).filter(file__isnull=False).count() == photos
    assert File.objects.filter(sha256__in=digests).count() == photos
    assert not RecordPhoto.objects.within(ALL).filter(file=None).exists()
    for content, digest in zip(contents, digests, strict=True):
        assert shelf.place(digest).read_bytes() == content
    assert not list(arriving().glob("*"))


def arriving() -> Path:
    return shelf.place("0" * 64).parents[2] / "arriving"


def begun(there, content: bytes):
    act = act_of(there.wes)
    sha256 = hashlib.sha256(content).hexdigest()
    arrivals.take(act, employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content[:50])
    for place in arriving().glob(f"*-{sha256}"):
        os.utime(place, (act.at.timestamp(), act.at.timestamp()))
    return act, sha256


@pytest.mark.parametrize(("days", "left"), [(60, 1), (61, 0)])
def test_what_nobody_goes_on_sending_for_two_months_is_swept_away(days, left):
    there = cast()
    act, sha256 = begun(there, photo())
    swept = arrivals.sweep(at=act.at + timedelta(days=days))

    assert swept == 1 - left
    assert Arrival.objects.within(ALL).count() == left
    assert len(list(arriving().glob("*"))) == left
    assert arrivals.have(act, employer=there.roofing, sha256=sha256) == 50 * left


def test_a_photo_that_came_whole_is_never_swept_and_one_that_was_can_be_sent_again():
    there, content = cast(), photo()
    act, sha256 = begun(there, content)
    arrivals.take(act, employer=there.roofing, sha256=sha256, of=len(content), at=50, piece=content[50:])
    other = photo(colour="blue")
    begun(there, other)

    assert arrivals.sweep(at=act.at + timedelta(days=400)) == 1
    assert shelf.place(sha256).exists()
    upload(there, other, random.Random(1))
    assert Arrival.objects.within(ALL).filter(file__isnull=False).count() == 2
