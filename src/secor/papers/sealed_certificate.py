"""The certificate as it goes out: printed, with its credential inside, and signed where its partner has a key."""

from __future__ import annotations

from secor.papers.certificate import certificate as printed
from secor.papers.certificate_of import paper_of
from secor.papers.seal import Seal, sealed
from secor.queries import credentials, keys, log
from secor.queries.certificates import Certificate


def sealed_certificate(certificate: Certificate, *, site_url: str, specimen: bool) -> bytes:
    """Print a certificate as it was issued, and sign it.

    Without a key, or while signing is stopped, it goes out unsigned: its address on the register still tells all.
    """
    paper = paper_of(certificate, site_url=site_url, specimen=specimen)
    row = credentials.of(certificate)
    proof = log.proof_of(certificate)
    body, way = row.body if row else "", proof.text if proof else ""
    made = printed(paper, at=certificate.issued_at, credential=body, proof=way)
    held = keys.paper_key(certificate.partner)
    if held is None:
        return made
    key, pem = held
    return sealed(made, seal=Seal(key.pkcs8, pem), reason=f"Certificate {certificate.number}")
