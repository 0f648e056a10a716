"""A passkey, made and used in a real browser: what a phone's fingerprint or a security key does is done by Chromium."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from cast import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY_IN_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_once_and_opens_the_site_without_a_password(browser):
    there = cast()
    there.rosa.set_password("a long enough password")
    there.rosa.save()
    EmailAddress.objects.create(user=there.rosa, email=there.rosa.email, verified=True, primary=True)
    page = browser.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_DEVICE})

    browser.open("/accounts/login/")
    page.get_by_label("E-mail address").fill(there.rosa.email)
    page.get_by_label("Password", exact=True).fill("a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/employer/**")
    browser.open("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill("a long enough password")
    page.get_by_role("button", name="Go on").click()
    browser.shot("passkey-add")
    page.get_by_label("Let it sign me in without a password").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: not url.endswith("/webauthn/add/"))
    browser.shot("passkey-added")

    assert Authenticator.objects.filter(user=there.rosa, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.context.clear_cookies()
    browser.open("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/employer/**")
    assert there.roofing.legal_name in browser.said()
