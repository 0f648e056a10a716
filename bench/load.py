"""A bounded load on loopback: so many clients, so many requests each, keep-alive, every answer looked at.

Runs as a process of its own (``python bench/load.py ORDER``) so that the client's work is not the server's.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlencode


def run(order: dict) -> dict:
    """Send the requests; give seconds, rate, errors, and the 50th and 95th percentile in milliseconds."""
    host, port = "127.0.0.1", order["port"]
    took: list[float] = []
    errors: list[str] = []
    start = threading.Barrier(order["clients"] + 1)

    def client(index: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        mine: list[float] = []
        start.wait()
        for turn in range(order["requests"]):
            method, path, body, headers = _request(order, index, turn)
            began = time.perf_counter()
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status not in order.get("good", [200]):
                    errors.append(f"{answer.status} {text[:200]!r}")
            except Exception as trouble:  # the load goes on; the trouble is counted
                errors.append(repr(trouble))
                connection.close()
            mine.append(time.perf_counter() - began)
        took.extend(mine)
        connection.close()

    threads = [threading.Thread(target=client, args=(index,)) for index in range(order["clients"])]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    took.sort()
    return {
        "seconds": seconds,
        "rate": len(took) / seconds,
        "errors": len(errors),
        "first_error": errors[0] if errors else "",
        "p50_ms": 1000 * took[len(took) // 2],
        "p95_ms": 1000 * took[int(len(took) * 0.95)],
    }


def _request(order: dict, index: int, turn: int) -> tuple[str, str, str | None, dict]:
    variants = order["variants"]
    chosen = variants[(index * order["requests"] + turn) % len(variants)]
    headers = dict(order.get("headers", {}))
    sessions = order.get("sessions") or []
    if sessions:
        headers |= sessions[index % len(sessions)]
    form = chosen.get("form")
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return "POST", chosen["path"], urlencode({**form, "turn": f"{index}-{turn}"}), headers
    return "GET", chosen["path"], None, headers


if __name__ == "__main__":
    print(json.dumps(run(json.loads(sys.stdin.read()))))
