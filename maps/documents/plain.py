"""A brief as plain values: what every format writes, cleaned of what no format can hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from geo.briefing.records import (
    Brief,
    Paragraph,
    Picture,
    Section,
    Table,
    cell_text,
    quotes,
)
from geo.i18n import day, message, ngettext
from geo.i18n import gettext as _
from geo.words import clauses, span
from maps.cartography.lettering import shortened
from maps.documents.columns import shares

#: A short cell with a figure in it is one thing ("12 Feb 2025"), and so is a chainage.
_ONE_THING = 16
_CHAINAGE = re.compile(r"\bPK (?=\d)")
_NUMBER = re.compile(r"[<≥]?[\d.,\s]*\d[\d.,\s]*(–[\d.,\s]*\d)?[+]?\s?%?")
#: Room, letters and inset of a table on A4, points; brief.typ and word.py set the same.
PAGE_TABLE = (493.0, 7.6, 3.5)
_STAMP_PT, _MAKER_PT = 220.0, 300.0
_KEPT_SPACES = "\u00a0\u202f"


def clean(text: str, keeping: str = "") -> str:
    """Return text without control characters and without marks that turn the reading direction.

    Such a mark could make a reader see another place or another number than the one that is there,
    and control characters are not XML.  Line breaks and tabs become spaces; the spaces that French
    does not break at stay, and what is named in ``keeping``.
    """
    kept = "".join(
        letter if letter in keeping else _kept(letter)
        for letter in unicodedata.normalize("NFC", text)
    )
    return " ".join(filter(None, kept.split(" ")))


def _kept(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in "\t\r\n" or (kind in {"Zs", "Zl", "Zp"} and letter not in _KEPT_SPACES):
        return " "
    return "" if kind in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter


def shown(value: Any) -> str:
    """Return a title, a sentence or a cell as clean text."""
    return clean(cell_text(value))


def headings(table: Table) -> list[str]:
    """Return the headings of a table."""
    return [shown(column) for column in table.columns]


def rows(table: Table) -> list[list[str]]:
    """Return the cells of a table; what is one thing in them is not broken over lines."""
    return [[unbroken(shown(cell)) for cell in row] for row in table.rows]


def unbroken(cell: str) -> str:
    """Return a cell without breaks in what is one thing: a figure with its unit, a chainage."""
    if len(cell) <= _ONE_THING and any(letter.isdigit() for letter in cell):
        return cell.replace(" ", "\u00a0")
    return _CHAINAGE.sub("PK\u00a0", cell)


def numeric(table: Table) -> list[bool]:
    """Return which columns hold numbers, ranges and percentages alone: they stand to the right."""
    unstated = shown(span(None, None))
    found = []
    for column in zip(*rows(table), strict=True):
        said = [cell for cell in column if cell not in {"", unstated, unbroken(unstated)}]
        found.append(bool(said) and all(_NUMBER.fullmatch(cell) for cell in said))
    return found or [False] * len(table.columns)


def left_out(table: Table) -> str:
    """Return that a table has more rows than it shows, empty when it has not."""
    if not table.left_out:
        return ""
    text = ngettext("{n} more is not listed.", "{n} more are not listed.", table.left_out)
    return text.format(n=table.left_out)


def stamp(brief: Brief) -> str:
    """Return what stands on every page: what the brief is, and whose day of knowledge it has."""
    title = shortened(shown(brief.title), _STAMP_PT, 8)
    return " · ".join((title, shown(message("As known on {day}", day=brief.known_on))))


def footer(brief: Brief) -> str:
    """Return who made a brief, when, from whose data."""
    made = [shortened(clean(brief.made_by), _MAKER_PT, 8)] if brief.made_by else []
    if brief.made_on is not None:
        made.append(day(brief.made_on))
    who = _("Made with Piste: {who}", who=", ".join(made)) if made else _("Made with Piste")
    told = [who, _("Sources: {sources}", sources=clauses(brief.credits))]
    if quotes(brief):
        told.append(_("The words of sources are left in their language."))
    return " · ".join(told)


def basis(section: Section) -> list[str]:
    """Return, sentence by sentence, what a section rests on."""
    told = []
    for _key, sentence in section.sentences():
        if sentence.basis:
            told.append(f"{shown(sentence)} [{', '.join(map(clean, sentence.basis))}]")
    return told


def as_data(brief: Brief, names: dict[int, str]) -> dict[str, Any]:
    """Return a brief as JSON-ready values; ``names`` gives a picture's file by ``id``."""

    def block(part: Paragraph | Table | Picture) -> dict[str, Any]:
        if isinstance(part, Paragraph):
            told = [shown(sentence) for sentence in part.sentences]
            return {"kind": "list" if part.listed else "text", "sentences": told}
        if isinstance(part, Table):
            return {
                "kind": "table",
                "columns": headings(part),
                "rows": rows(part),
                "widths": shares(headings(part), rows(part), *PAGE_TABLE) if part.rows else [],
                "aligned": ["right" if right else "left" for right in numeric(part)],
                "caption": shown(part.caption),
                "left_out": left_out(part),
            }
        return {
            "kind": "picture",
            "file": names[id(part)],
            "caption": shown(part.caption),
            "alt": shown(part.alt),
        }

    return {
        "title": shown(brief.title),
        "subtitle": shown(brief.subtitle),
        "stamp": stamp(brief),
        "mark": clean(brief.mark),
        "caveat": shown(brief.caveat),
        "footer": footer(brief),
        "author": clean(brief.made_by),
        "sections": [
            {
                "title": shown(section.title),
                "note": clean(section.note),
                "blocks": [block(part) for part in section.blocks],
            }
            for section in brief.sections
        ],
    }


def pictures(brief: Brief) -> list[Picture]:
    """Return the pictures of a brief in order."""
    return [
        block
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
