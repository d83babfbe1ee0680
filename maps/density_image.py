"""A density class image as the PNG that the browser lays over the map."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from geo.hotspots.raster import Classes, ClassImage
from maps.palette import DENSITY_RAMP


@dataclass(frozen=True)
class Density:
    """A density as the map shows it.

    Parameters
    ----------
    image
        Its class image.
    left_out_share
        Share of the events that it leaves out: known by region only, or not placed.
    """

    image: ClassImage
    left_out_share: float

    @property
    def classes(self) -> Classes:
        """Its limits."""
        return self.image.classes


def png(image: ClassImage) -> bytes:
    """Return the class image as a palette PNG; class 0 is transparent."""
    # The densest class keeps the darkest colour however many classes there are.
    ramp = DENSITY_RAMP[len(DENSITY_RAMP) - len(image.classes.breaks_per_km2) :]
    return _palette_png(image.values, ramp)


def _palette_png(values: NDArray[np.uint8], ramp: Sequence[str]) -> bytes:
    # What is transparent has the lowest class's colour too: a browser that scales the image blends
    # across the edge, and black there would draw a dark rim.
    colours = [ImageColor.getrgb(colour)[:3] for colour in (ramp[0], *ramp)]
    picture = Image.fromarray(values, mode=None).convert("P")
    picture.putpalette([part for colour in colours for part in colour])
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", transparency=0, optimize=False)
    return buffer.getvalue()


def data_url(image: ClassImage) -> str:
    """Return the PNG as a ``data:`` address, so that it needs no request."""
    return _url(png(image))


def as_data_url(values: NDArray[np.uint8], ramp: Sequence[str]) -> str:
    """Return codes as a ``data:`` address: 0 is transparent, n has the n-th colour."""
    return _url(_palette_png(values, ramp))


def _url(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
