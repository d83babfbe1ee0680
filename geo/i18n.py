"""Words that a person reads, in the person's language.

Every sentence shown on a screen, in an export or on a terminal is written in English at the
place where it arises and translated through gettext when it is *shown*.  The core computes once
for all sessions and the sessions may read different languages, so the core returns a
:class:`Message`, a sentence with its values, and translation waits until ``str()``.

The active language belongs to the current context (thread or task), not to the process.
"""

from __future__ import annotations

import gettext as _stdlib_gettext
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

DOMAIN = "piste"
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"

_language: ContextVar[str] = ContextVar("piste_language", default="en")


@lru_cache(maxsize=32)
def _catalogue(language: str, locale_dir: Path) -> _stdlib_gettext.NullTranslations:
    return _stdlib_gettext.translation(DOMAIN, locale_dir, languages=[language], fallback=True)


def activate(language: str) -> None:
    """Translate into ``language`` for the rest of this context.

    Parameters
    ----------
    language
        Code of a catalogue below ``LOCALE_DIR``; an unknown one leaves English.
    """
    _language.set(language)


def language() -> str:
    """Return the code of the active language."""
    return _language.get()


def available_languages() -> list[str]:
    """Return the codes that have a compiled catalogue, English first."""
    found = {path.parent.parent.name for path in LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return ["en", *sorted(found - {"en"})]


def gettext(message: str) -> str:
    """Return ``message`` in the active language."""
    return _catalogue(_language.get(), LOCALE_DIR).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a message that fits the count ``n``, in the active language."""
    return _catalogue(_language.get(), LOCALE_DIR).ngettext(singular, plural, n)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values, translated when it is shown.

    Parameters
    ----------
    text
        The English sentence, a :meth:`str.format` template with named fields only.
    values
        The values of the fields; a value may itself be a :class:`Message`.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.text).format(**self.values)

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def message(text: str, /, **values: Any) -> Message:
    """Mark ``text`` for translation and bind its values; the extraction keyword of the core."""
    return Message(text, values)
