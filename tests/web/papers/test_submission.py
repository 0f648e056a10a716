"""What goes to the certifying partner, in one ZIP."""

import hashlib
import io
import zipfile

import pytest
from django.test import Client

from assessments import scene
from cast import signed_in
from secor.usecases import evidence
from uploads import photo, sent

pytestmark = pytest.mark.django_db


def test_a_self_assessment_goes_out_as_one_package_with_every_proof_and_its_fingerprint():
    there, content = scene(performer="self_assessor"), photo()
    act = there.rosa_acts()
    for question, title in (("10.1", "=evil/../../x"), ("2.6", "Card")):
        evidence.add(
            act, employer=there.employer, audit=there.audit, question=question, upload=sent(content), title=title
        )
    address = f"/papers/submission/{there.audit.code}.zip"
    answer = signed_in(Client(), there.rosa).get(address)
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = package.namelist()
    index = package.read("index.html").decode()

    assert names[:3] == ["index.html", "1-report.pdf", "2-action-plan.xlsx"]
    assert [name.split("-")[1] for name in names[3:]] == ["evidence/2.6", "evidence/10.1"]
    assert not any(".." in name.removeprefix("3-evidence/").replace(".jpg", "") for name in names)
    assert index.count(hashlib.sha256(content).hexdigest()) == 2
    assert package.read(names[3]) == content
    assert package.read("1-report.pdf").startswith(b"%PDF")
    assert signed_in(Client(), there.sam).get(address).status_code == 404
    assert signed_in(Client(), there.wes).get(address).status_code == 403
