"""Plates as files: the same bytes, whole, well-formed whatever the titles say."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from geo import i18n
from maps.cartography import Plate, draw, mark_named, write
from tests.maps.cartography.starter_plates import ON, beyond_the_page, plate

HOSTILE = (
    r"$x^2$ $\frac{a}{b$ {braces} %d <script>alert('1')</script> & ]]> =1+1 "
    "مالي: حوادث \u202eevil\u202c שלום 😀 🇲🇱 漢字 \x00\x0b\ud800\u2028 " + "Reported " * 30
)


def hostile() -> Plate:
    """Return a plate whose every text is hostile."""
    made = plate("Gao")
    imprint = replace(
        made.imprint, title=HOSTILE, subtitle=HOSTILE, caveat=HOSTILE, made_by=HOSTILE,
        mark=mark_named(HOSTILE), sources=(HOSTILE, "Borders: Natural Earth"),
    )  # fmt: skip
    return replace(made, imprint=imprint)


def twice(made: Plate, form: str, size: str) -> bytes:
    """Return a plate as a file after drawing it twice at the same time, with the same bytes."""
    with ThreadPoolExecutor(2) as threads:
        once, again = threads.map(lambda _: write(made, form, size), range(2))
    assert once == again
    return once


@pytest.mark.parametrize("size", ["square", "a3-landscape"])
def test_no_hostile_text_leaves_the_page(size: str) -> None:
    assert beyond_the_page(draw(hostile(), size)) == []


def test_a_png_has_the_pixels_of_its_sheet_and_no_time_of_day() -> None:
    data = twice(hostile(), "png", "hd")
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (1920, 1080)
    assert picture.info["Software"] == "Piste"


def test_a_pdf_has_its_fonts_and_its_texts_as_text() -> None:
    data = twice(hostile(), "pdf", "a4-landscape")
    reader = PdfReader(io.BytesIO(data))
    page = reader.pages[0]
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx([841.89, 595.28], abs=0.1)
    text = page.extract_text()
    for words in ("Ansongo", "RN17", "Armed attack", "$x^2$", "<script>alert('1')</script>",
                  "Natural Earth"):  # fmt: skip
        assert words in text
    for font in page["/Resources"]["/Font"].values():
        given = font.get_object()
        inner = (
            given["/DescendantFonts"][0].get_object() if given["/Subtype"] == "/Type0" else given
        )
        assert inner["/Subtype"] in {"/CIDFontType2", "/TrueType"}
        assert "/FontFile2" in inner["/FontDescriptor"]
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == ON


def test_an_svg_is_well_formed_and_brings_its_letters() -> None:
    data = twice(hostile(), "svg", "hd")
    root = ET.fromstring(data)  # noqa: S314 - our own
    texts = {node.text for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Ansongo", "RN17"} <= texts
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert re.search(rb"@font-face\{font-family:'DejaVu Sans';font-weight:700", data)
    # Nothing to fetch: every address is inside of the file or a name.
    addresses = set(re.findall(rb"""(?:href="|url\()([^")]{1,12})""", data))
    assert all(address.startswith((b"#", b"data:")) for address in addresses)


def test_a_path_is_written_whole_and_a_wrong_one_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "gao.svg"
    data = write(plate("Gao"), path, "square")
    assert path.read_bytes() == data
    with pytest.raises(ValueError, match="png, svg, pdf"):
        write(plate("Gao"), tmp_path / "gao.gif")
    with pytest.raises(ValueError, match="a4-landscape"):
        write(plate("Gao"), "png", "a5")
    assert list(tmp_path.iterdir()) == [path]


def test_a_plate_speaks_its_language_and_leaves_the_callers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    words += 'msgid "As of {day}"\nmsgstr "Au {day}"\n'
    (folder / "piste.po").write_text(words, "utf-8")
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    text = write(plate("Gao", language="fr"), "svg", "hd").decode()
    assert "Au 12 févr. 2025" in text
    assert "ALGÉRIE" in text or "NIGER" in text
    assert i18n.language() == "en"
