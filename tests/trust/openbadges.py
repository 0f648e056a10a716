"""openbadgeslib, in an environment of its own, looks at what ``material.py`` wrote; one JSON object comes out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier

FOLDER = Path(sys.argv[1])
SHARED = json.loads((FOLDER / "cases.json").read_text())


def given(name: str):
    """Answer the status list's address from the folder, and no other address."""

    def download(address: str) -> bytes:
        if address != SHARED["list"]:
            raise OSError(f"{address} is not in the folder")
        return (FOLDER / name).read_bytes()

    return download


def told(check) -> str:
    """Say whether it was accepted, or why not."""
    try:
        check()
    except (LibOpenBadgesException, ValueError) as no:
        return f"refused: {no}"
    return "accepted"


def document(name: str, listed: str = "list.jwt") -> str:
    """Check the form with a proof, its status included."""
    text = (FOLDER / f"{name}.json").read_text()
    verifier = OB3LdpVerifier.for_issuer_did(SHARED["did"])
    return told(lambda: verifier.verify(text, check_status=True, download=given(listed)))


def token(name: str, listed: str = "list.jwt") -> str:
    """Check the compact form, its status included."""
    text = (FOLDER / f"{name}.jwt").read_text()
    verifier = OB3Verifier.for_issuer_did(SHARED["did"])
    return told(lambda: verifier.verify(text, check_status=True, download=given(listed)))


NAMES = ("good", "ended", "expired", "changed-name", "changed-date", "changed-status", "other-key", "undefined-term")
answers = {name: document(name) for name in NAMES}
answers["good, list-stale"] = document("good", "list-stale.json")
tokens = {name: token(name) for name in ("good", "ended", "changed", "other-key", "alg-none")}
print(json.dumps({"openbadgeslib": answers, "openbadgeslib jwt": tokens}))
