"""One line of history: no fork, no change of a table that no migration makes."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tracked import ROOT

FOLDER = ROOT / "src/secor/store/migrations"


def test_there_is_one_newest_migration_and_max_migration_names_it():
    loader = MigrationLoader(None)
    newest = [name for app, name in loader.graph.leaf_nodes() if app == "secor"]

    assert len(newest) == 1, f"two lines of history: {newest}; renumber the later one"
    named = (FOLDER / "max_migration.txt").read_text().strip()
    assert named == newest[0], (
        f"max_migration.txt says {named}, the newest is {newest[0]}. Write its name there: the file makes two branches "
        "that both add a migration collide when they meet, and not in somebody's database."
    )


@pytest.mark.django_db
def test_every_change_of_a_table_has_its_migration(capsys):
    assert apps.get_app_config("secor")
    try:
        call_command("makemigrations", "secor", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"run `manage.py makemigrations secor -n what_changes`:\n{capsys.readouterr().out}")
