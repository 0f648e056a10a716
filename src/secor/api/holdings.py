"""What an account held on a day: for programs of the ministry and of the WCB. Each look is in the journal."""

from __future__ import annotations

from datetime import date

from secor.api.offer import Asked, FromProgram, NotUnderstood, offer, words_in
from secor.api.told import HoldingTold
from secor.core.access import AccessScope
from secor.core.role import READERS, RoleKind
from secor.queries.holdings import Holding
from secor.queries.paging import Page
from secor.usecases import lookups
from secor.usecases.act import Refusal

ACCOUNT = Asked("account", "The WCB account.", needed=True)
ON = Asked("on", "The day, as 2026-05-17; today where it is left out.")
ACCOUNT_LONGEST = 20


@offer(
    HoldingTold,
    "What a WCB account held on a day",
    scope=AccessScope.HOLDINGS,
    roles=READERS,
    many=True,
    asked=(ACCOUNT, ON),
)
def of_account(request: FromProgram) -> Page[HoldingTold]:
    """List what an account held, one row for each of its industry codes and each scheme; none where it held nothing."""
    account = words_in(request, "account").strip()
    if not 0 < len(account) <= ACCOUNT_LONGEST:
        raise NotUnderstood(f"`account` is a WCB account, of 1 to {ACCOUNT_LONGEST} signs.")
    written = words_in(request, "on").strip()
    try:
        on = date.fromisoformat(written) if written else request.on
        rows = lookups.look(request.act, kind=RoleKind(request.token.role.kind), on=on, account=account)
    except ValueError as no:
        raise NotUnderstood("`on` is a day, such as 2026-05-17.") from no
    except Refusal as refusal:
        raise NotUnderstood(str(refusal)) from refusal
    return Page(tuple(_told(row, on) for row in rows), 1, has_next=False)


def _told(row: Holding, on: date) -> HoldingTold:
    return HoldingTold(
        account=row.account,
        industry_code=row.industry_code or None,
        legal_name=row.employer,
        certifying_partner=row.partner,
        scheme=row.scheme,
        number=row.number,
        standing=row.standing,
        since=row.since,
        term_ends_on=row.term_ends_on,
        on=on,
    )
