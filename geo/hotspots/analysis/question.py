"""What is asked about concentration: which events, on which surface, smoothed how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.hotspots import bandwidth as bandwidths
from geo.hotspots.grid import DEFAULT_CELL_M
from geo.hotspots.kernels import KERNELS, QUARTIC, equivalent_bandwidth_m, kernel_named
from geo.hotspots.network import density as roads
from geo.hotspots.network.lixels import DEFAULT_LIXEL_M
from geo.hotspots.periods import Period
from geo.hotspots.planar import DEFAULT_BANDWIDTH_M
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.selection import Selection

PLANAR, NETWORK = "planar", "network"
SURFACES: Final = (PLANAR, NETWORK)
LONGEST_M: Final = 3_000_000.0
"""The study area is no wider: a longer bandwidth, cell or lixel tells nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about where events concentrate.

    Parameters
    ----------
    selection
        Which incidents, as known when; its period counts.
    surface
        "planar" (on the equal-area plane) or "network" (along the axes).
    kernel
        Name of a kernel.
    bandwidth
        "hand", "rule" or "likelihood".  There is no rule of thumb along roads.
    bandwidth_m
        The bandwidth chosen by hand; the usual one of the surface when ``None``.
    method
        Network only: "simple", "esd" or "esc".
    with_regions
        Planar only: whether events known by region only take part, spread over their region.
    lixel_m
        Network only: no lixel is longer.
    cell_m
        Planar only: side of a cell.
    """

    selection: Selection
    surface: str = PLANAR
    kernel: str = QUARTIC.name
    bandwidth: str = bandwidths.HAND
    bandwidth_m: float | None = None
    method: roads.Method = "esd"
    with_regions: bool = False
    lixel_m: float = DEFAULT_LIXEL_M
    cell_m: float = DEFAULT_CELL_M

    @property
    def period(self) -> Period:
        """The days that count."""
        return Period(self.selection.start, self.selection.end)

    @property
    def hand_m(self) -> float:
        """The bandwidth chosen by hand, or the usual one that smooths as far with this kernel."""
        if self.bandwidth_m is not None:
            return self.bandwidth_m
        if self.surface == NETWORK:
            return roads.DEFAULT_BANDWIDTH_M
        return equivalent_bandwidth_m(DEFAULT_BANDWIDTH_M, QUARTIC, kernel_named(self.kernel))

    def check(self) -> None:
        """Raise ``InputError`` with everything that makes no sense."""
        faults = [*self._choices(), *self._sizes()]
        if self.selection.end < self.selection.start:
            text = message(
                "The period must end on or after the day it begins; got {first} to {last}.",
                first=self.selection.start,
                last=self.selection.end,
            )
            faults.append(("to", text))
        if self.surface == NETWORK and self.bandwidth == bandwidths.RULE:
            text = message(
                "There is no rule of thumb along roads. Choose likelihood, or metres by hand."
            )
            faults.append(("bandwidth", text))
        if self.surface == NETWORK and self.with_regions:
            text = message(
                "--regions is for the plane: what is known by region only lies on no road."
            )
            faults.append(("regions", text))
        if faults:
            raise InputError([Fault(None, name, text) for name, text in faults])

    def _choices(self) -> list[tuple[str, Message]]:
        """Return what is wrong with the words."""
        asked = (
            ("surface", self.surface, SURFACES),
            ("kernel", self.kernel, tuple(KERNELS)),
            ("bandwidth", self.bandwidth, bandwidths.METHODS),
            ("method", self.method, roads.METHODS),
        )
        return [
            (
                name,
                message(
                    "“{value}” is no {name}. Choose one of {choices}.",
                    value=value, name=name, choices=", ".join(choices),
                ),
            )
            for name, value, choices in asked
            if value not in choices
        ]  # fmt: skip

    def _sizes(self) -> list[tuple[str, Message]]:
        """Return what is wrong with the lengths."""
        asked = (
            ("bandwidth-m", self.bandwidth_m),
            ("lixel-m", self.lixel_m),
            ("cell-m", self.cell_m),
        )
        return [
            (name, message("--{name} must be above 0 and at most {most:,.0f} m; got {value}.",
                           name=name, most=LONGEST_M, value=value))
            for name, value in asked
            if value is not None and not 0 < value <= LONGEST_M
        ]  # fmt: skip
