"""What a program may ask for: the scopes of an access token, and how long one may last."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

# A way in that nobody remembers is a way in for somebody else: a token is made anew at least once a year.
LONGEST = timedelta(days=366)


class AccessScope(StrEnum):
    """One kind of thing that a program may read. A token opens nothing that its scopes do not name."""

    EMPLOYERS = "employers:read"
    AUDITS = "audits:read"
    CERTIFICATES = "certificates:read"
    RECORDS = "records:read"
    HOLDINGS = "holdings:read"


MEANINGS = {
    AccessScope.EMPLOYERS: "Businesses: names, size, and what comes next",
    AccessScope.AUDITS: "Audits: their kind, stage, days and verdict",
    AccessScope.CERTIFICATES: "Certificates: numbers, standing, and what is due when",
    AccessScope.HOLDINGS: "What an account held on a day (ministry and WCB)",
    AccessScope.RECORDS: "Records: which forms were filled in, and when",
}


def last_day(wanted: date, *, made_on: date) -> date:
    """Give the last day of a token made on ``made_on``: the day wanted, and never longer than a year from then."""
    return min(wanted, made_on + LONGEST)
