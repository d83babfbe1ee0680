"""Which words tell of the same event, and which of another."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read

MASSACRE = "Dix-sept civils ont été tués mardi dans l'attaque de Diallassagou. "


@pytest.mark.parametrize(
    ("text", "days", "killed"),
    [
        (MASSACRE + "La veille, un EEI avait détruit un véhicule de l'armée entre Sévaré et "
         "Bandiagara, sans faire de victime.", [18, 17], [[17], [0]]),
        (("Seventeen civilians were killed on Tuesday in an attack on Diallassagou. Two days "
         "earlier, gunmen abducted three traders near Bankass."), [18, 16], [[17], []]),
        (MASSACRE + "\n\nLa population a peur.\n\nL'état-major général des armées, dans un "
         "communiqué diffusé jeudi, fait état de 9 morts, six blessés.", [18], [[9, 17]]),
        (("Tue 18 June: pickup hit a mine near Labbezanga. One dead.\n\nUpdate Wednesday: the "
         "other guy died too so thats 2."), [18], [[1, 2]]),
    ],
    ids=["the-day-before", "two-days-earlier", "the-armys-count", "an-update"],
)  # fmt: skip
def test_a_statement_of_figures_is_no_event_another_day_is(
    read: Read, text: str, days: list[int], killed: list[list[int]]
) -> None:
    found = read(text, "2024-06-20").incidents
    assert [one.day.start.day for one in found if one.day.start] == days
    assert [[c.best for c in one.claims if c.field == "killed"] for one in found] == killed


def test_who_states_a_figure_between_commas_is_named(read: Read) -> None:
    text = MASSACRE + "L'armée, dans un communiqué lu jeudi à la télévision, fait état de 9 morts."
    (one,) = read(text, "2024-06-20").incidents
    assert ("army", 9) in [(claim.stated_by, claim.best) for claim in one.claims]


def test_victims_are_not_the_attackers_and_who_told_an_agency_is_the_source(read: Read) -> None:
    text = (
        "Une trentaine de militaires et de VDP sont morts lundi dans une embuscade près de "
        "Tougouri, ont indiqué à l'AFP deux élus locaux."
    )
    (one,) = read(text, "2024-06-20").incidents
    assert one.perpetrators == ()
    assert [(claim.best, claim.stated_by) for claim in one.claims] == [(30, "local_official")]


def test_figures_of_what_was_foiled_are_no_figures_of_the_attack_before(read: Read) -> None:
    attack = "Gunmen killed seven traders near Ansongo on Monday, the mayor said.\n\n"
    foiled = "On 14 June soldiers found and defused a roadside bomb near Ménaka. Nobody was hurt."
    (one,) = read(attack + foiled, "2024-06-20").incidents
    assert [(claim.field, claim.best) for claim in one.claims] == [("killed", 7)]
