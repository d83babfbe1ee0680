"""Gathering what is wrong with an input, within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo.i18n import Message, message
from geo.records import Fault


class FaultLog:
    """All faults of one input; every one is counted, a bounded number is kept.

    Parameters
    ----------
    limit
        How many faults are kept and told; of each column as many, so that one bad column
        does not hide the others before the sorting.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[Fault] = []
        self._seen: Counter[str | None] = Counter()

    @property
    def total(self) -> int:
        """How many faults there are, told or not."""
        return self._seen.total()

    def add(self, row: int | None, column: str | None, text: Message) -> None:
        """Note one fault."""
        if self._seen[column] < self._limit:
            self._kept.append(Fault(row, column, text))
        self._seen[column] += 1

    def faults(self, header: Sequence[str] = ()) -> list[Fault]:
        """Return the faults in the order of the input, and how many more there are.

        Parameters
        ----------
        header
            The columns in the order of the input.
        """
        place = {name: position for position, name in enumerate(header)}
        ordered = sorted(
            self._kept, key=lambda fault: (fault.row or 0, place.get(fault.column or "", -1))
        )[: self._limit]
        rest = self.total - len(ordered)
        if rest:
            text = message("… and {count} more faults. Mend these first.", count=rest)
            ordered.append(Fault(None, None, text))
        return ordered
