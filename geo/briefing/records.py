"""What a brief is made of: sections of sentences, tables and pictures, each true of the data.

A sentence is a Message with its *basis*: the incidents or statements that its numbers were counted
from, so that a reader who doubts it can follow it back.  A picture is only named here; `maps` draws
it from the same material.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.i18n import Message, Quoted, day, fill, message, month


class PictureKind(StrEnum):
    """Which picture of the material."""

    AREA_MAP = "area_map"
    HOTSPOT_MAP = "hotspot_map"
    INCIDENT_MAP = "incident_map"
    CHANGES_MAP = "changes_map"
    ROUTE_MAP = "route_map"
    TREND = "trend"
    STRIP = "strip"
    CHRONICLE = "chronicle"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement about the data.

    Parameters
    ----------
    text
        In the reader's language when it is shown.
    basis
        Ids of the incidents or assertions that it rests on.
    """

    text: Message | str
    basis: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together; ``listed`` gives each a line of its own."""

    sentences: tuple[Sentence, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a brief.

    Parameters
    ----------
    columns
        Headings: messages or months.
    rows
        Cells: text, messages, numbers, months or dates, as many as columns.
    caption
        What the rows are.
    left_out
        How many further rows there would be.
    """

    columns: tuple[Message | pd.Period, ...]
    rows: tuple[tuple[Any, ...], ...]
    caption: Message
    left_out: int = 0


def cell_text(cell: Any) -> str:
    """Return a cell as its reader sees it: dates and numbers in the convention of the language."""
    if isinstance(cell, pd.Period):
        return month(cell.start_time)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, int | float):
        return fill("{n:,}", {"n": cell})
    return str(cell)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be drawn.

    Parameters
    ----------
    kind
        Which.
    caption
        What it shows.
    alt
        The same in a sentence or two for those who do not see it.
    about
        The axis or the incident that it shows, where it shows one.
    """

    kind: PictureKind
    caption: Message
    alt: Message
    about: str = ""


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief with a heading: a slide, or a part of a page.

    Parameters
    ----------
    name
        Its name in a template.
    title
        Heading.
    blocks
        What stands in it, in order.
    note
        What the analyst adds, in the reader's own words.
    """

    name: str
    title: Message | str
    blocks: tuple[Block, ...]
    note: str = ""

    def sentences(self) -> Iterator[tuple[str, Sentence]]:
        """Yield each sentence with a key that stays the same as long as the section does."""
        for number, block in enumerate(self.blocks):
            if isinstance(block, Paragraph):
                for place, sentence in enumerate(block.sentences):
                    yield f"{self.name}.{number}.{place}", sentence


#: What can be shown on the maps of a brief, with the reader's words for it.
MAP_LAYERS: dict[str, Message] = {
    "incidents": message("Incidents"),
    "roads": message("Road status"),
    "density": message("IED density"),
    "choropleth": message("Incidents per region"),
    "places": message("Places"),
    "regions": message("Countries and regions"),
    "rivers": message("Rivers and lakes"),
}
CAVEAT = message(
    "Reported incidents and statements only. Where nothing is shown, nothing was reported; that is "
    "not the same as nothing happened."
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, ready to be written in any format and language.

    Parameters
    ----------
    template
        Name of the template that it follows.
    title, subtitle
        What it is about; the period and the days of the picture.
    on, known_on
        The two clocks.
    sections
        In order.
    credits
        Whom to name.
    mark
        Handling mark such as ``TLP:AMBER``; empty for none.
    made_by, made_on
        Who made it and when; ``None`` leaves the date out.
    caveat
        What stands on every page.
    layers
        Which of `MAP_LAYERS` its maps show besides what each is about; those of the template
        unless given.
    """

    template: str
    title: Message | str
    subtitle: Message
    on: date
    known_on: date
    sections: tuple[Section, ...]
    credits: tuple[str, ...]
    mark: str = ""
    made_by: str = ""
    made_on: date | None = None
    caveat: Message = CAVEAT
    layers: frozenset[str] | None = None


def quotes(brief: Brief) -> bool:
    """Return whether a brief holds words of its sources (`geo.i18n.Quoted`)."""
    return any(
        _quoted(value)
        for section in brief.sections
        for block in section.blocks
        for value in _values(block)
    )


def _values(block: Block) -> Iterator[Any]:
    if isinstance(block, Paragraph):
        yield from (sentence.text for sentence in block.sentences)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)


def _quoted(value: Any) -> bool:
    if isinstance(value, Message):
        return any(_quoted(one) for _, one in value.values.items())  # noqa: PD011 - no frame
    return isinstance(value, Quoted) and bool(value)


@dataclass(frozen=True, slots=True)
class Edits:
    """What an analyst changed before a brief goes out.

    Parameters
    ----------
    order
        Names of the sections wanted, in order; empty leaves all as they are.
    texts
        Sentences in the analyst's words by key (`Section.sentences`); an empty text drops one.
    notes
        Remarks by section.
    title
        Title in the analyst's words; empty leaves it as it is.
    """

    order: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


def edited(brief: Brief, edits: Edits) -> Brief:
    """Return a brief as its analyst wants it.

    A name in ``edits.order`` that the brief lacks is passed over: the same edits serve another
    day's brief, which may have fewer sections.
    """
    by_name = {section.name: section for section in brief.sections}
    wanted = [by_name[name] for name in edits.order if name in by_name] or list(brief.sections)
    sections = tuple(_edited(section, edits) for section in wanted)
    return replace(brief, title=edits.title.strip() or brief.title, sections=sections)


def _edited(section: Section, edits: Edits) -> Section:
    blocks: list[Block] = []
    for number, block in enumerate(section.blocks):
        if isinstance(block, Paragraph):
            kept = []
            for place, sentence in enumerate(block.sentences):
                text = edits.texts.get(f"{section.name}.{number}.{place}")
                if text is None:
                    kept.append(sentence)
                elif text.strip():
                    kept.append(Sentence(text.strip(), sentence.basis))
            blocks.append(replace(block, sentences=tuple(kept)))
        else:
            blocks.append(block)
    note = edits.notes.get(section.name, section.note)
    return replace(section, blocks=tuple(blocks), note=note)
