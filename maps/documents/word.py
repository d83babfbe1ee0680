"""A brief as a Word document: headings, tables and pictures that can be edited."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from geo.briefing.records import Block, Brief, Picture, Table
from geo.briefing.templates import Brand
from geo.i18n import language
from maps.cartography import mark_named
from maps.documents.archive import settled
from maps.documents.columns import shares
from maps.documents.logo import logo_of
from maps.documents.pictures import Gallery
from maps.documents.plain import (
    clean,
    footer,
    headings,
    left_out,
    numeric,
    rows,
    shown,
    stamp,
)

_WIDTH_CM = 17.4
#: Rows of a table that is not parted.
_SHORT = 8
_LOGO_CM = (6.0, 1.6)
_RULE = "B8B2A6"
_QUIET = RGBColor(0x56, 0x5D, 0x69)


def _colour(accent: str) -> RGBColor:
    return RGBColor.from_string(accent.removeprefix("#").upper())


def _fact(parent: Any, name: str, **values: str) -> Any:
    """Add an element of Word's own to another and return it."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def _rules(table: Any) -> None:
    """Give a table lines between its rows and none elsewhere."""
    borders = _fact(table._tbl.tblPr, "w:tblBorders")  # noqa: SLF001
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in {"bottom", "insideH"} else "nil"
        _fact(borders, f"w:{side}", val=kind, sz="4", space="0", color=_RULE)


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word fills in, such as the number of the page."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001


def _table(document: Any, table: Table) -> None:
    if not table.rows:
        return
    caption = document.add_paragraph()
    run = caption.add_run(shown(table.caption))
    run.italic, run.font.size = True, Pt(8.5)
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _rules(made)
    for cell, name in zip(made.rows[0].cells, headings(table), strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(name).bold = True
        facts = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no call for these
        _fact(facts, "w:shd", val="clear", color="auto", fill="F1ECE1")
    _fact(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
    for row in rows(table):
        added = made.add_row()
        _fact(added._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
        for cell, text in zip(added.cells, row, strict=True):
            cell.text = text
    found = shares(headings(table), rows(table), _WIDTH_CM * 72 / 2.54, 8, 5.4)
    room = [Cm(share * _WIDTH_CM) for share in found]
    for column, width in zip(made.columns, room, strict=True):
        column.width = width
    _fit(made, room, table)
    _together(made)
    document.add_paragraph(left_out(table)).paragraph_format.space_after = Pt(2)


def _together(made: Any) -> None:
    """Keep the rows of a short table on one page, and two rows of a long one at each end."""
    every = list(made.rows)[:-1]
    kept = every if len(every) <= _SHORT else [*every[:2], every[-1]]
    for row in kept:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _fit(made: Any, room: list[Any], table: Table) -> None:
    """Set the widths of a table's cells, their letters, and numbers to the right."""
    for row in made.rows:
        for cell, width, right in zip(row.cells, room, numeric(table), strict=True):
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                if right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for run in paragraph.runs:
                    run.font.size = Pt(8)


def _frame(document: Any, brief: Brief, brand: Brand) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    head = section.header.paragraphs[0]
    head.text = " · ".join(filter(None, [clean(brand.name), stamp(brief)]))
    below = section.footer.paragraphs[0]
    below.add_run(shown(brief.caveat)).bold = True
    below.add_run(f"\n{footer(brief)}")
    last = section.footer.add_paragraph()
    last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if brief.mark:
        above = section.header.add_paragraph()
        above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for paragraph in (above, last):
            _mark(paragraph, brief.mark)
        last.add_run("   ")
    _field(last, "PAGE")
    last.add_run("/")
    _field(last, "NUMPAGES")
    for paragraph in (head, below, last):
        for run in paragraph.runs:
            run.font.size = run.font.size or Pt(7.5)


def _mark(paragraph: Any, text: str) -> None:
    """Write a handling mark in its own colours."""
    run = paragraph.add_run(f"\u00a0{clean(text)}\u00a0")
    run.bold, run.font.size = True, Pt(12)
    mark = mark_named(text)
    if mark is not None:
        run.font.color.rgb = _colour(mark.ink)
        fill = mark.ground.removeprefix("#")
        _fact(run._r.get_or_add_rPr(), "w:shd", val="clear", color="auto", fill=fill)  # noqa: SLF001


def _block(document: Any, gallery: Gallery, block: Block) -> None:
    if isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Picture):
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        run = caption.add_run(shown(block.caption))
        run.italic, run.font.size = True, Pt(8.5)
        drawn = document.add_picture(io.BytesIO(gallery.png(block)), width=Cm(_WIDTH_CM))
        drawn._inline.docPr.set("descr", shown(block.alt))  # noqa: SLF001
    elif block.listed:
        for sentence in block.sentences:
            document.add_paragraph(shown(sentence), style="List Bullet")
    else:
        document.add_paragraph(" ".join(map(shown, block.sentences)))


def docx(brief: Brief, gallery: Gallery, brand: Brand) -> bytes:
    """Return a brief as a Word document; the same brief gives the same bytes."""
    document: Any = Document()
    _frame(document, brief, brand)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "DejaVu Sans", Pt(9.5)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.name = _colour(brand.accent), "DejaVu Sans"
    if (logo := logo_of(brand)) is not None:
        wide, tall = logo.within(*_LOGO_CM)
        drawn = document.add_picture(io.BytesIO(logo.png), width=Cm(wide), height=Cm(tall))
        drawn._inline.docPr.set("descr", clean(brand.name))  # noqa: SLF001
    document.add_heading(shown(brief.title), 1)
    document.add_paragraph().add_run(shown(brief.subtitle)).font.color.rgb = _QUIET
    for part in brief.sections:
        document.add_heading(shown(part.title), 2)
        for block in part.blocks:
            _block(document, gallery, block)
        if part.note:
            document.add_paragraph(clean(part.note), style="Intense Quote")
    set_facts(document.core_properties, brief)
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def set_facts(properties: Any, brief: Brief) -> None:
    """Say in an office file who made it and when, and nothing of the clock."""
    day = brief.made_on or brief.on
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.title, properties.author = shown(brief.title)[:255], clean(brief.made_by)[:255]
    properties.created = properties.modified = stamp
    properties.last_modified_by, properties.revision = "Piste", 1
    properties.comments, properties.language = "", language()
