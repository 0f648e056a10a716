"""Every setting, command and recipe is written down, and nothing is written down that is not there."""

import re

from secor.cli import entry, site
from tracked import ROOT, files, told

SETTINGS = (ROOT / "docs/operate/settings.md").read_text()
COMMANDS = (ROOT / "docs/commands.md").read_text()
READ = re.compile(r"""(?:_env|_flag|environ\.get|environ\.setdefault)\(\s*["'](SECOR_\w+)""")


def test_every_setting_that_is_read_is_documented_and_no_other():
    code = [each for each in files(".py") if ROOT / "tests" not in each.parents and ROOT / "bench" not in each.parents]
    read = {name for each in code for name in READ.findall(told(each))}

    assert "SECOR_DATA" in read
    assert set(re.findall(r"^\| `(SECOR_\w+)`", SETTINGS, re.MULTILINE)) == read


def test_every_command_is_documented_and_no_other():
    ours = {name for name in site.OURS if (ROOT / f"src/secor/cli/{name}.py").exists()}

    assert set(re.findall(r"^## `secor (\w+)`", COMMANDS, re.MULTILINE)) == ours | set(entry.RULES)


def test_every_recipe_of_make_has_its_sentence():
    text = (ROOT / "Makefile").read_text()
    recipes = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())

    assert recipes == set(re.findall(r"^([a-z-]+):.*## \w.{8,}$", text, re.MULTILINE))


def test_the_readme_begins_with_the_commands_that_work_on_a_bare_machine():
    text = (ROOT / "README.md").read_text()

    assert all(f"make {wish}" in text for wish in ("serve", "test", "bench"))


def test_no_page_of_the_documentation_leads_to_a_file_that_is_not_there():
    missing = [
        f"{each.relative_to(ROOT)} -> {goal}"
        for each in files(".md")
        for goal in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", told(each))
        if not (each.parent / goal).exists()
    ]

    assert missing == []
