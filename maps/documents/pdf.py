"""A brief as PDF: vector pictures, embedded fonts, text that can be selected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from geo.briefing.records import Brief
from geo.briefing.templates import Brand
from geo.i18n import language
from maps.cartography import mark_named
from maps.documents.logo import logo_of
from maps.documents.pictures import Gallery
from maps.documents.plain import as_data, pictures
from maps.documents.typesetting import typeset

_SOURCE = Path(__file__).with_name("brief.typ")
_LONG = re.compile(r"[^\s\-\u2013\u2014/]{40,}")
_PIECE = re.compile(r".{8}")
#: Room for a logo.
_LOGO_MM = (55.0, 16.0)
PAPERS = {"a4-portrait": ("a4", False), "a4-landscape": ("a4", True), "a3-landscape": ("a3", True)}


def pdf(brief: Brief, gallery: Gallery, brand: Brand, sheet: str = "a4-portrait") -> bytes:
    """Return a brief as PDF; the same brief gives the same bytes.

    Parameters
    ----------
    brief
        What to write.
    gallery
        Its pictures.
    brand
        Whose it is.
    sheet
        One of `PAPERS`.
    """
    return _typeset(brief, gallery, brand, sheet)[0]


def pages(
    brief: Brief, gallery: Gallery, brand: Brand, sheet: str = "a4-portrait", *, ppi: float = 110
) -> list[bytes]:
    """Return the pages of the PDF as PNG, to be looked at before it is taken."""
    return _typeset(brief, gallery, brand, sheet, form="png", ppi=ppi)


def _typeset(
    brief: Brief, gallery: Gallery, brand: Brand, sheet: str, **options: Any
) -> list[bytes]:
    files = {}
    names = {}
    for number, picture in enumerate(pictures(brief)):
        names[id(picture)] = f"picture-{number}.svg"
        files[names[id(picture)]] = gallery.svg(picture, letters=False).encode()
    logo = logo_of(brand)
    wide, tall = (0.0, 0.0) if logo is None else logo.within(*_LOGO_MM)
    if logo is not None:
        files[logo.name] = logo.data
    paper, flipped = PAPERS[sheet]
    mark = mark_named(brief.mark)
    data = as_data(brief, names) | {
        "accent": brand.accent,
        "organisation": brand.name,
        "logo": "" if logo is None else logo.name,
        "logo_mm": [wide, tall],
        "lang": language().partition("-")[0],
        "mark_ink": "#FFFFFF" if mark is None or mark.ground != "#000000" else mark.ink,
        "paper": paper,
        "flipped": flipped,
    }
    return typeset(_SOURCE.read_text("utf-8"), _breakable(data), files, **options)


def _breakable(data: Any) -> Any:
    """Return the same with places to break in words that are longer than any is.

    Typst breaks no word by itself; such a one would run over its cell, its page and the mark.
    """
    if isinstance(data, dict):
        return {key: _breakable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_breakable(value) for value in data]
    if not isinstance(data, str):
        return data
    return _LONG.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), data)
