"""The embedded site's postman: one thread beside the pages."""

from __future__ import annotations

import threading

from secor.post import sender
from secor.web import clock

_stop = threading.Event()


def start() -> None:
    """Begin to write and send letters in a thread that ends with the process."""
    threading.Thread(target=sender.run_forever, kwargs={"now": clock.now, "stop": _stop}, daemon=True).start()
