"""Under whose escort a target was: told beside the attack, before it, or not at all."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read


@pytest.mark.parametrize(
    ("text", "forces", "target"),
    [
        (("Niger. Soldiers were escorting fuel trucks near Torodi on Friday when gunmen opened "
         "fire; three drivers were killed."),
         {"Nigerien army"}, "convoy_escorted"),
        (("Burkina Faso. A supply convoy with VDP at the front and soldiers at the rear hit a mine "
         "on Friday near Namsiguia, killing six."),
         {"VDP", "Burkinabe army"}, "convoy_escorted"),
        (("Burkina Faso. The convoy for Djibo left this morning with army and VDP in front. News: "
         "bomb under the second truck 15 km after Bourzanga, two apprentices dead."),
         {"VDP", "Burkinabe army"}, "convoy_escorted"),
        (("Burkina Faso. On roulait sous escorte militaire hier quand ça a sauté près de "
         "Bourzanga, un camion brûlé, deux blessés."),
         {"Burkinabe army"}, "convoy_escorted"),
        (("Mali. Le convoi a quitté Gao samedi, avec des éléments des FAMa et de Wagner devant et "
         "derrière. Il est tombé dans une embuscade près de Kobé ; cinq passagers tués."),
         {"FAMa", "Wagner"}, "convoy_escorted"),
        (("Mali. Vendredi près d'Ansongo, un convoi civil a été attaqué. L'escorte, composée de "
         "militaires maliens, a riposté."),
         {"FAMa"}, "convoy_escorted"),
        (("Mali. The bus had no escort when gunmen stopped it on Friday near Fafa and killed two "
         "passengers."),
         set(), "bus"),
        (("Mali. Le gouverneur a promis une escorte militaire aux transporteurs. Vendredi, un car "
         "a été attaqué près d'Ansongo, deux morts."),
         set(), "bus"),
        (("Mali. Vingt villageois ont été exécutés vendredi à Moura par des soldats accompagnés "
         "de combattants de Wagner."),
         set(), "civilians"),
    ],
)  # fmt: skip
def test_whose_escort(read: Read, text: str, forces: set[str], target: str) -> None:
    (incident,) = read(text, "2025-03-10").incidents
    assert {actor.name for actor in incident.escort} == forces
    assert incident.target == target
