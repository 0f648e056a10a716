"""The site as it is put before the public."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tracked import ROOT


def manage(*words, data, **settings):
    around = {name: value for name, value in os.environ.items() if not name.startswith(("SECOR_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        cwd=data,
        env=around | {"SECOR_DATA": str(data)} | settings,
        capture_output=True,
        text=True,
    )


def test_django_has_nothing_to_say_against_the_settings_of_a_public_site(tmp_path):
    asked = manage(
        "check", "--deploy", "--fail-level", "WARNING", data=tmp_path, SECOR_HTTPS="yes", SECOR_HOSTS="secor.example.ca"
    )

    assert asked.returncode == 0, asked.stderr
    assert "no issues (0 silenced)" in asked.stdout


def test_each_site_makes_a_secret_of_its_own_that_only_its_owner_reads(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        manage("check", data=tmp_path / name)

    one, two = tmp_path / "one/secret-key", tmp_path / "two/secret-key"
    assert one.read_text() != two.read_text()
    assert len(one.read_text()) > 60
    assert one.stat().st_mode & 0o077 == 0


def test_a_setting_that_cannot_be_is_refused_by_name(tmp_path):
    asked = manage("check", data=tmp_path, SECOR_HTTPS="maybe")

    assert asked.returncode != 0
    assert "SECOR_HTTPS is 'maybe'; write yes or no." in asked.stderr


def test_static_files_are_named_by_their_content_and_squeezed(tmp_path):
    asked = manage("collectstatic", "--noinput", "--verbosity", "0", data=tmp_path)

    assert asked.returncode == 0, asked.stderr
    names = json.loads((tmp_path / "static/staticfiles.json").read_text())["paths"]
    assert names["secor.css"] != "secor.css"
    assert (tmp_path / "static" / f"{names['secor.css']}.br").exists()


def test_winter_in_alberta_is_six_hours_behind_from_2026_on():
    edmonton = ZoneInfo("America/Edmonton")

    def hours(*day):
        return datetime(*day, 12, tzinfo=UTC).astimezone(edmonton).utcoffset().total_seconds() / 3600

    assert hours(2026, 1, 15) == -7
    assert hours(2026, 12, 15) == -6
