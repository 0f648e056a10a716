"""Two people of a partner act at the same moment: one act, and the other is told."""

from datetime import date

import pytest

from certified import a_person, accepted, acts, an_audit, an_employer, answered, office
from secor.core.role import RoleKind
from secor.store.models import Certificate, CertificateEvent, Entry, Membership, Review
from secor.store.scope import house
from secor.usecases import certificates, members, reviews
from together import at_once

DAY = date(2024, 5, 20)
ALL = house("this test")
pytestmark = pytest.mark.django_db(transaction=True)


def names(outcomes) -> list[str]:
    return sorted(type(each).__name__ for each in outcomes)


def entries(act: str) -> int:
    return Entry.objects.within(ALL).filter(act=act).count()


def test_two_reviewers_who_take_one_audit_are_one_reviewer():
    scene = office()
    audit = an_audit(scene)
    quinn = a_person("Quinn", RoleKind.REVIEWER, partner=scene.partner)

    outcomes = at_once(*(lambda who=who: reviews.claim(acts(who, DAY), audit=audit) for who in (scene.pat, quinn)))

    assert names(outcomes) == ["Review", "Taken"]
    assert Review.objects.within(ALL).count() == 1
    assert entries("review.claimed") == 1


def test_two_decision_makers_who_issue_at_once_issue_one_certificate():
    scene = office()
    audit = accepted(scene, answered(an_audit(scene)))
    ola = a_person("Ola", RoleKind.DECISION_MAKER, partner=scene.partner)

    outcomes = at_once(
        *(lambda who=who: certificates.issue(acts(who, DAY), audit=audit) for who in (scene.ines, ola, scene.ines))
    )

    assert names(outcomes) == ["Certificate"] * 3
    assert len({each.number for each in outcomes}) == 1
    assert Certificate.objects.within(ALL).count() == 1
    assert CertificateEvent.objects.within(ALL).filter(event="certified").count() == 1
    assert entries("certificate.issued") == 1


def test_certificates_issued_at_once_have_numbers_of_their_own():
    scene = office()
    audits = [accepted(scene, answered(an_audit(scene)))]
    for nth in range(3):
        other = an_audit(scene)
        other.employer = _another(scene, nth)
        other.save(update_fields=["employer"])
        audits.append(accepted(scene, answered(other)))

    outcomes = at_once(
        *(lambda audit=audit: certificates.issue(acts(scene.ines, DAY), audit=audit) for audit in audits)
    )

    assert names(outcomes) == ["Certificate"] * 4
    assert len({each.number for each in outcomes}) == 4


def test_accepting_and_refusing_a_member_at_once_is_one_answer():
    scene = office()
    asked = Membership.objects.create(employer=_another(scene, 1, member=False), partner=scene.partner, asked_on=DAY)

    outcomes = at_once(
        lambda: members.approve(acts(scene.regan, DAY), membership=asked),
        lambda: members.refuse(acts(scene.regan, DAY), membership=asked, reason="Not our trade."),
    )

    assert names(outcomes) == ["Answered", "Membership"]
    assert entries("member.approved") + entries("member.refused") == 1


def _another(scene, nth: int, *, member: bool = True):
    return an_employer(f"Business {nth}", partner=scene.partner if member else None)
