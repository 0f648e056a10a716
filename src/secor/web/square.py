"""Square codes that lead a phone's camera to an address."""

from __future__ import annotations

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def square(address: str, *, title: str) -> SafeString:
    """The square code of an address as inline SVG, black on white whatever the page's colours are.

    ``title`` says what it is to whoever does not see it. Every number in it is an attribute: the page allows no style.
    """
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=True,
        svgclass="square", lineclass=None, nl=False,
    )  # fmt: skip
    svg = drawn.getvalue().decode()
    return format_html('<figure class="square-code" role="img" aria-label="{}">{}</figure>', title, mark_safe(svg))  # noqa: S308 - drawn from an address of our own
