"""A form on paper from end to end on the desk: printed, photographed, filed with one press."""

import io
import re
from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from cards import worker_of
from cast import signed_in
from pages import Shot, photographed, rendered, text_of
from secor.store.models import Record, Sheet, Site
from secor.store.scope import house
from uploads import bomb, document, photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def print_one(client, stage, **more):
    answer = client.post(
        reverse("employer:sheets", args=[stage.roofing.code]),
        {"do": "print", "form": "site-inspection", "copies": "1", **more},
    )
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.headers["Location"])


def send(client, stage, *contents):
    address = reverse("employer:paper", args=[stage.roofing.code])
    return client.post(address, {"do": "send", "pages": [sent(each) for each in contents]})


def filed(client, answer, **more):
    return client.post(answer.headers["Location"], {"do": "file", "on": "2024-09-03", **more}, follow=True)


def rows():
    return Record.objects.within(ALL)


def test_the_paper_is_tagged_letter_size_and_names_what_is_known(rosa, stage):
    site = Site.objects.create(employer=stage.roofing, name="Shop", people=3)
    worker_of(stage.roofing, "Tia Doe")
    answer = print_one(rosa, stage, site=str(site.pk), on="2024-09-05", copies="2")

    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = pikepdf.open(io.BytesIO(answer.content))
    assert [float(each) for each in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
    assert pdf.Root.MarkInfo.Marked
    assert len(pdf.pages) == 4
    assert [(each.site, each.on) for each in Sheet.objects.within(ALL)] == [(site, date(2024, 9, 5))] * 2


def test_a_sheet_is_printed_in_the_language_that_was_chosen(rosa, stage, tmp_path):
    french = print_one(rosa, stage, language="fr")

    assert "Inspection du chantier" in text_of(french.content, tmp_path)
    assert rosa.get(french.request["PATH_INFO"]).content == french.content
    refused = rosa.post(
        reverse("employer:sheets", args=[stage.roofing.code]),
        {"do": "print", "form": "site-inspection", "copies": "1", "language": "xx"},
    )
    assert "Choose one of the list." in refused.content.decode()


def test_the_same_papers_come_again_from_the_same_address(rosa, stage):
    first = print_one(rosa, stage)
    again = rosa.get(first.request["PATH_INFO"])

    assert again.content == first.content
    assert Sheet.objects.within(ALL).count() == 1


def test_a_photo_of_the_printed_page_is_filed_with_one_press(rosa, stage, tmp_path):
    tia = worker_of(stage.roofing, "Tia Doe")
    paper = print_one(rosa, stage, worker=tia.code)
    found = send(rosa, stage, photographed(rendered(paper.content, tmp_path), Shot(turn=9, tilt=0.2, dark=0.6)))
    page = rosa.get(found.headers["Location"]).content.decode()

    for said in ("We found its code", "Site inspection", "Tia Doe", "2024", "It helps with", "File it"):
        assert said in page, said
    picture = re.search(r'<img class="kept-photo" src="([^"]+)"', page)[1]
    assert rosa.get(picture).headers["Content-Type"] == "image/jpeg"
    # One press sends the fields as the page holds them.
    fields = dict(re.findall(r'name="(on)" value="([^"]*)"', page))
    listed = filed(rosa, found, **fields, worker=tia.code)
    assert "Filed." in listed.content.decode()
    assert "on paper" in listed.content.decode()
    row = rows().get()
    assert (row.form, row.on, row.on_paper, row.problems) == ("site-inspection", date(2024, 9, 3), True, [])
    shown = rosa.get(reverse("employer:record", args=[stage.roofing.code, row.uid])).content.decode()
    assert "Kept on paper" in shown


def test_a_worker_files_too_and_the_same_sheet_twice_is_told(rosa, stage, tmp_path):
    page = rendered(print_one(rosa, stage).content, tmp_path)
    wes = signed_in(Client(), stage.wes)
    filed(wes, send(wes, stage, photographed(page)))
    again = send(wes, stage, photographed(page, Shot(turn=3)))
    told = wes.get(again.headers["Location"]).content.decode()

    assert "This one is filed already" in told
    added = wes.post(again.headers["Location"], {"do": "add"}, follow=True).content.decode()
    assert "every page now" in added
    assert rows().count() == 2
    assert rows().get(corrected=False).photos.count() == 2


def test_a_page_without_a_code_asks_for_its_form(rosa, stage):
    found = send(rosa, stage, photo())
    page = rosa.get(found.headers["Location"]).content.decode()

    assert "No code could be read on this page" in page
    bare = rosa.post(found.headers["Location"], {"do": "file", "on": "2024-09-03", "form": ""})
    assert bare.status_code == 422
    assert "Choose the form." in bare.content.decode()
    filed(rosa, found, form="toolbox-talk")
    assert (rows().get().form, rows().get().on_paper) == ("toolbox-talk", True)


def test_a_sheet_of_another_business_is_said_to_be_none_of_this_one(rosa, stage, tmp_path):
    sam = signed_in(Client(), stage.sam)
    answer = sam.post(
        reverse("employer:sheets", args=[stage.siding.code]), {"do": "print", "form": "toolbox-talk", "copies": "1"}
    )
    theirs = sam.get(answer.headers["Location"]).content
    found = send(rosa, stage, photographed(rendered(theirs, tmp_path)))

    assert "sheet=" not in found.headers["Location"]
    assert "no form that your business printed" in rosa.get(found.headers["Location"]).content.decode()


def test_a_photo_that_somebody_else_sent_is_nobodys_to_file_or_see(rosa, stage):
    found = send(rosa, stage, photo())
    address = found.headers["Location"]
    sha256 = re.search(r"photo=([0-9a-f]{64})", address)[1]
    wes = signed_in(Client(), stage.wes)

    assert wes.get(address).headers["Location"] == reverse("employer:paper", args=[stage.roofing.code])
    wes.post(address, {"do": "file", "on": "2024-09-03", "form": "toolbox-talk"})
    assert not rows().exists()
    seen = reverse("employer:paper_photo", args=[stage.roofing.code, sha256])
    assert wes.get(seen).status_code == 404
    assert rosa.get(seen).status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (document(), "This is a document, not a photo"),
        (bomb(), "more than 50 million pixels"),
        (photo()[:300], "damaged or not complete"),
        (b"", "This file is empty"),
        (b"<svg onload=alert(1)>", "Drawings and web pages"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(rosa, stage, content, told):
    answer = send(rosa, stage, content)

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_no_photo_and_eleven_photos_are_told_at_their_place(rosa, stage):
    assert "Take a photo of the page" in send(rosa, stage).content.decode()
    assert "at most 10 photos" in send(rosa, stage, *[photo(size=(20 + n, 20)) for n in range(11)]).content.decode()
