"""Plates as pictures and files: the same plate gives the same bytes."""

from __future__ import annotations

import io
import os
from contextvars import copy_context
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure

from geo import i18n
from geo.i18n import message
from maps.cartography import area, multiples, page, sketches
from maps.cartography.lettering import clean
from maps.cartography.paper import Size, size_named
from maps.cartography.pen import Pen
from maps.cartography.plate import AreaMap, Chart, Plate, StripMap, Timeline, YearMaps
from maps.cartography.svgfonts import embedded

FORMATS: Final = ("png", "svg", "pdf")
#: Smaller files cost seconds at 3840 × 2160; this is the knee of that curve.
_PNG_LEVEL: Final = 4


def draw(plate: Plate, size: str | Size = "a4-landscape") -> Figure:
    """Draw a plate.

    Parameters
    ----------
    plate
        What to draw.
    size
        A sheet or its name (:data:`maps.cartography.SIZES`).

    Returns
    -------
    matplotlib.figure.Figure
        Of the sheet's size, known to no pyplot.  Any number of threads may draw at once; the
        caller's language stays as it was.

    Raises
    ------
    ValueError
        When there is no such sheet.
    """
    return copy_context().run(_drawn, plate, size_named(size))


def _drawn(plate: Plate, size: Size) -> Figure:
    i18n.activate(plate.language)
    pen = Pen(size)
    frame = page.draw(pen, plate.imprint)
    match plate.subject:
        case AreaMap():
            area.draw(pen, plate.subject, frame.body)
        case StripMap():
            sketches.draw_strip(pen, plate.subject, frame.body)
        case Timeline():
            sketches.draw_timeline(pen, plate.subject, frame.body)
        case YearMaps():
            multiples.draw(pen, plate.subject, frame.body)
        case Chart():
            sketches.draw_chart(pen, plate.subject, frame.body)
    return pen.figure


def write(
    plate: Plate, to: str | Path, size: str | Size = "a4-landscape", *, letters: bool = True
) -> bytes:
    """Draw a plate and return it as a file.

    Parameters
    ----------
    plate
        What to draw.
    to
        One of ``"png"``, ``"svg"``, ``"pdf"``; or a path with such an ending, which is then written
        whole or not at all.
    size
        A sheet or its name.  A PNG has its pixels, SVG and PDF its millimetres.
    letters
        Whether an SVG brings its letters; to choose them takes most of the time.

    Returns
    -------
    bytes
        The file.  Depends on the plate, the sheet and the version of the libraries only.

    Raises
    ------
    ValueError
        When there is no such format or sheet.
    """
    form = to.suffix.removeprefix(".").lower() if isinstance(to, Path) else to
    if form not in FORMATS:
        text = message(
            "A picture cannot be written as “{form}”; choose one of {forms}.",
            form=form, forms=", ".join(FORMATS),
        )  # fmt: skip
        raise ValueError(str(text))
    figure = draw(plate, size)
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, dpi=figure.dpi, **_options(plate, form))
    data = buffer.getvalue()
    if form == "svg" and letters:
        data = embedded(data, figure)
    if isinstance(to, Path):
        beside = to.with_name(f".{to.name}.part")
        beside.write_bytes(data)
        beside.replace(to)
    return data


def _stamp(made_on: date | None) -> datetime | None:
    """Return the time that a file says it was made: never that of the clock."""
    if made_on is not None:
        return datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else None


def _options(plate: Plate, form: str) -> dict[str, Any]:
    stamp, title = _stamp(plate.imprint.made_on), clean(str(plate.imprint.title))
    author = clean(plate.imprint.made_by)
    if form == "png":
        facts = {"Title": title, "Software": "Piste"} | ({"Author": author} if author else {})
        return {"metadata": facts, "pil_kwargs": {"compress_level": _PNG_LEVEL}}
    if form == "pdf":
        return {
            "metadata": {
                "Title": title,
                "Author": author or None,
                "Creator": "Piste",
                "Producer": "Piste",
                "CreationDate": stamp,
            }
        }
    return {
        "metadata": {
            "Title": title,
            "Creator": author or None,
            "Date": None if stamp is None else f"{stamp:%Y-%m-%d}",
            "Language": plate.language,
        }
    }
