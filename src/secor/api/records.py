"""Records: which forms were filled in, when and where. What was written on them stays where its readers are."""

from __future__ import annotations

from secor.api.employers import reached
from secor.api.offer import PAGE, FromProgram, mapped, offer, page_in
from secor.api.told import RecordTold
from secor.core.access import AccessScope
from secor.core.role import ANSWERS_FOR_IT
from secor.queries import records
from secor.queries.paging import Page
from secor.queries.records import Record


@offer(
    RecordTold,
    "The records of one's business, the newest first",
    scope=AccessScope.RECORDS,
    roles=ANSWERS_FOR_IT,
    many=True,
    asked=(PAGE,),
)
def of_employer(request: FromProgram, code: str) -> Page[RecordTold]:
    """List the records that this role may read, without those that were corrected."""
    found = records.paged(request.scope, reached(request, code), number=page_in(request))
    return mapped(found, _told)


def _told(record: Record) -> RecordTold:
    return RecordTold(
        uid=record.uid,
        form=record.form,
        title=record.title or None,
        on=record.on,
        site=record.site.name if record.site else None,
        received_at=record.received_at,
        fingerprint=record.fingerprint,
        corrects=record.corrects,
        to_mend=len(record.problems),
    )
