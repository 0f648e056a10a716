"""The commands that run the site, each as a process of its own, as a person would start them."""

import os
import socket
import sqlite3
import subprocess
import sys

import pytest


def secor(*words, data, **settings):
    around = {name: value for name, value in os.environ.items() if not name.startswith(("SECOR_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "import sys; from secor.cli.entry import main; sys.exit(main())", *words],
        cwd=data,
        env=around | {"SECOR_DATA": str(data)} | settings,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A data folder that was set up once."""
    folder = tmp_path_factory.mktemp("site")
    asked = secor("serve", "--set-up-only", data=folder)
    assert asked.returncode == 0, asked.stderr
    assert "Setting up the database" in asked.stdout
    return folder


def test_setting_up_a_second_time_does_nothing(place):
    asked = secor("serve", "--set-up-only", data=place)

    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


@pytest.mark.parametrize("command", ["demo", "check_journal"])
def test_a_place_that_was_not_set_up_is_told_in_one_line(tmp_path, command):
    asked = secor(command, data=tmp_path)

    assert asked.returncode == 2
    assert "secor serve --set-up-only" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


def test_a_new_site_knows_its_partners_but_nobody_lives_there(place):
    with sqlite3.connect(place / "secor.sqlite3") as tables:
        assert tables.execute("select count(*) from secor_partner").fetchone()[0] == 10
        assert tables.execute("select count(*) from secor_employer").fetchone()[0] == 0


def test_a_port_that_is_taken_is_told_in_one_line(place):
    with socket.create_server(("127.0.0.1", 0)) as other:
        asked = secor("serve", "--port", str(other.getsockname()[1]), data=place)

    assert asked.returncode == 2
    assert "cannot be served" in asked.stderr
    assert "--port" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SECOR_DEMONSTRATION": "true"}, "SECOR_DEMONSTRATION is 'true'; write yes or no."),
        ({"SECOR_DATABASE_URL": "mysql://x"}, "SECOR_DATABASE_URL must begin with postgresql://"),
        ({"SECOR_MAIL_URL": "imap://x"}, "SECOR_MAIL_URL must begin with smtp://"),
    ],
)
def test_a_setting_that_cannot_be_is_told_in_one_line(place, given, told):
    asked = secor("serve", "--set-up-only", data=place, **given)

    assert asked.returncode == 2
    assert told in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    asked = secor("serve", "--set-up-only", data=tmp_path, SECOR_DATA=str(tmp_path / "file/data"))

    assert asked.returncode == 2
    assert "SECOR_DATA" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


def test_letters_are_sent_where_there_are_none(place):
    asked = secor("send_letters", data=place)

    assert asked.returncode == 0, asked.stderr
    assert "Letters sent: 0." in asked.stdout


def test_somebody_is_appointed_and_what_cannot_be_is_told(place):
    first = ("appoint", "--email", "pat@example.ca", "--name", "Pat", "--role", "registrar", "--partner")

    assert secor(*first, "asc", data=place).stdout.startswith("Pat is registrar from ")
    refused = secor(*first, "nobody", data=place)
    assert refused.returncode == 2
    assert "Known here: " in refused.stderr


def test_a_copy_holds_every_row_and_file_and_a_second_one_brings_only_what_is_new(place, tmp_path):
    file = place / "files/ab/cd/abcd"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"evidence")

    first = secor("back_up", str(tmp_path / "copy"), data=place)
    second = secor("back_up", str(tmp_path / "copy"), data=place)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stdout.endswith("New files copied: 1.\n")
    assert second.stdout.endswith("New files copied: 0.\n")
    assert (tmp_path / "copy/files/ab/cd/abcd").read_bytes() == b"evidence"
    with sqlite3.connect(tmp_path / "copy/secor.sqlite3") as tables:
        assert tables.execute("select count(*) from secor_partner").fetchone()[0] == 10


def test_a_copy_that_cannot_be_whole_is_told_and_leaves_no_half_behind(place, tmp_path):
    (tmp_path / "file").write_text("in the way")
    asked = secor("back_up", str(tmp_path / "file/copy"), data=place)

    assert asked.returncode == 2
    assert "the copy is not complete" in asked.stderr


def test_a_word_that_is_no_command_is_told(place):
    asked = secor("sevre", data=place)

    assert asked.returncode != 0
    assert "sevre" in asked.stderr
