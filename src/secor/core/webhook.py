"""A webhook: the address of somebody's program that is told of changes, as Standard Webhooks 1.0.0 has it.

Each message carries three headers: its number, the moment of this try, and signatures over number, moment and body
with a secret that only the two sides know. The address is a stranger's word, so where it leads is looked at before
anything is sent: never into a network that is not the internet.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

MARK = "whsec_"
VERSION = "v1"
LONGEST = 500
HTTPS = 443
# Below it stand the doors of mail, databases and the like, which are no business of a webhook.
FIRST_FREE_PORT = 1024
LAST_PORT = 65535
# How long an address that failed is left alone, by how often it failed in a row: about three days in all.
PAUSES = (
    *(timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20)),
    timedelta(hours=20),
)
# Addresses of the newer kind that carry one of the older kind inside, which may be a private one.
_CARRIERS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotAnAddress(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """What was given is no address that messages may be sent to. Its text is for the person."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where messages go: a name, a door, and the rest of the address."""

    host: str
    port: int
    path: str


def read_target(url: str) -> Target:
    """Read the address of a webhook.

    Refuses (``NotAnAddress``) what is not https, names a person or a password, has a part that is never sent (``#``),
    or a door under 1024 that is not 443.
    """
    if len(url) > LONGEST or any(sign.isspace() or not sign.isprintable() or ord(sign) > ord("~") for sign in url):
        raise NotAnAddress(f"The address has a space or a sign that no address has, or is longer than {LONGEST} signs.")
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS
    except ValueError as no:
        raise NotAnAddress("This is not an address. It looks like https://example.com/secor.") from no
    if parts.scheme != "https" or not parts.hostname:
        raise NotAnAddress("The address must begin with https:// and a name, so that nobody on the way reads along.")
    if parts.username is not None or parts.password is not None:
        raise NotAnAddress("Take the name and the password out of the address. Each message is signed instead.")
    if parts.fragment or url.endswith("#"):
        raise NotAnAddress("Take out what follows #: it is never sent.")
    if port != HTTPS and not FIRST_FREE_PORT <= port <= LAST_PORT:
        raise NotAnAddress(f"Use port {HTTPS}, or one from {FIRST_FREE_PORT} on.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname, port, path)


def allowed(address: Address, *, within: Collection[Network] = ()) -> bool:
    """Tell whether messages may go to this address: one of the open internet, or of the networks named ``within``."""
    if any(address in network for network in within if network.version == address.version):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return allowed(address.ipv4_mapped, within=within)
        if any(address in network for network in _CARRIERS) or address.scope_id:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def secret_written(secret: bytes) -> str:
    """A secret as programs keep it."""
    return MARK + base64.b64encode(secret).decode()


def signature(body: str, *, number: str, at: datetime, secret: bytes) -> str:
    """One signature, over the message's number, the moment in whole seconds, and its body."""
    signed = f"{number}.{int(at.timestamp())}.{body}".encode()
    return f"{VERSION}," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def headers(body: str, *, number: str, at: datetime, secrets: Sequence[bytes]) -> dict[str, str]:
    """What stands above a message. Each secret in force signs, so that one can be changed without losing a message."""
    return {
        "webhook-id": number,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signature(body, number=number, at=at, secret=secret) for secret in secrets),
    }


def again_at(at: datetime, *, failures: int) -> datetime | None:
    """When an address that failed so often in a row, at ``at`` last, is tried again; None: never."""
    return at + PAUSES[failures - 1] if failures <= len(PAUSES) else None
