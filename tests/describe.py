"""Writes docs/openapi.json anew. `make openapi` runs it; its difference is what changes for programs."""

from __future__ import annotations

import json
import os

import django

from tracked import ROOT

KEPT = ROOT / "docs/openapi.json"


def main() -> None:
    """Write the description down."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")
    django.setup()
    from secor.api import urls
    from secor.api.openapi import description

    told = description(urls.offered, under="/api/")
    KEPT.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
