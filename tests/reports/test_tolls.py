"""What a clause counts, worked by hand."""

from __future__ import annotations

import pytest

from geo.reports.plaintext import Plain
from geo.reports.tolls import tolls


def counted(text: str) -> set[tuple[str, int | None, int | None, int | None, str]]:
    plain = Plain.of(text)
    found = tolls(plain, 0, len(plain.text))
    return {(t.field, t.low, t.best, t.high, t.unit_group) for t in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 civilians were killed", {("killed", None, 25, None, "civilians")}),
        (
            "25 civilians and three soldiers were killed",
            {("killed", None, 25, None, "civilians"), ("killed", None, 3, None, "military")},
        ),
        (
            "killing at least six soldiers and wounding 14 others",
            {("killed", 6, 6, None, "military"), ("injured", None, 14, None, "all")},
        ),
        (
            "a fait au moins dix morts et une vingtaine de blessés parmi les civils",
            {("killed", 10, 10, None, "civilians"), ("injured", None, 20, None, "civilians")},
        ),
        (
            "21 civilians, including 11 children, were killed",
            {("killed", None, 21, None, "civilians"), ("killed", None, 11, None, "part_of_total")},
        ),
        ("the toll later rose to 32", {("killed", None, 32, None, "all")}),
        ("the death toll could be as high as 50", {("killed", None, None, 50, "all")}),
        (
            "quatre morts, dont deux enfants",
            {("killed", None, 4, None, "all"), ("killed", None, 2, None, "part_of_total")},
        ),
        ("six villages were burned", {("villages_burned", None, 6, None, "all")}),
        ("setting at least 40 trucks ablaze", {("vehicles_destroyed", 40, 40, None, "all")}),
        ("and seized five vehicles", {("vehicles_taken", None, 5, None, "all")}),
        ("a convoy of more than 80 tankers", {("vehicles", 80, None, None, "all")}),
        ("une cinquantaine d'hommes armés", {("attackers", None, 50, None, "assailants")}),
        ("19 assaillants neutralisés", {("killed", None, 19, None, "assailants")}),
        ("three drivers are missing", {("missing", None, 3, None, "civilians")}),
        ("deux infirmiers ont été enlevés", {("abducted", None, 2, None, "civilians")}),
        (
            "there were no casualties",
            {("killed", None, 0, None, "all"), ("injured", None, 0, None, "all")},
        ),
        ("aucun mort", {("killed", None, 0, None, "all")}),
        (
            "une trentaine de militaires et de VDP sont morts",
            {("killed", None, 30, None, "all")},
        ),
        ("two UN contractors were abducted", {("abducted", None, 2, None, "un")}),
        (
            "Driver dead, mate injured",
            {("killed", None, 1, None, "civilians"), ("injured", None, 1, None, "civilians")},
        ),
        ("a third later died", {("killed", None, 3, None, "all")}),
        ("No one was killed", {("killed", None, 0, None, "all")}),
        ("Not a single passenger was hurt", {("injured", None, 0, None, "civilians")}),
        ("nul n'a été enlevé", {("abducted", None, 0, None, "all")}),
        ("none of the six soldiers was killed", {("killed", None, 0, None, "military")}),
        (
            "no passengers were killed or injured",
            {("killed", None, 0, None, "civilians"), ("injured", None, 0, None, "civilians")},
        ),
        (
            "personne n'a été tué, une personne a été blessée",
            {("killed", None, 0, None, "all"), ("injured", None, 1, None, "all")},
        ),
        ("no fewer than ten people were killed", {("killed", 10, 10, None, "all")}),
        ("killed all the emissaries", {("killed", None, None, None, "armed_group")}),
    ],
)
def test_a_clause_counts(
    text: str, expected: set[tuple[str, int | None, int | None, int | None, str]]
) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    ["there was no immediate word on casualties", "one-third of military casualties",
     "30 km from Gao on 7 February", "two days after the attack", "12 vehicles passed"],
)  # fmt: skip
def test_what_befalls_nobody_is_not_counted(text: str) -> None:
    assert counted(text) == set()
