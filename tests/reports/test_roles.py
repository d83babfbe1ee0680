"""Who did it, by what a text says of who fought, claimed and escorted."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read


@pytest.mark.parametrize(
    ("text", "names", "attribution"),
    [
        (("Attacks hit army posts in Kayes on Tuesday. The army said it had killed 80 attackers."
         " JNIM claimed the attacks."), ["JNIM"], "claimed"),
        ("Gunmen attacked traders escorted by VDP near Dori on Monday.", [], "unknown"),
        (("Une attaque a fait trois morts lundi à Boni. La Katiba Serma, affiliée au GSIM, a"
         " revendiqué l'attaque."), ["JNIM (Katiba Serma)"], "claimed"),
        (("The rebels of the CSP fought the army at Tinzaouatène on Friday. The rebels say they"
         " killed 47 soldiers."), ["CSP-DPA"], "claimed"),
        (("Gunmen killed ten villagers near Téra on Monday. Islamic State in the Greater Sahara, to"
         " which all sources attribute the killings, said nothing."), ["IS-Sahel"], "attributed"),
        ("JNIM has blockaded Kayes. On Sunday fighters torched four tankers near Diéma.",
         ["JNIM"], "attributed"),
        (("An army drone struck a hideout near Dioura on Monday. JNIM said two of its fighters were"
         " killed."), ["FAMa"], "attributed"),
        ("QUOI : embuscade à Tongomayel\nQUAND : lundi\nQUI : JNIM", ["JNIM"], "attributed"),
    ],
    ids=["fends-off", "escort", "part-of", "the-rebels", "to-which", "fighters", "drone", "label"],
)  # fmt: skip
def test_perpetrators(read: Read, text: str, names: list[str], attribution: str) -> None:
    one, *_ = read(text, "2025-03-20").incidents
    assert [actor.name for actor in one.perpetrators] == names
    assert one.attribution == attribution


def test_what_the_next_sentence_calls_false_is_set_aside(read: Read) -> None:
    text = (
        "Several pages carried news of a raid on Bogandé on Monday. The mayor says this is false."
    )
    found = read(text, "2025-03-20")
    assert found.incidents == ()
    assert [one.code for one in found.concerns] == ["set_aside"]


def test_what_a_sentence_itself_calls_false_is_set_aside(read: Read) -> None:
    found = read("A report that Kompienga was attacked on Monday proved to be false.", "2025-03-20")
    assert found.incidents == ()
    assert [one.code for one in found.concerns] == ["set_aside"]


def test_what_somebody_could_not_say_is_nothing_to_come(read: Read) -> None:
    text = (
        "In October, a car bomb exploded at an army post in Mali; the witness could not say where."
    )
    (one,) = read(text, "2025-03-20").incidents
    assert (one.place.country, one.place.placement) == ("ML", None)


def test_they_are_nobody_named_only_before(read: Read) -> None:
    text = (
        "JNIM fighters closed the road between Boni and Douentza on Monday. A colleague said that a"
        " bus was robbed on Tuesday 20 km from Gossi, they burned the bus."
    )
    (one,) = read(text, "2024-11-14").incidents
    assert one.perpetrators == ()
