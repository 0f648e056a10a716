"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
application = get_wsgi_application()

if os.environ.get("SECOR_LETTERS") == "here":
    from secor.config.letters import start

    start()
