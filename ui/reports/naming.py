"""What reports and drafts are called in lists."""

from __future__ import annotations

from collections.abc import Mapping

from geo import words
from geo.i18n import gettext as _
from geo.review import naming
from geo.review.records import Dossier, DraftItem, DraftKind
from ui.reports import fields

_WORDS_MAX = 90


def report(dossier: Dossier) -> str:
    """Return the title of a report, the name of its file, or the first words of its text."""
    source = dossier.source
    if source.title or dossier.name:
        return source.title or dossier.name
    words_ = " ".join(dossier.text[: 4 * _WORDS_MAX].split())
    if not words_:
        return _("Report {n}", n=dossier.report_id)
    return words_ if len(words_) <= _WORDS_MAX else f"{words_[:_WORDS_MAX].rsplit(' ', 1)[0]} …"


def incidents(dossier: Dossier) -> dict[str, str]:
    """Return the drafted incidents by key, named for a reader."""
    return {
        one.item.key: label(one.item, {})
        for one in dossier.standings
        if one.item.kind is DraftKind.INCIDENT
    }


def label(item: DraftItem, named: Mapping[str, str]) -> str:
    """Return a draft in one line; ``named`` has the incidents that a link names."""
    cells = item.cells
    if item.kind is DraftKind.INCIDENT:
        return naming.incident(item)
    if item.kind is DraftKind.ASSERTION:
        ends = dict.fromkeys((cells.get("axis_from", ""), cells.get("axis_to", "")))
        parts = [
            "–".join(filter(None, ends)),
            words.word(words.ASSERTIONS, cells.get("kind", "")),
            cells.get("actor", ""),
        ]
    else:
        first, then = (cells.get(f"{end}_incident_id", "") for end in ("from", "to"))
        how = words.word(fields.LINKS_SAID, cells.get("kind", ""))
        parts = [named.get(first, first), how, named.get(then, then)]
        return " ".join(parts)
    return " · ".join(part[:60] for part in parts if part)
