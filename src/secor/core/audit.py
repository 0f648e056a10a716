"""The kinds of audit, and who may perform one."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What an audit is for in the life of a certificate."""

    CERTIFICATION = "certification"
    MAINTENANCE = "maintenance"
    RECERTIFICATION = "recertification"
    LIMITED_SCOPE = "limited_scope"
    ADMINISTRATIVE = "administrative"
    ACTION_PLAN = "action_plan"


class Performer(Enum):
    """Who performs an audit."""

    SELF_ASSESSOR = "self_assessor"
    EXTERNAL_AUDITOR = "external_auditor"
    INTERNAL_AUDITOR = "internal_auditor"
    PARTNER = "partner"
