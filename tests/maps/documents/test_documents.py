"""Briefs as files: whole, the same every time, and with nothing in them that acts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from geo import i18n
from geo.briefing import templates
from geo.briefing.building import build
from geo.briefing.material import Material
from geo.briefing.records import (
    Brief,
    Edits,
    Paragraph,
    Picture,
    Section,
    Sentence,
    Table,
    edited,
)
from geo.i18n import Quoted, message
from geo.records import InputError
from maps.cartography import Size, draw
from maps.documents import FORMATS, Gallery, write
from maps.documents.pictures import PAGE, SLIDE, fitting
from maps.documents.plain import clean, footer, numeric, pictures
from tests.briefing.test_building import material
from tests.maps.cartography.starter_plates import beyond_the_page, too_small
from tests.starter import KOBE, ON

HOSTILE = "<script>alert(1)</script> =1+1 *b* [x](http://x.org) #eval \u202eabc\x00\x07 😀 | $x$ "


@lru_cache(maxsize=4)
def brief(name: str = "area") -> Brief:
    return build(templates.load(name), material(), mark="TLP:AMBER", made_by="Desk", made_on=ON,
                 incident_id=KOBE if name == "incident" else "")  # fmt: skip


@lru_cache(maxsize=4)
def gallery(name: str = "area") -> Gallery:
    return Gallery(brief(name), material())


@lru_cache(maxsize=16)
def file(form: str, name: str = "area") -> bytes:
    return write(brief(name), material(), form, gallery=gallery(name))


@lru_cache(maxsize=1)
def hostile() -> tuple[Brief, Material]:
    """Return a brief whose every word is hostile, its title of 300 characters."""
    whole = brief()
    texts = {key: HOSTILE for part in whole.sections for key, _ in part.sentences()}
    notes = {part.name: HOSTILE for part in whole.sections}
    edits = Edits(texts=texts, notes=notes, title=(HOSTILE * 9)[:300])
    return replace(edited(whole, edits), made_by=HOSTILE, mark=HOSTILE), material()


@lru_cache(maxsize=1)
def hostile_gallery() -> Gallery:
    return Gallery(*hostile())


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_same_brief_gives_the_same_bytes() -> None:
    again = Gallery(brief(), material())
    for form in FORMATS:
        assert write(brief(), material(), form, gallery=again) == file(form)


def test_the_maps_show_the_layers_that_were_asked_for() -> None:
    few = build(templates.load("area"), material(), layers=["density"])
    drawn = write(few, material(), "svg").decode()
    assert "IED density" in drawn
    assert "Road status" not in drawn
    with pytest.raises(InputError, match="no layer “nosuch”"):
        build(templates.load("area"), material(), layers=["roads", "nosuch"])


def test_a_pdf_has_text_that_can_be_found_and_embedded_fonts() -> None:
    reader = PdfReader(io.BytesIO(file("pdf")))
    text = pdf_text(file("pdf"))
    assert "Security brief: Gao" in text
    assert "4 incidents were reported in Gao" in text
    assert "TLP:AMBER" in text
    assert "Labbezanga" in text  # on the map too: its letters are letters
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in inner or "/FontFile3" in inner
    assert reader.metadata["/Title"] == "Security brief: Gao"


def test_slides_have_titles_tables_pictures_and_notes() -> None:
    deck = Presentation(io.BytesIO(file("pptx")))
    slides = list(deck.slides)
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    runs = (run for slide in slides for shape in slide.shapes if shape.has_text_frame
            for part in shape.text_frame.paragraphs for run in part.runs)  # fmt: skip
    assert min(run.font.size.pt for run in runs) >= 9
    kinds = {shape.shape_type for slide in slides for shape in slide.shapes}
    assert {13, 19} <= kinds  # pictures and tables
    assert any(KOBE in slide.notes_slide.notes_text_frame.text
               for slide in slides if slide.has_notes_slide)  # fmt: skip
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            if shape.shape_type == 13:
                assert shape.top + shape.height <= deck.slide_height
                assert shape._element._nvXxPr.cNvPr.get("descr")


def test_what_is_said_of_a_map_stands_on_its_slide() -> None:
    part = next(part for part in brief().sections if part.name == "map")
    picture = next(block for block in part.blocks if isinstance(block, Picture))
    caveat = "The border between two regions is not in the map data. " * 9  # 495 letters
    told = replace(part, blocks=(Paragraph((Sentence(caveat),)), picture))
    deck = Presentation(io.BytesIO(write(replace(brief(), sections=(told,)), material(), "pptx")))
    _title, slide = deck.slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert caveat.strip() in map(str.strip, texts)
    assert 13 in {shape.shape_type for shape in slide.shapes}


@pytest.mark.parametrize("sheet", [PAGE, SLIDE], ids=lambda sheet: str(sheet.name))
def test_what_pictures_say_can_be_read_on_a_page_and_from_the_back_of_the_room(sheet: Size) -> None:
    drawn = pictures(brief("incident"))
    assert [picture.kind.value for picture in drawn] == ["incident_map", "chronicle"]
    for picture in drawn:
        plate = gallery("incident").plate(picture)
        bare = replace(plate, imprint=replace(plate.imprint, title="", caveat=""))
        own = fitting(sheet, plate)
        figure = draw(bare, own)
        assert too_small(figure, own) == {}
        assert beyond_the_page(figure) == []


def test_a_word_document_has_headings_tables_and_pictures() -> None:
    document = Document(io.BytesIO(file("docx")))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:2] == ["Security brief: Gao", "In short"]
    assert len(document.inline_shapes) == 2
    assert any("RN17" in cell.text for table in document.tables for row in table.rows
               for cell in row.cells)  # fmt: skip


def test_pictures_have_the_size_that_was_asked_for() -> None:
    assert Image.open(io.BytesIO(file("png"))).size == (1920, 1080)
    square = write(brief(), material(), "png", size="square")
    assert Image.open(io.BytesIO(square)).size == (1080, 1080)
    assert b"<svg" in file("svg")


def test_markdown_says_the_same() -> None:
    text = file("md").decode()
    assert text.startswith("# Security brief: Gao\n")
    assert "| When | Where |" in text
    assert text.count("](data:image/png;base64,") == 2


@pytest.mark.parametrize("form", ["pdf", "pptx", "docx", "md"])
def test_hostile_words_leave_every_file_well_formed(form: str) -> None:
    data = write(*hostile(), form, gallery=hostile_gallery())
    if form == "pdf":
        assert "<script>alert(1)</script> =1+1" in pdf_text(data)
    elif form == "md":
        text = re.sub(r"data:[^)]*", "", data.decode())
        assert "<script>" not in text
        assert "](http" not in text
    else:
        opened = {"pptx": Presentation, "docx": Document}[form](io.BytesIO(data))
        assert opened is not None
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.testzip() is None


def test_no_word_is_too_long_for_its_page() -> None:
    whole, about = brief(), material()
    texts = {key: "W" * 300 for part in whole.sections for key, _ in part.sentences()}
    long = replace(edited(whole, Edits(texts=texts)), title="W" * 300)
    first = PdfReader(io.BytesIO(write(long, about, "pdf"))).pages[0]
    # A line of the widest letter at 9 points is no more than 493 points wide.
    rows = [row for row in first.extract_text().splitlines() if set(row) <= set("W\u200b • ")]
    assert rows
    assert max(row.count("W") for row in rows) <= 60
    deck = Presentation(io.BytesIO(write(long, about, "pptx")))
    assert all("W" * 300 in slide.shapes.title.text_frame.text for slide in list(deck.slides)[:1])


def test_what_turns_the_reading_direction_is_taken_out() -> None:
    assert clean("a\u202eb\u200fc\x00\x1bd\n e\ufeff") == "abcd e"
    assert clean("Labbézanga 😀 =x") == "Labbézanga 😀 =x"


def test_in_french() -> None:
    i18n.activate("fr")
    try:
        made = build(templates.load("area"), material(), made_on=ON)
        text = pdf_text(write(made, material(), "pdf"))
    finally:
        i18n.activate("en")
    assert "Point sécurité" in text
    assert "12 févr. 2025" in text


def test_words_of_sources_are_marked_on_a_web_page_and_said_to_be_theirs() -> None:
    whole = brief("incident")
    note = message("Note: {text}", text=Quoted("</span>\ue000fr\ue001<b>x</b>\ue002"))
    own = Section("x", "x", (Paragraph((Sentence(note),)),))
    undrawn = [
        replace(part, blocks=tuple(b for b in part.blocks if not isinstance(b, Picture)))
        for part in whole.sections
    ]
    bare = replace(whole, sections=(*undrawn, own))
    i18n.activate("fr")
    try:
        page = write(bare, material(), "html").decode()
    finally:
        i18n.activate("en")
    assert '<span lang="en">About 100 gunmen' in page
    assert '<span lang="en">Maliactu (army communiqué)</span></td>' in page
    assert 'Note\u00a0: <span lang="en">&lt;/span&gt;fr&lt;b&gt;x&lt;/b&gt;</span>' in page
    assert "Les mots des sources restent dans leur langue." in page
    assert '<span lang="en">' not in write(bare, material(), "html").decode()
    assert "words of sources" not in footer(replace(whole, sections=()))


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_every_document_bears_the_logo(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"logo.{ending}"
    if ending == "png":
        Image.new("RGB", (400, 50), "#1D4E89").save(path)
    else:
        drawn = '<rect width="400" height="50" fill="#1D4E89"/>'
        path.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 50">{drawn}</svg>', "utf-8"
        )
    us = templates.Brand("Sahel Desk", path, "#1D4E89")
    bare = replace(brief(), sections=brief().sections[:1])
    made = {form: write(bare, material(), form, brand=us) for form in ("pdf", "pptx", "docx")}
    document = Document(io.BytesIO(made["docx"]))
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0].width / document.inline_shapes[0].height == pytest.approx(
        8, 0.01
    )
    slide = Presentation(io.BytesIO(made["pptx"])).slides[0]
    logo = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert logo.width / logo.height == pytest.approx(8, 0.01)
    assert b"/Alt(Sahel Desk)" in made["pdf"]
    assert 'alt="Sahel Desk" src="data:image/' in write(bare, material(), "html", brand=us).decode()
    assert "![Sahel Desk](data:image/" in write(bare, material(), "md", brand=us).decode()


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="“xls”"):
        write(brief(), material(), "xls")
    bare = replace(brief(), sections=(Section("x", "x", ()),))
    with pytest.raises(InputError, match="has no map"):
        write(bare, material(), tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


def test_an_incident_on_slides() -> None:
    told = [
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(file("pptx", "incident"))).slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert any("Killed, over all claims: 10–56+." in text for text in told)


def test_columns_of_numbers_stand_to_the_right() -> None:
    rows = (
        ("Gao", "Feb 12, 2025", 1_200, "10–56+", "76%", "PK 1+000", ""),
        ("5 roads", "", 3, "no figure", "4%", "", ""),
    )
    made = Table((message("Month"),) * 7, rows, message("Month"))
    assert numeric(made) == [False, False, True, True, True, False, False]
