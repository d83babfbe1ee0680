"""An organisation's logo, as each format takes it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from geo.briefing.templates import Brand
from maps.documents.typesetting import rasterized


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo.

    Parameters
    ----------
    name
        What its file is called in a document.
    data
        As it is: PNG or SVG.
    media_type
        Of the data.
    png
        The same as PNG, for formats that take no other.
    aspect
        Its width to its height.
    """

    name: str
    data: bytes
    media_type: str
    png: bytes
    aspect: float

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest size that it has within a box."""
        scale = min(width / self.aspect, height)
        return scale * self.aspect, scale


def logo_of(brand: Brand) -> Logo | None:
    """Return a brand's logo, ``None`` without one."""
    if brand.logo is None:
        return None
    data = brand.logo.read_bytes()
    drawn = brand.logo.suffix.lower() == ".svg"
    png = rasterized(data.decode()) if drawn else data
    wide, tall = Image.open(io.BytesIO(png)).size
    kind = ("logo.svg", "image/svg+xml") if drawn else ("logo.png", "image/png")
    return Logo(kind[0], data, kind[1], png, wide / tall)
