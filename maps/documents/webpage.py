"""A brief as one HTML file: an interactive map, sortable tables, and not one request to anyone."""

from __future__ import annotations

import base64
import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from geo.briefing.records import (
    Block,
    Brief,
    Paragraph,
    Picture,
    PictureKind,
    Section,
    Sentence,
    Table,
    cell_text,
)
from geo.briefing.templates import Brand
from geo.i18n import Message, Quoted, language
from geo.i18n import gettext as _
from maps.cartography import mark_named
from maps.documents.interactive import map_page
from maps.documents.logo import logo_of
from maps.documents.pictures import Gallery, area_map
from maps.documents.plain import clean, footer, headings, left_out, numeric, shown, unbroken

_STYLE = Path(__file__).with_name("brief.css")
_SCRIPT = Path(__file__).with_name("brief.js")
#: What the page may do: show what it brings along. Even a mistake of ours could fetch nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "connect-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)


#: Around words of a source and behind their language, until the page is written: no text of
#: outside keeps such letters.
_BEGIN, _MIDDLE, _END = _MARKS = "\ue000\ue001\ue002"
_SPAN: Final = re.compile(f"{_BEGIN}([^{_MARKS}]*){_MIDDLE}([^{_MARKS}]*){_END}")


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def _marked(value: Any) -> Any:
    """Return a value with marks around the words of its sources."""
    if isinstance(value, Sentence):
        return _marked(value.text)
    if isinstance(value, Message):
        return replace(value, values={name: _marked(one) for name, one in value.values.items()})
    if not isinstance(value, str):
        return value
    text = clean(value)
    foreign = isinstance(value, Quoted) and text and value.lang != language()
    return f"{_BEGIN}{value.lang}{_MIDDLE}{text}{_END}" if foreign else text


def _told(value: Any) -> str:
    """Return a sentence or a cell as HTML, a source's words marked with their language."""
    text = unbroken(clean(cell_text(_marked(value)), _MARKS))
    return _SPAN.sub(r'<span lang="\1">\2</span>', _e(text))


def _table(table: Table) -> str:
    if not table.rows:
        return ""
    head = "".join(f'<th scope="col"><button>{_e(name)}</button></th>' for name in headings(table))
    openings = ['<td class="number">' if right else "<td>" for right in numeric(table)]
    body = "".join(
        "<tr>"
        + "".join(f"{td}{_told(cell)}</td>" for td, cell in zip(openings, row, strict=True))
        + "</tr>"
        for row in table.rows
    )
    rest = f'<p class="quiet">{_e(left_out(table))}</p>' if table.left_out else ""
    caption = _e(shown(table.caption))
    return (
        # What scrolls can be reached and moved by keyboard.
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"</div>{rest}"
    )


def _picture(gallery: Gallery, picture: Picture) -> str:
    caption, alt = _e(shown(picture.caption)), _e(shown(picture.alt))
    drawn = gallery.svg(picture)
    # As an image a drawing runs no script and loads nothing, whatever it may contain.
    still = (
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">'
        f'<img alt="{alt}" src="{_svg_url(drawn)}"></div>'
    )
    live = ""
    if picture.kind is PictureKind.AREA_MAP:
        page = _live_map(gallery)
        if page is not None:
            words = _e(_("As a picture"))
            still = f'<details class="still"><summary>{words}</summary>{still}</details>'
            live = (
                f'<iframe title="{caption}" sandbox="allow-scripts" srcdoc="{_e(page)}"></iframe>'
            )
    return f"<figure>{live}{still}<figcaption>{caption}</figcaption></figure>"


def _svg_url(drawn: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def _live_map(gallery: Gallery) -> str | None:
    subject = area_map(gallery.material, gallery.layers)
    brief = gallery.brief
    caption = [
        _("As of {day}", day=brief.on),
        _("As known on {day}", day=brief.known_on),
    ]
    return map_page(subject.view, subject.bounds, caption, gallery.layers)


def _block(gallery: Gallery, block: Block) -> str:
    if isinstance(block, Paragraph):
        told = [_told(sentence) for sentence in block.sentences]
        if block.listed:
            return "<ul>" + "".join(f"<li>{text}</li>" for text in told) + "</ul>"
        return f"<p>{' '.join(told)}</p>"
    return _table(block) if isinstance(block, Table) else _picture(gallery, block)


def _section(gallery: Gallery, section: Section) -> str:
    body = "".join(_block(gallery, block) for block in section.blocks)
    note = f'<p class="note">{_e(clean(section.note))}</p>' if section.note else ""
    return (
        f'<section id="{_e(section.name)}"><h2>{_e(shown(section.title))}</h2>{body}{note}'
        "</section>"
    )


def _badge(brand: Brand) -> str:
    logo = logo_of(brand)
    if logo is None:
        return ""
    data = base64.b64encode(logo.data).decode()
    url = f"data:{logo.media_type};base64,{data}"
    return f'<img class="logo" alt="{_e(clean(brand.name))}" src="{url}">'


def webpage(brief: Brief, gallery: Gallery, brand: Brand) -> bytes:
    """Return a brief as one HTML file; the same brief gives the same bytes."""
    mark = mark_named(brief.mark)
    marked = ""
    if mark is not None:
        style = f"color:{mark.ink};background:{mark.ground}"
        marked = f'<span class="mark" style="{style}">{_e(clean(brief.mark))}</span>'
    sections = "".join(_section(gallery, section) for section in brief.sections)
    title = _e(shown(brief.title))
    page = (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>:root{{--accent:{brand.accent}}}"
        f"{_STYLE.read_text('utf-8')}</style></head><body>"
        f'<header>{_badge(brand)}<p class="quiet">{_e(clean(brand.name))}</p>{marked}'
        f"<h1>{title}</h1>"
        f'<p class="quiet">{_e(shown(brief.subtitle))}</p></header><main>{sections}</main>'
        f"<footer>{marked}<p><strong>{_e(shown(brief.caveat))}</strong></p>"
        f'<p class="quiet">{_e(footer(brief))}</p></footer>'
        f"<script>{_SCRIPT.read_text('utf-8')}</script></body></html>\n"
    )
    return page.encode()
