"""Every kind of proof that our instrument asks for has words that an owner uses."""

from secor.core.evidence_type import NAMES, in_words
from secor.queries import schemes

ON_SITE = {"interview_notes", "observation_notes", "photo", "company_rules"}  # their keys are plain already


def test_every_kind_of_ours_has_its_words_and_no_other():
    assert set(schemes.instrument("secor-open").evidence_types) - ON_SITE == set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert all("_" not in words for words in NAMES.values())


def test_a_kind_of_somebody_elses_instrument_is_told_by_its_key():
    assert in_words("lift_plan") == "lift plan"
