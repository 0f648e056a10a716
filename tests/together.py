"""Acts that are done at the same moment, each over a connection of its own."""

from __future__ import annotations

import threading

from django.db import connection


def at_once(*acts_to_do):
    """Do each in a thread and a connection of its own; give what came of it, refusals included."""
    start = threading.Barrier(len(acts_to_do))
    outcomes = []

    def do(act) -> None:
        try:
            start.wait()
            outcomes.append(act())
        except Exception as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts_to_do]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
