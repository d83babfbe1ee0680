"""Open a document: pasted text, .txt, .md, .html, .docx, .pdf with a text layer, .eml."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.i18n import message
from geo.reports.documents.docx import docx_text
from geo.reports.documents.html import TooDeepError, html_text
from geo.reports.documents.mail import mail_text
from geo.reports.documents.pdf import pdf_text
from geo.reports.documents.refusal import refuse

MAX_BYTES = 5_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What was found in a file.

    Parameters
    ----------
    text
        What there is to read.
    title, published
        As the file itself says; empty and ``None`` when it does not.
    """

    text: str
    title: str = ""
    published: date | None = None


def open_document(path: Path) -> Document:
    """Return the text of a file.

    Raises
    ------
    InputError
        When it is too large, of another kind, damaged, locked, or built to overwhelm its reader.
    OSError
        When it cannot be read from the disk.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """Return the text of a document that is at hand; ``name`` tells its kind by its ending."""
    if len(data) > MAX_BYTES:
        raise refuse(
            message("{file} is larger than {limit} MB. Send the report alone.",
                    file=name, limit=MAX_BYTES // 10**6)
        )  # fmt: skip
    kind = _kind(data, Path(name).suffix.casefold())
    if kind is None:
        raise refuse(
            message("{file} is of no kind that can be read: {kinds}.",
                    file=name, kinds=", ".join(sorted(_READERS)))
        )  # fmt: skip
    return _READERS[kind](data, name)


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with a mark, else what Windows writes in the West."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lines(data.decode(encoding, errors="replace"))
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _lines(data.decode("cp1252", errors="replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(data: bytes, suffix: str) -> str | None:
    """Return the ending that tells how to read a file: its content outranks its name."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx"
    if suffix in (".pdf", ".docx"):
        return suffix
    return suffix if suffix in _READERS else None


def _plain(data: bytes, _name: str) -> Document:
    return Document(decode(data))


def _html(data: bytes, name: str) -> Document:
    return _shown(_page(data), name)


def _shown(text: str, name: str) -> Document:
    """Return what a page shows."""
    try:
        page = html_text(text)
    except TooDeepError as error:
        raise refuse(message("{file} is nested too deeply to be a report.", file=name)) from error
    return Document(page.text, page.title, page.published)


def _page(data: bytes) -> str:
    """Return a page as text, in the encoding that it declares."""
    head = data[:2048].lower()
    at = head.find(b"charset=")
    if at >= 0:
        name = head[at + 8 : at + 40].strip(b"\"' ").split(b'"')[0].split(b"'")[0].split(b">")[0]
        try:
            return _lines(
                data.decode(codecs.lookup(name.decode("ascii").strip(" ;/")).name, "replace")
            )
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)


def _docx(data: bytes, name: str) -> Document:
    return Document(docx_text(data, name))


def _pdf(data: bytes, name: str) -> Document:
    return Document(pdf_text(data, name))


def _mail(data: bytes, name: str) -> Document:
    mail = mail_text(data, name)
    text = _shown(mail.text, name).text if mail.html else mail.text
    return Document(text, mail.title, mail.published)


_READERS: Mapping[str, Callable[[bytes, str], Document]] = {
    ".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf,
    ".eml": _mail,
}  # fmt: skip
