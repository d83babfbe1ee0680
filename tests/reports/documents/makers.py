"""Documents made for the tests: a Word file, a PDF, and the traps that each can be."""

from __future__ import annotations

import io
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, document: str | None = None) -> bytes:
    """Return a Word file with the given body of ``w:p`` elements, or another document part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        part = document or f"<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", part)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def deflated(piece: bytes, times: int, head: bytes = b"", tail: bytes = b"") -> bytes:
    """Return a piece repeated and compressed, without holding it unpacked."""
    packer = zlib.compressobj(9)
    packed = packer.compress(head)
    for _ in range(times):
        packed += packer.compress(piece)
    return packed + packer.compress(tail) + packer.flush()


def pdf(stream: bytes) -> bytes:
    """Return a PDF of one page with a compressed content stream."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 " + font
        + b">>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]  # fmt: skip
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(out),
    )  # fmt: skip
    return out + head + table + trailer
