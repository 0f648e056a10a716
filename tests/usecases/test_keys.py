"""Keys: made, retired, stopped, and found again where their private halves are."""

from datetime import UTC, datetime

import pytest

from cast import cast
from secor.core.key import PrivateKey, Purpose, read_public
from secor.queries import keys as asked
from secor.store.models import Entry
from secor.store.scope import house
from secor.usecases import keys
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ACT = Act(None, datetime(2026, 3, 2, 18, tzinfo=UTC))
LATER = Act(None, datetime(2026, 3, 3, 18, tzinfo=UTC))


def test_a_key_that_was_made_signs_for_its_partner_and_for_no_other():
    people = cast()
    row = keys.make(ACT, purpose=Purpose.CREDENTIAL, partner=people.asc)

    signer = asked.signer(Purpose.CREDENTIAL, partner=people.asc)

    assert signer.key_name == row.public
    assert read_public(row.public).verifies(signer.sign(b"word"), of=b"word")
    with pytest.raises(asked.NoKey, match="Energy Safety Canada"):
        asked.signer(Purpose.CREDENTIAL, partner=people.esc)
    with pytest.raises(asked.NoKey):
        asked.signer(Purpose.LOG)


def test_the_private_half_is_in_a_file_of_its_own_that_nobody_else_may_read_and_nowhere_else():
    row = keys.make(ACT, purpose=Purpose.LOG)
    path = asked.path_of(row.public)

    assert path.stat().st_mode & 0o777 == 0o600
    entries = Entry.objects.within(house("a test")).filter(act="key.made")
    assert [(each.subject, each.detail) for each in entries] == [(row.public, {"purpose": "log"})]


def test_a_file_that_others_can_read_is_refused():
    path = asked.path_of(keys.make(ACT, purpose=Purpose.LOG).public)
    path.chmod(0o640)

    with pytest.raises(asked.NoKey, match="chmod 600"):
        asked.signer(Purpose.LOG)


def test_a_private_half_may_come_from_the_environment(settings):
    row = keys.make(ACT, purpose=Purpose.LOG)
    path = asked.path_of(row.public)
    settings.SIGNING_KEYS = f"z3u2tx3XpdbfFDMbmxiBMuGRfSyXZ2r1eVWuaMHHBYdtYQmf,\n{path.read_text().strip()}"
    path.unlink()

    with pytest.raises(asked.NoKey, match="cannot be read"):
        asked.signer(Purpose.LOG)

    settings.SIGNING_KEYS = settings.SIGNING_KEYS.split()[1]
    assert asked.signer(Purpose.LOG).key_name == row.public


def test_a_key_without_its_private_half_signs_nothing():
    row = keys.make(ACT, purpose=Purpose.LOG)
    asked.path_of(row.public).write_text(keys_of_another())

    with pytest.raises(asked.NoKey, match="not on this machine"):
        asked.signer(Purpose.LOG)
    assert [each.at_hand for each in asked.held(asked.every())] == [False]


def test_a_new_key_retires_the_one_before():
    partner = cast().asc
    first = keys.make(ACT, purpose=Purpose.CREDENTIAL, partner=partner)
    second = keys.make(LATER, purpose=Purpose.CREDENTIAL, partner=partner)

    assert asked.signer(Purpose.CREDENTIAL, partner=partner).key_name == second.public
    assert [(each.public, each.until_at) for each in asked.every(partner=partner)] == [
        (first.public, LATER.at),
        (second.public, None),
    ]


def test_a_retired_key_signs_nothing_more_and_is_not_retired_twice():
    row = keys.make(ACT, purpose=Purpose.LOG)
    keys.retire(LATER, public=row.public)

    with pytest.raises(asked.NoKey):
        asked.signer(Purpose.LOG)
    with pytest.raises(keys.NotThisKey):
        keys.retire(LATER, public=row.public)


def test_while_signing_is_stopped_nothing_signs_and_afterwards_it_does():
    keys.make(ACT, purpose=Purpose.LOG)
    keys.stop(ACT, reason="a wrong rule was found")

    with pytest.raises(asked.Stopped, match="a wrong rule was found"):
        asked.signer(Purpose.LOG)
    with pytest.raises(keys.StoppedAlready):
        keys.stop(LATER, reason="again")

    keys.resume(LATER)
    assert asked.signer(Purpose.LOG)
    with pytest.raises(keys.StoppedAlready):
        keys.resume(LATER)


def test_a_stop_wants_its_reason():
    with pytest.raises(keys.StoppedAlready, match="why"):
        keys.stop(ACT, reason="  ")
    assert asked.stopped() is None


def test_a_log_key_has_no_partner_and_a_credential_key_has_one():
    with pytest.raises(keys.WhoseKey):
        keys.make(ACT, purpose=Purpose.CREDENTIAL)
    with pytest.raises(keys.WhoseKey):
        keys.make(ACT, purpose=Purpose.LOG, partner=cast().asc)


def keys_of_another() -> str:
    return PrivateKey(b"\x09" * 32).multibase
