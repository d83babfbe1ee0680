"""How far two pictures are apart for an eye."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

#: Side of the squares whose mean colour is compared, pixels: about a letter of a page at 80 dpi.
BLOCK = 8


def lab(png: bytes) -> NDArray[np.float64]:
    """Return the mean colours of the blocks of a picture in CIELAB (D65), rows × columns × 3."""
    rgb = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.float64) / 255
    high, wide = (size // BLOCK * BLOCK for size in rgb.shape[:2])
    # Light is averaged as light, not as its code in sRGB (IEC 61966-2-1).
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    blocks = linear[:high, :wide].reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK, 3)
    to_xyz = np.array([
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ])  # fmt: skip
    xyz = blocks.mean(axis=(1, 3)) @ to_xyz.T / to_xyz.sum(axis=1)
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def apart(one: bytes, other: bytes) -> tuple[float, float]:
    """Return the mean ΔE*ab (CIE 1976) over all blocks, and the share of blocks beyond 10.

    A ΔE of 2.3 is just noticed (Mahy, Van Eycken & Oosterlinck 1994); 10 is another colour, or a
    word where there was none.
    """
    first, second = lab(one), lab(other)
    assert first.shape == second.shape, "the pictures differ in size"
    delta = np.linalg.norm(first - second, axis=-1)
    return float(delta.mean()), float((delta > 10).mean())
