"""What the on-site app asks of the server: kits for one's own audits, and answers that are kept or told why not."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from assessments import AT, BEGAN, fill, scene
from secor.core.role import RoleKind
from secor.queries.takes import apart_in
from secor.store.models import Answer, Audit, Entry, Evidence, Person, Role, Take
from secor.store.scope import house
from secor.usecases import takes, teams
from uploads import photo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture(autouse=True)
def a_day_and_a_shelf(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)


@pytest.fixture
def there(client):
    made = scene()
    client.force_login(made.dev)
    return made


def colleague(there):
    person = Person.objects.create_user("ann@example.ca", name="Ann Auditor")
    Role.objects.create(person=person, kind=RoleKind.AUDITOR, partner=there.partner, from_on=BEGAN)
    return person


def take(value, *, question="1.1", part="D", over=(), at=AT):
    return {
        "uid": str(uuid4()),
        "question": question,
        "part": part,
        "value": value,
        "over": list(over),
        "made_at": at.isoformat(),
    }


def send(client, there, *sent):
    return client.post(f"/onsite/takes/{there.audit.code}/", json.dumps(sent), content_type="application/json")


def kit(client):
    (found,) = client.get("/onsite/kits.json").json()["audits"]
    return found


def test_the_shell_and_its_worker_hold_nothing_about_anybody(client, there):
    client.logout()
    assert b"Rosa" not in client.get("/onsite/").content
    worker = client.get("/onsite/worker.js").content.decode()
    assert "onsite/app.js" in worker
    assert client.get("/onsite/app.webmanifest").json()["scope"] == "/onsite/"


def test_a_kit_holds_each_question_as_it_is_answered_and_what_stands(client, there):
    fill(there)
    found = kit(client)

    assert (found["employer"], found["declared"]) == ("Rosa's Roofing Ltd.", True)
    questions = {each["id"]: each for element in found["elements"] for each in element["questions"]}
    assert len(questions) == 63
    assert [method["letter"] for method in questions["1.5"]["methods"]] == ["D", "I"]
    (standing,) = found["standing"]["1.1|note"]
    assert standing["value"] == "Seen in the binder."
    send(client, there, take("Better.", part="note", over=[standing["uid"]]))
    assert [each["value"] for each in kit(client)["standing"]["1.1|note"]] == ["Better."]


def test_what_people_said_goes_to_no_other_device_with_whose_interview_it_was(client, there):
    ann = colleague(there)
    teams.ask_in(there.dev_acts(), audit=there.audit, person=ann)
    send(client, there, take({"role": "worker", "word": "neg"}, question="1.5", part=f"said:{uuid4()}"))
    client.force_login(ann)

    (said,) = (each for key, (each,) in kit(client)["standing"].items() if "said:" in key)
    assert said["by"] == ""


def test_a_closed_or_foreign_audit_is_in_no_kit_and_takes_nothing(client, there):
    Audit.objects.within(ALL).update(stage="submitted")
    assert client.get("/onsite/kits.json").json()["audits"] == []
    answer = send(client, there, take({"met": 1, "of": 5}))
    assert (answer.status_code, "sent to the certifying partner" in answer.json()["refused"]) == (422, True)
    for person in (there.rosa, there.pat, there.sam, there.wes):
        client.force_login(person)
        assert send(client, there, take({"met": 1, "of": 5})).status_code in {403, 404}
    assert not Take.objects.within(ALL).exists()


def test_what_is_no_list_or_no_answer_is_told(client, there):
    address = f"/onsite/takes/{there.audit.code}/"
    for body in (b"", b"{", b"[" * 100_000, b'{"a": 1}', b"\xff"):
        assert client.post(address, body, content_type="application/json").status_code == 400
    told = send(client, there, take({"met": 9, "of": 5}), 7).json()
    assert (told["kept"], len(told["refused"])) == ([], 2)


def test_a_photo_comes_in_pieces_and_stands_beside_its_question_once(client, there):
    picture = photo(size=(300, 200))
    sha256 = hashlib.sha256(picture).hexdigest()
    address = f"/onsite/photos/{there.audit.code}/{sha256}/"
    about = {"question": "1.1", "sha256": sha256, "title": "Policy on the wall"}

    def beside():
        return client.post(f"/onsite/proofs/{there.audit.code}/", json.dumps(about), content_type="application/json")

    assert beside().status_code == 422
    half = len(picture) // 2
    for at, piece in ((0, picture[:half]), (half, picture[half:])):
        answer = client.post(f"{address}?at={at}&of={len(picture)}", piece, content_type="application/octet-stream")
    assert answer.json() == {"have": len(picture)}
    assert beside().json() == beside().json()
    row = Evidence.objects.within(ALL).get()
    assert (row.question, row.title, row.file_id) == ("1.1", "Policy on the wall", sha256)
    about["question"] = "99.9"
    assert beside().status_code == 422
    assert client.post(f"/onsite/photos/{there.audit.code}/short/?at=0&of=1").status_code == 404


def test_a_photo_that_the_owner_sent_is_no_way_into_an_audit(client, there):
    client.force_login(there.rosa)
    picture = photo(size=(300, 200))
    sha256 = hashlib.sha256(picture).hexdigest()
    address = f"/onsite/photos/{there.audit.code}/{sha256}/?at=0&of={len(picture)}"
    assert client.post(address, picture, content_type="application/octet-stream").status_code == 404


def test_a_colleague_is_asked_in_and_off_again_on_a_page(client, there):
    ann = colleague(there)
    page = f"/auditor/{there.audit.code}/team/"
    assert "Ann Auditor" in client.get(page).content.decode()
    assert client.post(page, {"person": ann.pk}).status_code == 302
    assert "not declared" in client.get(page).content.decode()
    assert client.post(page, {"person": there.sam.pk}).status_code == 422
    assert client.post(page, {"person": "x"}).status_code == 422

    client.force_login(ann)
    assert client.get(f"/auditor/{there.audit.code}/").status_code == 200
    assert client.post(page, {"person": ann.pk, "how": "out"}).status_code == 302
    assert client.get(f"/auditor/{there.audit.code}/").status_code == 404
    acts = set(Entry.objects.within(ALL).values_list("act", flat=True))
    assert {"team.joined", "team.left"} <= acts


def test_a_teammate_may_answer_but_not_send_nor_give_up(client, there):
    ann = colleague(there)
    teams.ask_in(there.dev_acts(), audit=there.audit, person=ann)
    client.force_login(ann)
    assert client.post(f"/auditor/{there.audit.code}/submit/").status_code == 422
    assert client.post(f"/auditor/{there.audit.code}/withdraw/", {"reason": "Not mine to end"}).status_code == 422
    assert Audit.objects.within(ALL).get().stage == "open"
    assert client.post(f"/auditor/{there.audit.code}/declare/", {"clear": "yes", "signed": "on"}).status_code == 302
    assert send(client, there, take({"met": 1, "of": 5})).json()["refused"] == {}


def test_answers_that_differ_stand_on_the_question_and_one_is_chosen_on_a_page(client, there):
    one, other = take({"met": 1, "of": 5}), take({"met": 2, "of": 5}, at=AT + timedelta(minutes=1))
    send(client, there, one, other)
    there.audit.refresh_from_db()
    assert "answered this differently" in client.get(f"/auditor/{there.audit.code}/element/1/").content.decode()
    page = f"/auditor/{there.audit.code}/apart/"
    assert "1 of 5" in client.get(page).content.decode()
    about = {"question": "1.1", "part": "D", "seen": f"{one['uid']},{other['uid']}"}

    assert client.post(page, about | {"uid": str(uuid4())}).status_code == 422
    assert client.post(page, about | {"uid": one["uid"]}).status_code == 302
    assert apart_in(there.audit) == ()
    assert Answer.objects.within(ALL).get().given == {"met": 1, "of": 5}
    assert "Nothing differs" in client.get(page).content.decode()


def test_points_and_interviews_stand_on_the_page_and_points_move_into_the_note(client, there):
    send(
        client,
        there,
        take({"method": "D", "text": "Posted in the truck"}, question="1.5", part=f"point:{uuid4()}"),
        take({"role": "worker", "word": "pos"}, question="1.5", part=f"said:{uuid4()}"),
    )
    page = client.get(f"/auditor/{there.audit.code}/element/1/").content.decode()
    assert "Documents: Posted in the truck" in page
    assert "1 positive, 0 negative" in page

    assert client.post(f"/auditor/{there.audit.code}/points/1.5/").status_code == 302
    page = client.get(f"/auditor/{there.audit.code}/element/1/").content.decode()
    assert "Noted on site" not in page
    assert page.count("Documents: Posted in the truck") == 1
    assert client.post(f"/auditor/{there.audit.code}/points/99.9/").status_code == 404


def test_sending_leaves_counts_alone(client, there):
    fill(there)
    said = take({"role": "worker", "word": "pos"}, question="1.5", part=f"said:{uuid4()}")
    send(client, there, said)
    there.audit.refresh_from_db()
    takes.fold(there.dev_acts(), audit=there.audit)

    assert Take.objects.within(ALL).get(part__startswith="said:").by is None
    assert Answer.objects.within(ALL).get(question="1.5", method="I").by_hand is None
