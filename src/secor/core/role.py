"""The roles a person can hold, and whose side each is on."""

from enum import StrEnum


class RoleKind(StrEnum):
    """What a person may do, for whom."""

    OWNER = "owner"
    WORKER = "worker"
    SELF_ASSESSOR = "self_assessor"
    FIRST_AIDER = "first_aider"
    AUDITOR = "auditor"
    REGISTRAR = "registrar"
    REVIEWER = "reviewer"
    DECISION_MAKER = "decision_maker"
    MINISTRY = "ministry"
    WCB = "wcb"


EMPLOYER_SIDE = frozenset({RoleKind.OWNER, RoleKind.WORKER, RoleKind.SELF_ASSESSOR, RoleKind.FIRST_AIDER})
ANSWERS_FOR_IT = frozenset({RoleKind.OWNER, RoleKind.SELF_ASSESSOR})
PARTNER_STAFF = frozenset({RoleKind.REGISTRAR, RoleKind.REVIEWER, RoleKind.DECISION_MAKER})
READERS = frozenset({RoleKind.MINISTRY, RoleKind.WCB})
