"""The gallery is what the code makes, and every file of it opens."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from docx import Document
from PIL import Image, ImageDraw
from pptx import Presentation
from pypdf import PdfReader

from geo import i18n
from geo.briefing import templates
from maps.documents import Gallery, pages
from maps.documents.pictures import lean_png, lean_svg
from maps.specimens import ABOUT, FORMATS, LANGUAGES, Specimens
from tests.maps.perceived import apart, lab

GALLERY = Path(__file__).resolve().parent.parent.parent / "docs" / "gallery"
#: Another version of FreeType or Typst sets letters a little elsewhere: their edges change, which
#: moves few blocks, each by less than what is just noticed. A missing table, a legend in other
#: colours or a line that breaks elsewhere is beyond both.
MEAN_MAX, BEYOND_MAX = 0.5, 0.01
TITLES = {
    "area-en": "Security brief: Gao",
    "area-fr": "Point sécurité\u00a0: Gao",
    "weekly-en": "The week: Mali",
    "weekly-fr": "La semaine\u00a0: Mali",
    "ied-en": "Explosive devices: Mali",
    "ied-fr": "Engins explosifs\u00a0: Mali",
    "incident-en": "Incident: Kobé",
    "incident-fr": "Incident\u00a0: Kobé",
    "route-en": "Road book: Gao to Labbezanga",
    "route-fr": "Feuille de route\u00a0: Gao – Labbezanga",
}


@lru_cache(maxsize=1)
def specimens() -> Specimens:
    return Specimens()


def test_the_gallery_is_whole_and_small() -> None:
    wanted = {
        f"{name}-{language}.{form}"
        for name in ABOUT
        for language in LANGUAGES
        for form in ("pdf", "png", *FORMATS.get(name, ()))
    }
    assert {path.name for path in GALLERY.iterdir()} == wanted | {"README.md"}
    assert {form for forms in FORMATS.values() for form in forms} == {"pptx", "docx", "html", "md"}
    assert sum(path.stat().st_size for path in GALLERY.iterdir()) < 6_000_000
    index = (GALLERY / "README.md").read_text("utf-8")
    assert wanted == set(re.findall(r"\]\((\w+-\w+\.\w+)\)", index))


def test_a_pdf_has_its_title_its_language_its_tags_and_words_for_its_pictures() -> None:
    for name, title in TITLES.items():
        data = (GALLERY / f"{name}.pdf").read_bytes()
        reader = PdfReader(io.BytesIO(data))
        assert reader.metadata["/Title"] == title
        root = reader.trailer["/Root"]
        assert root["/Lang"] == name[-2:]
        assert root["/MarkInfo"]["/Marked"]
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
        assert data.count(b"/S/Figure") == data.count(b"/Alt(") + data.count(b"/Alt<") >= 1


# The languages differ in words; each template is read in one of them.
@pytest.mark.parametrize("name", [*list(TITLES)[::3], "ied-en"])
def test_a_pdf_has_its_words_its_fonts_its_dates_and_its_mark(name: str) -> None:
    reader = PdfReader(GALLERY / f"{name}.pdf")
    known = "Connu au" if name.endswith("fr") else "As known on"
    for number, page in enumerate(reader.pages, 1):
        text = re.sub(r"\s+", " ", page.extract_text())
        assert text.count("TLP:AMBER") >= 2
        assert f"{number}/{len(reader.pages)}" in text
        assert known.casefold() in text.casefold()
        assert "Natural Earth" in text
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in inner or "/FontFile3" in inner


@pytest.mark.parametrize("name", ["area-fr", "incident-en", "route-en"])
def test_a_first_page_looks_like_the_stored_one(name: str) -> None:
    template, language = name.split("-")
    i18n.activate(language)
    try:
        brief, material, journey = specimens().brief(template)
        made = pages(brief, Gallery(brief, material, journey), templates.brand(), ppi=80)[0]
    finally:
        i18n.activate("en")
    mean, beyond = apart(lean_png(made), (GALLERY / f"{name}.png").read_bytes())
    assert mean <= MEAN_MAX, f"make the gallery again and look at it: {mean:.2f}, {beyond:.4f}"
    assert beyond <= BEYOND_MAX


def test_the_measure_sees_what_a_reader_sees() -> None:
    stored = (GALLERY / "area-en.png").read_bytes()
    assert apart(stored, stored) == (0.0, 0.0)
    other = (GALLERY / "area-fr.png").read_bytes()
    assert apart(stored, other)[1] > BEYOND_MAX  # other words
    holed = Image.open(io.BytesIO(stored)).convert("RGB")
    ImageDraw.Draw(holed).rectangle((60, 300, 300, 400), fill="white")
    drawn = io.BytesIO()
    holed.save(drawn, "png")
    assert apart(stored, drawn.getvalue())[1] > BEYOND_MAX  # a part of the map is gone
    # White, black and sRGB red, by hand: L* a* b* of the CIE.
    for colour, wanted in (("#FFFFFF", (100, 0, 0)), ("#000000", (0, 0, 0)),
                           ("#FF0000", (53.24, 80.09, 67.20))):  # fmt: skip
        flat = io.BytesIO()
        Image.new("RGB", (8, 8), colour).save(flat, "png")
        assert lab(flat.getvalue())[0, 0] == pytest.approx(wanted, abs=0.02)


def test_leaner_pictures_keep_their_colours_and_lines() -> None:
    ground = np.full((64, 64, 3), 240, dtype=np.uint8)
    ground[:, :32] = np.random.default_rng(1).integers(0, 255, (64, 32, 3))
    ground[5, 40] = (200, 0, 40)  # one pixel that nothing else is like
    drawn = io.BytesIO()
    Image.fromarray(ground).save(drawn, "png")
    lean = np.asarray(Image.open(io.BytesIO(lean_png(drawn.getvalue()))).convert("RGB"))
    assert np.abs(lean[:, 40].astype(int) - ground[:, 40]).max() <= 40
    svg = b'<path d="M 1.23456 7.1 L 10 0.999"/><g transform="scale(0.12345)"/>'
    assert lean_svg(svg) == b'<path d="M 1.23 7.1 L 10 0.99"/><g transform="scale(0.12345)"/>'


@pytest.mark.parametrize("name", ["area-en", "area-fr"])
def test_slides_say_what_they_are_and_nothing_leaves_them(name: str) -> None:
    deck = Presentation(GALLERY / f"{name}.pptx")
    slides = list(deck.slides)
    for number, slide in enumerate(slides, 1):
        told = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert told.count("TLP:AMBER") == 2
        assert f"{number}/{len(slides)}" in told
        assert any("2025" in text and "Natural Earth" in text for text in told)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    assert slides[0].shapes.title.text_frame.text == TITLES[name]


def test_a_word_document_has_its_rows_whole_and_its_pages_numbered() -> None:
    document = Document(GALLERY / "weekly-fr.docx")
    foot = document.sections[0].footer._element.xml
    assert "NUMPAGES" in foot
    assert "TLP:AMBER" in foot
    assert "Connu au" in document.sections[0].header.paragraphs[0].text
    rows = [row for table in document.tables for row in table.rows]
    assert rows
    assert all(row._tr.trPr is not None for row in rows)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_slides_and_word_without_repair(tmp_path: Path) -> None:
    files = ["area-fr.pptx", "weekly-fr.docx"]
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(tmp_path), *(str(GALLERY / f) for f in files)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    deck = Presentation(GALLERY / files[0])
    slides = PdfReader(tmp_path / "area-fr.pdf").pages
    assert len(slides) == len(deck.slides)
    for slide, page in zip(deck.slides, slides, strict=True):
        title = slide.shapes.title.text_frame.text.split()[0]
        assert title in page.extract_text()
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "weekly-fr.pdf").pages)
    assert "La semaine" in text
    assert "Kobé" in text
