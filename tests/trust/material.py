"""Write good and spoiled credentials into a folder, for programs that we did not write to accept and to refuse.

Every key is made anew, each case is one file, and ``cases.json`` tells what is to come of it.
"""

from __future__ import annotations

import base64
import copy
import json
import secrets
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from secor.core import credential, proof, status_list, token
from secor.core.key import PrivateKey, signer_of
from secor.queries.contexts import contexts

NOW = datetime.now(UTC).replace(microsecond=0)
ISSUER, STRANGER = PrivateKey(secrets.token_bytes(32)), PrivateKey(secrets.token_bytes(32))
DID = ISSUER.public.did
METHOD = f"{DID}#{ISSUER.public.multibase}"
LIST = "https://register.example/partners/asc/status/1"
GOOD_PLACE, ENDED_PLACE = 94568, 7
FACTS = credential.Facts(
    identity="urn:uuid:1c4f4a46-3a54-4e4e-8f4c-3a1f1b6f6f01",
    number="SECOR-2026-000001-04",
    legal_name="Toiture Éloïse & fils ltée",
    trade_name="Éloïse",
    title="Small Employer Certificate of Recognition",
    scheme_address="https://register.example/what-is-secor/#ab-secor",
    criteria="Its health and safety program was audited and reached the pass mark.",
    issuer=DID,
    partner="Alberta Safety Council",
    from_at=NOW - timedelta(days=200),
    until_at=NOW + timedelta(days=800),
    list_address=LIST,
    list_index=GOOD_PLACE,
)


def signed(document: dict[str, Any], by: PrivateKey = ISSUER) -> dict[str, Any]:
    """A document with a proof that names the issuer's key, whoever made it."""
    return proof.sign(document, signer=signer_of(by), method=METHOD, at=NOW, contexts=contexts())


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The good credential with something changed after it was signed."""
    whole = copy.deepcopy(signed(credential.compose(FACTS)))
    change(whole)
    return whole


def tokens() -> dict[str, str]:
    """The compact form, good and spoiled."""
    good = token.sign(credential.compose(FACTS), signer=signer_of(ISSUER), method=METHOD)
    head, _, tail = good.split(".")
    other = _coded({**credential.compose(FACTS), "name": "Another"})
    none = _coded({"alg": "none", "typ": "vc+jwt", "kid": METHOD, "iss": DID})
    return {
        "good": good,
        "ended": token.sign(
            credential.compose(replace(FACTS, list_index=ENDED_PLACE)), signer=signer_of(ISSUER), method=METHOD
        ),
        "changed": f"{head}.{other}.{tail}",
        "other-key": token.sign(credential.compose(FACTS), signer=signer_of(STRANGER), method=METHOD),
        "alg-none": f"{none}.{good.split('.')[1]}.",
    }


def documents() -> dict[str, dict[str, Any]]:
    """The form with a proof, good and spoiled."""
    return {
        "good": signed(credential.compose(FACTS)),
        "ended": signed(credential.compose(replace(FACTS, list_index=ENDED_PLACE))),
        "expired": signed(credential.compose(replace(FACTS, until_at=NOW - timedelta(days=1)))),
        "changed-name": changed(
            lambda whole: whole["credentialSubject"]["identifier"][0].update(identityHash="Another")
        ),
        "changed-date": changed(lambda whole: whole.update(validUntil=proof.moment(NOW + timedelta(days=9000)))),
        "changed-status": changed(lambda whole: whole["credentialStatus"].update(statusListIndex="8")),
        "other-key": signed(credential.compose(FACTS), by=STRANGER),
        "undefined-term": changed(lambda whole: whole.update(shoeSize="42")),
    }


def lists() -> dict[str, dict[str, Any]]:
    """The status list, good, stale and forged: the forged one says that nothing ended."""
    good = status_list.compose(address=LIST, issuer=DID, ended=[ENDED_PLACE], at=NOW)
    clean = status_list.compose(address=LIST, issuer=DID, ended=[], at=NOW)
    forged = {**signed(good), "credentialSubject": clean["credentialSubject"]}
    stale = status_list.compose(address=LIST, issuer=DID, ended=[ENDED_PLACE], at=NOW - timedelta(days=8))
    return {
        "list": signed(good),
        "list-forged": forged,
        "list-by-another": signed(clean, by=STRANGER),
        "list-stale": signed(stale),
    }


def main(folder: str) -> None:
    """Write every case, and what all of them share."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for name, document in {**documents(), **lists()}.items():
        (root / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False))
    for name, text in tokens().items():
        (root / f"{name}.jwt").write_text(text)
    told = status_list.compose(address=LIST, issuer=DID, ended=[ENDED_PLACE], at=NOW)
    (root / "list.jwt").write_text(token.sign(told, signer=signer_of(ISSUER), method=METHOD))
    shared = {"did": DID, "method": METHOD, "jwk": ISSUER.public.jwk, "multibase": ISSUER.public.multibase}
    (root / "cases.json").write_text(json.dumps({**shared, "list": LIST, "contexts": dict(contexts())}))


def _coded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


if __name__ == "__main__":
    main(sys.argv[1])
