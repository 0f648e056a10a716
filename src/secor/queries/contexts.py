"""The words that credentials are written in: two published contexts, shipped with us and pinned to the byte."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from secor.core.credential import OPEN_BADGES
from secor.core.proof import Contexts
from secor.core.status_list import V2
from secor.queries.library import folder

# library/contexts/README.md tells where each came from.
PINNED = {
    V2: ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    OPEN_BADGES: ("open-badges-3.0.3.json", "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"),
}


class Changed(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """A shipped context is not the one that was pinned: what credentials mean would have moved."""


@lru_cache(maxsize=1)
def contexts() -> Contexts:
    """Each context under its address. Refuses (``Changed``) one whose bytes are not the pinned ones."""
    return {address: _read(name, digest) for address, (name, digest) in PINNED.items()}


def _read(name: str, digest: str) -> dict[str, Any]:
    raw = (folder() / "contexts" / name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise Changed(f"{name} is not the context that was pinned. Bring it back from a release.")
    found: dict[str, Any] = json.loads(raw)
    return found
