"""The ledger of head-counts, and the eleventh person."""

from datetime import date

import pytest

from certified import CERTIFIED, a_certificate, acts, happened, maintained, office
from secor.core.certificate import Standing
from secor.queries.certificates import standing_of
from secor.store.models import Certificate, CertificateEvent, Entry, Headcount
from secor.store.scope import house
from secor.usecases import headcounts
from secor.usecases.employers import report_headcount

ALL = house("this test")
DAY = date(2024, 9, 3)

pytestmark = pytest.mark.django_db


def report(scene, number, *, on=DAY, today=DAY, kind="full_time"):
    return report_headcount(acts(scene.rosa, today), employer=scene.employer, on=on, counts={kind: number})


def told():
    rows = CertificateEvent.objects.within(ALL).filter(event="headcount", corrected_by__isnull=True)
    return [(row.on, row.count) for row in rows]


def test_a_second_count_of_a_day_corrects_the_first_and_the_journal_keeps_both():
    scene = office()

    report(scene, 6)
    report(scene, 6)
    report(scene, 7)

    assert Headcount.objects.within(ALL).get().full_time == 7
    acts_kept = Entry.objects.within(ALL).order_by("pk").values_list("act", "detail")
    assert [act for act, _ in acts_kept] == ["headcount.reported", "headcount.corrected"]
    assert acts_kept[1][1]["before"]["full_time"] == 6
    assert acts_kept[1][1]["counts"]["full_time"] == 7


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2024, 9, 4), headcounts.NotYet),
        (date(2014, 9, 2), headcounts.TooLongAgo),
        (date(2014, 9, 3), None),
        (date(2024, 2, 29), None),
    ],
)
def test_a_count_is_of_a_day_that_came_in_the_last_ten_years(on, refusal):
    scene = office()

    if refusal is None:
        assert report(scene, 4, on=on).on == on
    else:
        with pytest.raises(refusal):
            report(scene, 4, on=on)
        assert not Headcount.objects.within(ALL).exists()


def test_ten_years_before_a_leap_day_is_the_day_before():
    scene = office()

    assert report(scene, 4, on=date(2014, 2, 28), today=date(2024, 2, 29))
    with pytest.raises(headcounts.TooLongAgo):
        report(scene, 4, on=date(2014, 2, 27), today=date(2024, 2, 29))


def test_the_tenth_person_changes_nothing_and_the_eleventh_sets_the_day_to_move_on_by():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)

    report(scene, 10)
    assert told() == []
    report(scene, 11, on=date(2024, 9, 4), today=date(2024, 9, 4))

    assert told() == [(date(2024, 9, 4), 11)]
    standing = standing_of(certificate, on=date(2024, 9, 4))
    assert standing.good
    assert standing.convert_by == date(2025, 5, 17)
    assert standing.next_scheme == "ab-cor"
    assert standing_of(certificate, on=date(2025, 5, 17)).good
    assert standing_of(certificate, on=date(2025, 5, 18)).standing is Standing.CONVERTED


def test_subcontractors_do_not_count_for_a_partner_that_does_not_count_them():
    scene = office()
    a_certificate(scene.employer, scene.partner)

    report(scene, 11, kind="subcontractors")

    assert told() == []


def test_without_a_certificate_there_is_nothing_to_write_it_into():
    report(office(), 11)

    assert told() == []


def test_a_certificate_that_time_has_ended_is_told_nothing():
    scene = office()
    a_certificate(scene.employer, scene.partner)

    report(scene, 11, on=date(2025, 5, 18), today=date(2025, 5, 18))

    assert told() == []


def test_a_suspended_certificate_still_hears_of_the_eleventh_person():
    scene = office()
    happened(a_certificate(scene.employer, scene.partner), "suspended", date(2024, 8, 1))

    report(scene, 11)

    assert told() == [(DAY, 11)]


def test_an_eleventh_person_reported_by_a_slip_is_taken_back_and_both_rows_stay():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    report(scene, 11)
    report(scene, 10, today=date(2024, 9, 20))

    assert told() == []
    kept = CertificateEvent.objects.within(ALL).exclude(event="certified").order_by("pk")
    assert [(row.event, row.count) for row in kept] == [("headcount", 11), ("corrected", 11)]
    assert kept[1].reason == "The count of this day was corrected to 10."
    assert standing_of(certificate, on=date(2024, 9, 20)).convert_by is None
    entry = Entry.objects.within(ALL).latest("pk")
    assert (entry.act, entry.detail["taken_back"], entry.partner) == ("headcount.corrected", 11, scene.partner)


def test_a_slip_that_converted_the_certificate_is_taken_back_and_converts_no_more():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 4, 1), date(2025, 4, 20))
    report(scene, 11)
    after = date(2025, 5, 18)
    assert standing_of(certificate, on=after).standing is Standing.CONVERTED
    report(scene, 12, on=after, today=after)  # nothing that comes after the conversion changes it
    assert standing_of(certificate, on=after).standing is Standing.CONVERTED

    report(scene, 10, today=after)

    assert standing_of(certificate, on=after).good
    assert not Certificate.objects.within(ALL).get().ended


def test_a_certificate_that_lapsed_is_brought_back_by_no_count():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    report(scene, 9)
    report(scene, 8, today=date(2025, 5, 18))

    assert standing_of(certificate, on=date(2025, 5, 18)).standing is Standing.LAPSED
    assert told() == []


def test_of_two_counts_over_the_limit_on_one_day_the_later_holds_even_if_it_is_smaller():
    scene = office()
    a_certificate(scene.employer, scene.partner)
    report(scene, 14)
    report(scene, 12)

    assert told() == [(DAY, 12)]
    assert "taken_back" not in Entry.objects.within(ALL).latest("pk").detail


def test_the_certificate_is_told_when_the_count_is_within_the_limit_again_and_once_only():
    scene = office()
    a_certificate(scene.employer, scene.partner)
    report(scene, 11)
    report(scene, 10, on=date(2024, 9, 10), today=date(2024, 9, 10))
    report(scene, 9, on=date(2024, 9, 11), today=date(2024, 9, 11))

    assert told() == [(DAY, 11), (date(2024, 9, 10), 10)]


def test_a_count_over_the_limit_reported_late_ends_with_the_next_count():
    scene = office()
    a_certificate(scene.employer, scene.partner)
    report(scene, 9, on=date(2024, 9, 10), today=date(2024, 9, 10))
    report(scene, 11, today=date(2024, 9, 12))

    assert told() == [(DAY, 11), (date(2024, 9, 10), 9)]


def test_who_is_within_the_limit_again_at_the_renewal_is_judged_anew():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 4, 1), date(2025, 4, 20))
    maintained(certificate, date(2026, 4, 1), date(2026, 4, 20))
    report(scene, 11, on=date(2026, 5, 1), today=date(2026, 5, 1))
    report(scene, 10, on=date(2026, 6, 1), today=date(2026, 6, 1))
    happened(certificate, "audit_accepted", date(2027, 4, 20), kind="recertification", passed=True, records_months=12)

    assert standing_of(certificate, on=date(2027, 6, 1)).convert_by is None


def test_who_is_still_over_the_limit_at_the_renewal_moves_on():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 4, 1), date(2025, 4, 20))
    maintained(certificate, date(2026, 4, 1), date(2026, 4, 20))
    report(scene, 11, on=date(2026, 5, 1), today=date(2026, 5, 1))
    happened(certificate, "audit_accepted", date(2027, 4, 20), kind="recertification", passed=True, records_months=12)

    assert standing_of(certificate, on=date(2027, 4, 21)).convert_by is not None


@pytest.mark.parametrize(
    ("later_count_on", "expected"),
    [
        (None, [(CERTIFIED, 11)]),  # it still held when the certificate began
        (CERTIFIED, []),  # it ended the day before
        (date(2024, 5, 18), [(CERTIFIED, 11), (date(2024, 5, 18), 8)]),
    ],
)
def test_a_count_reported_late_counts_from_the_certificates_first_day_if_it_still_held(later_count_on, expected):
    scene = office()
    a_certificate(scene.employer, scene.partner)
    if later_count_on:
        report(scene, 8, on=later_count_on)

    report(scene, 11, on=date(2024, 4, 1))

    assert told() == expected


def test_shrinking_again_does_not_take_the_note_back():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 4, 1), date(2025, 4, 20))

    report(scene, 11, on=date(2025, 6, 1), today=date(2025, 6, 1))
    report(scene, 8, on=date(2025, 6, 2), today=date(2025, 6, 2))

    assert standing_of(certificate, on=date(2025, 6, 2)).convert_by == date(2026, 5, 17)
