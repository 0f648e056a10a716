"""Keys that sign papers: ECDSA on P-256, with the X.509 certificate that PDF readers look for.

Not Ed25519, as everywhere else: the readers people have (poppler's among them, with NSS) do not check it in a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from secor.core.key import HALF, NotAKey, base58, unbase58

# multicodec p256-priv (0x1306) and p256-pub (0x1200) as varints, for the same spelling as the other keys.
P256_PRIV, P256_PUB = b"\x86\x26", b"\x80\x24"
YEARS = timedelta(days=3653)
LONGEST_NAME = 64  # of a common name, X.520
LIMIT = 100


@dataclass(frozen=True, slots=True)
class PaperKey:
    """The private half: a number of 32 bytes. Printing it tells nothing."""

    raw: bytes = field(repr=False)

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """The key, as the cryptography package signs with it. Refuses a number that is none (``NotAKey``)."""
        try:
            return ec.derive_private_key(int.from_bytes(self.raw, "big"), ec.SECP256R1())
        except ValueError as no:
            raise NotAKey("This number is no private key.") from no

    @property
    def public(self) -> str:
        """The other half, ``zDn…``."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
        )
        return "z" + base58(P256_PUB + point)

    @property
    def multibase(self) -> str:
        """The private half as it is written down, ``z42…``. For the place it is kept in, and nowhere else."""
        return "z" + base58(P256_PRIV + self.raw)

    @property
    def pkcs8(self) -> bytes:
        """The private half as programs that sign PDFs take it, in DER."""
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def a_paper_key() -> PaperKey:
    """Make a new one."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return PaperKey(number.to_bytes(HALF, "big"))


def read_paper_key(text: str) -> PaperKey:
    """Read a private half from ``z42…``. Refuses every other text (``NotAKey``) without repeating it."""
    told = text.strip()
    raw = unbase58(told[1:]) if told.startswith("z") and len(told) < LIMIT else b""
    if not raw.startswith(P256_PRIV) or len(raw) != len(P256_PRIV) + HALF:
        raise NotAKey("A key for papers is written z42…, in one line; this text is not.")
    return PaperKey(raw[len(P256_PRIV) :])


def self_signed(key: PaperKey, *, name: str, at: datetime) -> str:
    """Make the certificate of a key, signed by itself, in PEM: good for ten years from ``at``.

    It tells that papers are signed by one key, and not whose that is: who the partner is, the register tells.
    """
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME])])
    only_signing = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + YEARS)
        .add_extension(only_signing, critical=True)
        .sign(key.key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()
