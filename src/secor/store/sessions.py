"""Sessions in the database, as Django keeps them; only the question that every page asks is worked out once."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from secor.store.prepared import Prepared


class SessionStore(DatabaseSessionStore):
    """Reads a session by its key in one prepared question. Everything else is Django's."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Give Django's own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = _SESSION.one(key=self.session_key) if self.session_key else None
        # As Django does: a key that leads nowhere is forgotten, so that a new session never takes a key from outside.
        if row is None or row.expire_date <= timezone.now():  # noqa: TID251 - Django asks so too
            self._session_key = None
            return None
        return row


_SESSION: Prepared[Session] = Prepared(
    lambda key: Session.objects.filter(session_key=key), key="an-example-of-a-session-key"
)
