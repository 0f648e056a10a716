"""Words that every template knows."""

from __future__ import annotations

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The key that makes a form sent twice one act. Belongs in every form that writes."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))
