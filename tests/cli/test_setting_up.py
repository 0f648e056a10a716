"""What a site needs before it is served."""

import pytest

from certified import a_certificate, office
from secor.cli import keys as command
from secor.cli import setting_up
from secor.core.key import Purpose
from secor.queries import credentials, keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    scene = office()
    return a_certificate(scene.employer, scene.partner)


def test_the_demonstration_makes_its_keys_once_and_signs_what_was_issued(certificate):
    for _ in range(2):
        setting_up.keys_of_the_demonstration()

    assert [row.purpose for row in keys.every(partner=certificate.partner)] == ["credential", "paper"]
    assert credentials.of(certificate)


def said(capsys, *words):
    code = command.run(words)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_the_keys_of_a_site_are_made_listed_used_and_retired(certificate, capsys):
    assert said(capsys, "make", "--partner", "asc")[0] == 0
    public = keys.current(Purpose.CREDENTIAL, partner=certificate.partner).public

    assert said(capsys, "sign") == (0, "1 certificates were signed that had no credential.\n")
    assert f"{public}  credential of asc" in said(capsys, "list")[1]
    assert said(capsys, "retire", public)[0] == 0
    assert "until" in said(capsys, "list")[1]


def test_what_cannot_be_done_with_keys_is_said_in_one_line(certificate, capsys):
    for words in (["make"], ["make", "--partner", "nobody"], ["retire", "z6Mk"], ["resume"]):
        code, told = said(capsys, *words)

        assert (code, told.startswith("secor keys: "), told.count("\n")) == (2, True, 1)


def test_signing_is_stopped_and_taken_up_again_by_hand(certificate, capsys):
    assert said(capsys, "stop", "--reason", "a wrong rule")[0] == 0
    assert "a wrong rule" in said(capsys, "list")[1]
    assert said(capsys, "resume") == (0, "Signing goes on.\n")
