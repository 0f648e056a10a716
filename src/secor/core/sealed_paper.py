"""A signed certificate's PDF, looked at without its issuer: whether a byte was changed, and what it holds.

The signature of the paper tells that nothing was changed since it was made. Who made it, only the credential inside
tells for certain: its key is looked up at its issuer, while a paper's certificate may be anybody's own.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from secor.core.proof import Forged

ATTACHED = "credential.json"
LARGEST = 1_000_000  # a credential has two kilobytes


@dataclass(frozen=True, slots=True)
class Paper:
    """What a PDF holds. ``whole``: it is signed, to the last byte, and nothing was changed since."""

    whole: bool
    signed_by: str
    credential: dict[str, Any]


def open_paper(pdf: bytes) -> Paper:
    """Look at a certificate's PDF. Refuses (``Forged``) what is no PDF, and one that holds no credential."""
    credential = _credential(pdf)
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return Paper(whole=False, signed_by="", credential=credential)
        # Its own certificate stands for itself, and nothing is fetched: asked is only whether the bytes are those that
        # were signed, not by whom.
        itself = ValidationContext(trust_roots=[signatures[0].signer_cert], allow_fetching=False)
        found = validate_pdf_signature(signatures[0], signer_validation_context=itself)
        to_the_end = found.coverage is SignatureCoverageLevel.ENTIRE_FILE
        whole = bool(found.intact and found.valid and to_the_end and found.docmdp_ok)
        return Paper(whole, str(signatures[0].signer_cert.subject.native.get("common_name", "")), credential)
    except Exception:  # noqa: BLE001 - a spoiled file fails in many ways, and each of them means the same
        return Paper(whole=False, signed_by="", credential=credential)


def _credential(pdf: bytes) -> dict[str, Any]:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if ATTACHED not in opened.attachments:
                raise Forged("The paper holds no credential, so it cannot be checked by itself. Check its number.")
            raw = opened.attachments[ATTACHED].get_file().read_bytes()
    except pikepdf.PdfError as no:
        raise Forged("This is not a PDF that can be read.") from no
    try:
        told = json.loads(raw[:LARGEST])
    except ValueError as no:
        raise Forged("The credential in the paper cannot be read.") from no
    if not isinstance(told, dict):
        raise Forged("The credential in the paper cannot be read.")
    return told
