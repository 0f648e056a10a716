"""The program on the employer's desk: built, changed, signed, compared, read, and nobody else's business."""

from datetime import date

import pytest
from django.urls import reverse

from cast import signed_in
from programs import little_library
from secor.queries.programs import parts_of, program_of
from secor.store.models import PartReading, PartVersion, ProgramPart, Worker
from secor.store.scope import house

ALL = house("this test")
TODAY = date(2024, 9, 3)
YES_NO = dict.fromkeys(
    ("alone", "chemicals", "contractors", "visitors", "shop", "supervisor", "young", "representative"), "no"
)
SIGNED = {"signer": "Rosa", "agreed": "on"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(monkeypatch):
    little_library(monkeypatch)


def said(answer):
    return answer.content.decode()


@pytest.fixture
def built(rosa, at):
    rosa.post(at("program_trade"), {"trade": "wiring"})
    rosa.post(at("program_jobs"), {"jobs": ["houses"]})
    rosa.post(at("program_conditions"), {**YES_NO, "workers": "yes", "drives": "yes"})
    rosa.post(at("program_names"), {"employer": "Volt <b>& Sons</b>", "owner": "Rosa"})
    return rosa.post(at("program_review"), follow=True)


@pytest.fixture
def part(built, stage):
    return ProgramPart.objects.within(ALL).get(employer=stage.roofing, key="policy")


@pytest.fixture
def to(stage, part):
    return lambda page="part": reverse(f"employer:{page}", args=[stage.roofing.code, part.code])


def hire(stage, name, **more):
    return Worker.objects.create(employer=stage.roofing, name=name, began_on=TODAY, **more)


def test_an_empty_program_invites_to_begin(rosa, at):
    page = said(rosa.get(at("program")))

    assert "Written in five minutes" in page
    assert at("program_trade") in page


def test_each_step_leads_to_the_next_and_the_parts_are_written(rosa, at, stage):
    assert rosa.post(at("program_trade"), {"trade": "wiring"}).headers["Location"] == at("program_jobs")
    assert rosa.post(at("program_jobs"), {"jobs": ["houses"]}).headers["Location"] == at("program_conditions")
    answers = {**YES_NO, "workers": "yes", "drives": "no"}
    assert rosa.post(at("program_conditions"), answers).headers["Location"] == at("program_names")
    names = said(rosa.get(at("program_names")))
    assert 'value="Rosa&#x27;s Roofing Ltd."' in names, "what is on file stands there already"
    assert rosa.post(at("program_names"), {"employer": "Volt"}).headers["Location"] == at("program_review")
    assert "2 parts, in your words" in said(rosa.get(at("program_review")))
    assert not parts_of(stage.roofing, on=TODAY)

    page = said(rosa.post(at("program_review"), follow=True))
    assert "Your program is written" in page
    assert "2 parts wait for a signature" in " ".join(page.split())


@pytest.mark.parametrize(
    ("page", "form", "words"),
    [
        ("program_trade", {"trade": "magic"}, "Choose one of the trades on the list."),
        ("program_jobs", {}, "Tick at least one."),
        ("program_jobs", {"jobs": ["lawns"]}, "Choose from the list."),
        ("program_conditions", {**YES_NO, "workers": "perhaps"}, "Say yes or no."),
        ("program_names", {"employer": ""}, "Write something here."),
        ("program_names", {"employer": "x" * 121}, "121"),
    ],
)
def test_what_cannot_be_an_answer_is_asked_again(rosa, at, page, form, words):
    rosa.post(at("program_trade"), {"trade": "wiring"})
    answer = rosa.post(at(page), form)

    assert answer.status_code == 422
    assert words in said(answer)


def test_the_builder_leads_back_to_what_was_not_answered(rosa, at):
    for page in ("program_jobs", "program_conditions", "program_names", "program_review"):
        assert rosa.get(at(page)).headers["Location"] == at("program_trade")
    rosa.post(at("program_trade"), {"trade": "wiring"})
    assert rosa.get(at("program_review")).headers["Location"] == at("program_jobs")
    rosa.post(at("program_jobs"), {"jobs": ["houses"]})
    assert rosa.post(at("program_review")).headers["Location"] == at("program_conditions")


def test_an_owner_without_workers_works_alone(rosa, at, stage):
    rosa.post(at("program_trade"), {"trade": "wiring"})
    rosa.post(at("program_conditions"), {**dict.fromkeys([*YES_NO, "drives"], "no"), "workers": "no"})

    assert program_of(stage.roofing).conditions == ["alone"]


def test_a_name_with_markup_in_it_is_shown_as_it_was_typed(rosa, to, stage):
    page = said(rosa.get(to()))

    assert "<b>&" not in page
    assert "Volt b&amp; Sons/b promises." in page
    rosa.post(to("part_edit"), {"text": "<script>x</script> **so**", "over": "1"})
    page = said(rosa.get(to()))
    assert "&lt;script&gt;x&lt;/script&gt; <strong>so</strong>" in page
    assert "<script>x" not in page


def test_a_part_is_changed_signed_and_compared(rosa, to, part):
    rosa.post(to(), {"do": "sign", "version": "1", **SIGNED})
    looked = rosa.post(to("part_edit"), {"text": "We promise more.", "over": "1", "do": "look"})
    assert "What would change" in said(looked)
    assert "<ins>We promise more.</ins>" in said(looked)
    assert part.versions.count() == 1, "looking keeps nothing"

    form = {"text": "We promise more.", "over": "1", "reason": "A hired hand", "do": "keep"}
    page = said(rosa.post(to("part_edit"), form, follow=True))
    assert "until then the signed text is in force" in page
    assert "Until you sign it, version 1 holds" in page
    compared = said(rosa.get(to("part_compare"), {"from": "1", "to": "2"}))
    assert "Taken out" in compared and "Added" in compared
    assert "Both texts say the same." in said(rosa.get(to("part_compare"), {"from": "2", "to": "2"}))

    page = said(rosa.post(to(), {"do": "sign", "version": "2", **SIGNED}, follow=True))
    assert "is in force from today" in page
    assert "A hired hand" in page


def test_a_text_that_somebody_else_changed_meanwhile_is_shown_beside_ones_own(rosa, to, part):
    rosa.post(to("part_edit"), {"text": "From the office.", "over": "1"})
    answer = rosa.post(to("part_edit"), {"text": "From the truck.", "over": "1", "reason": "Mine"})

    page = said(answer)
    assert answer.status_code == 422
    assert "From the office." in page and "From the truck." in page
    assert 'name="over" value="2"' in page
    assert part.versions.count() == 2
    rosa.post(to("part_edit"), {"text": "From the truck.", "over": "2"})
    assert part.versions.latest("number").text == "From the truck.\n"


def test_signing_needs_a_name_and_a_tick_and_the_newest_text(rosa, to, part):
    for form, words in (({"agreed": "on"}, "Type your name to sign."), ({"signer": "Rosa"}, "Tick the box to sign.")):
        answer = rosa.post(to(), {"do": "sign", "version": "1", **form})
        assert (answer.status_code, words in said(answer)) == (422, True)
    rosa.post(to("part_edit"), {"text": "Newer.", "over": "1"})
    answer = rosa.post(to(), {"do": "sign", "version": "1", **SIGNED})
    assert "A newer text was written meanwhile" in said(answer)
    for strokes in ("[[", "[" * 50_000, '[["x"]]', '{"a": 1}'):
        answer = rosa.post(to(), {"do": "sign", "version": "2", "strokes": strokes, **SIGNED})
        assert answer.status_code == 422
    assert not PartVersion.objects.within(ALL).filter(signed_on__isnull=False).exists()


def test_all_that_waits_is_signed_at_once(rosa, at, built):
    answer = rosa.post(at("program"), {"do": "sign", **SIGNED}, follow=True)

    assert "Signed: 2 parts in force from today." in said(answer)
    assert rosa.post(at("program"), {"do": "sign", "signer": "Rosa"}).status_code == 422


def test_changed_answers_are_offered_part_by_part(rosa, at, to, part):
    rosa.post(to(), {"do": "sign", "version": "1", **SIGNED})
    rosa.post(at("program_names"), {"employer": "Ampere", "owner": "Rosa"})
    assert to("part_offer") in said(rosa.get(at("program")))
    rosa.post(at("program_review"))
    assert part.versions.count() == 1
    page = said(rosa.get(to("part_offer")))
    assert "<ins>Ampere promises. Rosa sees to it.</ins>" in page

    rosa.post(to("part_offer"), {"do": "leave"})
    assert part.versions.count() == 1
    assert to("part_offer") not in said(rosa.get(at("program")))
    assert rosa.get(to("part_offer")).headers["Location"] == to()
    rosa.post(at("program_names"), {"employer": "Ohm", "owner": "Rosa"})
    rosa.post(to("part_offer"), {"do": "take"})
    assert part.versions.latest("number").text == "Ohm promises. Rosa sees to it.\n"


def test_a_part_is_taken_out_put_back_and_added(rosa, at, to, stage):
    rosa.post(to(), {"do": "remove"})
    assert [now.row.key for now in parts_of(stage.roofing, on=TODAY)] == ["hazards"]
    assert "Taken out" in said(rosa.get(to()))
    rosa.post(at("program"), {"do": "put_back", "part": to().split("/")[-2]})
    assert len(parts_of(stage.roofing, on=TODAY)) == 2
    assert rosa.post(at("program"), {"do": "put_back", "part": "nonesuch"}).status_code == 404
    rosa.post(at("part_add"), {"title": "Dogs", "text": "Keep them out."})
    assert [now.row.title for now in parts_of(stage.roofing, on=TODAY)][-1] == "Dogs"


def test_the_phone_goes_round_and_leads_each_reader_to_their_next_part(rosa, at, to, stage):
    tia = hire(stage, "Tia Ng")
    rosa.post(at("program"), {"do": "sign", **SIGNED})
    overview = said(rosa.get(at("program")))
    assert f"{to('part_read')}?worker={tia.code}" in overview
    assert "Tia Ng, sign" in said(rosa.get(to("part_read"), {"worker": tia.code}))

    address = f"{to('part_read')}?worker={tia.code}"
    wrong = rosa.post(address, {"worker": tia.code, "name": "Rosa", "agreed": "on"})
    assert (wrong.status_code, "as it stands on the list: Tia Ng" in said(wrong)) == (422, True)
    answer = rosa.post(address, {"worker": tia.code, "name": " tia  ng ", "agreed": "on"})
    assert f"?worker={tia.code}" in answer.headers["Location"]
    assert answer.headers["Location"] != address
    last = rosa.post(answer.headers["Location"], {"worker": tia.code, "name": "Tia Ng", "agreed": "on"}, follow=True)
    assert "Tia Ng has read everything" in said(last)
    assert PartReading.objects.within(ALL).count() == 2


def test_a_worker_reads_what_is_in_force_and_signs_it_but_changes_nothing(client, rosa, at, to, stage, part):
    hire(stage, "Wes", person=stage.wes)
    rosa.post(to(), {"do": "sign", "version": "1", **SIGNED})
    wes = signed_in(client, stage.wes)

    page = said(wes.get(at("program")))
    assert "1 part for you to read and sign" in " ".join(page.split())
    assert "Hazards" not in page, "what nobody signed is not shown to workers"
    read = to("part_read")
    assert "Volt" in said(wes.get(read))
    assert (
        wes.post(read, {"worker": Worker.objects.within(ALL).get().code, "name": "Wes", "agreed": "on"}).status_code
        == 302
    )
    assert "You have read everything" in said(wes.get(at("program")))
    for page in ("part", "part_edit", "part_compare", "part_offer"):
        assert wes.get(to(page)).status_code == 403
    for page in ("program_trade", "program_review", "part_add"):
        assert wes.get(at(page)).status_code == 403
    assert wes.post(at("program"), {"do": "sign", **SIGNED}).status_code == 403
    assert wes.get(reverse("papers:manual", args=[stage.roofing.code, "pdf"])).status_code == 403


def test_a_part_that_nobody_signed_is_not_there_for_a_worker(client, rosa, to, stage, part):
    assert rosa.get(to("part_read")).headers["Location"] == to()
    assert signed_in(client, stage.wes).get(to("part_read")).status_code == 404


def test_a_self_assessor_reads_everything_and_changes_nothing(client, rosa, at, to, stage, part):
    sol = signed_in(client, stage.sol)

    for address in (at("program"), to(), to("part_compare")):
        page = said(sol.get(address))
        assert "Sign this part" not in page and "Change the text" not in page
    for address in (to("part_edit"), at("program_trade"), at("part_add")):
        assert sol.get(address).status_code == 403
    assert sol.post(to(), {"do": "remove"}).status_code == 403


def test_another_business_s_program_is_not_there(client, rosa, at, to, stage, part):
    sam = signed_in(client, stage.sam)
    own = reverse("employer:program", args=[stage.siding.code])

    assert sam.get(own).status_code == 200
    for address in (at("program"), to(), to("part_edit"), to("part_read"), at("program_review")):
        assert sam.get(address).status_code == 404
    crossed = reverse("employer:part", args=[stage.siding.code, part.code])
    assert sam.get(crossed).status_code == 404
    for kind in ("pdf", "docx"):
        assert sam.get(reverse("papers:manual", args=[stage.roofing.code, kind])).status_code == 404


def test_the_manual_is_given_as_a_pdf_and_as_a_word_file(rosa, stage, part):
    pdf = rosa.get(reverse("papers:manual", args=[stage.roofing.code, "pdf"]))
    docx = rosa.get(reverse("papers:manual", args=[stage.roofing.code, "docx"]))

    assert pdf.content.startswith(b"%PDF-")
    assert docx.content.startswith(b"PK")
    assert 'filename="2024-09-03-rosas-roofing-ltd-program.docx"' in docx.headers["Content-Disposition"]
    assert rosa.get(reverse("papers:manual", args=[stage.roofing.code, "exe"])).status_code == 404


def test_there_is_no_manual_before_there_is_a_program(rosa, stage):
    assert rosa.get(reverse("papers:manual", args=[stage.roofing.code, "pdf"])).status_code == 404
