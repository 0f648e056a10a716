"""The public log: entered with the event, signed once it is on disk, watched from outside, and never signed anew."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from certified import CERTIFIED, a_certificate, acts, happened, office
from secor.cli import monitor
from secor.core.checkpoint import NotACheckpoint, proves, read_checkpoint, read_proof
from secor.core.key import Purpose
from secor.core.leaf import read_leaf
from secor.core.merkle import leaf_hash
from secor.core.monitor import watch
from secor.core.tile import unbundled
from secor.queries import log as asked
from secor.store.models import CertificateEvent, Entry, Leaf, Log
from secor.store.scope import house
from secor.usecases import certificates, credentials, decisions, keys, log, replacements
from secor.usecases.act import Act
from secor.web import clock

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
NOW = acts(None, CERTIFIED).at + timedelta(days=200)


@pytest.fixture
def there():
    return office()


@pytest.fixture
def key():
    return keys.make(Act(None, NOW), purpose=Purpose.LOG)


def told():
    return [read_leaf(data.encode()) for data in Leaf.objects.order_by("index").values_list("data", flat=True)]


def published(client):
    def read(name):
        answer = client.get(f"/log/{name}")
        return answer.content if answer.status_code == 200 else None

    return read


def watched(client, seen=""):
    return watch(published(client), keys=asked.trusted(), seen=seen, at=NOW)


def test_each_public_event_enters_with_its_act_and_nothing_else_does(there):
    row = a_certificate(there.employer, there.partner)
    for event, more in (
        ("audit_submitted", {"kind": "maintenance"}),
        ("audit_accepted", {"kind": "maintenance", "passed": False}),
        ("headcount", {"count": 7}),
    ):
        certificates.record(
            acts(there.ines, CERTIFIED),
            employer=there.employer,
            partner=there.partner,
            scheme=row.scheme,
            event=event,
            on=CERTIFIED,
            **more,
        )
    decisions.suspend(Act(there.ines, NOW), certificate=row, reason="Rosa's open order")

    suspended = told()[-1]
    assert (suspended.event, suspended.certificate, suspended.partner) == ("suspended", row.number, "asc")
    assert not any(each.event in {"audit_submitted", "headcount", "audit_accepted"} for each in told())
    assert not any("Rosa" in data or "order" in data for data in Leaf.objects.values_list("data", flat=True))


def test_an_act_that_is_taken_back_leaves_no_entry(there):
    row = a_certificate(there.employer, there.partner)
    before = asked.log().size
    with pytest.raises(RuntimeError), transaction.atomic():
        decisions.suspend(Act(there.ines, NOW), certificate=row, reason="An open order")
        raise RuntimeError
    assert asked.log().size == before == Leaf.objects.count()


def test_a_replacement_a_correction_a_credential_and_keys_are_entered_too(there, key):
    keys.make(Act(None, NOW), purpose=Purpose.CREDENTIAL, partner=there.partner)
    row = a_certificate(there.employer, there.partner)
    log.catch_up()
    new = replacements.replace(Act(there.ines, NOW), certificate=row, reason="A new name")
    event = CertificateEvent.objects.within(ALL).get(event="certified")
    certificates.correct(Act(there.ines, NOW), event=event, reason="A slip")

    assert [each.event for each in told()] == ["key_made", "key_made", "certified", "replaced", "signed", "corrected"]
    signed, corrected = told()[-2:]
    assert (signed.certificate, signed.sha256) == (new.number, new.credentials.get().digest)
    assert corrected.corrects == 2
    assert told()[0].key == f"log {key.public}"


def test_what_was_recorded_without_the_log_is_entered_once_and_in_order(there):
    first = a_certificate(there.employer, there.partner)
    Leaf.objects.all().delete()
    Log.objects.all().delete()

    assert log.catch_up() == 1
    assert log.catch_up() == 0
    happened(first, "suspended", CERTIFIED)
    while log.catch_up():
        pass
    assert [each.event for each in told()] == ["certified", "suspended"]


def test_a_round_signs_what_is_there_and_only_when_there_is_something_new(client, there, key):
    row = a_certificate(there.employer, there.partner)
    assert client.get("/log/checkpoint").status_code == 404
    assert log.keep(at=NOW) == ""

    first = watched(client)
    assert first.problems == ()
    assert first.checkpoint.size == 3  # the key, the certificate, the journal of the day
    assert told()[-1].sha256 == log.journal_digest()
    assert log.sign(at=NOW + timedelta(hours=19)) is None
    assert log.sign(at=NOW + timedelta(hours=20)).size == 3
    decisions.suspend(Act(there.ines, NOW), certificate=row, reason="An open order")
    log.keep(at=NOW + timedelta(hours=21))

    second = watched(client, seen=first.note)
    assert second.problems == ()
    assert [leaf.event for _, leaf in second.new] == ["suspended", "journal"]
    page = client.get("/log/").content.decode()
    assert row.number in page
    assert asked.verifiers()[0] in page.replace("&#x2B;", "+")


def test_the_journal_that_was_anchored_is_the_one_that_stands(there, key):
    log.keep(at=NOW)
    anchored = told()[-1].sha256
    assert anchored == log.journal_digest()
    decisions.suspend(
        Act(there.ines, NOW), certificate=a_certificate(there.employer, there.partner), reason="An open order"
    )
    assert anchored != log.journal_digest()
    assert not log.anchor(at=NOW)
    assert log.anchor(at=NOW + timedelta(days=1))
    assert Entry.objects.within(ALL).exists()


def test_a_certificate_has_its_proof_and_nothing_in_it_is_left_to_trust(client, there, key):
    row = a_certificate(there.employer, there.partner)
    address = f"/log/proofs/{row.number}.tlog-proof"
    assert client.get(address).status_code == 404
    log.keep(at=NOW)

    raw = client.get(address).content
    proof = asked.proof_of(row)
    assert proof.text == raw.decode()
    assert len(raw) <= 2048
    assert read_leaf(proof.entry).certificate == row.number
    assert proves(proof, leaf=leaf_hash(proof.entry), keys=asked.trusted()).size == asked.log().size
    with pytest.raises(NotACheckpoint):
        proves(proof, leaf=leaf_hash(proof.entry.replace(b"asc", b"esc")), keys=asked.trusted())
    assert f'href="{address}"' in client.get(f"/v/{row.number}").content.decode()


@pytest.mark.parametrize("size", [255, 256, 257, 700])
def test_tiles_and_proofs_are_right_wherever_the_log_ends(client, there, key, size, monkeypatch):
    row = a_certificate(there.employer, there.partner)
    monkeypatch.setattr(log, "_consistent", log._consistent)
    while asked.log().size < size:
        at = NOW + timedelta(seconds=asked.log().size)
        log._append([log._New(log.Leaf("journal", at, at.date(), sha256="0" * 64))])
    log.sign(at=NOW)

    assert watched(client).problems == ()
    assert proves(asked.proof_of(row), leaf=leaf_hash(asked.proof_of(row).entry), keys=asked.trusted()).size == size
    for part in (1, size // 2, size):
        assert asked.root_at(part) == log_root(part)
    assert client.get("/log/tile/0/999").status_code == 404
    assert client.get("/log/tile/0/../0/000").status_code == 404
    answer = client.get(f"/log/tile/entries/000{'' if size > 255 else f'.p/{size}'}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(unbundled(answer.content)) == min(size, 256)


def log_root(size):
    from secor.core.merkle import frontier_of

    data = Leaf.objects.order_by("index").values_list("data", flat=True)[:size]
    return frontier_of(leaf_hash(each.encode()) for each in data).root


@pytest.mark.parametrize(
    "change",
    [
        "update secor_leaf set data = replace(data, 'asc', 'esc') where \"index\" = 1",
        "update secor_leaf set data = replace(data, '2024', '2023') where \"index\" = 1",
        'delete from secor_leaf where "index" = 1',
    ],
)
def test_a_watcher_notices_what_was_changed_in_the_tables(client, there, key, change):
    a_certificate(there.employer, there.partner)
    log.keep(at=NOW)
    seen = watched(client).note
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert watched(client, seen=seen).problems


def test_after_a_restored_backup_nothing_is_signed_until_the_copy_gave_back_what_was_lost(client, there, key, tmp_path):
    row = a_certificate(there.employer, there.partner)
    log.keep(at=NOW)
    old, held = Log.objects.values().get(), asked.log().size
    decisions.suspend(Act(there.ines, NOW), certificate=row, reason="An open order")
    log.keep(at=NOW + timedelta(minutes=1))
    entries = [data.encode() for data in Leaf.objects.order_by("index").values_list("data", flat=True)]
    seen = watched(client).note
    Leaf.objects.filter(index__gte=held).delete()  # the backup of before
    CertificateEvent.objects.within(ALL).filter(event="suspended").delete()
    Log.objects.update(**{name: value for name, value in old.items() if name != "id"})
    decisions.suspend(Act(there.ines, NOW + timedelta(hours=1)), certificate=row, reason="Something else")

    assert "a backup was restored" in log.keep(at=NOW + timedelta(days=1))
    assert asked.log().signed_size == held, "nothing was signed"
    assert "Nothing is signed at present" in client.get("/log/").content.decode()
    with pytest.raises(log.Inconsistent, match="entry 1 "):
        log.restore([entries[0], entries[2]])
    with pytest.raises(log.Inconsistent, match="no entry of this log"):
        log.restore([*entries, b"{}"])
    assert log.restore(entries) == 1
    assert [each.event for each in told()][-2:] == ["suspended", "suspended"], "the new one stands behind the lost one"
    assert Leaf.objects.last().event.reason == "Something else"
    assert log.keep(at=NOW + timedelta(days=1)) == ""
    assert watch(published(client), keys=asked.trusted(), seen=seen).problems == ()


def test_entries_that_were_changed_in_the_tables_are_never_signed_again(there, key):
    row = a_certificate(there.employer, there.partner)
    log.keep(at=NOW)
    leaf = Leaf.objects.get(index=1)
    data = leaf.data.replace("asc", "esc")
    Leaf.objects.filter(index=1).update(data=data, hash=leaf_hash(data.encode()).hex())
    decisions.suspend(Act(there.ines, NOW), certificate=row, reason="An open order")

    assert "were changed in the tables" in log.keep(at=NOW + timedelta(minutes=1))
    log.published().write_text("something else")
    assert "cannot be trusted" in log.keep(at=NOW + timedelta(minutes=2))


def test_without_a_key_or_while_signing_is_stopped_events_are_entered_and_nothing_is_signed(there):
    row = a_certificate(there.employer, there.partner)
    assert log.keep(at=NOW) == ""
    assert asked.log().size == 1
    keys.make(Act(None, NOW), purpose=Purpose.LOG)
    keys.stop(Act(None, NOW), reason="A drill")
    assert "Nothing is signed since" in log.keep(at=NOW)
    decisions.suspend(Act(there.ines, NOW), certificate=row, reason="An open order")
    assert told()[-1].event == "suspended"
    keys.resume(Act(None, NOW))
    assert log.keep(at=NOW) == ""


def test_an_old_checkpoint_is_still_trusted_after_the_key_was_changed(client, there, key):
    a_certificate(there.employer, there.partner)
    log.keep(at=NOW)
    seen = watched(client).note
    keys.make(Act(None, NOW + timedelta(days=1)), purpose=Purpose.LOG)
    log.keep(at=NOW + timedelta(days=1))

    assert read_checkpoint(seen, keys=asked.trusted()).size == 3
    assert watch(published(client), keys=asked.trusted(), seen=seen).problems == ()
    assert len(asked.verifiers()) == 2


@pytest.mark.django_db(transaction=True)
def test_writers_and_signers_at_once_leave_one_history(client):
    keys.make(Act(None, NOW), purpose=Purpose.LOG)
    notes, troubles = [], []

    def write(nth):
        try:
            for turn in range(6):
                leaf = log.Leaf("journal", NOW, NOW.date(), sha256=f"{nth}{turn}" * 32)
                with transaction.atomic():
                    log._append([log._New(leaf)])
                log.sign(at=NOW)
                notes.append(asked.log().note)
        except Exception as trouble:
            troubles.append(repr(trouble))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(nth,)) for nth in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert asked.log().size == Leaf.objects.count() == 25
    for note in notes:
        assert watch(published(client), keys=asked.trusted(), seen=note).problems == ()
    assert log.published().read_text() == asked.log().note


@pytest.mark.django_db(transaction=True)
def test_the_commands_watch_a_served_log_and_a_copied_one(live_server, client, tmp_path, capsys, settings):
    from secor.cli import log as command
    from secor.cli.entry import main

    at = clock.now()
    there = office()
    keys.make(Act(None, at), purpose=Purpose.LOG)
    row = a_certificate(there.employer, there.partner)
    log.keep(at=at)
    key, state = asked.verifiers()[0], tmp_path / "seen"
    state_of_copy, copy = tmp_path / "copied", tmp_path / "copy"

    def asked_for(*words):
        code = main(["monitor", *words])
        return code, json.loads(capsys.readouterr().out or "{}")

    code, found = asked_for(f"{live_server.url}/log", "--key", key, "--state", str(state))
    assert (code, found["good"], found["size"]) == (0, True, 3)
    assert command.run(["publish", str(copy)]) == 0
    assert "3 entries" in capsys.readouterr().out
    code, found = asked_for(str(copy), "--key", key, "--state", str(state_of_copy))
    assert (code, len(found["new"])) == (0, 3)
    proof = tmp_path / "proof.tlog-proof"
    proof.write_text(asked.proof_of(row).text)
    assert main(["verify", str(proof), "--log-key", key]) == 0
    assert json.loads(capsys.readouterr().out)["entry"]["certificate"] == row.number
    proof.write_text(proof.read_text().replace("index 1\n", "index 2\n"))
    assert main(["verify", str(proof), "--log-key", key]) == 1
    capsys.readouterr()

    (copy / "tile/entries/000.p/3").write_bytes(b"\0\1x")
    code, found = asked_for(str(copy), "--key", key, "--state", str(state_of_copy))
    assert (code, found["good"]) == (1, False)
    assert command.run(["restore", str(copy)]) == 2
    assert "Nothing was taken" in capsys.readouterr().err
    assert main(["monitor", str(tmp_path / "nowhere"), "--key", key, "--state", str(state)]) == 2
    assert monitor.NOT_GOOD == 1
    assert credentials.may_issue() is None


def test_a_log_keeps_its_name_when_the_site_moves(client, there, key, settings):
    a_certificate(there.employer, there.partner)
    log.keep(at=NOW)
    seen, name = watched(client).note, asked.origin()
    settings.SITE_URL = "https://moved.example"
    log.keep(at=NOW + timedelta(days=1))

    assert asked.origin() == name
    assert watched(client, seen=seen).problems == ()


def test_the_signed_paper_has_the_proof_inside(there, key, tmp_path):
    import shutil
    import subprocess

    from secor.papers.sealed_certificate import sealed_certificate

    if shutil.which("pdfdetach") is None:
        pytest.skip("pdfdetach is not there")
    for purpose in (Purpose.CREDENTIAL, Purpose.PAPER):
        keys.make(Act(None, NOW), purpose=purpose, partner=there.partner)
    row = a_certificate(there.employer, there.partner)
    credentials.seal(Act(None, NOW), certificate=row)
    log.keep(at=NOW)
    paper, proof = tmp_path / "paper.pdf", tmp_path / "proof"
    paper.write_bytes(sealed_certificate(row, site_url="http://localhost", specimen=False))
    subprocess.run(["pdfdetach", "-save", "2", "-o", str(proof), str(paper)], check=True)

    assert proof.read_text() == asked.proof_of(row).text
    assert read_leaf(read_proof(proof.read_text()).entry).certificate == row.number
