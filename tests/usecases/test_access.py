"""Access tokens: what opens, what does not, and what is kept of a secret."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import cast
from secor.core.access import AccessScope
from secor.queries import access as query
from secor.store.models import AccessToken, Entry
from secor.usecases import access
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 17, 18, tzinfo=UTC)
TODAY = date(2026, 5, 17)
LAST = TODAY + timedelta(days=30)


@pytest.fixture
def there():
    return cast()


def made(person, *, scopes=(AccessScope.EMPLOYERS,), until_on=LAST, role=None, name="Bookkeeper"):
    chosen = role or person.roles.get()
    return access.make(Act(person, AT), role=chosen, name=name, scopes=scopes, until_on=until_on)


def test_only_the_fingerprint_of_the_secret_is_kept(there):
    secret = made(there.rosa)

    row, entry = AccessToken.objects.get(), Entry._base_manager.get(act="access.made")
    kept = repr(vars(row)) + repr(vars(entry))
    assert secret.startswith("secor_")
    assert len(secret) > 40
    assert secret not in kept
    assert secret.startswith(row.begins)
    assert len(row.begins) == 10
    assert entry.employer_id == there.roofing.pk


def test_a_token_opens_until_its_last_day_and_not_the_day_after(there):
    secret = made(there.rosa)

    assert query.holder(secret, on=LAST).person == there.rosa
    assert query.holder(secret, on=LAST + timedelta(days=1)) is None
    assert query.holder(secret + "x", on=TODAY) is None


def test_a_token_opens_nothing_once_its_role_is_over_or_the_account_is_shut(there):
    secret = made(there.rosa)
    role = there.rosa.roles.get()
    role.until_on = TODAY
    role.save()

    assert query.holder(secret, on=TODAY) is not None
    assert query.holder(secret, on=TODAY + timedelta(days=1)) is None
    there.rosa.is_active = False
    there.rosa.save()
    assert query.holder(secret, on=TODAY) is None


def test_nobody_makes_a_token_for_the_role_of_another(there):
    with pytest.raises(access.NotYourRole):
        made(there.rosa, role=there.pat.roles.get())
    with pytest.raises(access.NotYourRole):
        access.make(Act(None, AT), role=there.rosa.roles.get(), name="x", scopes=[AccessScope.AUDITS], until_on=LAST)


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": ()}, {"until_on": TODAY - timedelta(days=1)}])
def test_a_token_that_would_open_nothing_is_refused(there, wrong):
    with pytest.raises(access.OpensNothing):
        made(there.rosa, **wrong)
    assert not AccessToken.objects.exists()


def test_no_token_lasts_longer_than_a_year(there):
    made(there.rosa, until_on=date(2099, 1, 1))

    assert AccessToken.objects.get().until_on == TODAY + timedelta(days=366)


def test_the_twenty_first_token_is_refused_until_one_is_withdrawn(there):
    for _ in range(access.MOST):
        made(there.rosa)
    with pytest.raises(access.TooMany):
        made(there.rosa)

    access.withdraw(Act(there.rosa, AT), key=AccessToken.objects.first().pk)

    assert made(there.rosa)


def test_only_its_own_person_withdraws_a_token_and_only_once(there):
    secret = made(there.rosa)
    key = AccessToken.objects.get().pk
    with pytest.raises(access.NotThisToken):
        access.withdraw(Act(there.sam, AT), key=key)
    assert query.holder(secret, on=TODAY) is not None

    access.withdraw(Act(there.rosa, AT), key=key)

    assert query.holder(secret, on=TODAY) is None
    assert query.held_by(there.rosa, on=TODAY) == ()
    with pytest.raises(access.NotThisToken):
        access.withdraw(Act(there.rosa, AT), key=key)


def test_the_token_of_an_owner_does_not_reach_what_the_same_person_audits(there):
    made(there.rosa)
    made(there.dev, role=there.dev.roles.get(partner=there.asc))
    dev, rosa = AccessToken.objects.all()

    assert query.scope_through(rosa).assessor is None
    assert query.scope_through(rosa).employers == {there.roofing.pk}
    assert query.scope_through(dev).assessor == there.dev.pk


def test_the_day_of_the_last_use_is_kept(there):
    made(there.rosa)
    access.used(AccessToken.objects.get(), on=TODAY)

    assert AccessToken.objects.get().used_on == TODAY
