"""Which format a brief is written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from geo.briefing import templates
from geo.briefing.material import Material
from geo.briefing.records import Brief
from geo.briefing.templates import Brand
from geo.exchange.files import write_whole
from geo.i18n import message
from geo.records import Fault, InputError
from geo.risk.journey.records import Answer
from maps.cartography import write as write_plate
from maps.documents.pictures import Gallery
from maps.documents.plain import pictures

#: Where each format is written: read when it is asked for, for each brings its own library.
_DOCUMENTS: Mapping[str, tuple[str, str]] = {
    "pdf": ("pdf", "pdf"),
    "pptx": ("slides", "pptx"),
    "docx": ("word", "docx"),
    "html": ("webpage", "webpage"),
    "md": ("markdown", "markdown"),
}
_PICTURES = ("png", "svg")
#: What a brief can be written as; ``png`` and ``svg`` are its first map alone.
FORMATS = (*_DOCUMENTS, *_PICTURES)
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "png": "image/png",
    "svg": "image/svg+xml",
}


def write(
    brief: Brief, material: Material, to: str | Path, *, journey: Answer | None = None,
    brand: Brand | None = None, size: str = "hd", gallery: Gallery | None = None,
) -> bytes:  # fmt: skip
    """Write a brief.

    Parameters
    ----------
    brief
        Of `geo.briefing.building.build`, edited or not.
    material
        What it was built from.
    to
        One of `FORMATS`; or a path with such an ending, which is then written whole or not at all.
    journey
        The answer that a brief about a journey tells.
    brand
        Whose it is; that of ``brand.toml`` unless given.
    size
        Sheet of a picture alone (`maps.cartography.SIZES`).
    gallery
        Its pictures, where it is written in several formats: each is drawn once.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        When there is no such format, or a picture is asked of a brief that has none.
    """
    form = format_of(to)
    gallery = gallery or Gallery(brief, material, journey)
    if form in _DOCUMENTS:
        data = _writer(form)(brief, gallery, brand or templates.brand())
    else:
        data = _first_map(brief, gallery, form, size)
    if isinstance(to, Path):
        write_whole(to, data)
    return data


def format_of(to: str | Path) -> str:
    """Return the format of a brief: one of `FORMATS`, or the ending of a path.

    Raises
    ------
    InputError
        When there is no such format.
    """
    form = to.suffix.removeprefix(".").lower() if isinstance(to, Path) else to
    if form not in FORMATS:
        text = message(
            "A brief cannot be written as “{form}”; choose one of {forms}.",
            form=form,
            forms=", ".join(FORMATS),
        )
        raise InputError([Fault(None, "out", text)])
    return form


def _writer(form: str) -> Callable[[Brief, Gallery, Brand], bytes]:
    module, name = _DOCUMENTS[form]
    found: Callable[[Brief, Gallery, Brand], bytes]
    found = getattr(import_module(f"maps.documents.{module}"), name)
    return found


def _first_map(brief: Brief, gallery: Gallery, form: str, size: str) -> bytes:
    for picture in pictures(brief):
        plate = gallery.plate(picture)
        if plate is not None:
            return write_plate(plate, form, size)
    text = message("The template “{name}” has no map in it.", name=brief.template)
    raise InputError([Fault(None, "out", text)])
