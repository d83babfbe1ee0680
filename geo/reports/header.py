"""A report's own metadata: when it was published, on which countries and topics, its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateparser.date import DateDataParser

from geo.gazetteer.folding import fold
from geo.gazetteer.vocabulary import COUNTRIES
from geo.reports.dates import resolve
from geo.reports.days import told_days
from geo.reports.plaintext import Plain
from geo.reports.sentences import split
from geo.reports.told import SHORT_WEEKDAYS, WEEKDAYS, Told
from geo.reports.vocabulary import words

_HEAD_LINES = 24
_SHORT, _LONGEST_LINE, _LONGEST_DATELINE = 90, 400, 100
_STAMP_MORE = 4
"""With more words than these after the day (“by the agency in Bamako”) a text begins there."""
_CLOCK = re.compile(
    r"[ ,]*(?:(?:at|a|vers)? ?\d{1,2} ?[:h.] ?\d{2}(?::\d\d)?)?"
    r"(?: ?(?:[ap]m|gmt|utc|tu|[+-]\d{4}))*[ ]*[-:,.;|]*"
)
_WEEKDAY = re.compile(
    rf"(?:(?:in|during|on|the|dans|la|le|du) )*(?:{'|'.join(WEEKDAYS)}|{'|'.join(SHORT_WEEKDAYS)}"
    r"|night|nuit|evening|soir(?:ee)?|morning|matin(?:ee)?|early|late|overnight|journee)\b.*"
)
_STAMP_WORDS = frozenset({"stamp", "image", "postimage", "photo", "logo"})
_DATELINE = re.compile(
    r"^(?P<where>[^\W\d][\w' /\-]{1,40}?)"
    r"(?:, [^\W\d][\w' .\-]{1,24}?| \([^\W\d][\w' .\-]{2,24}?\))??,? "
    r"(?:(?:le )?(?P<day>\d[^-(\n]{3,22}|\w+\.? \d{1,2}(?:, \d{4})?),? ?)?"
    r"(?:\((?P<agency>[\w /]{2,20})\),? ?)?"
    r"(?P<after>\d{1,2}(?:er)? [^\W\d]+ \d{4} ?)?"
    r"(?:-|--|\|) "
    r"(?:(?P<stamp>\d{1,2}(?:er)? [^\W\d]+ \d{4}) ?(?:-|--|\|) )?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a report's text.

    Parameters
    ----------
    published
        Its day, when told.
    locations, topics
        As listed.
    end
        Where the text itself begins, in the plain text.
    """

    published: date | None
    locations: tuple[str, ...]
    topics: tuple[str, ...]
    end: int


def read_header(plain: Plain) -> Header:
    """Read the header of a report: lines “When”, “Location”, “Topic” and their values."""
    lines = _first_lines(plain)
    found: dict[str, str] = {}
    end = 0
    at = 0
    while at < len(lines):
        labels = _labels(plain, lines[at:])
        if len(labels) > 1 or (labels and not _value_after(plain, lines[at])):
            # A column of labels and the column of their values below it.
            for label, (start, stop) in zip(labels, lines[at + len(labels) :], strict=False):
                end = _value_end(plain, label, start, stop)
                found.setdefault(label, plain.written(start, end).strip())
            at += 2 * len(labels)
            continue
        if labels:
            found.setdefault(labels[0], _value_after(plain, lines[at]))
            end = lines[at][1]
        at += 1
        if at < len(lines) and lines[at][1] - lines[at][0] > _SHORT:
            break
    published = parse_day(found["published"]) if "published" in found else _stamp(plain, lines)
    if "published" in found and published is None:
        return Header(_stamp(plain, lines), (), (), 0)  # “When: yesterday”: of the event
    end = _past_stamps(plain, lines, end)
    return Header(
        published,
        _listed(found.get("locations", "")),
        _listed(found.get("topics", "")),
        end,
    )


def _first_lines(plain: Plain) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = 0
    while at < len(plain.text) and len(lines) < _HEAD_LINES:
        end = plain.text.find("\n", at)
        end = len(plain.text) if end < 0 else end
        last = min(end, at + _LONGEST_LINE)
        if plain.text[at:end].strip():
            label = _label(plain, (at, last))
            last = _value_end(plain, label[0], label[1], last) if label else last
            lines.append((at, last))
            if label and plain.text[last:end].strip():
                at = last  # what follows a value on its line is another label, or the text itself
                continue
        at = end + 1
    return lines


def _value_end(plain: Plain, label: str, start: int, stop: int) -> int:
    """Return where the value of a label ends: where a sentence begins, for a day right after it."""
    days = told_days(plain, start, stop) if label == "published" else []
    told = next((one for one in days if one.day is not None and one.year is not None), None)
    if told is None:
        return next((last for _, last in split(plain, start, stop)), stop)
    clock = _CLOCK.match(plain.text, told.end, stop)
    after = clock.end() if clock else told.end
    more = plain.text[after:stop].split()
    ended = plain.text[told.end : after].rstrip().endswith(".")
    return after if len(more) > _STAMP_MORE or (more and ended) else stop


def _label(plain: Plain, line: tuple[int, int]) -> tuple[str, int] | None:
    """Return the label that a line is or begins with, and where its value begins."""
    start, end = line
    text = plain.text[start:end]
    hit = words("label").first(plain, start, end)
    if hit is None or plain.text[start : hit.start].strip(" *#-"):
        return None
    rest = text[hit.end - start :].strip(" *")
    if not rest or rest == ":":
        return hit.code, end
    if rest.startswith(":"):
        return hit.code, plain.text.index(":", hit.end) + 1
    if hit.code == "published" and hit.end - hit.start > len("date") and rest[0].isdigit():
        return hit.code, hit.end
    return None


def _labels(plain: Plain, lines: list[tuple[int, int]]) -> list[str]:
    """Return the labels of the lines from the first on, while they are labels alone."""
    labels: list[str] = []
    for line in lines:
        label = _label(plain, line)
        if label is None or label[0] in labels:
            break
        labels.append(label[0])
        if label[1] < line[1]:
            break
    return labels if len(labels) == 1 or all(
        not _value_after(plain, line) for line in lines[: len(labels)]
    ) else labels[:1]  # fmt: skip


def _value_after(plain: Plain, line: tuple[int, int]) -> str:
    label = _label(plain, line)
    return plain.written(label[1], line[1]).strip(" :*\t") if label else ""


def _listed(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*[,;/|•]\s*|\s+(?:and|et)\s+", text.strip())
    return tuple(dict.fromkeys(part for part in parts if part))


def _past_stamps(plain: Plain, lines: list[tuple[int, int]], end: int) -> int:
    """Skip what a saved page leaves between header and text: “Stamp”."""
    if not end:
        return 0
    for start, stop in lines:
        if start >= end:
            if fold(plain.text[start:stop]) not in _STAMP_WORDS:
                break
            end = stop
    return end


def _stamp(plain: Plain, lines: list[tuple[int, int]]) -> date | None:
    """Return the day of a line that is a date and little else, or of a dateline."""
    for start, end in lines[:8]:
        text = plain.text[start:end].strip()
        hit = words("label").first(plain, start, end)
        published = hit is not None and hit.code == "published" and hit.start - start < 3  # noqa: PLR2004
        for told in told_days(plain, start, end):
            alone = (told.end - told.start) * 2 >= len(text) or published
            if told.day is not None and told.year is not None and alone and told.until is None:
                days = resolve(told, None)
                return days.start if days else None
    return None


def parse_day(text: str) -> date | None:
    """Return the day that a stamp names, however it is written; day before month in figures."""
    plain = Plain.of(text[:120])
    for told in told_days(plain, 0, len(plain.text)):
        if told.day is not None and told.year is not None:
            days = resolve(told, None)
            if days is not None:
                return days.start
    parser = DateDataParser(
        languages=["en", "fr"],
        settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]},
    )
    found = parser.get_date_data(text[:120]).date_obj
    return found.date() if found else None


def dateline(plain: Plain, start: int, end: int) -> tuple[int, Told | None]:
    """Return where a sentence begins after its dateline (“BAMAKO, Feb 8 (AFP) -”), and its day."""
    match = _DATELINE.match(plain.text[start : min(end, start + _LONGEST_DATELINE)])
    if match and _WEEKDAY.fullmatch(match["where"]):
        return start, None  # “Mon 11 Nov – …”: an entry of a list, and when that was
    if match is None or not (
        match["agency"]
        or match["day"]
        or plain.written(start, start + match.end("where")).isupper()
    ):
        return start, None
    told = told_days(plain, start, start + match.end())
    day = next((one for one in told if one.day is not None), None)
    if (
        match["agency"] is None
        and day is None
        and not plain.written(start, start + match.end("where")).isupper()
    ):
        return start, None
    return start + match.end(), day


def told_from(plain: Plain, start: int, end: int) -> str:
    """Return the town of a sentence's dateline as it is written; empty when it has none."""
    match = _DATELINE.match(plain.text[start : min(end, start + _LONGEST_DATELINE)])
    if match is None or dateline(plain, start, end)[0] == start:
        return ""
    return plain.written(start, start + match.end("where"))


def countries_named(locations: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of the countries in a list of names."""
    codes = [COUNTRIES.get(fold(name)) for name in locations]
    return tuple(dict.fromkeys(code for code in codes if code))
