"""What a client is shown by a link that ends, and everything the owner takes home."""

import hashlib
import io
import json
import logging
import zipfile
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.apps import apps
from django.test import Client

from assessments import scene
from cards import act_of, card, worker_of
from cast import cast, signed_in
from secor.queries import take_out
from secor.store.models import Audit, Record, Share
from secor.store.scope import Reached, house
from secor.usecases import arrivals, records, shares
from secor.web.unlogged import SecretsLeftOut
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
TODAY = date(2026, 6, 20)


@pytest.fixture
def there(monkeypatch):
    made = cast()
    made_on = {"now": datetime(2026, 6, 20, 18, tzinfo=UTC)}
    monkeypatch.setattr("secor.web.clock.now", lambda: made_on["now"])
    made_later(made_on)
    return made


_MOMENTS: list[dict[str, datetime]] = []


def made_later(moments):
    _MOMENTS[:] = [moments]


def on(day: date) -> None:
    _MOMENTS[0]["now"] = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def made(there, *, until=TODAY + timedelta(days=30), holds=("certificate", "policy", "training"), clearance=None):
    return shares.make(
        act_of(there.rosa, after=timedelta(days=17)),
        employer=there.roofing,
        title="Prairie Builders",
        holds=holds,
        until_on=until,
        clearance=clearance,
    )


def look(secret, what=""):
    return Client().get(f"/packs/{secret}/" + (f"{what}/" if what else ""))


def test_whoever_has_the_link_sees_what_was_chosen_until_its_last_day(there):
    secret = made(there)
    page = look(secret)

    assert page.status_code == 200
    assert there.roofing.legal_name in unescape(page.content.decode())
    assert "Prairie Builders" not in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert Share.objects.within(ALL).get().opened == 1
    assert look(secret, "program").status_code == 404

    on(TODAY + timedelta(days=30))
    assert look(secret).status_code == 200
    on(TODAY + timedelta(days=31))
    gone = look(secret)
    assert gone.status_code == 410
    assert there.roofing.legal_name not in unescape(gone.content.decode())


def test_a_link_that_was_taken_back_and_one_that_never_was_look_the_same(there):
    secret = made(there)
    client = signed_in(Client(), there.rosa)
    share = Share.objects.within(ALL).get()
    client.post(f"/employer/{there.roofing.code}/packs/", {"do": "withdraw", "share": share.code})

    assert look(secret).status_code == look("x" * 43).status_code == 410
    assert look(secret).content == look("x" * 43).content


def test_the_secret_is_shown_once_kept_nowhere_and_left_out_of_the_log(there):
    client = signed_in(Client(), there.rosa)
    address = f"/employer/{there.roofing.code}/packs/"
    answer = client.post(
        address, {"do": "make", "title": "Prairie", "holds": ["policy"], "until_on": "2026-07-20"}, follow=True
    )
    secret = answer.context["address"].rstrip("/").rsplit("/", 1)[1]

    assert look(secret).status_code == 200
    assert secret not in client.get(address).content.decode()
    assert Share.objects.within(ALL).get().secret_digest == hashlib.sha256(secret.encode()).hexdigest()
    line = logging.makeLogRecord({"msg": "%s", "args": (f"GET /packs/{secret}/program/",)})
    SecretsLeftOut().filter(line)
    assert secret not in line.getMessage()


def test_figures_are_shown_to_an_outsider_with_what_they_are_made_of(there):
    for nth in range(2):
        sent_in = card(form="near-miss", on=date(2026, 5, 4 + nth), happened="A hammer fell", now="Area closed")
        records.keep(act_of(there.rosa), employer=there.roofing, sent=sent_in)
    secret = made(there, holds=["figures"])
    page = unescape(look(secret).content.decode())

    assert "The twelve months to May 31, 2026" in page
    assert "<dt>Near misses told</dt><dd>2</dd>" in page
    assert "Incidents (frequency)" in page
    assert "an estimated" in page
    assert "The business has not told them." in page
    assert "hammer" not in page
    assert "Incidents (frequency)" not in look(made(there, holds=["training"])).content.decode()


def test_the_package_for_the_partner_stands_here_once_there_is_a_self_assessment():
    there = scene(performer="self_assessor")
    page = signed_in(Client(), there.rosa).get(f"/employer/{there.employer.code}/packs/").content.decode()
    assert f"/papers/submission/{there.audit.code}.zip" in page

    Audit._base_manager.filter(pk=there.audit.pk).update(performer="external_auditor")
    page = signed_in(Client(), there.rosa).get(f"/employer/{there.employer.code}/packs/").content.decode()
    assert "/papers/submission/" not in page


@pytest.mark.parametrize(("days", "word"), [(90, "Fresh"), (91, "Older than 90 days")])
def test_a_clearance_letter_is_good_for_ninety_days(there, days, word):
    secret = made(there, clearance=(sent(photo()), TODAY), until=TODAY + timedelta(days=200))
    on(TODAY + timedelta(days=days))

    assert word in look(secret).content.decode()
    assert look(secret, "clearance").status_code == 200


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"holds": ()}, shares.Empty),
        ({"until": TODAY - timedelta(days=1)}, shares.WrongDay),
        ({"until": TODAY + timedelta(days=367)}, shares.WrongDay),
        ({"clearance": (sent(photo()), TODAY + timedelta(days=1))}, shares.WrongDay),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(there, more, refusal):
    with pytest.raises(refusal):
        made(there, **more)
    assert not Share.objects.within(ALL).exists()


def test_a_letter_without_its_day_is_asked_for_it(there):
    given = {"do": "make", "title": "P", "holds": ["policy"], "until_on": "2026-07-20", "letter": sent(photo())}
    answer = signed_in(Client(), there.rosa).post(f"/employer/{there.roofing.code}/packs/", given)

    assert answer.status_code == 422
    assert "Write the day that stands on the letter" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "page", "zipped"), [("rosa", 200, 200), ("sol", 200, 403), ("wes", 403, 403), ("sam", 404, 404)]
)
def test_packs_are_the_owners(there, who, page, zipped):
    client = signed_in(Client(), getattr(there, who))

    assert client.get(f"/employer/{there.roofing.code}/packs/").status_code == page
    assert client.get(f"/employer/{there.roofing.code}/packs/everything.zip").status_code == zipped


def taken(there, who="rosa") -> zipfile.ZipFile:
    answer = signed_in(Client(), getattr(there, who)).get(f"/employer/{there.roofing.code}/packs/everything.zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_everything_is_taken_home_and_nothing_of_anybody_else(there):
    content = photo()
    sha256 = hashlib.sha256(content).hexdigest()
    act = act_of(there.rosa)
    arrivals.take(act, employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    worker_of(there.roofing, "=cmd|Wes")
    worker_of(there.siding, "Somebody Else")
    records.keep(act, employer=there.roofing, sent=card(photos=(sha256,), task="<b>Replace</b> shingles"))
    records.keep(act_of(there.sam), employer=there.siding, sent=card(task="Sam's own roof"))
    home = taken(there)
    told = "".join(
        home.read(name).decode(errors="replace") for name in home.namelist() if not name.startswith("files/")
    )

    assert home.testzip() is None
    assert home.read(f"files/{sha256}.jpg") == content
    assert json.loads(home.read("data/Record.json"))[0]["title"] == "<b>Replace</b> shingles"
    assert "&lt;b&gt;Replace&lt;/b&gt;" in home.read("records/records.html").decode()
    assert "'=cmd|Wes" in home.read("data/Worker.csv").decode()
    assert "Somebody Else" not in told
    assert "Sam's own roof" not in told
    assert "Everything that" in home.read("README.txt").decode()


def test_what_is_taken_home_is_read_on_a_phone_with_its_photos_and_the_day_it_was_taken(there):
    content = photo()
    sha256 = hashlib.sha256(content).hexdigest()
    arrivals.take(act_of(there.rosa), employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    sent_in = card(photos=(sha256, "0" * 64))
    records.keep(act_of(there.rosa), employer=there.roofing, sent=sent_in)
    home = taken(there)
    page = home.read("records/records.html").decode()
    entry = home.getinfo("records/records.html")

    assert f'<a href="../files/{sha256}.jpg">the anchor</a>' in page
    assert home.read(f"files/{sha256}.jpg") == content
    assert "the anchor: has not come" in page
    assert f'id="{sent_in["uid"]}"' in page
    assert "<th>What could hurt us</th>" in page
    assert "<td>Falling from the edge</td>" in page
    assert 'name="viewport"' in page
    assert entry.date_time == (2026, 6, 20, 12, 0, 0)
    assert entry.external_attr >> 16 == 0o644
    assert entry.compress_size < entry.file_size


def test_first_aid_records_are_taken_home_only_by_who_may_read_them(there):
    act = act_of(there.wes)
    records.keep(act, employer=there.roofing, sent=card(form="first-aid-record", happened="A cut"))
    assert Record.objects.within(ALL).count() == 1

    assert "data/Record.json" not in taken(there).namelist()


def test_every_table_of_an_employer_is_taken_out_or_has_its_reason(there):
    models = [each for each in apps.get_app_config("secor").get_models() if issubclass(each, Reached)]
    out = set(take_out.tables())

    assert set(models) == out | set(take_out.LEFT_OUT)
    for table in out:
        list(take_out.rows_of(table, there.roofing, scope=ALL))


def test_no_secret_is_taken_home(there):
    made(there)
    worker_of(there.roofing, "Wes")
    home = taken(there)

    assert "secret_digest" not in home.read("data/Share.json").decode()
    assert '"pin"' not in home.read("data/Worker.json").decode()
