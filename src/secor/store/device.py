"""A device that keeps private keys and signs with them (PKCS #11). Nothing of a key ever leaves it.

Which one, and how it is opened, is told by ``SECOR_PKCS11_MODULE``, ``SECOR_PKCS11_TOKEN`` and ``SECOR_PKCS11_PIN``. A
key is found there by its label, which is its public half as ``z6Mk…``.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings

from secor.core.key import HALF, PublicKey

if TYPE_CHECKING:
    import pkcs11

Given = TypeVar("Given")
ED25519 = "1.3.101.112"  # RFC 8410
_held = threading.Lock()
_open: list[pkcs11.Session] = []


class DeviceTrouble(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """The device is not there, does not open, or does not do what was asked. Its text says which."""


def known() -> bool:
    """Tell whether this site has a device at all."""
    return bool(settings.PKCS11_MODULE)


def holds(public: str) -> bool:
    """Tell whether the device has the private half of that key. Refuses (``DeviceTrouble``) one that does not open."""
    return known() and bool(_done(lambda session: _private(session, public) is not None))


def sign(public: str, data: bytes) -> bytes:
    """Sign bytes inside the device: 64 bytes. Refuses (``DeviceTrouble``) where the key is not there."""

    def signed(session: pkcs11.Session) -> bytes:
        from pkcs11 import Mechanism  # noqa: PLC0415 - an extra: most sites have no device

        key = _private(session, public)
        if key is None:
            raise DeviceTrouble(f"The device does not have the key {public}.")
        return bytes(key.sign(data, mechanism=Mechanism.EDDSA))

    return _done(signed)


def make() -> PublicKey:
    """Make an Ed25519 key inside the device, which nobody can take out again, and give its public half."""

    def made(session: pkcs11.Session) -> PublicKey:
        from pkcs11 import Attribute, KeyType, Mechanism  # noqa: PLC0415 - an extra: most sites have no device
        from pkcs11.util.ec import encode_named_curve_parameters  # noqa: PLC0415 - the same

        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(ED25519)}
        parameters = session.create_domain_parameters(KeyType.EC_EDWARDS, curve, local=True)
        seen, hidden = parameters.generate_keypair(
            mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
            store=True,
            label="secor, being made",
            private_template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
        )
        # A point is an octet string of 32 bytes (PKCS #11 3.1, section 6.3.5); some devices give the bytes alone.
        public = PublicKey(bytes(seen[Attribute.EC_POINT])[-HALF:])
        seen[Attribute.LABEL] = hidden[Attribute.LABEL] = public.multibase
        return public

    return _done(made)


def shut() -> None:
    """Log out of the device. The next act opens it again."""
    with _held:
        _shut()


def _shut() -> None:
    while _open:
        with contextlib.suppress(Exception):  # a device that went away cannot be said goodbye to
            _open.pop().close()


def _private(session: pkcs11.Session, public: str) -> Any:
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 - an extra: most sites have no device

    found = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: public})
    return next(iter(list(found)), None)


def _done(work: Callable[[pkcs11.Session], Given]) -> Given:
    """Do something in the one session there is. A device that went away and came back is opened anew, once."""
    if not known():
        raise DeviceTrouble("This site has no device: SECOR_PKCS11_MODULE is not set.")
    try:
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 - an extra: most sites have no device
    except ImportError as no:
        raise DeviceTrouble("The part that talks to devices is not installed: pip install 'secor[pkcs11]'.") from no
    with _held:
        for left in (1, 0):
            try:
                return work(_session())
            except PKCS11Error as no:
                _shut()
                if not left:
                    told = " ".join(filter(None, (type(no).__name__, str(no))))
                    raise DeviceTrouble(f"The device does not do what was asked ({told}).") from no
    raise AssertionError("the second try gives or raises")


def _session() -> pkcs11.Session:
    if not _open:
        import pkcs11  # noqa: PLC0415 - an extra: most sites have no device

        try:
            device = pkcs11.lib(settings.PKCS11_MODULE)
        except (RuntimeError, OSError) as no:
            raise DeviceTrouble(f"SECOR_PKCS11_MODULE, {settings.PKCS11_MODULE}, cannot be loaded.") from no
        token = device.get_token(token_label=settings.PKCS11_TOKEN)
        _open.append(token.open(rw=True, user_pin=settings.PKCS11_PIN))
    return _open[0]
