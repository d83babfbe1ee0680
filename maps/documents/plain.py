"""A brief as plain values: what every format writes, cleaned of what no format can hold."""

from __future__ import annotations

import unicodedata
from typing import Any

from geo.briefing.records import Brief, Paragraph, Picture, Section, Table, cell_text
from geo.i18n import day, ngettext
from geo.i18n import gettext as _

_LETTER, _SAID, _LEAST = 1.0, 2.2, 4.0


def clean(text: str) -> str:
    """Return text without control characters and without marks that turn the reading direction.

    Such a mark could make a reader see another place or another number than the one that is there,
    and control characters are not XML.  Line breaks and tabs become spaces.
    """
    kept = (
        " "
        if letter in "\t\r\n"
        else ""
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        else letter
        for letter in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def shown(value: Any) -> str:
    """Return a title, a sentence or a cell as clean text."""
    return clean(cell_text(value))


def headings(table: Table) -> list[str]:
    """Return the headings of a table."""
    return [shown(column) for column in table.columns]


def rows(table: Table) -> list[list[str]]:
    """Return the cells of a table."""
    return [[shown(cell) for cell in row] for row in table.rows]


def widths(table: Table) -> list[float]:
    """Return how wide each column should be, as shares of the table's width.

    A column gets room for its longest word, and more the more it says: by the square root, so that
    running text takes more lines and not all of the room.
    """
    columns = zip(headings(table), *rows(table), strict=True)
    wanted = []
    for cells in columns:
        longest_word = max(len(word) for cell in cells for word in (cell.split() or [""]))
        said = sum(map(len, cells)) / len(cells)
        wanted.append(max(longest_word * _LETTER, said**0.5 * _SAID, _LEAST))
    return [width / sum(wanted) for width in wanted]


def left_out(table: Table) -> str:
    """Return that a table has more rows than it shows, empty when it has not."""
    if not table.left_out:
        return ""
    text = ngettext("{n} more is not listed.", "{n} more are not listed.", table.left_out)
    return text.format(n=table.left_out)


def footer(brief: Brief) -> str:
    """Return who made a brief, when, from whose data."""
    made = [clean(brief.made_by)] if brief.made_by else []
    if brief.made_on is not None:
        made.append(day(brief.made_on))
    who = _("Made with Piste: {who}", who=", ".join(made)) if made else _("Made with Piste")
    return f"{who} · " + _("Sources: {sources}", sources="; ".join(brief.credits))


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
                "widths": widths(part),
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
