"""Whom numbers count and who states them, told across clauses and sentences."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read

ATTACK = "Gunmen attacked Ansongo on Monday. "


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("At least 14 people died, the mayor said. Among the dead were three children.",
         {("killed", 14, "all", "local_official"), ("killed", 3, "part_of_total", "media")}),
        ("La mairie dénombre 23 morts : quinze civils, six VDP et deux gendarmes.",
         {("killed", 23, "all", "local_official"), ("killed", 15, "civilians", "local_official"),
          ("killed", 6, "militia", "local_official"),
          ("killed", 2, "security_forces", "local_official")}),
        ("Fourteen attackers were killed and 31 arrested, the army said.",
         {("killed", 14, "assailants", "army")}),
        ("The fighters said they had captured three barracks.", set()),
        ("Two gendarmes were killed and a third is missing, the governor said.",
         {("killed", 2, "security_forces", "government"),
          ("missing", 1, "security_forces", "government")}),
        ("Twelve soldiers died, the ministry said; on Friday it had announced 17.",
         {("killed", 12, "military", "government"), ("killed", 17, "all", "government")}),
        ("L'armée a porté à 27 le nombre de soldats tués.", {("killed", 27, "military", "army")}),
        ("FAMa: 4 KIA. Local sources: 10 soldiers killed.",
         {("killed", 4, "military", "army"), ("killed", 10, "military", "local_source")}),
        ("Nine soldiers died, two security sources said. One of the sources said 12 were hurt.",
         {("killed", 9, "military", "security_source"), ("injured", 12, "all", "security_source")}),
        ("Some 200 assailants took part. The ministry said more than 30 of them had been killed.",
         {("killed", None, "assailants", "government"), ("attackers", 200, "assailants", "media")}),
        ("A fighting patrol of the army killed eight terrorists.",
         {("killed", 8, "assailants", "media")}),
    ],
    ids=["among-the-dead", "a-list", "arrested", "barracks", "a-third", "had-announced", "porté-à",
         "labels", "one-of-the-sources", "of-them", "a-patrol-of"],
)  # fmt: skip
def test_numbers_belong_to_whom_they_count_and_who_says_so(
    read: Read, text: str, claims: set[tuple[str, int | None, str, str]]
) -> None:
    french = any(word in text for word in ("mairie", "armée"))
    attack = "Des hommes armés ont attaqué Ansongo lundi. " if french else ATTACK
    (one,) = read(attack + text, "2025-03-20").incidents
    assert {(c.field, c.best, c.unit_group, c.stated_by) for c in one.claims} == claims


def test_an_agency_is_told_by_those_who_speak(read: Read) -> None:
    text = (
        "Quinze civils ont été tués dimanche près de Djibo, ont indiqué mardi à l'AFP des sources"
        " sécuritaires et locales."
    )
    (one,) = read(text, "2024-08-21").incidents
    assert {(c.best, c.stated_by) for c in one.claims} == {(15, "security_source")}
