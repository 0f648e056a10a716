"""The owner's word that the certifying partner may see the forecast, and the forecast that is kept for it.

A kept forecast follows from what is on file alone. It remembers where its employer's chain ended, so every act makes it
stale without touching it: nothing that keeps a record has to think of it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db import transaction

from secor.core.readiness import weakest
from secor.core.verdict import decide
from secor.queries import forecasts as asked
from secor.queries.employers import membership_of
from secor.queries.journal import chain_of
from secor.queries.readiness import Readiness, readiness_of
from secor.store.models import Chain, Employer, ForecastConsent, KeptForecast
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

MILLION = 1_000_000
_HELD = house("an act holds what its employer consented to")


class NoPartner(Refusal):
    """A forecast can be shown to nobody while no certifying partner has taken the employer in."""


@transaction.atomic
def consent(act: Act, *, employer: Employer) -> ForecastConsent:
    """Let the certifying partner of today see the forecast, from today on. Twice is once.

    Done by an owner (``NotOwner``). Refuses while no partner has taken the employer in (``NoPartner``). A consent that
    names an earlier partner ends.
    """
    held = owner.hold(act, employer=employer)
    membership = membership_of(held)
    if membership is None or membership.approved_on is None:
        raise NoPartner("No certifying partner has taken you in yet. Once one has, you can let it see your forecast.")
    row = _standing(held)
    if row is not None and row.partner_id == membership.partner_id:
        return row
    end(act, employer=held)
    row = ForecastConsent(employer=held, partner_id=membership.partner_id, given_on=act.on, given_by=act.by)
    row.save(force_insert=True)
    act.enter("forecast.consented", employer=held, partner=membership.partner_id, subject=held.code)
    return row


@transaction.atomic
def withdraw(act: Act, *, employer: Employer) -> None:
    """Take the consent back: from this moment the partner sees nothing, and what was kept is gone. Twice is once.

    Done by an owner (``NotOwner``).
    """
    held = owner.hold(act, employer=employer)
    row = end(act, employer=held)
    if row is not None:
        act.enter("forecast.withdrawn", employer=held, partner=row.partner_id, subject=held.code)


def end(act: Act, *, employer: Employer) -> ForecastConsent | None:
    """End the consent that stands, as part of an act that holds the employer; give it, or None where none did."""
    row = _standing(employer)
    if row is not None:
        KeptForecast.objects.within(_HELD).filter(consent=row).delete()
        row.withdrawn_on, row.withdrawn_by = act.on, act.by
        row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    return row


def readiness_told(employer: Employer, *, on: date) -> Readiness:
    """Foretell the next audit; where the partner may see the forecast, keep it, so that both see the same."""
    row = _standing(employer)
    if row is None or asked.is_fresh(row, on=on):
        return readiness_of(employer, on=on)
    return refresh(employer, on=on, steps=True)


def refresh(employer: Employer, *, on: date, steps: bool = False) -> Readiness:
    """Work the forecast out as of the day ``on``, and keep it where the employer consents. No act: it enters nothing.

    The end of the chain is read before anything else, so what is filed meanwhile leaves the kept forecast stale. What
    single ``steps`` would gain is not kept, so it is worked out only for somebody who reads it.
    """
    place = _place(employer)
    found = readiness_of(employer, on=on, steps=steps)
    _keep(employer, found, place=place)
    return found


@transaction.atomic
def _keep(employer: Employer, found: Readiness, *, place: int) -> None:
    """Write the forecast beside its consent, unless that was withdrawn meanwhile or a newer one is kept."""
    held = Employer.objects.within(_HELD).select_for_update().get(pk=employer.pk)
    row = _standing(held)
    if row is None or KeptForecast.objects.within(_HELD).filter(consent=row, place__gt=place).exists():
        return
    now = found.forecast.nothing_more
    weak = weakest(now, found.mark)
    KeptForecast.objects.within(_HELD).update_or_create(
        consent=row,
        defaults={
            "employer": held,
            "as_of_on": found.forecast.window.on,
            "chain_id": chain_of(employer=held.pk),
            "place": place,
            "audit_on": found.forecast.window.last,
            "instrument": found.instrument.key,
            "awarded": now.awarded,
            "possible": now.possible,
            "millionths": int((now.share or Fraction(0)) * MILLION),
            "passes": decide(now, found.mark).passed,
            "can_pass": decide(found.forecast.kept_up, found.mark).passed,
            "weakest": [
                {"element": each.number, "awarded": str(each.awarded), "possible": str(each.possible)} for each in weak
            ],
            "guessed": len(found.forecast.guessed),
            "questions": len(now.questions),
        },
    )


def _standing(employer: Employer) -> ForecastConsent | None:
    return ForecastConsent.objects.within(_HELD).filter(employer=employer, withdrawn_on__isnull=True).first()


def _place(employer: Employer) -> int:
    """Where the employer's chain ends now; its consent is on it, so there is one."""
    return Chain.objects.filter(pk=chain_of(employer=employer.pk)).values_list("length", flat=True).first() or 0
