"""A certificate as linked data in the words of schema.org, for searching programs: told in the page itself."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from secor.queries.register import Told

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def linked(told: Told) -> SafeString:
    """The statements as JSON-LD that may stand inside a page: no sign in it can end the element it stands in."""
    text = json.dumps(_statements(told), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - what could end the element was taken out above


def _statements(told: Told) -> dict[str, Any]:
    listing = told.listing
    employer: dict[str, Any] = {"@type": "Organization", "name": listing.legal_name}
    if listing.trade_name:
        employer["alternateName"] = listing.trade_name
    if listing.city:
        employer["address"] = {"@type": "PostalAddress", "addressLocality": listing.city, "addressCountry": "CA"}
    return {
        "@context": "https://schema.org",
        "@type": "Certification",
        "name": told.title,
        "certificationIdentification": listing.number,
        "certificationStatus": f"https://schema.org/Certification{'Active' if listing.good else 'Inactive'}",
        "issuedBy": {"@type": "Organization", "name": listing.partner},
        "about": employer,
        "validFrom": listing.issued_on.isoformat(),
        **({"expires": listing.term_ends_on.isoformat()} if listing.good and listing.term_ends_on else {}),
        "url": settings.SITE_URL + reverse("public:check", args=[listing.number]),
    }
