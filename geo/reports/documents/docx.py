"""The text of a Word document, read as the zip of XML that it is, within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from geo.i18n import message
from geo.reports.documents.refusal import refuse

MAX_XML_BYTES = 30_000_000
MAX_TEXT = 2_000_000
_DEEPEST = 500
_PART = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_CHUNK = 1 << 16


class _Stop(Exception):  # noqa: N818
    """Enough has been read, or too much."""


class _Reader:
    """Gathers the text of the runs; a paragraph, a break and a tab become white space."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self._deleted = 0
        self._depth = 0
        self._in_text = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Stop
        if tag == _W + "t":
            self._in_text = True
        elif tag in (_W + "br", _W + "cr"):
            self.parts.append("\n")
        elif tag == _W + "tab":
            self.parts.append("\t")
        elif tag == _W + "del":
            self._deleted += 1

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag == _W + "t":
            self._in_text = False
        elif tag == _W + "p":
            self.parts.append("\n\n")
        elif tag == _W + "del":
            self._deleted -= 1

    def data(self, text: str) -> None:
        if self._in_text and not self._deleted:
            self.parts.append(text)
            self.size += len(text)
            if self.size > MAX_TEXT:
                raise _Stop

    def doctype(self, *_: object) -> None:
        # No Word document has one: it could only define entities that grow.
        raise _Stop


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    """Parse a part piece by piece, as far as a report may go."""
    read = 0
    while chunk := part.read(_CHUNK):
        read += len(chunk)
        if read > MAX_XML_BYTES:
            raise _Stop
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003


def docx_text(data: bytes, name: str) -> str:
    """Return the text of a Word document, paragraphs parted by empty lines.

    Raises
    ------
    InputError
        When it is damaged, locked, or unpacks to more than any report holds.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PART) as part:
            _feed(parser, part)
    except _Stop as error:
        text = message(
            "{file} unpacks to far more text than a report holds. It is not read.", file=name
        )
        raise refuse(text) from error
    except KeyError as error:
        raise refuse(message("{file} is a zip file, but no Word document.", file=name)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
            ValueError, expat.ExpatError) as error:  # fmt: skip
        text = message(
            "{file} is damaged or locked ({why}). Save it again without a password.",
            file=name, why=str(error),
        )  # fmt: skip
        raise refuse(text) from error
    return "".join(reader.parts).strip()
