"""The text of a saved e-mail: its body, its subject and its day; attachments are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from geo.i18n import message
from geo.reports.documents.refusal import refuse

_MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """The body of an e-mail; ``html`` when there is no plain one."""

    text: str
    html: bool
    title: str
    published: date | None


def mail_text(data: bytes, name: str) -> Mail:
    """Return the body of an e-mail.

    Raises
    ------
    InputError
        When it has no readable body, or is nested beyond reason.
    """
    if data.count(b"boundary") > _MOST_PARTS:
        raise refuse(message("{file} is nested too deeply to be a report.", file=name))
    try:
        mail = message_from_bytes(data, policy=policy.default)
        body = mail.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if body is not None else ""
        html = body is not None and body.get_content_type() == "text/html"
        title = str(mail["subject"] or "")
        stamp = str(mail["date"] or "")
    except (
        RecursionError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        raise refuse(message("{file} is no e-mail that can be read.", file=name)) from error
    if not isinstance(text, str) or not text.strip():
        raise refuse(message("{file} has no text in its body.", file=name))
    return Mail(text.replace("\r\n", "\n"), html, " ".join(title.split()), _day(stamp))


def _day(stamp: str) -> date | None:
    try:
        return parsedate_to_datetime(stamp).date()
    except (ValueError, TypeError, IndexError):
        return None
