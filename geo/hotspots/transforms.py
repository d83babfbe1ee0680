"""Convolution on the grid by real Fourier transforms.

A radial kernel and its moments are even or odd along each axis.  Their transforms are then real (or
imaginary) and follow from one quarter of the kernel by cosine and sine transforms (Martucci 1994,
*IEEE Trans. Signal Processing* 42): a quarter of the work, and of the memory.
"""

from __future__ import annotations

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from geo.hotspots.threads import WORKERS

Floats = NDArray[np.float64]
Spectrum = NDArray[np.complex128]


def padded_shape(size: tuple[int, ...], reach: int) -> tuple[int, int]:
    """Return even, fast sizes with room for a kernel that reaches ``reach`` cells.

    Room on one side is enough: what wraps around lands in the padding.
    """
    rows, columns = (_fast_even(max(cells + reach, 2 * reach + 2)) for cells in size)
    return rows, columns


def _fast_even(least: int) -> int:
    found = int(scipy.fft.next_fast_len(least, real=True))
    while found % 2:
        found = int(scipy.fft.next_fast_len(found + 1, real=True))
    return found


def _along(values: Floats, size: int, axis: int, *, odd: bool) -> Floats:
    half = size // 2
    if not odd:
        return np.asarray(scipy.fft.dct(values, type=1, n=half + 1, axis=axis, workers=WORKERS))
    # An odd kernel is 0 at offset 0 and where it wraps around, and so is its transform.
    inner = np.delete(values, 0, axis=axis)
    shape = list(values.shape)
    shape[axis] = half + 1
    found = np.zeros(shape)
    middle = (slice(None),) * axis + (slice(1, half),)
    found[middle] = scipy.fft.dst(inner, type=1, n=half - 1, axis=axis, workers=WORKERS)
    return found


def kernel_spectrum(
    quarter: Floats, shape: tuple[int, int], *, odd_x: bool = False, odd_y: bool = False
) -> Floats:
    """Return the transform of a symmetric kernel from the quarter with offsets ≥ 0.

    Parameters
    ----------
    quarter
        Kernel at offsets (0 … reach, 0 … reach) in (y, x).
    shape
        Even sizes, as given by `padded_shape`.
    odd_x, odd_y
        Whether the kernel changes its sign with that offset.

    Returns
    -------
    numpy.ndarray
        Real, (rows / 2 + 1, columns / 2 + 1); each odd axis stands for a factor −i.
    """
    return _along(_along(quarter, shape[1], 1, odd=odd_x), shape[0], 0, odd=odd_y)


def forward(field: Floats, shape: tuple[int, int]) -> Spectrum:
    """Return the transform of a field, padded with zeros to ``shape``."""
    return np.asarray(scipy.fft.rfft2(field, shape, workers=WORKERS))


def multiply(spectrum: Spectrum, kernel: Floats, *, odd_y: bool = False) -> Spectrum:
    """Multiply a field's transform by a kernel's, in place (without the factors −i)."""
    rows = kernel.shape[0]
    spectrum[:rows] *= kernel
    mirrored = kernel[rows - 2 : 0 : -1]
    spectrum[rows:] *= -mirrored if odd_y else mirrored
    return spectrum


def backward(spectrum: Spectrum, shape: tuple[int, int]) -> Floats:
    """Return the field of a transform."""
    return np.asarray(scipy.fft.irfft2(spectrum, shape, workers=WORKERS, overwrite_x=True))


def convolve(field: Floats, quarter: Floats) -> Floats:
    """Return a field convolved with an even kernel; nothing wraps around."""
    shape = padded_shape(field.shape, quarter.shape[0] - 1)
    spectrum = multiply(forward(field, shape), kernel_spectrum(quarter, shape))
    return backward(spectrum, shape)[: field.shape[0], : field.shape[1]]


def squared_offsets(reach: int) -> Floats:
    """Return the squared distance, in cells, of the offsets (0 … reach, 0 … reach)."""
    steps = np.arange(reach + 1, dtype=np.float64) ** 2
    return np.asarray(steps[:, None] + steps)
