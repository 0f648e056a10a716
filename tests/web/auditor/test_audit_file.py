"""Taking an audit out as one open file, and bringing it in where nothing is written."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import scene
from secor.store.models import Answer, Evidence, Remark
from secor.store.scope import house
from secor.usecases import evidence
from secor.web.files.size import THE_REST
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def file_of(content):
    return SimpleUploadedFile("audit.zip", content, "application/zip")


def emptied(there):
    for table in (Answer, Remark, Evidence):
        table._base_manager.filter(audit=there.audit).delete()


def test_what_is_taken_out_is_brought_in_again(desk, filled):
    upload = sent(photo(), "wall.jpg")
    evidence.add(filled.dev_acts(), employer=filled.employer, audit=filled.audit, question="1.1", upload=upload)
    answer = desk(filled, "take_out")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="2026-06-01-rosas-roofing-ltd-audit.zip"'
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        assert json.loads(box.read("audit.json"))["questions"]["1.1"]["note"] == "Seen in the binder."
    assert "Bring in a file of this audit" not in desk(filled, "audit").content.decode()

    emptied(filled)
    assert "Bring in a file of this audit" in desk(filled, "audit").content.decode()
    answer = desk(filled, "bring", data={"upload": file_of(content)})
    assert answer.url == reverse("auditor:audit", args=[filled.audit.code])
    assert b"".join(desk(filled, "take_out").streaming_content) == content


@pytest.mark.parametrize(
    ("data", "told"),
    [({}, "Choose the file"), ({"upload": file_of(b"no zip")}, "no ZIP file"), ({"upload": file_of(b"")}, "is empty")],
)
def test_what_is_no_such_file_is_told_beside_the_box(desk, filled, data, told):
    emptied(filled)
    for each in data.values():
        each.seek(0)
    answer = desk(filled, "bring", data=data)

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_an_audit_with_answers_says_why_it_takes_none(desk, filled):
    content = b"".join(desk(filled, "take_out").streaming_content)
    answer = desk(filled, "bring", data={"upload": file_of(content)})

    assert answer.status_code == 422
    assert "has answers already" in answer.content.decode()


def test_the_owner_of_a_business_audited_from_outside_takes_no_file_out(desk, filled):
    assert desk(filled, "take_out", who="rosa").status_code == 404
    assert desk(filled, "take_out", who="sam").status_code == 404
    own = scene_of_its_own(filled)
    assert desk(own, "take_out", who="rosa").status_code == 200


def scene_of_its_own(filled):
    type(filled.audit)._base_manager.filter(pk=filled.audit.pk).update(performer="self_assessor")
    return filled


def test_a_whole_audit_may_be_larger_than_one_photo(desk, filled, settings):
    settings.EVIDENCE_MAX_BYTES, settings.AUDIT_FILE_MAX_BYTES = 1000, 3 * THE_REST
    emptied(filled)
    large = file_of(b"x" * (2 * THE_REST))

    assert desk(filled, "bring", data={"upload": large}).status_code == 422  # it came in, and is no ZIP
    large.seek(0)
    assert desk(filled, "element", 1, data={"upload": large}).status_code == 413
    larger = file_of(b"x" * (5 * THE_REST))
    assert desk(filled, "bring", data={"upload": larger}).status_code == 413


def test_there_is_no_file_of_an_audit_that_has_not_begun(desk, db):
    there = scene(stage="asked")
    type(there.audit)._base_manager.filter(pk=there.audit.pk).update(instrument="")

    assert desk(there, "take_out").status_code == 404
