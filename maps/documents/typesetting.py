"""Typst, the typesetter: pages of text, and SVG turned into pixels.

Words reach it as JSON, never as markup, so nothing in a report can be taken for a command.  It
reads no file beside those that it is given and asks nobody for packages.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from matplotlib import get_data_path

FONTS = Path(get_data_path()) / "fonts" / "ttf"
_PICTURE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg", width: 900pt)'


def typeset(
    source: str,
    data: Mapping[str, Any],
    files: Mapping[str, bytes],
    *,
    form: str = "pdf",
    ppi: float = 144,
) -> list[bytes]:
    """Return a document: one PDF, or a PNG of each page.

    Parameters
    ----------
    source
        Typst; finds ``data`` as JSON text in ``sys.inputs.data``.
    data
        What the document says.
    files
        Content by file name, beside the source.
    form, ppi
        ``"pdf"``, or ``"png"`` with its resolution.
    """
    with tempfile.TemporaryDirectory(prefix="piste-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        main = Path(folder) / "main.typ"
        main.write_text(source, "utf-8")
        made = typst.compile(
            str(main),
            root=folder,
            format=form,
            ppi=ppi,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            # Tagged, with a title, a language and a text for every picture, or it is not made.
            pdf_standards=["ua-1"] if form == "pdf" else [],
        )
    return [made] if isinstance(made, bytes) else [page for page in made if page is not None]


def rasterized(svg: str, ppi: float = 144) -> bytes:
    """Return an SVG document as PNG."""
    return typeset(_PICTURE, {}, {"picture.svg": svg.encode()}, form="png", ppi=ppi)[0]
