"""What files are called, what they must not tell, and how long they are."""

import re
import warnings
from itertools import chain

import pytest

from tracked import ROOT, files, place, told

HOMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "tools", "lib"}
PLACES = ("work", "root", "opt", "tmp", "home/[a-z]+")
HOSTS = ("pypi.org", "pythonhosted.org", "npmjs.org", "deb.debian.org", "anaconda.org")
SECRETS = ("BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE KEY", "BEGIN OPENSSH PRIVATE KEY")
# The words that name a place on one machine, unless they stand inside a longer path or an address.
MACHINE = re.compile(rf"(?<![\w./\-}}$)])/(?:{'|'.join(PLACES)})/")
HERE = place(ROOT / "tests/house/test_names.py")


def test_no_module_has_a_name_that_says_nothing():
    named = [place(each) for each in files(".py", ".html", ".yaml") if each.stem.lstrip("_") in HOMELESS]

    assert [name for name in named if not name.endswith(("templates/base.html", "layouts/base.html"))] == []


def test_no_file_names_a_place_on_one_machine_or_a_package_registry():
    found = [
        f"{place(each)}: {line.strip()[:100]}"
        for each in files()
        if place(each) != HERE
        for line in told(each).splitlines()
        if MACHINE.search(line) or any(word in line for word in chain(HOSTS, SECRETS))
    ]

    assert found == []


@pytest.mark.parametrize("line", ["see /work/notes", "cd '/root/x'", "in /home/rosa/x", "=/tmp/x"])
def test_a_place_on_one_machine_is_known_when_seen(line):
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", ["/safe/work/place", "https://example.ca/work/", "{{ base }}/work/", "tests/tmp/x"])
def test_a_longer_path_is_not_mistaken_for_one(line):
    assert not MACHINE.search(line)


def test_no_file_is_too_big_to_be_looked_at():
    big = [place(each) for each in files() if each.stat().st_size > 400_000]

    assert big == []


def test_the_mirror():
    """Lengths are told, not enforced: a long file is usually two nouns."""
    lengths = [(len(told(each).splitlines()), place(each)) for each in files(".py") if "migrations" not in place(each)]
    long = [f"{name}: {n}" for n, name in sorted(lengths, reverse=True) if n > (400 if "tests/" in name else 300)]

    if long:
        warnings.warn(f"longer than is comfortable to read: {', '.join(long)}", stacklevel=1)
    assert lengths
