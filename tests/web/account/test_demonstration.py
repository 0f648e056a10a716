"""The demonstration's open doors are shut everywhere else."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.core.cache import cache
from django.urls import reverse

from secor.store.models import DemonstrationDay, Partner, Person, Role

SIGN_IN = "account:demonstration_sign_in"


@pytest.fixture
def noor(db):
    return Person.objects.create_user("noor@demonstration.example", None, name="Noor Haddad")


@pytest.fixture
def pat(db):
    cache.clear()  # a code is good once, and the cache remembers it from test to test
    pat = Person.objects.create_user("pat@demonstration.example", None, name="Pat Cardinal")
    partner = Partner.objects.create(key="asc", name="Alberta Safety Council", acronym="ASC")
    Role.objects.create(person=pat, kind="decision_maker", partner=partner, from_on=date(2020, 1, 1))
    Authenticator.objects.create(user=pat, type="totp", data={"secret": encrypt("JBSWY3DPEHPK3PXP" * 2)})
    return pat


def test_one_press_signs_in_a_person_of_the_demonstration(client, settings, noor):
    settings.DEMONSTRATION = True

    answer = client.post(reverse(SIGN_IN), {"code": noor.email})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(noor.pk)


def test_nobody_is_signed_in_so_on_a_real_site(client, settings, noor):
    settings.DEMONSTRATION = False

    answer = client.post(reverse(SIGN_IN), {"code": noor.email})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["real@example.ca", "", "NOOR@demonstration.example", "x@demonstration.example.ca"])
def test_only_the_demonstrations_own_people_can_be_had_for_one_press(client, settings, noor, email):
    settings.DEMONSTRATION = True
    Person.objects.create_user("real@example.ca", None)
    Person.objects.create_user("x@demonstration.example.ca", None)

    assert client.post(reverse(SIGN_IN), {"code": email}).status_code == 404


def test_a_look_at_the_address_signs_nobody_in(client, settings, noor):
    settings.DEMONSTRATION = True

    assert client.get(reverse(SIGN_IN), {"code": noor.email}).status_code == 404


def test_the_sign_in_page_names_the_people_only_in_the_demonstration(client, settings, noor):
    settings.DEMONSTRATION = True
    assert "Noor Haddad" in client.get(reverse("account_login")).content.decode()

    settings.DEMONSTRATION = False
    assert "Noor Haddad" not in client.get(reverse("account_login")).content.decode()


def test_the_code_on_the_page_is_the_code_that_opens_the_second_door(client, settings, pat):
    settings.DEMONSTRATION = True
    client.post(reverse(SIGN_IN), {"code": pat.email})
    asked = client.get(reverse("account:second_factor"))
    code = asked.content.decode().split('big-code">')[1][:6]

    answer = client.post(f"{reverse('mfa_reauthenticate')}?next={reverse('account:second_factor')}", {"code": code})

    assert answer.status_code == 302
    session = client.session
    session["after_second_factor"] = "/six-steps/"
    session.save()
    assert client.get(reverse("account:second_factor")).headers["Location"] == "/six-steps/"


def test_no_code_is_shown_on_a_real_site(client, settings, pat):
    settings.DEMONSTRATION = False
    client.force_login(pat)

    assert "big-code" not in client.get(reverse("account:second_factor")).content.decode()


def test_the_way_on_never_leads_to_another_site(client, settings, pat):
    settings.DEMONSTRATION = True
    client.post(reverse(SIGN_IN), {"code": pat.email})
    code = client.get(reverse("account:second_factor")).content.decode().split('big-code">')[1][:6]
    client.post(reverse("mfa_reauthenticate"), {"code": code})
    session = client.session
    session["after_second_factor"] = "https://elsewhere.example/"
    session.save()

    assert client.get(reverse("account:second_factor")).headers["Location"] == reverse("account:desk")


@pytest.mark.parametrize(("by", "days"), [("day", 1), ("week", 7)])
def test_the_day_moves_by_what_was_pressed(client, settings, db, by, days):
    settings.DEMONSTRATION = True

    client.post(reverse("public:move_day"), {"by": by, "back_to": "/six-steps/"})
    answer = client.post(reverse("public:move_day"), {"by": by, "back_to": "/six-steps/"})

    assert answer.headers["Location"] == "/six-steps/"
    assert DemonstrationDay.objects.get().days_ahead == 2 * days


def test_the_day_of_a_real_site_cannot_be_moved(client, settings, db):
    settings.DEMONSTRATION = False

    assert client.post(reverse("public:move_day"), {"by": "day"}).status_code == 404
    assert not DemonstrationDay.objects.exists()


@pytest.mark.parametrize("by", ["", "year", "-1", "DAY"])
def test_a_stride_nobody_offered_moves_nothing(client, settings, db, by):
    settings.DEMONSTRATION = True

    assert client.post(reverse("public:move_day"), {"by": by}).status_code == 404
    assert not DemonstrationDay.objects.exists()


def test_where_nothing_falls_due_the_page_says_so_and_the_day_stays(client, settings, db):
    settings.DEMONSTRATION = True

    page = client.post(reverse("public:move_day"), {"by": "due"}, follow=True).content.decode()

    assert "Nothing falls due after today" in page
    assert not DemonstrationDay.objects.exists()


def test_moving_the_day_never_leads_to_another_site(client, settings, db):
    settings.DEMONSTRATION = True

    answer = client.post(reverse("public:move_day"), {"by": "day", "back_to": "//elsewhere.example/"})

    assert answer.headers["Location"] == reverse("public:home")
