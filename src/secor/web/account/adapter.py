"""How sign-in works here, where it differs from the library's own way."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """E-mail addresses are the only names; there is nothing else to differ in yet."""
