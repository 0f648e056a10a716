"""A business: registered, its names, accounts and sites kept up, and the certifying partner it chose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from secor.core.role import RoleKind
from secor.queries.audits import UNDER_WAY
from secor.queries.employers import membership_of
from secor.queries.register import folded
from secor.store.models import Account, Audit, Employer, Membership, Partner, Role, Site
from secor.store.scope import house
from secor.usecases import forecasts, headcounts, owner
from secor.usecases.act import Act, Refusal
from secor.usecases.headcounts import report as report_headcount
from secor.usecases.ties import declare as declare_tie

__all__ = [
    "add_account",
    "add_site",
    "ask_partner",
    "change_details",
    "change_names",
    "close_account",
    "close_site",
    "declare_tie",
    "leave_partner",
    "register",
    "report_headcount",
]

_ACCOUNT = re.compile(r"(?=.*\d)[0-9A-Z/]{3,20}")
_MOST_BUSINESSES = 20
_MOST_PEOPLE_AT_A_SITE = 9999


class Nobody(Refusal):
    """A business is registered by a person."""


class TooManyBusinesses(Refusal):
    """One person has registered more businesses than one person owns."""


class Nameless(Refusal):
    """A business or a site without a name."""


class NotAnAccount(Refusal):
    """What was typed is no WCB account number."""


class AccountTaken(Refusal):
    """The WCB account and industry code are registered already."""


class Uncountable(Refusal):
    """A number of people that cannot be."""


class HasPartner(Refusal):
    """The business has a certifying partner already, or has asked one."""


class TakesNobody(Refusal):
    """The certifying partner takes no new members now."""


class NoPartnerNow(Refusal):
    """The certifying partner has left the program, or has not begun."""


class Bound(Refusal):
    """The business cannot leave its partner while an audit hangs on it."""


@transaction.atomic
def register(  # noqa: PLR0913 - a business is described by all of these, and each is said by name
    act: Act,
    *,
    legal_name: str,
    trade_name: str = "",
    trade: str = "",
    city: str = "",
    address: str = "",
    phone: str = "",
    account_number: str = "",
    industry_code: str = "",
    headcount: Mapping[str, int],
) -> Employer:
    """Register a business today with its first head-count, and make the person who does so its owner.

    ``headcount`` is people by kind, as the scheme files name the kinds. Eleven people may register: they are told on
    their page what that means. Refuses ``Nobody``, ``Nameless``, ``TooManyBusinesses`` (more than twenty for one
    person), ``NotAnAccount``, ``AccountTaken``, and what ``headcounts.checked`` refuses.
    """
    if act.by is None:
        raise Nobody("Sign in first, so that the business has an owner.")
    if Role.objects.filter(person=act.by, kind=RoleKind.OWNER).count() >= _MOST_BUSINESSES:
        raise TooManyBusinesses("You have registered very many businesses. Call us, and we shall look at it together.")
    counts = headcounts.checked(headcount)
    employer = Employer(trade=trade, city=city, address=address, phone=phone, joined_on=act.on)
    _name(employer, legal_name, trade_name)
    employer.save(force_insert=True)
    Role.objects.create(person=act.by, kind=RoleKind.OWNER, employer=employer, from_on=act.on, given_by=act.by)
    act.enter("employer.registered", employer=employer, subject=employer.code)
    if account_number.strip():
        add_account(act, employer=employer, number=account_number, industry_code=industry_code)
    report_headcount(act, employer=employer, on=act.on, counts=counts)
    return employer


@transaction.atomic
def change_names(act: Act, *, employer: Employer, legal_name: str, trade_name: str) -> Employer:
    """Give the business other names. A certificate keeps the name it was issued in. Refuses ``Nameless``."""
    held = owner.hold(act, employer=employer)
    before = (held.legal_name, held.trade_name)
    _name(held, legal_name, trade_name)
    if (held.legal_name, held.trade_name) == before:
        return held
    held.save(update_fields=["legal_name", "trade_name", "search_name"])
    act.enter("employer.renamed", employer=held, subject=held.code)
    return held


@transaction.atomic
def change_details(act: Act, *, employer: Employer, trade: str, address: str, city: str, phone: str) -> Employer:
    """Keep what kind of work the business does, and where it is reached."""
    held = owner.hold(act, employer=employer)
    held.trade, held.address, held.city, held.phone = trade.strip(), address.strip(), city.strip(), phone.strip()
    held.save(update_fields=["trade", "address", "city", "phone"])
    act.enter("employer.changed", employer=held, subject=held.code)
    return held


@transaction.atomic
def add_account(act: Act, *, employer: Employer, number: str, industry_code: str = "") -> Account:
    """Add a WCB account under an industry code; the same pair twice for one business is one act.

    Refuses ``NotAnAccount`` for a number that holds anything but digits, letters and slashes, and ``AccountTaken``
    where another business has registered the pair, or this one has closed it.
    """
    held = owner.hold(act, employer=employer)
    number, industry_code = _plain(number), _plain(industry_code)
    if not _ACCOUNT.fullmatch(number) or (industry_code and not _ACCOUNT.fullmatch(industry_code)):
        raise NotAnAccount(
            "A WCB account number is on your WCB letters, and looks like 1234567. An industry code looks like 42121."
        )
    known = Account.objects.within(house("an account belongs to one business")).filter(
        number=number, industry_code=industry_code
    )
    row = known.first()
    if row is not None and row.employer_id == held.pk and row.closed_on is None:
        return row
    if row is not None:
        raise AccountTaken(
            "This WCB account is on file already under this industry code. If it is yours, ask the owner who "
            "registered it to invite you, or call us."
        )
    account = Account(employer=held, number=number, industry_code=industry_code)
    account.save(force_insert=True)
    act.enter("account.added", employer=held, subject=held.code, industry_code=industry_code)
    return account


@transaction.atomic
def close_account(act: Act, *, account: Account) -> Account:
    """Say that a WCB account is closed from today. Closing it twice is one act."""
    held = owner.hold(act, employer=account.employer)
    account.refresh_from_db(fields=["closed_on"])
    if account.closed_on is None:
        account.closed_on = act.on
        account.save(update_fields=["closed_on"])
        act.enter("account.closed", employer=held, subject=held.code, industry_code=account.industry_code)
    return account


@transaction.atomic
def add_site(act: Act, *, employer: Employer, name: str, address: str = "", people: int = 1) -> Site:
    """Add a place where people work. Refuses ``Nameless`` and ``Uncountable``."""
    held = owner.hold(act, employer=employer)
    if not name.strip():
        raise Nameless("Give the place a name, such as Shop or Yard.")
    if not 1 <= people <= _MOST_PEOPLE_AT_A_SITE:
        raise Uncountable("Write how many people work there as a number from 1 up.")
    site = Site(employer=held, name=name.strip(), address=address.strip(), people=people)
    site.save(force_insert=True)
    act.enter("site.added", employer=held, subject=held.code, people=people)
    return site


@transaction.atomic
def close_site(act: Act, *, site: Site) -> Site:
    """Say that nobody works at a place any more, from today. Closing it twice is one act."""
    held = owner.hold(act, employer=site.employer)
    site.refresh_from_db(fields=["closed_on"])
    if site.closed_on is None:
        site.closed_on = act.on
        site.save(update_fields=["closed_on"])
        act.enter("site.closed", employer=held, subject=held.code)
    return site


@transaction.atomic
def ask_partner(act: Act, *, employer: Employer, partner: Partner) -> Membership:
    """Ask a certifying partner to take the business as a member; its registrar answers.

    Refuses ``HasPartner`` (leave the other first), ``NoPartnerNow`` on a day on which the partner is not part of the
    program, and ``TakesNobody`` where it takes no new members. The partner's last day itself still counts.
    """
    held = owner.hold(act, employer=employer)
    chosen = Partner.objects.get(pk=partner.pk)
    current = membership_of(held)
    if current is not None:
        raise HasPartner(
            f"{current.partner.name} is your certifying partner, or has been asked to be. "
            "Leave it first if you want another one."
        )
    if not _part_of_the_program(chosen, act.on):
        raise NoPartnerNow(f"{chosen.name} does not certify employers now. Choose another partner.")
    if not chosen.accepting_new:
        raise TakesNobody(f"{chosen.name} takes no new members now. Choose another partner.")
    membership = Membership(employer=held, partner=chosen, asked_on=act.on)
    membership.save(force_insert=True)
    act.enter("partner.asked", employer=held, partner=chosen, subject=held.code)
    return membership


@transaction.atomic
def leave_partner(act: Act, *, employer: Employer) -> Membership | None:
    """Leave the certifying partner, or take the question back; None where there is nobody to leave.

    A certificate goes on: the partner that issued it answers for it until it hands it over to the next one, for which
    the business has to be a member there, and so must have left here. Whoever leaves no longer shows the partner its
    forecast. Refuses ``Bound`` while an audit with the partner is under way, unless the partner is no longer part of
    the program.
    """
    held = owner.hold(act, employer=employer)
    membership = membership_of(held)
    if membership is None:
        return None
    audits = Audit.objects.within(house("what hangs on a membership")).filter(employer=held, stage__in=UNDER_WAY)
    if _part_of_the_program(membership.partner, act.on) and audits.filter(partner=membership.partner).exists():
        raise Bound("An audit with this partner is under way. Finish or withdraw it, and leave then.")
    membership.left_on = act.on
    membership.save(update_fields=["left_on"])
    forecasts.end(act, employer=held)
    act.enter("partner.left", employer=held, partner=membership.partner_id, subject=held.code)
    return membership


def _part_of_the_program(partner: Partner, on: date) -> bool:
    """Both the first and the last day count."""
    begun = partner.valid_from is None or partner.valid_from <= on
    return begun and (partner.valid_until is None or on <= partner.valid_until)


def _name(employer: Employer, legal_name: str, trade_name: str) -> None:
    legal_name, trade_name = " ".join(legal_name.split()), " ".join(trade_name.split())
    if not legal_name:
        raise Nameless("Write the legal name of the business, as it stands on its registration.")
    employer.legal_name, employer.trade_name = legal_name, trade_name
    employer.search_name = " ".join(folded(name) for name in (legal_name, trade_name) if name)


def _plain(number: str) -> str:
    return re.sub(r"[\s\-.]", "", number).upper()
