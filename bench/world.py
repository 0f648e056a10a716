"""What the measured site holds: auditors in the middle of their audits, signed in. Prints one JSON object."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from secor.core.role import RoleKind  # noqa: E402
from secor.queries.audits import instrument_of  # noqa: E402
from secor.store.models import (  # noqa: E402
    Audit,
    Certificate,
    Declaration,
    Employer,
    Membership,
    Partner,
    Person,
    Role,
)
from secor.store.scope import house  # noqa: E402
from secor.usecases import answers  # noqa: E402
from secor.usecases.act import Act  # noqa: E402
from secor.usecases.province.answers import filled  # noqa: E402
from secor.usecases.province.cast import a_person, the_offices  # noqa: E402

NOW = datetime.now(UTC) - timedelta(days=1)
ON = Act(None, NOW).on
TOKEN = "b" * 32


def session(person: Person) -> dict[str, str]:
    """Sign somebody in, and give the headers that their browser would send."""
    kept = SessionStore()
    kept[SESSION_KEY] = str(person.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = person.get_session_auth_hash()
    kept["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    kept.save()
    return {"Cookie": f"sessionid={kept.session_key}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


@transaction.atomic
def open_audit(number: int, partner: Partner, auditor: Person) -> Audit:
    """An audit in the middle of being done: every question answered once."""
    employer = Employer.objects.create(legal_name=f"Measured {number} Ltd.", joined_on=ON)
    Membership.objects.create(employer=employer, partner=partner, asked_on=ON, approved_on=ON)
    audit = Audit.objects.create(
        employer=employer,
        partner=partner,
        assessor=auditor,
        kind="certification",
        performer="external_auditor",
        stage=Audit.Stage.OPEN,
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        methods=["D", "I", "O"],
        headcount=5,
        records_months=12,
        asked_on=ON,
        approved_on=ON,
    )
    Role.objects.create(person=auditor, kind=RoleKind.AUDITOR, partner=partner, from_on=ON)
    Declaration.objects.create(audit=audit, person=auditor, signed_at=NOW, wording="bench", clear=True)
    import random

    answers.keep(
        Act(auditor, NOW), audit=audit, changes=list(filled(instrument_of(audit), level=0.9, chance=random.Random(7)))
    )
    return audit


def main(audits: int) -> dict:
    """Make the world, or find it, and tell what the load needs to know."""
    office = the_offices()[0]
    there = list(Audit.objects.within(house("bench")).filter(employer__legal_name__startswith="Measured "))
    for number in range(len(there), audits):
        there.append(open_audit(number, office.partner, a_person(f"Auditor {number}")))
    certificate = Certificate.objects.within(house("bench")).order_by("pk").first()
    return {
        "audits": [{"code": row.code, "session": session(row.assessor)} for row in there[:audits]],
        "registrar": session(office.registrar),
        "number": certificate.number if certificate else "",
        "certificates": [row.number for row in Certificate.objects.within(house("bench")).order_by("?")[:50]],
        "name": Path(str(settings.DATABASES["default"]["NAME"])).name,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
