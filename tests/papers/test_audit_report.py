"""From an audit to its report: as it was sent, exactly, and with nobody's name who reviewed it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from assessments import AT, Scene, fill, scene
from certified import GOOD
from secor.core.method import Method
from secor.core.role import RoleKind
from secor.papers.audit_plan import gaps_of
from secor.papers.audit_report import IN_NUMBERS, report_of
from secor.papers.report import ReportPaper, report
from secor.queries import papers, schemes
from secor.queries.papers import Readable
from secor.store.models import Account, Answer, Audit, Remark, ReportEdit, Role, Site
from secor.usecases import evidence, reviews, submission
from secor.usecases import report as write
from secor.usecases.act import Act
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 2)


def sent_audit(*, share: float = 1, performer: str = "external_auditor") -> Scene:
    there = scene(performer=performer)
    fill(there, share=share)
    submission.submit(there.dev_acts() if performer == "external_auditor" else there.rosa_acts(), audit=there.audit)
    there.audit.refresh_from_db()
    return there


def paper_of(there: Scene, *, live: bool = False) -> ReportPaper:
    return report_of(Readable(there.audit, live=live), on=ON, specimen=False)


def facts(pairs) -> dict[str, str]:
    return {fact.label: fact.text for fact in pairs}


def test_a_full_score_is_told_with_its_marks_and_every_element():
    paper = paper_of(sent_audit())

    assert (paper.title, paper.business) == ("Certification audit report", "Rosa's Roofing Ltd.")
    assert (paper.outcome, paper.percent) == ("Reached the pass mark", "100.0 %")
    assert (paper.pass_mark, paper.element_mark, paper.element_mark_share) == ("80 %", "50 %", 0.5)
    assert paper.awarded == paper.possible == sum(element.possible for element in paper.elements)
    assert lines_of(paper, "recommendations") == lines_of(paper, "action_plan") == []
    assert any(text.startswith("A strength, with all of its ") for text in lines_of(paper, "summary"))
    assert not any(element.below for element in paper.elements)


def test_each_method_of_each_question_is_told_with_its_count_and_points():
    there = sent_audit(share=0.5)
    paper = paper_of(there)

    questions = {part.code: part for element in paper.elements for part in element.questions}
    for question in schemes.instrument("secor-open").questions.values():
        part = questions[question.id]
        assert [row.method for row in part.findings] == [
            {"D": "Documents", "I": "Interviews", "O": "Observation"}[rule.method.value] for rule in question.methods
        ]
        assert part.note == "Seen in the binder."
        assert part.recommendation == "Do it weekly."
    found = {row.found for part in questions.values() for row in part.findings}
    assert any(text.startswith("2 of 4 met") for text in found)
    assert any(text.startswith("2 of 4 answers positive") for text in found)


def test_a_failed_audit_says_so_and_names_what_lost_most_first():
    paper = paper_of(sent_audit(share=0.5))

    assert paper.outcome == "Did not reach the pass mark"
    lines = lines_of(paper, "summary")
    assert any(text.startswith("The business did not reach the pass mark.") for text in lines)
    assert sum(text.startswith("To put right, with ") for text in lines) == 5
    plan = lines_of(paper, "action_plan")
    assert len(plan) > 50
    assert all(text.endswith("Do it weekly.") for text in plan)


def test_every_mark_of_every_sentence_leads_to_a_place_in_the_report():
    paper = paper_of(sent_audit(share=0.5))
    places = {f"q-{part.code}" for element in paper.elements for part in element.questions}
    places |= {f"e-{nth}" for nth in range(1, len(paper.evidence) + 1)} | {"score", "particulars"}
    marks = [mark for section in paper.sections for line in section.lines for mark in line.marks]

    assert {mark.to for mark in marks} <= places
    assert all(line.marks for section in paper.sections for line in section.lines)


def test_the_authors_words_are_printed_and_travel_with_the_version():
    there = scene()
    fill(there, share=0.5)
    write.edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="Six people work there all year.")
    write.edit(there.dev_acts(), audit=there.audit, sentence="scope.records", text="")
    submission.submit(there.dev_acts(), audit=there.audit)
    there.audit.refresh_from_db()
    ReportEdit._base_manager.all().delete()
    paper = paper_of(there)

    assert "Six people work there all year." in lines_of(paper, "profile")
    assert not any(text.startswith("Records of") for text in lines_of(paper, "scope"))


def lines_of(paper, kind):
    return [line.text for section in paper.sections if section.kind == kind for line in section.lines]


def test_a_report_says_what_was_sent_whatever_is_written_afterwards():
    there = sent_audit()
    before = paper_of(there)
    Answer._base_manager.filter(audit=there.audit).update(given={"percent": "0"})
    Remark._base_manager.filter(audit=there.audit).update(note="Changed.", recommendation="Changed.")

    assert paper_of(there) == before
    assert paper_of(there, live=True).percent == "0.0 %"


def test_a_report_is_read_by_the_instrument_of_its_day(monkeypatch):
    there = sent_audit()
    before = paper_of(there)
    changed = schemes.instrument("secor-open")
    other = replace(changed, elements=changed.elements[:1], in_cascade_order=changed.elements[0].questions)
    monkeypatch.setattr(schemes, "digest", lambda key: "0" * 64)
    monkeypatch.setattr(schemes, "instrument", lambda key: other)

    assert paper_of(there) == before


def test_an_unfinished_audit_counts_what_is_open():
    there = scene()
    paper = paper_of(there, live=True)

    count = len(schemes.instrument("secor-open").questions)
    assert paper.outcome == f"Not finished: {count} questions not answered yet"


def test_the_business_the_places_and_the_assessor_are_told():
    there = sent_audit()
    Account.objects.create(employer=there.employer, number="1234567", industry_code="42124")
    Account.objects.create(employer=there.employer, number="7654321", closed_on=date(2026, 1, 1))
    Site.objects.create(employer=there.employer, name="Yard", people=4)
    Role.objects.filter(person=there.dev, kind=RoleKind.AUDITOR).update(number="A-77")
    paper = paper_of(there)

    assert facts(paper.employer)["WCB account"] == "1234567 (industry code 42124)"
    assert facts(paper.employer)["People when the audit began"] == "6"
    assert facts(paper.scope)["Places of work"] == "Yard (4 people)"
    assert facts(paper.scope)["Wanted at least"].startswith("interviews 5: 6 people")
    assert facts(paper.scope)["Most people heard on one question"] == "4"
    assert facts(paper.performer)["Assessor"] == "Dev"
    assert facts(paper.performer)["Certification as an auditor"] == "A-77"
    assert facts(paper.dates)["First day of gathering"] == "May 20, 2026"
    assert facts(paper.dates)["Sent"] == "June 1, 2026"


def test_who_signed_and_who_sent_is_told():
    assert paper_of(sent_audit()).declarations == (
        "On June 1, 2026 Dev declared that nothing ties them to this business.",
        "On June 1, 2026 Dev sent this audit.",
    )


def test_a_self_assessment_is_signed_off_by_its_owner():
    paper = paper_of(sent_audit(performer="self_assessor"))

    assert paper.declarations[-1] == "On June 1, 2026 Rosa signed this assessment off for the business, and sent it."
    assert facts(paper.performer)["Role"] == "Self-assessment by the business"


def test_the_review_is_told_with_both_scores_and_without_the_reviewer():
    there = sent_audit()
    act = Act(there.pat, AT + timedelta(days=1))
    review = reviews.claim(act, audit=there.audit)
    assert paper_of(there).conclusion == ()
    reviews.accept(act, review=review, quality=GOOD)
    there.audit.refresh_from_db()
    paper = paper_of(there)

    told = facts(paper.conclusion)
    assert told["Outcome"] == "Accepted"
    assert told["Quality of the audit"] == "100 of 100 points (100.0 %); 80 % are needed"
    assert told["Score by the reviewer"].startswith(told["Score by the assessor"])
    assert "Pat" not in str(paper)


def test_a_review_of_a_later_sending_is_not_told_in_an_earlier_one():
    there = sent_audit()
    act = Act(there.pat, AT + timedelta(days=1))
    reviews.send_back(act, review=reviews.claim(act, audit=there.audit), reason="Say more.")
    there.audit.refresh_from_db()
    assert facts(paper_of(there).conclusion)["Outcome"] == "Sent back for corrections"

    submission.submit(there.dev_acts(AT + timedelta(days=2)), audit=there.audit)
    there.audit.refresh_from_db()
    again = Act(there.pat, AT + timedelta(days=3))
    reviews.reject(again, review=reviews.claim(again, audit=there.audit), reason="Not good.")
    there.audit.refresh_from_db()
    told = papers.background(there.audit, before=papers.told(there.audit, live=False).version)
    first = papers.background(there.audit, before=there.audit.versions.get(round=1))

    assert told.review.outcome == "rejected"
    assert first.review.outcome == "returned"
    assert facts(paper_of(there).dates)["Sent again"] == "June 3, 2026"


def test_photos_are_made_small_and_named_and_every_piece_is_in_the_index(tmp_path):
    there = scene()
    fill(there)
    for nth in range(7):
        content = photo(size=(1800 + nth, 600))
        evidence.add(
            there.dev_acts(),
            employer=there.employer,
            audit=there.audit,
            question="1.1",
            upload=sent(content, f"{nth}.jpg"),
        )
    submission.submit(there.dev_acts(), audit=there.audit)
    there.audit.refresh_from_db()
    paper = paper_of(there)

    part = paper.elements[0].questions[0]
    assert len(part.photos) == len(paper.photos) == 6
    assert len(part.evidence) == len(paper.evidence) == 7
    assert len({fact.text for fact in paper.evidence}) == 7
    (tmp_path / "p.jpg").write_bytes(paper.photos["photo-1.jpg"])
    with Image.open(tmp_path / "p.jpg") as made:
        assert made.size == (900, 300)


def test_a_whole_report_is_printed():
    there = sent_audit(share=0.5)

    assert report(paper_of(there), at=AT).startswith(b"%PDF-")


def test_the_plan_has_a_line_for_each_gap_and_none_for_what_is_in_order():
    there = sent_audit(share=0.5)
    plan = gaps_of(Readable(there.audit, live=False))

    assert plan
    assert all(line.advice == "Do it weekly." for line in plan)
    assert "points lost." in plan[0].missing
    Remark._base_manager.filter(audit=there.audit).update(recommendation="")
    live = gaps_of(Readable(there.audit, live=True))
    assert len(live) == len(plan)
    assert all(line.advice != "Do it weekly." and line.advice for line in live)


def test_the_plan_of_a_full_score_is_empty():
    assert gaps_of(Readable(sent_audit().audit, live=False)) == ()


def test_the_audited_business_reads_interviews_in_numbers_and_everybody_else_the_notes():
    there = sent_audit(share=0.5)
    Audit._base_manager.filter(pk=there.audit.pk).update(stage="accepted")
    registrar = Role.objects.create(person=there.pat, kind=RoleKind.REGISTRAR, partner=there.partner, from_on=AT.date())
    owner, auditor = there.rosa.roles.get(), there.dev.roles.get()
    asked_people = {
        question.id
        for question in schemes.instrument("secor-open").questions.values()
        if question.rule_of(Method.INTERVIEW)
    }

    def notes(person, role) -> dict[str, str]:
        readable = papers.reached(there.audit.code, person=person, keys=[role])
        paper = report_of(readable, on=ON, specimen=False)
        return {part.code: part.note for element in paper.elements for part in element.questions}

    def said(person, role) -> set[str]:
        readable = papers.reached(there.audit.code, person=person, keys=[role])
        paper = report_of(readable, on=ON, specimen=False)
        return {
            mark.label
            for section in paper.sections
            for line in section.lines
            for mark in line.marks
            if line.text == "Seen in the binder."
        }

    assert said(there.rosa, owner).isdisjoint(asked_people)
    assert said(there.dev, auditor) & asked_people

    for_rosa = notes(there.rosa, owner)
    assert {code for code, note in for_rosa.items() if note == IN_NUMBERS} == asked_people
    assert {note for code, note in for_rosa.items() if code not in asked_people} == {"Seen in the binder."}
    for person, role in ((there.dev, auditor), (there.pat, registrar)):
        assert set(notes(person, role).values()) == {"Seen in the binder."}
    readable = papers.reached(there.audit.code, person=there.rosa, keys=[owner])
    found = [
        row.found
        for element in report_of(readable, on=ON, specimen=False).elements
        for part in element.questions
        for row in part.findings
        if row.method == "Interviews"
    ]
    assert len(found) == len(asked_people)
    assert all("2 of 4 answers positive" in text for text in found)


def test_a_self_assessment_is_the_businesses_own_and_printed_with_its_notes():
    there = sent_audit(performer="self_assessor")
    readable = papers.reached(there.audit.code, person=there.rosa, keys=[there.rosa.roles.get()])

    assert not readable.counted_only
