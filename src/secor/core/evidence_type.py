"""Kinds of proof, in words that an owner uses. An instrument may name others: those are told by their key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "action_plan": "plan of what to put right",
        "annual_review": "yearly look back at the program",
        "checkin_log": "check-in log for people who work alone",
        "chemical_inventory": "list of hazardous products",
        "competency_check": "checks that people can do their job safely",
        "concern_log": "concerns people raised, and the answers",
        "contractor_monitoring": "checks of contractors at work",
        "contractor_prequal": "checks of contractors before they were hired",
        "contractor_process": "how contractors are chosen and looked after",
        "corrective_action_log": "list of things to fix, with dates",
        "discipline_record": "what was done when rules were broken",
        "document_link": "where people find the program",
        "drill_report": "emergency drills",
        "duty_list": "who is responsible for what",
        "emergency_contact_sheet": "emergency numbers, as posted",
        "equipment_list": "list of tools, vehicles and equipment",
        "erp": "emergency response plan",
        "fire_equipment_check": "checks of fire extinguishers",
        "first_aid_certificate": "first aid certificates",
        "first_aid_kit_check": "checks of first aid kits",
        "first_aid_record": "first aid records (they stay private)",
        "hazard_assessment_formal": "hazard assessments of each job",
        "hazard_assessment_process": "how hazards are found and rated",
        "hazard_assessment_site": "site hazard cards",
        "incident_process": "what to do after an incident",
        "incident_report": "incident reports",
        "inspection_form": "the form inspections are made with",
        "inspection_process": "how often what is inspected",
        "inspection_report": "inspections",
        "investigation_report": "investigations",
        "maintenance_log": "repairs and maintenance",
        "near_miss_report": "near misses",
        "org_chart": "who reports to whom",
        "orientation_checklist": "what new people are told and shown",
        "orientation_record": "signed orientations",
        "participation_process": "how everybody has a say in safety",
        "policy_statement": "signed safety policy",
        "ppe_issue_record": "protective gear handed out",
        "ppe_matrix": "which job needs which protective gear",
        "pre_use_check": "checks before equipment is used",
        "records_list": "which records are kept, and for how long",
        "rep_appointment": "who the health and safety representative is",
        "rep_training": "the representative's training",
        "sds_index": "safety data sheets",
        "statistics_report": "hours worked, injuries and lost days",
        "swp_sjp": "safe work practices and job procedures",
        "task_inventory": "list of the jobs people do",
        "ticket_copy": "copies of tickets and certificates",
        "toolbox_minutes": "toolbox talks",
        "training_matrix": "which job needs which training",
        "training_record": "training taken",
        "vh_plan": "violence and harassment prevention plan",
        "visitor_log": "visitors signed in",
        "working_alone_procedure": "how people who work alone are looked after",
    }
)


def in_words(kind: str) -> str:
    """A kind of proof in words, in small letters."""
    return NAMES.get(kind, kind.replace("_", " "))
