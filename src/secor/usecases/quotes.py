"""Quotes: a consultant keeps their rates, makes a quote by them, sends it; whoever got it accepts it, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from secor.core.audit import Kind
from secor.core.quote import Job, Rates, quoted
from secor.core.role import RoleKind
from secor.store.models import Partner, Person, Quote, QuoteRates, Role
from secor.usecases.act import Act, Refusal

NOTE_MAX = 2000
NAME_MAX = 120
GOOD_DAYS_MOST = 180
PEOPLE_MOST, SITES_MOST, KM_MOST = 500, 200, 20_000
MONEY_MOST, HOURS_MOST, TAX_MOST = Decimal(2000), Decimal(500), Decimal(30)
TOTAL_MOST = Decimal(1_000_000)
A_DAY = timedelta(days=1)
# Enough for a busy consultant, too few for a program that wants to fill letter boxes.
IN_A_DAY = 40


class NotAnAuditor(Refusal):
    """Quotes are made by auditors, for partners that certify them."""


class NoRates(Refusal):
    """There are no rates to work a quote out by, or rates that cannot be."""


class NotAJob(Refusal):
    """More people, sites or kilometres than an audit has, or none."""


class TooMany(Refusal):
    """Very many quotes in one day."""


class NotTheBusiness(Refusal):
    """Who made a quote is not who accepts it."""


class Closed(Refusal):
    """The quote was sent, accepted or taken back already, or its last day has passed."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What stands on every quote of a consultant beside the rates."""

    trades_as: str = ""
    tax_number: str = ""
    good_days: int = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a quote is for, and what is to be audited."""

    business: str
    email: str
    partner: Partner
    kind: Kind
    job: Job
    note: str = ""


@transaction.atomic
def keep_rates(act: Act, *, rates: Rates, habits: Habits) -> QuoteRates:
    """Keep one's own rates. Quotes made before stay as they are.

    Refuses ``NotAnAuditor``, rates below nothing or beyond what anybody asks, and tax without the number under which it
    is charged (``NoRates``).
    """
    person = _auditor(act)
    money, hours = (rates.hourly, rates.a_km), (rates.base_hours, rates.person_hours, rates.site_hours)
    in_bounds = (
        all(0 <= each <= MONEY_MOST for each in money)
        and all(0 <= each <= HOURS_MOST for each in hours)
        and 0 <= rates.tax_percent <= TAX_MOST
        and 1 <= habits.good_days <= GOOD_DAYS_MOST
    )
    if not in_bounds:
        raise NoRates("One of these numbers is below nothing, or very high. Look at each of them again.")
    if rates.tax_percent and not _line(habits.tax_number, 40):
        raise NoRates("Write your GST number, or 0 percent if you charge no GST.")
    kept = {name: getattr(rates, name) for name in Rates.__dataclass_fields__}
    kept |= {"trades_as": _line(habits.trades_as, 160), "tax_number": _line(habits.tax_number, 40)}
    row, _ = QuoteRates.objects.update_or_create(
        person=person, defaults={**kept, "good_days": habits.good_days, "changed_at": act.at}
    )
    act.enter("quote.rates_kept", subject=str(person.pk))
    return row


@transaction.atomic
def make(act: Act, *, wanted: Wanted) -> Quote:
    """Work a quote out by one's own rates and keep it; nobody is told before it is sent.

    Refuses whom the partner does not certify today (``NotAnAuditor``), without rates (``NoRates``), a job that is none
    (``NotAJob``), and the forty-first in a day (``TooMany``).
    """
    person = _auditor(act, wanted.partner)
    row = QuoteRates.objects.select_for_update(of=("self",)).filter(person=person).first()
    if row is None:
        raise NoRates("Write down your rates first, so that a quote can be worked out.")
    job = wanted.job
    if not (1 <= job.people <= PEOPLE_MOST and 1 <= job.sites <= SITES_MOST and 0 <= job.km <= KM_MOST):
        raise NotAJob("Write how many people and sites there are, and the kilometres there and back.")
    if not _line(wanted.business, 200) or not wanted.email.strip():
        raise NotAJob("Write for which business the quote is, and where to send it.")
    if Quote.objects.filter(person=person, made_at__gt=act.at - A_DAY).count() >= IN_A_DAY:
        raise TooMany(f"You have made {IN_A_DAY} quotes within a day. Go on tomorrow.")
    rates = Rates(**{name: getattr(row, name) for name in Rates.__dataclass_fields__})
    worked = quoted(job, rates)
    if not worked.total:
        raise NoRates("By your rates this comes to nothing. Write down what you charge first.")
    if worked.total > TOTAL_MOST:
        raise NotAJob("This comes to more than a million dollars. Look at the numbers and at your rates again.")
    quote = Quote(
        person=person,
        partner=wanted.partner,
        business=_line(wanted.business, 200),
        email=wanted.email.strip(),
        kind=wanted.kind.value,
        people=job.people,
        sites=job.sites,
        km=job.km,
        trades_as=row.trades_as or str(person),
        tax_number=row.tax_number,
        lines=[{"what": each.what, "how": each.how, "amount": str(each.amount)} for each in worked.lines],
        net=worked.net,
        tax_percent=rates.tax_percent,
        tax=worked.tax,
        total=worked.total,
        note=wanted.note.replace("\0", "").strip()[:NOTE_MAX],
        good_until=act.on + timedelta(days=row.good_days),
        made_at=act.at,
    )
    quote.save(force_insert=True)
    act.enter("quote.made", subject=quote.code, total=str(quote.total))
    return quote


@transaction.atomic
def send(act: Act, *, quote: Quote) -> Quote:
    """Send a quote: a letter with its link follows. Twice is one act.

    Refuses who did not make it or is not certified by its partner any more (``NotAnAuditor``), one that was taken back
    or whose last day has passed (``Closed``), and the forty-first in a day (``TooMany``).
    """
    held = _own(act, quote)
    if held.sent_at is not None and held.taken_back_at is None:
        return held
    person = _auditor(act, held.partner)
    # Held, so that two sent at once are counted one after the other.
    QuoteRates.objects.select_for_update(of=("self",)).get(person=person)
    if Quote.objects.filter(person=person, sent_at__gt=act.at - A_DAY).count() >= IN_A_DAY:
        raise TooMany(f"You have sent {IN_A_DAY} quotes within a day. Go on tomorrow.")
    if held.taken_back_at is not None or act.on > held.good_until:
        raise Closed("This quote was taken back, or its last day has passed. Make a new one.")
    held.sent_at = act.at
    held.save(update_fields=["sent_at"])
    act.enter("quote.sent", subject=held.code)
    return held


@transaction.atomic
def take_back(act: Act, *, quote: Quote) -> Quote:
    """Take a quote back: its link opens nothing any more. Twice is one act.

    Refuses who did not make it (``NotAnAuditor``), and one that was accepted (``Closed``).
    """
    held = _own(act, quote)
    if held.taken_back_at is not None:
        return held
    if held.accepted_at is not None:
        raise Closed("This quote was accepted, so it holds. Talk to the business.")
    held.taken_back_at = act.at
    held.save(update_fields=["taken_back_at"])
    act.enter("quote.taken_back", subject=held.code)
    return held


@transaction.atomic
def accept(act: Act, *, quote: Quote, name: str) -> Quote:
    """Keep that whoever holds the link accepts the quote, in this name. The first one counts; twice is one act.

    Refuses its own consultant (``NotTheBusiness``), a quote that was not sent, was taken back, whose last day has
    passed, or whose consultant the partner does not certify any more (``Closed``), and no name (``NotAJob``).
    """
    held = Quote.objects.select_for_update(of=("self",)).select_related("person", "partner").get(pk=quote.pk)
    if act.by is not None and act.by.pk == held.person_id:
        raise NotTheBusiness("This is your own quote. The business accepts it, from the link in its letter.")
    if held.accepted_at is not None:
        return held
    if held.sent_at is None or held.taken_back_at is not None:
        raise Closed("This quote is not open. Ask your consultant for a new one.")
    if act.on > held.good_until:
        raise Closed(f"This quote was good until {held.good_until}. Ask your consultant for a new one.")
    if not _certified(act, held.partner).filter(person=held.person_id).exists():
        raise Closed(f"{held.partner.name} does not certify this consultant today. Ask for another one.")
    said = _line(name, NAME_MAX)
    if not said:
        raise NotAJob("Write your name, so that your consultant knows who accepts.")
    held.accepted_at, held.accepted_by = act.at, said
    held.save(update_fields=["accepted_at", "accepted_by"])
    act.enter("quote.accepted", subject=held.code, total=str(held.total))
    return held


def _auditor(act: Act, partner: Partner | None = None) -> Person:
    if act.by is None or not _certified(act, partner).filter(person=act.by).exists():
        raise NotAnAuditor("Only an auditor whom this partner certifies today makes quotes for its audits.")
    return act.by


def _certified(act: Act, partner: Partner | None) -> QuerySet[Role]:
    current = Q(until_on__isnull=True) | Q(until_on__gte=act.on)
    roles = Role.objects.filter(current, kind=RoleKind.AUDITOR, from_on__lte=act.on)
    return roles if partner is None else roles.filter(partner=partner)


def _own(act: Act, quote: Quote) -> Quote:
    held = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if act.by is None or held.person_id != act.by.pk:
        raise NotAnAuditor("Only who made this quote may do that.")
    return held


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
