"""The list of what has to be put right, on its pages: who sees it, who changes it, and what is kept."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from cards import act_of, looked_round, worker_of
from cast import signed_in
from estates import estates
from secor.store.models import CorrectiveAction
from secor.store.scope import house
from secor.usecases import actions, records
from secor.usecases.act import Act
from secor.usecases.actions import Wanted
from secor.web import clock
from uploads import photo, photo_with_place, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def on(stage):
    return clock.day_of(clock.now())


def added(stage, what="Fix the stairs", **wanted):
    return actions.add(Act(stage.rosa, clock.now()), employer=stage.roofing, wanted=Wanted(what, **wanted))


def rows():
    return CorrectiveAction.objects.within(ALL).order_by("pk")


def words(answer) -> str:
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_an_empty_list_says_what_will_come_here(rosa, at):
    assert "Each line that a checklist finds not in order opens one thing to fix here" in words(rosa.get(at("actions")))


def test_the_owner_adds_gives_finishes_and_opens_again(rosa, stage, at, on):
    wes = worker_of(stage.roofing, "Wes Doe", person=stage.wes)
    answer = rosa.post(at("actions"), {"do": "add", "what": "Fix the stairs", "worker": wes.code, "due_on": str(on)})
    assert answer.headers["Location"] == at("actions")
    row = rows().get()
    here = f"{at('actions')}{row.code}/"
    assert "Fix the stairs Wes Doe · by September 3, 2024 · Your own idea Due today" in words(rosa.get(at("actions")))

    refused = rosa.post(here, {"do": "change", "what": "", "worker": "", "due_on": ""})
    assert (refused.status_code, "Say what has to be put right." in words(refused)) == (422, True)
    rosa.post(here, {"do": "change", "what": "Fix the back stairs", "worker": "", "due_on": ""})
    assert "No day yet" in words(rosa.get(here))
    rosa.post(here, {"do": "finish", "how": "New tread", "upload": sent(photo_with_place())})
    said = words(rosa.get(here))
    assert "New tread September 3, 2024 · Rosa" in said
    shown = rosa.get(f"{here}photo/1/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"Secretphone" not in shown.content
    rosa.post(here, {"do": "reopen", "why": "It broke", "due_on": str(on)})
    assert "Opened again: It broke" in words(rosa.get(here))
    rosa.post(here, {"do": "finish", "how": "Another tread"})
    assert rosa.get(f"{here}photo/1/").status_code == 200, "the first photo keeps its number"
    assert rosa.get(f"{here}photo/2/").status_code == 404
    assert rosa.get(f"{here}photo/0/").status_code == 404


def test_a_hostile_file_is_told_in_the_form_and_nothing_is_kept(rosa, stage, at):
    row = added(stage)
    answer = rosa.post(
        f"{at('actions')}{row.code}/", {"do": "finish", "how": "x", "upload": sent(b"GIF89a" + b"x" * 99)}
    )
    assert answer.status_code == 422
    assert "Only photos (JPEG, PNG, WebP) and PDF documents are kept." in words(answer)
    assert rows().get().done_on is None


def test_a_worker_reads_everything_and_finishes_only_what_is_theirs(stage, at, on):
    wes = signed_in(Client(), stage.wes)
    mine = added(stage, "Mend my ladder", worker=worker_of(stage.roofing, "Wes", person=stage.wes), due_on=on)
    other = added(stage, "Mend the gate")
    assert "Mend my ladder" in words(wes.get(at("home")))
    assert "Mend the gate" not in words(wes.get(at("home")))
    assert {"Mend my ladder", "Mend the gate"} <= {each.what for each in wes.get(at("actions")).context["listed"].open}
    page = words(wes.get(f"{at('actions')}{mine.code}/"))
    assert "It is done" in page
    assert "Who and when" not in page
    assert "It is done" not in words(wes.get(f"{at('actions')}{other.code}/"))

    for code, do in ((other.code, "finish"), (other.code, "change")):
        assert wes.post(f"{at('actions')}{code}/", {"do": do, "how": "x", "what": "x"}).status_code == 403
    assert wes.post(at("actions"), {"do": "add", "what": "Mine"}).status_code == 403
    assert wes.post(f"{at('actions')}{mine.code}/", {"do": "change", "what": "x"}).status_code == 422
    assert rows().get(pk=mine.pk).what == "Mend my ladder"
    assert wes.post(f"{at('actions')}{mine.code}/", {"do": "finish", "how": "New rung"}).status_code == 302
    assert rows().get(pk=mine.pk).done_by == stage.wes


@pytest.mark.parametrize("page", ["", "photo/1/"])
@pytest.mark.parametrize(("who", "status"), [("sam", 404), ("pat", 403), ("dev", 403), ("mona", 403)])
def test_nobody_from_elsewhere_opens_any_of_it(stage, at, who, status, page):
    row = added(stage)
    actions.finish(Act(stage.rosa, clock.now()), action=row, how="x", upload=sent(photo()))
    client = signed_in(Client(), getattr(stage, who))
    assert client.get(f"{at('actions')}{row.code}/{page}").status_code == status
    assert client.get(at("actions_list")).status_code == status


def test_an_action_of_another_business_is_not_found_under_ones_own(rosa, stage, at):
    other = actions.add(Act(stage.sam, clock.now()), employer=stage.siding, wanted=Wanted("Sam's"))
    assert rosa.get(f"{at('actions')}{other.code}/").status_code == 404
    assert rosa.post(f"{at('actions')}{other.code}/", {"do": "finish", "how": "x"}).status_code == 404


def test_the_spreadsheet_has_everything_overdue_first(rosa, stage, at, on):
    added(stage, "=later", due_on=on + timedelta(days=1))
    added(stage, "someday")
    gone = added(stage, "gone")
    actions.finish(Act(stage.rosa, clock.now()), action=gone, how="x", upload=sent(photo()))
    past = added(stage, "past", due_on=on)
    CorrectiveAction.objects.within(ALL).filter(pk=past.pk).update(due_on=on - timedelta(days=2))
    answer = rosa.get(at("actions_list"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="2024-09-03-rosas-roofing-ltd-to-fix.xlsx"'
    read = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [(row[1], row[6], row[9]) for row in read[4:]] == [
        ("past", "2 days late", ""),
        ("=later", "1 day left", ""),
        ("someday", "No day yet", ""),
        ("gone", "Done", "yes"),
    ]


def test_today_says_how_many_are_open_and_late(rosa, stage, at, on):
    assert "To fix Nothing open" in words(rosa.get(at("home")))
    row = added(stage, due_on=on)
    added(stage, "Other")
    CorrectiveAction.objects.within(ALL).filter(pk=row.pk).update(due_on=on - timedelta(days=1))
    assert "To fix 2 open 1 late" in words(rosa.get(at("home")))


def test_the_list_costs_no_more_the_longer_it_is(rosa, stage, at, django_assert_max_num_queries):
    for nth in range(12):
        added(stage, f"Fix {nth}")
    with django_assert_max_num_queries(25):
        rosa.get(at("actions"))


def test_a_reviewers_note_and_an_audits_gaps_are_put_on_the_list_from_the_audit_page():
    people, estate, other = estates("accepted", performer="self_assessor")
    rosa, sam = signed_in(Client(), people.rosa), signed_in(Client(), people.sam)
    here = f"/employer/{estate.employer.code}/actions/"
    audit = f"/employer/{estate.employer.code}/audit/"
    assert "Put its gaps on your list to fix" in words(rosa.get(audit))
    before = rows().filter(employer=estate.employer).count()
    for _ in range(2):
        assert rosa.post(here, {"do": "gaps", "audit": estate.audit.code}).status_code == 302
    opened = rows().filter(audit=estate.audit)
    assert opened.count() > 5
    assert rows().filter(employer=estate.employer).count() == before + opened.count()
    assert opened.first().what.startswith(f"Question {opened.first().line}: Kestrelmark advice")
    assert "on your list to fix" in words(rosa.get(audit))

    assert rosa.post(here, {"do": "note", "note": estate.note.code}).status_code == 302
    assert rows().filter(source="note").count() == 1
    theirs = f"/employer/{other.employer.code}/actions/"
    for fields in ({"do": "note", "note": estate.note.code}, {"do": "gaps", "audit": estate.audit.code}):
        assert sam.post(theirs, fields).status_code == 404
        assert sam.post(here, fields).status_code == 404


def test_an_audit_that_is_not_accepted_gives_no_gaps_away():
    people, estate, _ = estates("in_review")
    rosa = signed_in(Client(), people.rosa)
    here = f"/employer/{estate.employer.code}/actions/"
    for fields in ({"do": "gaps", "audit": estate.audit.code}, {"do": "note", "note": estate.note.code}):
        assert rosa.post(here, fields).status_code == 404


def test_a_note_under_way_has_its_button_on_the_audit_page():
    people, estate, _ = estates("returned", performer="self_assessor")
    rosa = signed_in(Client(), people.rosa)
    audit = f"/employer/{estate.employer.code}/audit/"
    assert "Put it on your list to fix" in words(rosa.get(audit))
    rosa.post(f"/employer/{estate.employer.code}/actions/", {"do": "note", "note": estate.note.code})
    assert "Put it on your list to fix" not in words(rosa.get(audit))
    assert "On your list" in words(rosa.get(audit))


def test_a_records_page_names_what_it_opened(rosa, stage):
    receipt = records.keep(act_of(stage.wes), employer=stage.roofing, sent=looked_round(ladders="not_ok"))
    page = words(rosa.get(f"/employer/{stage.roofing.code}/records/{receipt.uid}/"))
    assert "To fix Ladders and scaffolds are sound, tied and on firm ground: Cord taped" in page
    corrected = looked_round(corrects=receipt.uid, ladders="ok")
    second = records.keep(act_of(stage.wes), employer=stage.roofing, sent=corrected)
    assert "To fix Ladders and scaffolds" in words(rosa.get(f"/employer/{stage.roofing.code}/records/{second.uid}/"))
    action = words(rosa.get(f"/employer/{stage.roofing.code}/actions/{rows().get().code}/"))
    assert "That record was corrected since" in action


def test_the_history_tells_what_was_done_about_it(rosa, stage, at):
    row = added(stage)
    act = Act(stage.rosa, clock.now())
    actions.change(act, action=row, wanted=Wanted("Fix the back stairs"))
    actions.finish(act, action=row, how="x")
    actions.reopen(act, action=row, why="x")
    said = words(rosa.get(at("history")))
    for told in (
        "Something was put on the list to fix",
        "Something to fix was changed or given to somebody",
        "Something was put right",
        "Something to fix was opened again",
    ):
        assert told in said
