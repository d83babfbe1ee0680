"""The text layer of a PDF, read in a process of its own with bounded time and memory.

No check beforehand can tell what a PDF's streams will grow to, so the reader works where it can be
stopped: :mod:`geo.reports.documents.pdf_worker`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from geo.i18n import Message, message
from geo.reports.documents.refusal import refuse

TIMEOUT_S = 12
_WORKER = Path(__file__).with_name("pdf_worker.py")
_LOCKED, _TOO_MUCH = 3, 4


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF, pages parted by empty lines.

    Raises
    ------
    InputError
        When it is locked, damaged, has no text layer, or needs more time or memory than a report.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_WORKER)],
            input=data, capture_output=True, timeout=TIMEOUT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise refuse(_overwhelming(name)) from error
    if done.returncode == _LOCKED:
        raise refuse(message("{file} is locked with a password. Unlock it first.", file=name))
    if done.returncode == _TOO_MUCH or done.returncode < 0:
        raise refuse(_overwhelming(name))
    if done.returncode:
        raise refuse(message("{file} is damaged or no PDF. Save it again.", file=name))
    text = done.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise refuse(
            message(
                "{file} has no text layer: it is a picture of a text. Copy the text itself.",
                file=name,
            )
        )
    return text


def _overwhelming(name: str) -> Message:
    return message(
        "{file} needs more time or memory than a report does. It is not read.", file=name
    )
