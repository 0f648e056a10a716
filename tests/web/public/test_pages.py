"""Every public page has one main heading, a title, labels, and no inline style or script."""

import re

import pytest
from django.urls import reverse

NAMES = [
    "public:home", "public:about", "public:qualify", "public:savings", "public:steps", "public:questions",
    "public:partners", "public:enquiry", "public:thanks", "public:register", "public:check_form", "account_login",
    "account_signup", "account_reset_password",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole(client, db, name):
    page = client.get(reverse(name)).content.decode()

    assert len(re.findall(r"<h1[\s>]", page)) == 1
    assert re.search(r"<title>[^<]+ . SECOR</title>", page)
    assert 'href="#main"' in page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_its_label(client, db, name):
    page = client.get(reverse(name)).content.decode()
    asked = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', page)

    assert [one for one in asked if f'for="{one}"' not in page] == []


@pytest.mark.parametrize("path", ["/nowhere/", "/v/12345"])
def test_a_page_that_is_not_there_says_what_to_do_next(client, db, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "/register/" in answer.content.decode()
