"""A brief as slides: native titles, text, tables, pictures and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from geo.briefing.records import Block, Brief, Paragraph, Picture, Section, Table
from geo.briefing.templates import Brand
from maps.cartography import mark_named
from maps.cartography.lettering import shortened, width, wrapped
from maps.documents.archive import settled
from maps.documents.columns import lines, shares
from maps.documents.logo import logo_of
from maps.documents.pictures import SLIDE, Gallery
from maps.documents.plain import (
    basis,
    clean,
    footer,
    headings,
    left_out,
    numeric,
    rows,
    shown,
    stamp,
)
from maps.documents.word import set_facts

# All that is measured here is in points; a slide is 960 x 540.
_WIDE, _TALL = 960.0, 540.0
_LEFT, _ROOM = 40.0, 880.0
_TOP, _BOTTOM = 92.0, 484.0
_TITLE_ONLY = 5
_TITLE, _LEAD, _CAPTION, _FOOT = 26.0, 14.0, 12.0, 9.0
#: Letters to try, the largest first; the last are used whatever they need.
_TEXT = (20.0, 18.0, 16.0, 14.0)
_CELLS = (14.0, 12.0, 11.0)
_INSET, _PAD = 5.0, 3.0
_LOGO = (180.0, 38.0)
_LEADING = 1.22
_LEAD_LETTERS = 420
_ABOVE = 90.0
#: A table of no more rows than this stands below its picture.
_BELOW = 3
_INK, _QUIET = RGBColor(0x1F, 0x24, 0x30), RGBColor(0x56, 0x5D, 0x69)
_RULE, _HEAD, _PAPER = "B8B2A6", "F1ECE1", "FFFFFF"


def _set(
    frame: Any, size: float, colour: RGBColor, *, bold: bool = False, italic: bool = False
) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(size), colour
            run.font.bold, run.font.italic = bold, italic
        if not paragraph.runs:  # or an empty cell is as tall as the largest letters
            end = paragraph._p.get_or_add_endParaRPr()  # noqa: SLF001
            end.set("sz", str(int(size * 100)))


def _ruled(cell: Any) -> None:
    """Give a cell a line below it and none around it."""
    facts = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx has no call for it
    for number, side in enumerate(("lnL", "lnR", "lnT", "lnB")):
        line = facts.makeelement(qn(f"a:{side}"), {"w": str(Pt(0.75) if side == "lnB" else 0)})
        fill = line.makeelement(qn("a:solidFill" if side == "lnB" else "a:noFill"), {})
        if side == "lnB":
            fill.append(fill.makeelement(qn("a:srgbClr"), {"val": _RULE}))
        line.append(fill)
        facts.insert(number, line)


class _Deck:
    """Slides under construction."""

    def __init__(self, brief: Brief, gallery: Gallery, brand: Brand) -> None:
        self.brief, self.gallery, self.brand = brief, gallery, brand
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Pt(_WIDE), Pt(_TALL)
        self.accent = RGBColor.from_string(brand.accent.removeprefix("#").upper())
        self.numbers: list[Any] = []

    def slide(self, title: str, notes: str = "", size: float = _TITLE) -> Any:
        made = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        head = made.shapes.title
        head.left, head.top, head.width, head.height = map(Pt, (_LEFT, 34, _ROOM, 50))
        frame = head.text_frame
        frame.text, frame.word_wrap, frame.vertical_anchor = title, True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = 0
        while size > _FOOT and len(wrapped(title, _ROOM, size, bold=True)) * size > 50:  # noqa: PLR2004
            size -= 2
        _set(frame, size, self.accent, bold=True)
        self._foot(made)
        if notes:
            made.notes_slide.notes_text_frame.text = notes
        return made

    def box(self, slide: Any, left: float, top: float, wide: float, tall: float) -> Any:
        frame = slide.shapes.add_textbox(*map(Pt, (left, top, wide, tall))).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _foot(self, slide: Any) -> None:
        rule = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *map(Pt, (_LEFT, 490, _LEFT + _ROOM, 490))
        )
        rule.line.color.rgb, rule.line.width = RGBColor.from_string(_RULE), Pt(0.75)
        number = self.box(slide, _LEFT + _ROOM - 44, 500, 44, 16)
        self.numbers.append(number)
        taken = 54.0 + self._marks(slide)
        foot = self.box(slide, _LEFT, 494, _ROOM - taken, 40)
        foot.text = f"{shown(self.brief.caveat)}\n{stamp(self.brief)} · {footer(self.brief)}"
        _set(foot, _FOOT, _QUIET)
        for run in foot.paragraphs[0].runs:
            run.font.bold, run.font.color.rgb = True, _INK

    def _marks(self, slide: Any) -> float:
        """Put the handling mark on top and at the bottom; return how wide it is."""
        mark = mark_named(self.brief.mark)
        if mark is None:
            return 0.0
        text = shortened(clean(self.brief.mark), _ROOM / 2, _CAPTION, bold=True)
        wide = width(text, _CAPTION, bold=True) + 20
        for right, top in ((_LEFT + _ROOM, 8), (_LEFT + _ROOM - 50, 497)):
            shape = slide.shapes.add_textbox(*map(Pt, (right - wide, top, wide, 22)))
            frame = shape.text_frame
            frame.text, frame.vertical_anchor, frame.word_wrap = text, MSO_ANCHOR.MIDDLE, False
            frame.margin_top = frame.margin_bottom = 0
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(mark.ground.removeprefix("#"))
            _set(frame, _CAPTION, RGBColor.from_string(mark.ink.removeprefix("#")), bold=True)
            frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        return wide

    def text(self, slide: Any, told: Sequence[str], size: float, top: float, tall: float) -> None:
        frame = self.box(slide, _LEFT, top, _ROOM, tall)
        for number, sentence in enumerate(told):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = sentence
            paragraph.space_after = Pt(size * 0.4)
            facts = paragraph._p.get_or_add_pPr()  # noqa: SLF001
            facts.set("marL", str(Pt(size * 0.9)))
            facts.set("indent", str(-Pt(size * 0.9)))
            facts.append(facts.makeelement(qn("a:buChar"), {"char": "•"}))
        _set(frame, size, _INK)

    def caption(self, slide: Any, text: str, top: float) -> None:
        frame = self.box(slide, _LEFT, top, _ROOM, 18)
        frame.text = shortened(text, _ROOM, _CAPTION)
        _set(frame, _CAPTION, _QUIET, italic=True)

    def first(self, section: Section | None, notes: str) -> None:
        """Add the first slide: what the brief is, and what it says in short."""
        slide = self.slide(shown(self.brief.title), notes, 32.0)
        below = [shown(self.brief.subtitle), clean(self.brand.name)]
        frame = self.box(slide, _LEFT, 86, _ROOM - _LOGO[0] - 10, 22)
        frame.text = " · ".join(filter(None, below))
        _set(frame, 16, _QUIET)
        if (logo := logo_of(self.brand)) is not None:
            wide, tall = logo.within(*_LOGO)
            at = map(Pt, (_LEFT + _ROOM - wide, 86, wide, tall))
            drawn = slide.shapes.add_picture(io.BytesIO(logo.png), *at)
            drawn._element._nvXxPr.cNvPr.set("descr", clean(self.brand.name))  # noqa: SLF001
        if section is not None:
            head = self.box(slide, _LEFT, 126, _ROOM, 26)
            head.text = shown(section.title)
            _set(head, 18, self.accent, bold=True)
            told = _sentences(section.blocks)
            size = next((s for s in _TEXT if _height(told, s) <= _BOTTOM - 156), _TEXT[-1])
            self.text(slide, told, size, 156, _BOTTOM - 156)

    def said(self, section: Section, told: list[str], notes: str) -> None:
        """Add slides of sentences alone, in letters as large as they allow."""
        room = _BOTTOM - _TOP
        size = next((s for s in _TEXT if _height(told, s) <= room), _TEXT[-1])
        heights = [_height([text], size) for text in told]
        parts = list(_pages(heights, room))
        for title, part in self._titles(section, len(parts), parts):
            slide = self.slide(title, notes)
            self.text(slide, [told[i] for i in part], size, _TOP, room)

    def _titles(
        self, section: Section, all_: int, parts: list[range]
    ) -> Iterator[tuple[str, range]]:
        for number, part in enumerate(parts, 1):
            title = shown(section.title)
            yield (f"{title} ({number}/{all_})" if all_ > 1 else title), part

    def picture(self, picture: Picture, notes: str, table: Table | None, above: list[str]) -> None:
        """Add a slide with a picture; a small table that says the same stands below it."""
        caption = shown(picture.caption)
        slide = self.slide(caption, notes)
        below, head = 0.0, _height(above, _CAPTION) + 4 if above else 0.0
        if above:
            self.text(slide, above, _CAPTION, _TOP, head)
        if table is not None:
            size, wide = _CELLS[1], _columns(table, _CELLS[1])
            below = sum(_row_heights(table, wide, size)) + 14
            self._table(
                slide, table, range(len(table.rows)), wide, size=size, top=_BOTTOM - below + 10
            )
        room = _BOTTOM - _TOP - below - head
        # Drawn for its room and not made smaller, so that its letters can be read.
        sheet = replace(SLIDE, name=f"slide {room:.0f}", height_pt=min(SLIDE.height_pt, room))
        data = self.gallery.png(picture, sheet)
        shape = slide.shapes.add_picture(io.BytesIO(data), 0, Pt(_TOP + head))
        scale = min(Pt(_ROOM) / shape.width, Pt(room) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape.left = Emu(Pt(_LEFT) + (Pt(_ROOM) - shape.width) // 2)
        shape._element._nvXxPr.cNvPr.set("descr", shown(picture.alt))  # noqa: SLF001

    def table(self, section: Section, table: Table, notes: str, above: list[str]) -> None:
        """Add slides with a table; sentences that lead to it stand above it."""
        head = _height(above, _LEAD) + 6 if above else 0.0
        rest = 18.0 if left_out(table) else 0.0
        room = _BOTTOM - _TOP - 20 - rest
        for size in _CELLS:
            wide = _columns(table, size)
            heights = _row_heights(table, wide, size)
            if sum(heights) + head <= room:
                break
        parts = list(_pages(heights[1:], room - heights[0], head))
        for title, part in self._titles(section, len(parts), parts):
            slide = self.slide(title, notes)
            top = _TOP
            if head:
                self.text(slide, above, _LEAD, top, head)
            self.caption(slide, shown(table.caption), top + head)
            self._table(slide, table, part, wide, size=size, top=top + head + 20)
            notes, head = "", 0.0
        if rest:
            frame = self.box(slide, _LEFT, _BOTTOM - 14, _ROOM, 14)
            frame.text = left_out(table)
            _set(frame, _CAPTION - 1, _QUIET)

    def _table(
        self, slide: Any, table: Table, part: range, wide: list[float], *, size: float, top: float
    ) -> None:
        cells = rows(table)
        shape = slide.shapes.add_table(
            len(part) + 1, len(wide), *map(Pt, (_LEFT, top, sum(wide), 10 * len(part)))
        )
        heights = _row_heights(table, wide, size)
        for number, room in enumerate(wide):
            shape.table.columns[number].width = Pt(room)
        for number, row in enumerate([headings(table), *(cells[i] for i in part)]):
            height = heights[0] if number == 0 else heights[part[number - 1] + 1]
            shape.table.rows[number].height = Pt(height)
            for cell, text, right in zip(
                shape.table.rows[number].cells, row, numeric(table), strict=True
            ):
                cell.text = text
                cell.margin_left = cell.margin_right = Pt(_INSET)
                cell.margin_top = cell.margin_bottom = Pt(_PAD)
                cell.fill.solid()
                ground = _HEAD if number == 0 else _PAPER
                cell.fill.fore_color.rgb = RGBColor.from_string(ground)
                _set(cell.text_frame, size, _INK, bold=number == 0)
                if right:
                    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
                _ruled(cell)

    def close(self) -> None:
        """Write the numbers of the slides, of how many."""
        for number, frame in enumerate(self.numbers, 1):
            frame.text = f"{number}/{len(self.numbers)}"
            _set(frame, 10, _QUIET)
            frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _height(told: Sequence[str], size: float) -> float:
    """Return how tall sentences are, one below the other, in points."""
    broken = sum(len(wrapped(text, _ROOM - size, size)) for text in told)
    return size * (_LEADING * broken + 0.4 * len(told))


def _columns(table: Table, size: float) -> list[float]:
    found = shares(headings(table), rows(table), _ROOM, size, _INSET)
    return [share * _ROOM for share in found]


def _row_heights(table: Table, wide: list[float], size: float) -> list[float]:
    """Return how tall the rows of a table are, that of the headings first, in points."""
    room = [column - 2 * _INSET for column in wide]
    # Bold letters are wider.
    heads = [column * 0.88 for column in room]
    count = [lines(headings(table), heads, size), *(lines(row, room, size) for row in rows(table))]
    return [size * _LEADING * n + 2 * _PAD for n in count]


def _pages(heights: list[float], room: float, head: float = 0.0) -> Iterator[range]:
    """Yield the rows that a slide holds; ``head`` is what the first has above them."""
    start, used = 0, head
    for number, tall in enumerate(heights):
        if number > start and used + tall > room:
            yield range(start, number)
            start, used = number, 0.0
        used += tall
    if heights:
        yield range(start, len(heights))


def _sentences(blocks: Sequence[Block]) -> list[str]:
    return [
        shown(sentence)
        for block in blocks
        if isinstance(block, Paragraph)
        for sentence in block.sentences
    ]


def _section(deck: _Deck, section: Section, notes: str) -> None:
    waiting: list[str] = []
    blocks = list(section.blocks)
    while blocks:
        block = blocks.pop(0)
        if isinstance(block, Paragraph):
            waiting += _sentences([block])
        elif isinstance(block, Picture):
            small = blocks and isinstance(blocks[0], Table) and len(blocks[0].rows) <= _BELOW
            # What is said of a picture stands beside it as long as it leaves the picture its room.
            short = _height(waiting, _CAPTION) <= _ABOVE
            if not short:
                deck.said(section, waiting, notes)
            below = blocks.pop(0) if small else None
            deck.picture(block, notes, below, waiting if short else [])
            waiting = []
        elif block.rows:
            short = sum(map(len, waiting)) <= _LEAD_LETTERS
            if waiting and not short:
                deck.said(section, waiting, notes)
            deck.table(section, block, notes, waiting if short else [])
            waiting = []
    if waiting:
        deck.said(section, waiting, notes)


def pptx(brief: Brief, gallery: Gallery, brand: Brand) -> bytes:
    """Return a brief as slides; the same brief gives the same bytes.

    The notes of a slide hold what its sentences rest on, and the analyst's remark.
    """
    deck = _Deck(brief, gallery, brand)
    notes = {
        id(part): "\n".join([*([clean(part.note)] if part.note else []), *basis(part)])
        for part in brief.sections
    }
    head, *others = brief.sections
    short = _sentences(head.blocks)
    if len(head.blocks) == 1 and short and _height(short, _TEXT[-1]) <= _BOTTOM - 156:
        deck.first(head, notes[id(head)])
    else:
        deck.first(None, "")
        others = list(brief.sections)
    for section in others:
        _section(deck, section, notes[id(section)])
    deck.close()
    set_facts(deck.file.core_properties, brief)
    buffer = io.BytesIO()
    deck.file.save(buffer)
    return settled(buffer.getvalue())
