"""Who a session belongs to, asked at every page's door."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from secor.queries import people
from secor.queries.people import Person


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library carries no types
    """Signs in as the library does; finds whoever is signed in by one prepared question."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of that key, unless their account was closed."""
        person = people.person(int(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None
