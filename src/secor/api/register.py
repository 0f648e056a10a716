"""The register as JSON: look up a certificate by its number."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def about(request: HttpRequest) -> JsonResponse:
    """Tell what can be asked here."""
    return JsonResponse({"certificates": request.build_absolute_uri("/api/v1/certificates/") + "{number}"})
