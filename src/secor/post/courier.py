"""Carries one message to an address on the internet that somebody typed, and into no network that is not the internet.

The name is looked up once, every address it gives is looked at, and the one that was looked at is the one connected to:
a name that answers something else a moment later leads nowhere else. No redirect is followed, no proxy is asked.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from secor.core.webhook import Network, Target, allowed

SECONDS = 10
ALTOGETHER = 20
AGENT = "secor-webhook/1"
TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try: the answer's number, where there was one, and what was the matter, where something was."""

    number: int | None
    trouble: str = ""


def carry(
    target: Target,
    body: str,
    *,
    headers: Mapping[str, str],
    within: Collection[Network] = (),
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Post ``body`` as JSON. Gives up after ten seconds without a sign, and after twenty altogether.

    ``within`` are networks of one's own that may be reached, too. Never raises for what the other side does.
    """
    try:
        address = _address(target, within)
    except (OSError, UnicodeError):  # a name that no name server would take, such as one with two dots in a row
        return Answer(None, "The name of the address is not known on the internet.")
    if address is None:
        return Answer(None, "The address leads into a private network, where we send nothing.")
    line = _Line(target, address, context or ssl.create_default_context())
    late = threading.Timer(ALTOGETHER, line.cut)
    late.start()
    try:
        line.request(
            "POST",
            target.path,
            body.encode(),
            {"Content-Type": "application/json", "User-Agent": AGENT, **headers},
        )
        number = line.getresponse().status
    except ssl.SSLCertVerificationError:
        return Answer(None, "The address cannot show that it is who it says: its TLS certificate is not good.")
    except TimeoutError:
        return Answer(None, f"It did not answer within {SECONDS} seconds.")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, "It could not be reached, or hung up before it answered.")
    finally:
        late.cancel()
        line.close()
    return Answer(number, "" if number in TAKEN else f"It answered {number}. Only 200 to 299 count as taken.")


def _address(target: Target, within: Collection[Network]) -> str | None:
    """One address of that name, where every one of them may be sent to."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(allowed(ipaddress.ip_address(each), within=within) for each in addresses):
        return None
    return addresses[0]


class _Line(http.client.HTTPSConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target, address: str, context: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS, context=context)
        self._address, self._tls = address, context

    def connect(self) -> None:
        """Connect, and let the other side show who it is."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        # Known before the two sides greet each other, so that a greeting which never ends can be cut, too.
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()

    def cut(self) -> None:
        """End it from another thread, whatever it is waiting for."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
