"""What an editor would ask, text by text."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("L'attaque de mardi près de Djibo a fait 6 morts, dont 8 femmes.", "6 is smaller"),
        (
            (
                "12 people were killed Tuesday in an attack in Djibo, including 9 soldiers and 6 "
                "civilians."
            ),
            "12 is smaller than its parts, 15",
        ),
        (
            (
                "Gunmen attacked a bus near Djibo on Tuesday. A rumour of 40 dead could not be "
                "confirmed."
            ),
            "because it is a rumour",
        ),
        (
            (
                "Une embuscade a visé un car mardi près de Djibo. L'état-major a démenti la mort "
                "de trois gendarmes."
            ),
            "because it is denied",
        ),
        (
            (
                "Five were killed Tuesday in an attack on the village of Xaraboulou, in "
                "Loroum province, Burkina Faso."
            ),
            "“Xaraboulou” is not in the gazetteer",
        ),
    ],
    ids=["part", "parts", "rumour", "denial", "unknown-place"],
)
def test_an_editor_is_told(read: Read, text: str, said: str) -> None:
    (concern,) = read(text, "2024-06-20").concerns
    assert said in str(concern.message)


def test_parts_that_fit_are_no_concern(read: Read) -> None:
    text = "12 people were killed on Tuesday near Djibo, including 6 soldiers and 3 children."
    report = read(text, "2024-06-20")
    assert report.concerns == ()
    counts = {(c.best, c.unit_group) for one in report.incidents for c in one.claims}
    assert counts == {(12, "all"), (6, "part_of_total"), (3, "part_of_total")}
