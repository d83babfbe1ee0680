"""Handling marks: who may see a sheet.

The Traffic Light Protocol's labels and colours are those of FIRST, *Traffic Light Protocol (TLP),
version 2.0* (August 2022): no space after the colon, in capitals, in 12 points or more, in the
header and the footer of a page, on black.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.i18n import Message, message


@dataclass(frozen=True, slots=True)
class Mark:
    """A handling mark.

    Parameters
    ----------
    text
        What it says.
    ink, ground
        Colours of its letters and behind them.
    """

    text: str | Message
    ink: str = "#1F2430"
    ground: str = "#FFFFFF"

    def __str__(self) -> str:
        return str(self.text)


_BLACK: Final = "#000000"
#: By the label's name; the labels are not translated.
TLP: Final[dict[str, Mark]] = {
    name: Mark(f"TLP:{name}", ink, _BLACK)
    for name, ink in (
        ("CLEAR", "#FFFFFF"),
        ("GREEN", "#33FF00"),
        ("AMBER", "#FFC000"),
        ("AMBER+STRICT", "#FFC000"),
        ("RED", "#FF2B2B"),
    )
}
CHATHAM_HOUSE: Final = Mark(message("Chatham House Rule"))
#: Smallest letters that TLP allows in a document.
LEAST_PT: Final = 12.0


def mark_named(text: str) -> Mark | None:
    """Return the mark that a text stands for: a TLP label, the Chatham House Rule, or the text.

    ``None`` for an empty text.
    """
    name = text.strip()
    label = name.upper().replace(" ", "").removeprefix("TLP:")
    if label in TLP and (label == name.upper() or name.upper().startswith("TLP")):
        return TLP[label]
    if name.casefold() in {"chatham house", "chatham house rule", "chatham-house"}:
        return CHATHAM_HOUSE
    return Mark(name) if name else None
