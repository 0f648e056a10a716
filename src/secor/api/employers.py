"""Businesses, and what comes next for each."""

from __future__ import annotations

from secor.api.offer import PAGE, SEARCH, FromProgram, NotHere, mapped, offer, page_in, words_in
from secor.api.told import EmployerTold, NextTold, TokenTold
from secor.core.access import AccessScope
from secor.core.role import ANSWERS_FOR_IT, PARTNER_STAFF
from secor.queries import duties, employers, members
from secor.queries.employers import Employer, Membership
from secor.queries.paging import Page

BOTH_SIDES = ANSWERS_FOR_IT | PARTNER_STAFF


@offer(TokenTold, "The token that asks", token=True)
def me(request: FromProgram) -> TokenTold:
    """Tell a program what its token is."""
    token = request.token
    return TokenTold(
        name=token.name,
        role=token.role.kind,
        employer=token.role.employer.code if token.role.employer else None,
        certifying_partner=token.role.partner.key if token.role.partner else None,
        scopes=tuple(token.scopes),
        until_on=token.until_on,
    )


@offer(
    EmployerTold,
    "The businesses of the token: one's own, or a partner's members",
    scope=AccessScope.EMPLOYERS,
    roles=BOTH_SIDES,
    many=True,
    asked=(PAGE, SEARCH),
)
def all_of_them(request: FromProgram) -> Page[EmployerTold]:
    """List the members of a partner, the newest first; or the owner's own business."""
    text, number = words_in(request, "q"), page_in(request)
    if request.scope.partners:
        found = members.search(request.scope, text=text, number=number)
        return mapped(found, lambda row: _told(row.employer, row))
    own = employers.mine(request.keys) if number == 1 else ()
    wanted = [each for each in own if text.casefold() in each.legal_name.casefold()]
    return Page(tuple(_told(each, employers.membership_of(each)) for each in wanted), number, has_next=False)


@offer(EmployerTold, "One business", scope=AccessScope.EMPLOYERS, roles=BOTH_SIDES)
def one(request: FromProgram, code: str) -> EmployerTold:
    """Tell of one business."""
    employer = reached(request, code)
    return _told(employer, employers.membership_of(employer))


@offer(NextTold, "What a business does next", scope=AccessScope.EMPLOYERS, roles=BOTH_SIDES)
def comes_next(request: FromProgram, code: str) -> NextTold:
    """Tell what the page of the business tells: what comes next, by when, and why."""
    duty = duties.owed_by(reached(request, code), on=request.on).next
    return NextTold(
        what=duty.what,
        told=duty.told,
        turn=duty.turn.value,
        urgency=duty.urgency,
        due_on=duty.due_on,
        days_left=duty.left,
        why=duty.why,
        audit=duty.audit or None,
    )


def reached(request: FromProgram, code: str) -> Employer:
    """The business of that code, when the token reaches it: its own, or its partner's member."""
    if request.scope.partners:
        membership = members.membership_at(code, scope=request.scope)
        found = membership.employer if membership else None
    else:
        found = next((each for each in employers.mine(request.keys) if each.code == code), None)
    if found is None:
        raise NotHere("There is no business of this code, or none that this token may read.")
    return found


def _told(employer: Employer, membership: Membership | None) -> EmployerTold:
    return EmployerTold(
        code=employer.code,
        legal_name=employer.legal_name,
        trade_name=employer.trade_name or None,
        kind_of_work=employer.trade or None,
        city=employer.city or None,
        joined_on=employer.joined_on,
        certifying_partner=membership.partner.key if membership else None,
        member_since=membership.approved_on if membership else None,
    )
