"""Tables of a TOML document, read with every fault noted and none fatal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.i18n import Message, message
from geo.records import Fault, InputError

POLICY_PATH = Path(__file__).resolve().parents[2] / "data" / "policy.toml"


def read_document(path: Path) -> dict[str, Any]:
    """Return a TOML file as a mapping.

    Raises
    ------
    InputError
        When it cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        text_of = message("{file} cannot be read; restore it", file=path.name)
        raise InputError([Fault(None, None, text_of)]) from error
    except UnicodeDecodeError as error:
        text_of = message("{file} is not UTF-8 text; save it as UTF-8", file=path.name)
        raise InputError([Fault(None, None, text_of)]) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        text_of = message("{file} is not valid TOML: {why}", file=path.name, why=str(error))
        raise InputError([Fault(None, None, text_of)]) from error


def key_fault(key: str, text: Message) -> Fault:
    """Return a fault of a key of the document."""
    return Fault(None, key, text)


class Section:
    """A table of the document; reading a key notes the fault and goes on with a harmless value."""

    def __init__(self, name: str, table: Any, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.table: dict[str, Any] = dict(table) if isinstance(table, Mapping) else {}
        self.missing = not isinstance(table, Mapping)
        if self.missing:
            text = message("The section [{section}] is missing; restore it.", section=name)
            faults.append(key_fault(name, text))

    def take(self, key: str) -> Any:
        """Return and strike out a key, ``None`` when it is not there."""
        return self.table.pop(key, None)

    def number(self, key: str, low: float, high: float) -> float:
        """Return a number within bounds, both allowed."""
        value = self.take(key)
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if fits and low <= value <= high:
            return float(value)
        self.expected(key, value, message("a number from {low} to {high}", low=low, high=high))
        return high

    def words(self, key: str) -> frozenset[str]:
        """Return a list of texts as a set."""
        value = self.take(key)
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return frozenset(value)
        self.expected(key, value, message("a list of texts"))
        return frozenset()

    def refuse_the_rest(self) -> None:
        """Note every key that nobody took: it is misspelt or of another version."""
        self.faults.extend(
            key_fault(
                f"{self.name}.{key}",
                message("{key} is not a key of [{section}]; remove it or mend its spelling.",
                        key=key, section=self.name),
            )
            for key in self.table
        )  # fmt: skip

    def expected(self, key: str, value: Any, expected: Message) -> None:
        """Note that a value is not what was expected."""
        if self.missing:
            return
        text = (
            message("{key} is missing; give {expected}.", key=key, expected=expected)
            if value is None
            else message("{key} is {value}; give {expected}.",
                         key=key, value=repr(value), expected=expected)
        )  # fmt: skip
        self.faults.append(key_fault(f"{self.name}.{key}", text))
