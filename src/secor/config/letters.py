"""The embedded site's postmen: one thread for letters and one for webhooks, beside the pages."""

from __future__ import annotations

import threading

from secor.post import sender, webhooks
from secor.web import clock

_stop = threading.Event()


def start() -> None:
    """Begin to write and send letters, and to tell programs, in threads that end with the process."""
    for round_ in (sender.run_forever, webhooks.run_forever):
        threading.Thread(target=round_, kwargs={"now": clock.now, "stop": _stop}, daemon=True).start()
