"""What stands at the head of an entry, above a list or over a week holds for what follows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Read

LOG = """Access update, 11 to 17 November 2024

Wed 13 Nov – Tougouri. Armed men seized a cereal trader and took him away.

Night of 14 to 15 Nov – Yalgo. Gunmen opened fire on a post. Two soldiers were killed."""


def test_an_entry_hands_on_its_day_and_place(read: Read) -> None:
    first, second = read(LOG, "2024-11-18").incidents
    assert (first.day.start, first.place.name) == (date(2024, 11, 13), "Tougouri")
    assert (second.day.start, second.day.end) == (date(2024, 11, 14), date(2024, 11, 15))
    assert second.place.name == "Yalgo"


def test_an_entry_hands_on_its_hour(read: Read) -> None:
    text = "NIGER\n\n06/05 – 1920hrs – Tillia. UAM abducted a teacher at home. NFD."
    (one,) = read(text, "2025-05-12").incidents
    assert (one.day.start, one.day.time_of_day) == (date(2025, 5, 6), "19:20")


def test_the_entrys_day_outranks_one_told_within_it(read: Read) -> None:
    text = "Mali, January 2024\n\nJan 11: Goundam. A nurse was abducted, released on Jan 14."
    (one,) = read(text, "2024-02-12").incidents
    assert one.day.start == one.day.end == date(2024, 1, 11)


def test_a_departure_dates_the_attack_that_follows(read: Read) -> None:
    text = (
        "The convoy left Gao at 6 a.m. on Wednesday. Some 30 km before Ansongo, gunmen opened fire."
        " Two drivers died."
    )
    (one,) = read(text, "2025-01-09").incidents
    assert one.day.start == date(2025, 1, 8)
    assert one.place.phrase == "30 km before Ansongo"


@pytest.mark.parametrize(
    "head", ["Du lundi 21 au dimanche 27 juillet 2025", "Monday 21 to Sunday 27 July 2025"]
)
def test_weekdays_of_a_weekly_are_those_of_its_week(read: Read, head: str) -> None:
    monday = "Lundi" if head.startswith("Du") else "On Monday"
    text = f"Mali\n{head}\n\n{monday}, gunmen attacked Yorosso. Three soldiers were killed."
    (one,) = read(text, "2025-07-28").incidents
    assert one.day.start == date(2025, 7, 21)


def test_a_chats_stamps_are_no_part_of_what_is_told(read: Read) -> None:
    text = (
        "[27/02/2025 08:14] Moussa: Salam. Big problem on Téra road\n"
        "[27/02/2025 08:15] Moussa: Yesterday 4pm gunmen attacked a bus near Dargol"
    )
    (one,) = read(text, "2025-02-27").incidents
    assert (one.day.start, one.day.time_of_day) == (date(2025, 2, 26), "16:00")


def test_the_reports_own_day_before_a_sentence_is_no_entrys(read: Read) -> None:
    text = "Bamako, 3 March 2024. Gunmen killed 6 farmers on Saturday 2 March near Bandiagara."
    (one,) = read(text, "2024-03-03").incidents
    assert one.day.start == date(2024, 3, 2)


def test_what_something_came_a_week_after_was_before_it(read: Read) -> None:
    text = (
        "Gunmen attacked Djibo on 6 October. The attack came a week after two drivers were"
        " abducted near Aribinda."
    )
    _, earlier = read(text, "2024-10-08").incidents
    assert earlier.day.end is not None
    assert earlier.day.end < date(2024, 10, 6)
