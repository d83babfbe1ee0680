"""How a document that cannot be used is refused."""

from __future__ import annotations

from geo.i18n import Message
from geo.records import Fault, InputError


def refuse(text: Message) -> InputError:
    """Return the error that says why a document is not read."""
    return InputError([Fault(None, None, text)])
