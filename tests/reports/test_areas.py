"""What is said of a group in an area again and again, and what is not."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JNIM is active in Mopti and Ségou regions.",
         ["JNIM active Mopti", "JNIM active Ségou"]),
        (("Au Burkina Faso, le Jnim multiplie les attaques aux engins explosifs dans la province "
         "du Soum."),
         ["JNIM ied Soum"]),
        ("L'EIGS contrôle la majeure partie de la région de Ménaka.",
         ["IS-Sahel controlled Ménaka"]),
        ("The army denied that JNIM controls large parts of the Kayes region.", []),
        ("Les habitants craignent que le Jnim n'étende sa présence dans la région de Koulikoro.",
         []),
        ("JNIM continues to man checkpoints on the track from Dori to Sebba.", []),
        ("On 5 March JNIM attacked a post in the Mopti region.", []),
    ],
)  # fmt: skip
def test_areas(read: Read, text: str, expected: list[str]) -> None:
    areas = read(text, "2025-03-10").areas
    found = [f"{one.actor} {one.activity} {one.place.admin1 or one.place.phrase}" for one in areas]
    assert found == expected
