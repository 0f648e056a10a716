"""The doors of the sign-in library's pages, which cannot declare their own."""

from __future__ import annotations

from typing import Any

from secor.web.door import Door, of, routes_of

# Pages a visitor needs before there is anybody to ask for. All others are for people who signed in.
BEFORE_SIGNING_IN = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_signup_webauthn",
    "mfa_trust",
}


def with_doors(included: Any) -> Any:
    """Declare the doors of the library's pages; a page it adds later is for people who signed in."""
    module = included[0]
    for _, pattern in routes_of(module.urlpatterns):
        if of(pattern.callback) is None:
            declared = Door(public=pattern.name in BEFORE_SIGNING_IN)
            pattern.callback.door = declared  # type: ignore[attr-defined]
    return included
