"""The floor: the least a Django site can do for the same work. Every ratio in RESULTS.md stands on this file.

One settings object, two tables, and views that do nothing but the work named: write the same two rows and commit,
read one row by its key. Served by the same server, on the same database engine, with the same durability.
"""

from __future__ import annotations

import os
import uuid

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

if not settings.configured:
    from secor.config import settings as ours

    database = dict(ours.DATABASES["default"])
    if "sqlite" in database["ENGINE"]:
        database["NAME"] = os.environ["FLOOR_DATABASE"]
    settings.configure(
        SECRET_KEY="floor",
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        DATABASES={"default": database},
        USE_TZ=True,
    )
    django.setup()

from django.db import connection, models, transaction
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


class FloorAnswer(models.Model):
    """As many columns as an answer has."""

    audit = models.BigIntegerField()
    question = models.CharField(max_length=20)
    given = models.JSONField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "floor"


class FloorEntry(models.Model):
    """As many columns as a journal entry has."""

    chain = models.CharField(max_length=60)
    place = models.BigIntegerField()
    act = models.CharField(max_length=60)
    detail = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        app_label = "floor"


class FloorRow(models.Model):
    """One row to be read by its key."""

    number = models.CharField(max_length=32, unique=True)
    body = models.TextField()

    class Meta:
        app_label = "floor"


TABLES = (FloorAnswer, FloorEntry, FloorRow)


@csrf_exempt
def write(request):
    """Write one answer and one journal row, and answer after the commit."""
    with transaction.atomic():
        FloorAnswer.objects.create(audit=1, question="1.1", given={"met": 4, "of": 5})
        FloorEntry.objects.create(chain="c", place=1, act="saved", detail={"q": "1.1"}, fingerprint=uuid.uuid4().hex)
    return HttpResponse("kept")


def read(request, number):
    """Read one row by its key."""
    return HttpResponse(FloorRow.objects.get(number=number).body)


def lay():
    """Make the tables and the row, if they are not there."""
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for table in TABLES:
            if table._meta.db_table not in there:
                editor.create_model(table)
    FloorRow.objects.get_or_create(number="SECOR-2026-000001", defaults={"body": "valid " * 40})


urlpatterns = [path("write/", write), path("read/<str:number>/", read)]
application = get_wsgi_application()
