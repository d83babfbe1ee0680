"""Documents become text, whatever their kind; traps become a sentence, quickly."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path

import pytest

from geo.records import InputError
from geo.reports.documents.opening import MAX_BYTES, open_document, read_bytes
from tests.reports.documents.makers import deflated, docx, paragraph, pdf


def test_a_text_keeps_its_characters() -> None:
    text = "À l'aube\u202e, près de Kobé…\n\nFin\x07"
    assert read_bytes(text.encode(), "story.txt").text == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Kobé".encode("utf-16"), "Kobé"),
        ("Kobé".encode("cp1252"), "Kobé"),
        (b"\xef\xbb\xbfKob\xc3\xa9", "Kobé"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_a_text_may_have_been_written_by_another_system(data: bytes, expected: str) -> None:
    assert read_bytes(data, "story.md").text == expected


def test_a_page_is_what_it_shows() -> None:
    page = """<html><head><title>Ambush near Kob&eacute;</title>
    <meta property="article:published_time" content="2025-02-12T11:16:00+00:00">
    <script>document.write("not this")</script><style>p {}</style></head>
    <body><nav>Home | World</nav><h1>Ambush</h1><p>Two  lines
    of one paragraph.</p><p>Another<br>line.</p><img src="http://example.org/spy.png">
    <iframe src="http://example.org">frame</iframe><footer>Share</footer></body></html>"""
    found = read_bytes(page.encode(), "saved.html")
    assert found.text == "Ambush\n\nTwo lines of one paragraph.\n\nAnother\nline."
    assert found.title == "Ambush near Kobé"
    assert found.published == date(2025, 2, 12)


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<meta charset="iso-8859-1"><p>Kobé</p>'.encode("iso-8859-1")
    assert read_bytes(page, "saved.htm").text == "Kobé"


def test_a_word_file_gives_its_paragraphs_without_what_was_deleted() -> None:
    deleted = "<w:del><w:r><w:t>gone</w:t></w:r></w:del>"
    body = paragraph("Près de Kobé") + f"<w:p>{deleted}<w:r><w:t>Fin</w:t></w:r></w:p>"
    assert read_bytes(docx(body), "story.docx").text == "Près de Kobé\n\nFin"


def test_a_pdf_gives_its_text_layer() -> None:
    stream = zlib.compress(b"BT /F1 12 Tf 50 700 Td (An ambush near Kobe.) Tj ET")
    assert read_bytes(pdf(stream), "story.pdf").text.strip() == "An ambush near Kobe."


def test_an_e_mail_gives_body_subject_and_day() -> None:
    mail = (
        b"Subject: =?utf-8?q?Kob=C3=A9?=\nDate: Wed, 12 Feb 2025 11:16:00 +0000\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        b"<p>An ambush.</p>\n--x\nContent-Type: application/octet-stream\n\nvirus\n--x--\n"
    )
    found = read_bytes(mail, "story.eml")
    assert (found.text, found.title, found.published) == ("An ambush.", "Kobé", date(2025, 2, 12))


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;</a>'
PARTS = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(900)
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("large.txt", b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
        ("program.exe", b"MZ", "of no kind that can be read"),
        ("nested.html", b"<div>" * 900_000, "nested too deeply"),
        ("closed.html", b"<div><p>" * 300_000 + b"</p></div>" * 200_000, "nested too deeply"),
        ("bomb.docx", docx("", document="<a>" + "a" * 40_000_000), "far more text"),
        ("deep.docx", docx("<w:p>" * 100_000), "far more text"),
        ("entities.docx", docx("", document=ENTITIES), "far more text"),
        ("broken.docx", b"PK\x03\x04garbage", "damaged or locked"),
        ("named.docx", b"hello", "damaged or locked"),
        ("bomb.pdf", pdf(deflated(b" " * 1_000_000, 200)), "more time or memory"),
        ("broken.pdf", b"%PDF-1.4 garbage", "damaged or no PDF"),
        ("scan.pdf", pdf(zlib.compress(b"")), "no text layer"),
        ("nested.eml", PARTS, "nested too deeply"),
        ("empty.eml", b"Subject: x\n\n", "no text in its body"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_bytes(data, name)


def test_an_unclosed_page_is_read_as_far_as_it_goes() -> None:
    assert read_bytes(b"<p>An ambush near <b>Kobe" + b"<!--" * 100_000, "a.html").text == (
        "An ambush near Kobe"
    )


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("An ambush.", encoding="utf-8")
    assert open_document(file).text == "An ambush."
