"""What a sent audit keeps of a certificate, and what taking it back or withdrawing it takes away again."""

from datetime import UTC, date, datetime

import pytest

from assessments import AT, fill, scene
from certified import a_certificate, acts
from secor.core.certificate import Standing
from secor.queries.certificates import kept_by, standing_of
from secor.store.models import Audit, Certificate, CertificateEvent, Review
from secor.store.scope import house
from secor.usecases import milestones
from secor.usecases.submission import submit, take_back
from secor.usecases.withdrawals import put_back, withdraw

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ISSUED, DUE, AFTER = date(2025, 6, 10), date(2026, 6, 10), date(2026, 6, 11)
LATE = datetime(2026, 6, 11, 18, 0, tzinfo=UTC)
ON_THE_DUE_DAY = datetime(2026, 6, 10, 20, 0, tzinfo=UTC)  # less than a day before, so that it can be undone


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def there():
    """A maintenance audit, due on 10 June and sent on 1 June."""
    found = scene()
    Audit._base_manager.filter(pk=found.audit.pk).update(kind="maintenance", cycle_year=2)
    found.audit.refresh_from_db()
    fill(found)
    a_certificate(found.employer, found.partner, on=ISSUED)
    submit(found.dev_acts(), audit=found.audit)
    return found


def worth(on: date):
    return standing_of(Certificate.objects.within(ALL).get(), on=on)


def told() -> list[str]:
    return [row.event for row in CertificateEvent.objects.within(ALL).order_by("pk")]


def audit() -> Audit:
    return Audit.objects.within(ALL).select_related("employer", "partner").get()


def test_a_sent_audit_keeps_the_certificate_past_its_due_day(there):
    assert worth(AFTER).standing is Standing.VALID
    assert worth(AFTER).decision_pending


def test_taken_back_in_time_nothing_is_pending_and_nothing_is_deleted(there):
    take_back(there.dev_acts(), audit=there.audit)

    assert not worth(DUE).decision_pending
    assert worth(AFTER).standing is Standing.LAPSED
    assert told() == ["certified", "data_gathered", "audit_submitted", "corrected"]
    assert CertificateEvent.objects.within(ALL).get(event="corrected").reason == "The audit was taken back."


def test_sent_again_on_the_same_day_it_counts_again(there):
    take_back(there.dev_acts(), audit=there.audit)
    submit(there.dev_acts(), audit=there.audit)

    assert worth(AFTER).decision_pending
    assert told()[-2:] == ["corrected", "audit_submitted"]


def test_taken_back_twice_it_is_open_again_and_not_sent_back(there):
    take_back(there.dev_acts(), audit=there.audit)
    submit(there.dev_acts(), audit=there.audit)
    take_back(there.dev_acts(), audit=there.audit)

    assert audit().stage == "open"
    assert not worth(DUE).decision_pending


def test_an_audit_sent_back_by_the_reviewer_stays_counted_when_its_next_round_is_taken_back(there):
    Review.objects.create(
        audit=there.audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT, outcome="returned"
    )
    take_back(there.dev_acts(), audit=there.audit)

    assert audit().stage == "returned"
    assert worth(AFTER).decision_pending


def test_on_the_due_day_it_can_be_taken_back_and_the_day_after_it_cannot(there):
    on_the_day = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
    assert kept_by(audit(), on=DUE) is None
    assert kept_by(audit(), on=AFTER) == DUE
    with pytest.raises(milestones.EndsCertificate, match="send the audit back"):
        take_back(there.dev_acts(LATE), audit=there.audit)
    assert audit().stage == "submitted"
    assert worth(AFTER).standing is Standing.VALID

    take_back(there.dev_acts(on_the_day), audit=there.audit)
    assert worth(AFTER).standing is Standing.LAPSED


def test_withdrawn_in_time_nothing_counts_any_more(there):
    withdraw(there.dev_acts(), audit=there.audit)

    assert not worth(DUE).decision_pending
    assert told().count("corrected") == 2
    assert worth(AFTER).standing is Standing.LAPSED


def test_a_withdrawal_taken_back_counts_from_that_day(there):
    withdraw(there.dev_acts(), audit=there.audit)
    put_back(there.dev_acts(), audit=there.audit)

    assert worth(AFTER).decision_pending


def test_a_withdrawal_taken_back_too_late_brings_nothing_back(there):
    withdraw(there.dev_acts(ON_THE_DUE_DAY), audit=there.audit)
    put_back(there.dev_acts(LATE), audit=there.audit)

    assert worth(AFTER).standing is Standing.LAPSED


def test_withdrawn_before_it_was_sent_nothing_was_counted_and_nothing_is_corrected(there):
    take_back(there.dev_acts(), audit=there.audit)
    before = told().count("corrected")
    withdraw(there.dev_acts(), audit=there.audit)
    assert told().count("corrected") == before + 1  # what was gathered

    put_back(there.dev_acts(), audit=there.audit)
    assert not worth(DUE).decision_pending


def test_after_the_due_day_only_the_owner_withdraws_and_the_certificate_ends_that_day_and_not_before(there):
    with pytest.raises(milestones.EndsCertificate, match="Only its owner"):
        withdraw(there.dev_acts(LATE), audit=there.audit)
    assert worth(AFTER).standing is Standing.VALID

    withdraw(there.rosa_acts(datetime(2026, 6, 20, 18, 0, tzinfo=UTC)), audit=there.audit)
    assert worth(date(2026, 6, 19)).standing is Standing.VALID
    ended = worth(date(2026, 6, 20))
    assert (ended.standing, ended.since, ended.decision_pending) == (Standing.LAPSED, date(2026, 6, 20), False)


def test_correcting_twice_is_one_correction(there):
    from_rosa = acts(there.rosa, date(2026, 6, 2))
    row = CertificateEvent.objects.within(ALL).get(event="audit_submitted")
    first = milestones.certificates.correct(from_rosa, event=row, reason="Once.")
    assert milestones.certificates.correct(from_rosa, event=row, reason="Twice.") == first
