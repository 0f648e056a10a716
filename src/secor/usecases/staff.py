"""Who at a certifying partner may do what, and who may not because they stood too close to the matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from secor.core.audit import Kind, Performer
from secor.core.independence import Tie as KnownTie
from secor.core.independence import TieKind, conflicts
from secor.core.role import EMPLOYER_SIDE, RoleKind
from secor.queries import schemes
from secor.store.models import Audit, Partner, Person, Role, Tie
from secor.store.scope import house
from secor.usecases.act import Act, Refusal

WORDS = {
    RoleKind.REGISTRAR: "a registrar",
    RoleKind.REVIEWER: "a reviewer",
    RoleKind.DECISION_MAKER: "a decision maker",
}


class NotYourDesk(Refusal):
    """The act belongs to somebody with another role at the partner."""


class PartnerEnded(Refusal):
    """The partner is not recognized on that day, so it may decide nothing new."""


class Tied(Refusal):
    """The person stands too close to the employer or to the audit."""


def permit(act: Act, kind: RoleKind, *, partner: Partner) -> Person:
    """Give the person who acts, when they hold the role ``kind`` at ``partner`` today. Refuses ``NotYourDesk``."""
    if act.by is not None:
        held = Role.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=act.on),
            person_id=act.by.pk,
            partner=partner,
            kind=kind,
            from_on__lte=act.on,
        )
        if held.exists():
            return act.by
    raise NotYourDesk(f"Only {WORDS[kind]} of {partner.name} may do this. Ask one of them.")


def permit_any(act: Act, kinds: Iterable[RoleKind], *, partner: Partner) -> Person:
    """Give the person who acts, when they hold any of these roles at ``partner`` today. Refuses ``NotYourDesk``."""
    wanted = tuple(kinds)
    for kind in wanted:
        try:
            return permit(act, kind, partner=partner)
        except NotYourDesk:
            continue
    raise NotYourDesk(f"Only the staff of {partner.name} may do this. Ask one of them.")


def still_recognized(act: Act, *, partner: Partner) -> None:
    """Refuse (``PartnerEnded``) to act for a partner outside the days it is recognized; both ends count."""
    if partner.valid_from is not None and act.on < partner.valid_from:
        raise PartnerEnded(f"{partner.name} is recognized only from {partner.valid_from} on. Come back then.")
    if partner.valid_until is not None and act.on > partner.valid_until:
        raise PartnerEnded(
            f"{partner.name} was recognized until {partner.valid_until}, so it can decide nothing new. "
            "Ask the employer to choose another certifying partner."
        )


def independent(act: Act, *, person: Person, audit: Audit) -> None:
    """Refuse (``Tied``) a person who did the audit, works for the employer, or has a tie that the rules forbid.

    For the partner's own people every kind of audit counts, whatever kinds the rule names for auditors: who reviews
    or decides judges the employer just as much.
    """
    if why := ties_of(act, person=person, audit=audit):
        raise Tied(f"You cannot do this, because you {why[0]}. Leave it to a colleague.")


def ties_of(act: Act, *, person: Person, audit: Audit) -> tuple[str, ...]:
    """Tell why a person of the partner may not judge this audit; nothing when they may."""
    why = []
    if audit.assessor_id == person.pk:
        why.append("did this audit yourself")
    sides = Role.objects.filter(person=person, employer=audit.employer_id, kind__in=EMPLOYER_SIDE)
    if sides.exists():
        why.append("have or had a role in this business")
    rows = Tie.objects.within(house("the ties of somebody who is to judge")).filter(
        employer=audit.employer_id, person=person
    )
    known = [KnownTie(TieKind(row.kind), row.from_on, row.until_on) for row in rows]
    kind = Kind(audit.kind)
    rules = schemes.rules(audit.scheme, partner=audit.partner.key, on=act.on)
    strict = replace(rules.independence, applies_to=frozenset({kind}))
    told = conflicts(known, rule=strict, kind=kind, performer=Performer.PARTNER, on=act.on)
    why.extend(f"are tied to this business: {words}" for words in told)
    return tuple(why)
