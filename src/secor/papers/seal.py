"""A paper signed to the last byte: PAdES, as PDF readers check it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from asn1crypto import keys, x509
from cryptography import x509 as pem
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Seal"


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs papers: a private key (PKCS #8, DER) and its certificate (PEM)."""

    pkcs8: bytes = field(repr=False)
    certificate: str


def sealed(paper: bytes, *, seal: Seal, reason: str) -> bytes:
    """Add a signature over the whole of a PDF: no change to it is allowed from now on. What was there stays as it was.

    The signature bears the machine's own moment, also where a demonstration has moved its day.
    """
    told = pem.load_pem_x509_certificate(seal.certificate.encode()).public_bytes(Encoding.DER)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(told),
        signing_key=keys.PrivateKeyInfo.load(seal.pkcs8),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # its own package tells no types
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    signed = io.BytesIO()
    sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), about, signer=signer, output=signed)
    return signed.getvalue()
