"""A brief as Markdown (CommonMark with tables), its pictures as data inside it."""

from __future__ import annotations

import base64
import re

from geo.briefing.records import Brief, Paragraph, Picture, Table
from geo.briefing.templates import Brand
from maps.documents.logo import logo_of
from maps.documents.pictures import Gallery
from maps.documents.plain import clean, footer, headings, left_out, numeric, rows, shown

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&-])")


def _m(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _table(table: Table) -> list[str]:
    if not table.rows:
        return []
    lines = [f"*{_m(shown(table.caption))}*", ""]
    lines.append("| " + " | ".join(map(_m, headings(table))) + " |")
    lines.append("|" + "".join(" ---: |" if right else " --- |" for right in numeric(table)))
    lines += ["| " + " | ".join(map(_m, row)) + " |" for row in rows(table)]
    return [*lines, "", *([_m(left_out(table)), ""] if table.left_out else [])]


def markdown(brief: Brief, gallery: Gallery, brand: Brand) -> bytes:
    """Return a brief as Markdown; the same brief gives the same bytes."""
    lines = [f"# {_m(shown(brief.title))}", ""]
    if (logo := logo_of(brand)) is not None:
        data = base64.b64encode(logo.data).decode()
        lines += [f"![{_m(clean(brand.name))}](data:{logo.media_type};base64,{data})", ""]
    lines += [_m(text) for text in (clean(brief.mark), shown(brief.subtitle), clean(brand.name))
              if text]  # fmt: skip
    for section in brief.sections:
        lines += ["", f"## {_m(shown(section.title))}", ""]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                told = [_m(shown(sentence)) for sentence in block.sentences]
                lines += [f"- {text}" for text in told] if block.listed else [" ".join(told)]
                lines.append("")
            elif isinstance(block, Table):
                lines += _table(block)
            elif isinstance(block, Picture):
                data = base64.b64encode(gallery.png(block)).decode()
                lines += [f"![{_m(shown(block.alt))}](data:image/png;base64,{data})", ""]
        if section.note:
            lines += [f"> {_m(clean(section.note))}", ""]
    lines += ["---", "", f"**{_m(shown(brief.caveat))}**", "", _m(footer(brief)), ""]
    return "\n".join(lines).encode()
