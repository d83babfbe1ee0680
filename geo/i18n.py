"""Words that a person reads, in the person's language.

Every sentence shown on a screen, in an export or on a terminal is written in English at the
place where it arises and translated through gettext when it is *shown*.  The core computes once
for all sessions and the sessions may read different languages, so the core returns a
:class:`Message`, a sentence with its values, and translation waits until ``str()``.

The active language belongs to the current context (thread or task), not to the process.

A language is one file, ``locale/<code>/LC_MESSAGES/piste.po``, read as it is: there is nothing to
compile.  Numbers and dates in a sentence take the convention of its language, so a sentence is
given values (``{km:.1f}`` and a number, ``{day}`` and a date), not text made of them.
"""

from __future__ import annotations

import gettext as _stdlib_gettext
import io
import os
import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from numbers import Real
from pathlib import Path
from string import Formatter
from typing import Any, Self

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

DOMAIN = "piste"
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"

_language: ContextVar[str] = ContextVar("piste_language", default="en")


@lru_cache(maxsize=32)
def _catalogue(language: str, locale_dir: Path) -> _stdlib_gettext.NullTranslations:
    path = locale_dir / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return _stdlib_gettext.NullTranslations()
    # Late: most runs are in English and need none of it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return _stdlib_gettext.GNUTranslations(compiled)


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
    """Return the codes that have a catalogue, English first."""
    found = {path.parent.parent.name for path in LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    return ["en", *sorted(found - {"en"})]


def of_environment() -> str:
    """Return the language of this process: that of ``PISTE_LANG``, else of the locale.

    The locale's variables are those of POSIX, the first that is set deciding; a language without
    a catalogue is English.
    """
    names = ("PISTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    told = next((value for name in names if (value := os.environ.get(name))), "")
    code = re.split(r"[_.@-]", told)[0].lower()
    return code if code in available_languages() else "en"


def gettext(text: str, /, **values: Any) -> str:
    """Return ``text`` in the active language, with its values if any are given (see `fill`)."""
    translated = _catalogue(_language.get(), LOCALE_DIR).gettext(text)
    return fill(translated, values) if values else translated


def ngettext(singular: str, plural: str, n: int, /, **values: Any) -> str:
    """Return the form of a text that fits the count ``n``, in the active language.

    Fields take ``values`` if any are given, ``n`` among them where the text names it.
    """
    translated = _catalogue(_language.get(), LOCALE_DIR).ngettext(singular, plural, n)
    return fill(translated, values) if values else translated


def like(amount: float) -> int:
    """Return a whole number whose form fits an amount: 0.5 and 1.5 take the form of 0.

    English has "0.5 events", French "1,5 événement"; only from 2 on do both have many.
    """
    whole = int(amount)
    return whole if whole != 1 or amount == 1 else 0


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day(value: date) -> str:
    """Return a date as readers of the active language write it, such as ``12 Feb 2025``."""
    text = format_date(value, format="medium", locale=_locale(_language.get()))
    # The first of a month is an ordinal in French, which Unicode's patterns leave out.
    return text.replace("1 ", "1er ", 1) if value.day == 1 and _language.get() == "fr" else text


def month(value: date) -> str:
    """Return the month of a date as readers of the active language write it: ``Feb 2025``."""
    return format_date(value, format="MMM yyyy", locale=_locale(_language.get()))


def day_of_year(value: date) -> str:
    """Return a date without its year: ``Feb 12``, for where the year stands elsewhere."""
    return format_skeleton("MMMd", value, locale=_locale(_language.get()))


#: Words that lose their last letter before a vowel: "de Ansongo" is "d’Ansongo".
_ELIDED = {"fr": re.compile(r"\b([dD]|[qQ]u)e $")}


#: Units and countries that take an article: "région de Sahel" is "région du Sahel".
_ARTICLES: Mapping[str, str] = {
    name: article
    for article, names in {
        "du ": "Sahel|Nord|Centre|Centre-Est|Centre-Nord|Centre-Ouest|Centre-Sud|Plateau-Central"
        "|Sud-Ouest|Bam|Boulkiemdé|Gourma|Houet|Kadiogo|Kouritenga|Loroum|Mouhoun|Namentenga|Nayala"
        "|Passoré|Sanmatenga|Séno|Soum|Sourou|Yagha|Yatenga|Ziro|Zoundwéogo|Mali|Burkina Faso|Niger"
        "|Bénin|Ghana|Nigeria|Sénégal|Togo",
        "de la ": "Boucle du Mouhoun|Comoé|Gnagna|Komondjari|Kompienga|Kossi|Tapoa|Côte d’Ivoire"
        "|Guinée|Mauritanie",
        "de l’": "Est|Oubritenga|Oudalan|Algérie",
        "des ": "Balé|Banwa|Cascades|Hauts-Bassins",
    }.items()
    for name in names.split("|")
}
_TAKES_ARTICLE = re.compile(r"\b(?:région|province|ensemble) de $")


def _elide(text: str, then: str) -> str:
    """Return the end of a sentence as its language writes it before a word."""
    if not text.endswith("e ") or (rule := _ELIDED.get(_language.get())) is None:
        return text
    if then in _ARTICLES and _TAKES_ARTICLE.search(text):
        return text.removesuffix("de ") + _ARTICLES[then]
    vowel = unicodedata.normalize("NFD", then[:1]).lower()[:1] in {*"aeiouœ"}
    return rule.sub(r"\1’", text) if vowel else text


@lru_cache(maxsize=4_096)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the text before each field, the field's name and its format."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(template))


def _written(value: Any, spec: str) -> str:
    """Return a value as the readers of the active language write it."""
    if isinstance(value, str):
        return format(value, spec)
    if isinstance(value, date) and not spec:
        return day(value)
    text = format(value, spec)
    if not spec or not isinstance(value, Real):
        return text
    symbols = _locale(_language.get()).number_symbols["latn"]
    separators = {",": symbols["group"], ".": symbols["decimal"]}
    text = "".join(separators.get(sign, sign) for sign in text)
    # French parts the sign from the number, English does not.
    percent = _locale(_language.get()).percent_formats[None].pattern
    return text.replace("%", percent[percent.index("0") + 1 :]) if "%" in text else text


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return a translated template with its values, in the convention of the active language.

    Parameters
    ----------
    template
        A :meth:`str.format` template with named fields only.
    values
        Numbers with a format in the template, dates without one, text, or messages.
    """
    if _language.get() == "en" and not any(isinstance(value, date) for value in values.values()):
        return template.format(**values)  # What Python writes is the English convention.
    whole = ""
    for text, name, spec in _parts(template):
        whole += text
        if name is not None:
            shown = _written(values[name], spec)
            whole = _elide(whole, shown) + shown
    return whole


class Quoted(str):
    """Words of a source: they stay in their own language, whatever the reader's is.

    Parameters
    ----------
    text
        As they stand in the data.
    lang
        Their language, where it is told to those to whom a page is read aloud.
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "en") -> Self:
        """Return the words, marked."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values, translated when it is shown.

    Parameters
    ----------
    text
        The English sentence, a :meth:`str.format` template with named fields only.
    values
        The values of the fields, see :func:`fill`; a value may itself be a :class:`Message`.
    many, count
        The form for many, and of how many the sentence speaks; ``None`` has one form.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    many: str | None = None
    count: int = 1

    def __str__(self) -> str:
        if self.many is None:
            return fill(gettext(self.text), self.values)
        return fill(ngettext(self.text, self.many, self.count), self.values)

    def __hash__(self) -> int:
        values = tuple(sorted((k, str(v)) for k, v in self.values.items()))
        return hash((self.text, values, self.count))


def message(text: str, /, **values: Any) -> Message:
    """Mark ``text`` for translation and bind its values; the extraction keyword of the core."""
    return Message(text, values)


def counted(one: str, many: str, count: int, /, **values: Any) -> Message:
    """Mark the two forms of a sentence that speaks of ``{count}`` things."""
    return Message(one, {"count": count, **values}, many, count)
