"""A brief as slides: native titles, text, tables, pictures and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from geo.briefing.records import Brief, Paragraph, Picture, Section, Table
from geo.briefing.templates import Brand
from maps.cartography import mark_named
from maps.documents.archive import settled
from maps.documents.pictures import Gallery
from maps.documents.plain import (
    basis,
    clean,
    footer,
    headings,
    left_out,
    rows,
    shown,
    widths,
)
from maps.documents.word import set_facts

_WIDE, _TALL = Inches(13.333), Inches(7.5)
_LEFT, _ROOM = Inches(0.55), Inches(12.2)
_TOP, _BOTTOM = Inches(1.25), Inches(6.75)
_TITLE_ONLY = 5
_CELL, _SAID = 11.0, 14.0
_LEAD_LETTERS = 420
_INK, _QUIET = RGBColor(0x1F, 0x24, 0x30), RGBColor(0x56, 0x5D, 0x69)


class _Deck:
    """Slides under construction."""

    def __init__(self, brief: Brief, gallery: Gallery, brand: Brand) -> None:
        self.brief, self.gallery, self.brand = brief, gallery, brand
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = _WIDE, _TALL
        self.accent = RGBColor.from_string(brand.accent.removeprefix("#").upper())
        self.count = 0

    def slide(self, title: str, notes: str = "") -> Any:
        made = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        self.count += 1
        head = made.shapes.title
        head.left, head.top, head.width, head.height = _LEFT, Inches(0.35), _ROOM, Inches(0.8)
        head.text_frame.text = title
        head.text_frame.word_wrap = True
        self._set(head.text_frame, 26, self.accent, bold=True)
        self._foot(made)
        if notes:
            made.notes_slide.notes_text_frame.text = notes
        return made

    def _set(self, frame: Any, size: float, colour: RGBColor, *, bold: bool = False) -> None:
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour

    def _foot(self, slide: Any) -> None:
        box = slide.shapes.add_textbox(_LEFT, Inches(6.82), Inches(10.2), Inches(0.6))
        box.text_frame.word_wrap = True
        box.text_frame.text = f"{shown(self.brief.caveat)}\n{footer(self.brief)}"
        self._set(box.text_frame, 8, _QUIET)
        number = slide.shapes.add_textbox(Inches(12.2), Inches(7.05), Inches(0.7), Inches(0.35))
        number.text_frame.text = str(self.count)
        self._set(number.text_frame, 10, _QUIET)
        if not self.brief.mark:
            return
        mark = mark_named(self.brief.mark)
        for top in (Inches(0.08), Inches(6.82)):
            box = slide.shapes.add_textbox(Inches(10.6), top, Inches(2.2), Inches(0.34))
            box.text_frame.text = clean(self.brief.mark)
            ground = "000000" if mark is None else mark.ground.removeprefix("#")
            ink = "FFFFFF" if mark is None else mark.ink.removeprefix("#")
            box.fill.solid()
            box.fill.fore_color.rgb = RGBColor.from_string(ground)
            self._set(box.text_frame, 12, RGBColor.from_string(ink), bold=True)

    def text(self, slide: Any, told: list[str], size: float, tall: int) -> None:
        box = slide.shapes.add_textbox(_LEFT, _TOP, _ROOM, Emu(tall))
        box.text_frame.word_wrap = True
        for number, sentence in enumerate(told):
            frame = box.text_frame
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = f"• {sentence}"
            paragraph.space_after = Pt(size * 0.4)
        self._set(box.text_frame, size, _INK)

    def said(self, section: Section, told: list[str], notes: str) -> None:
        """Add slides of sentences alone, in letters as large as they allow."""
        for size in (20.0, 16.0, 13.0):
            parts = list(_pages([[text] for text in told], [int(_ROOM)], size))
            if len(parts) == 1:
                break
        for part in parts:
            slide = self.slide(shown(section.title), notes)
            self.text(slide, [row[0] for row in part], size, _BOTTOM - _TOP)

    def picture(self, section: Section, picture: Picture, notes: str) -> None:
        slide = self.slide(shown(section.title), notes)
        data = self.gallery.png(picture)
        wide, tall = Image.open(io.BytesIO(data)).size
        scale = min(_ROOM / wide, (_BOTTOM - _TOP) / tall)
        size = Emu(int(wide * scale)), Emu(int(tall * scale))
        left = Emu(int(_LEFT + (_ROOM - size[0]) / 2))
        shape = slide.shapes.add_picture(io.BytesIO(data), left, _TOP, *size)
        shape._element._nvXxPr.cNvPr.set("descr", shown(picture.alt))  # noqa: SLF001

    def table(self, section: Section, table: Table, notes: str, above: list[str]) -> None:
        """Add slides with a table; sentences that lead to it stand above it."""
        names, cells = headings(table), rows(table)
        room = [int(_ROOM * share) for share in widths(table)]
        head = int(sum(_tall([text], [int(_ROOM)], _SAID) for text in above))
        for part in _pages(cells, room, _CELL, head):
            slide = self.slide(f"{shown(section.title)} – {shown(table.caption)}", notes)
            self._set(slide.shapes.title.text_frame, 18, self.accent, bold=True)
            if head:
                self.text(slide, above, _SAID, head)
            shape = slide.shapes.add_table(
                len(part) + 1, len(names), _LEFT, Emu(_TOP + head), _ROOM, Inches(1)
            )
            for number, width in enumerate(room):
                shape.table.columns[number].width = Emu(width)
            for number, row in enumerate([names, *part]):
                shape.table.rows[number].height = Inches(0.28)
                for cell, text in zip(shape.table.rows[number].cells, row, strict=True):
                    cell.text = text
                    cell.margin_top = cell.margin_bottom = Pt(2)
                    cell.fill.solid()
                    ground = "F1ECE1" if number == 0 else "FFFFFF"
                    cell.fill.fore_color.rgb = RGBColor.from_string(ground)
                    self._set(cell.text_frame, _CELL, _INK, bold=number == 0)
            notes, head = "", 0
        if left_out(table):
            box = slide.shapes.add_textbox(_LEFT, Inches(6.5), _ROOM, Inches(0.3))
            box.text_frame.text = left_out(table)
            self._set(box.text_frame, 10, _QUIET)


def _tall(row: list[str], widths: list[int], size_pt: float) -> float:
    """Return how tall a row is, in EMU: by the lines of its longest cell."""
    # The mean letter is a little wider than half its height.
    letter = Pt(size_pt) * 0.56
    lines = max(
        -(-len(text) // max(int(width / letter), 1))
        for text, width in zip(row, widths, strict=True)
    )
    return float(Pt(size_pt) * (1.2 * max(lines, 1) + 0.45))


def _pages(
    cells: list[list[str]], widths: list[int], size_pt: float, head: float = 0.0
) -> Iterator[list[list[str]]]:
    """Yield rows by as many as a slide holds; ``head`` is what the first has above them."""
    room = _BOTTOM - _TOP - Inches(0.3)
    page: list[list[str]] = []
    used = head
    for row in cells:
        tall = _tall(row, widths, size_pt)
        if page and used + tall > room:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += tall
    if page:
        yield page


def pptx(brief: Brief, gallery: Gallery, brand: Brand) -> bytes:
    """Return a brief as slides; the same brief gives the same bytes.

    The notes of a slide hold what its sentences rest on, and the analyst's remark.
    """
    deck = _Deck(brief, gallery, brand)
    first = deck.slide(shown(brief.title))
    box = first.shapes.add_textbox(_LEFT, Inches(1.2), _ROOM, Inches(0.6))
    box.text_frame.word_wrap = True
    box.text_frame.text = " · ".join(filter(None, [shown(brief.subtitle), clean(brand.name)]))
    deck._set(box.text_frame, 16, _QUIET)  # noqa: SLF001
    if brand.logo is not None:
        first.shapes.add_picture(str(brand.logo), Inches(11), Inches(1.2), height=Inches(0.8))
    for section in brief.sections:
        notes = "\n".join([*([clean(section.note)] if section.note else []), *basis(section)])
        waiting: list[str] = []
        for block in section.blocks:
            if isinstance(block, Paragraph):
                waiting += [shown(sentence) for sentence in block.sentences]
            elif isinstance(block, Picture):
                deck.picture(section, block, notes)
            elif block.rows:
                short = sum(map(len, waiting)) <= _LEAD_LETTERS
                if waiting and not short:
                    deck.said(section, waiting, notes)
                deck.table(section, block, notes, waiting if short else [])
                waiting = []
        if waiting:
            deck.said(section, waiting, notes)
    set_facts(deck.file.core_properties, brief)
    buffer = io.BytesIO()
    deck.file.save(buffer)
    return settled(buffer.getvalue())
