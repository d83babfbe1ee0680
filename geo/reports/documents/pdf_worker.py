"""Reads a PDF from stdin and writes its text to stdout; run by :mod:`geo.reports.documents.pdf`.

Imports nothing of Piste, so that it starts quickly and can hurt nothing.
"""

from __future__ import annotations

import io
import sys

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError

MEMORY_BYTES = 700_000_000
CPU_S = 8
MOST_PAGES = 150
MOST_TEXT = 2_000_000
LOCKED, TOO_MUCH, DAMAGED = 3, 4, 5


def main() -> int:
    """Read, bounded; return the exit code."""
    _bound()
    try:
        return copy_text(sys.stdin.buffer.read())
    except FileNotDecryptedError:
        return LOCKED
    except (MemoryError, RecursionError, LimitReachedError):
        return TOO_MUCH
    except Exception:  # noqa: BLE001 – whatever a damaged file makes the reader do
        return DAMAGED


def copy_text(data: bytes) -> int:
    """Write the text of each page; return the exit code."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    size = 0
    for number, page in enumerate(reader.pages):
        text = page.extract_text()
        size += len(text)
        if number >= MOST_PAGES or size > MOST_TEXT:
            return TOO_MUCH
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n\n")
    return 0


def _bound() -> None:
    """Bound memory and time where the system can; elsewhere the caller's clock must do."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))


if __name__ == "__main__":
    sys.exit(main())
