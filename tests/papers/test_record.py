"""A record on paper, read back by another program."""

import subprocess

import pytest

from cards import act_of, card
from cast import cast
from secor.papers.record import paper_of, record
from secor.queries import records as asked
from secor.store.models import Record
from secor.store.scope import house
from secor.usecases import arrivals, records
from uploads import photo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def kept(there, **more) -> Record:
    receipt = records.keep(act_of(there.rosa), employer=there.roofing, sent=card(**more))
    row = asked.reached(ALL, receipt.uid)
    assert row is not None
    return row


def said(content: bytes, tmp_path) -> str:
    place = tmp_path / "record.pdf"
    place.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", place, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_card_says_on_paper_what_it_says_on_the_phone(tmp_path):
    import hashlib

    there, content = cast(), photo(size=(300, 200))
    sha256 = hashlib.sha256(content).hexdigest()
    act = act_of(there.rosa)
    arrivals.take(act, employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    row = kept(there, photos=(sha256,), task="#set page(fill: red) [Replace] *shingles*")
    text = said(record(paper_of(row)), tmp_path)

    assert "Site hazard card" in text
    assert "#set page(fill: red) [Replace] *shingles*" in text
    assert "Falling from the edge" in text
    assert "I know the hazards on this card" in text
    assert "the anchor" in text
    assert row.fingerprint[:40] in text.replace("\n", "")


def test_the_same_record_is_the_same_paper_to_the_last_byte():
    row = kept(cast())

    assert record(paper_of(row)) == record(paper_of(row))


def test_a_photo_that_has_not_come_is_told(tmp_path):
    row = kept(cast(), photos=("0" * 64,))

    assert "had not arrived" in said(record(paper_of(row)), tmp_path)


@pytest.mark.parametrize("crew", [(), (("Wes", ""), ("Ælfgifu Ngọc", ""))])
def test_nobody_signed_or_a_name_from_far_away(crew, tmp_path):
    text = said(record(paper_of(kept(cast(), crew=crew))), tmp_path)

    assert ("Signed by" in text) is bool(crew)
