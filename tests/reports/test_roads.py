"""What short texts state of roads: of which stretch or point, who, whom, since when, for how much.

Each text was published on 10 March 2025, a Monday.
"""

from __future__ import annotations

from datetime import date

import pytest

from geo.reports.records import ConcernCode, DraftAssertion
from tests.reports.conftest import Read

DAY = "2025-03-10"


def stated(one: DraftAssertion) -> str:
    """Return “A–B kind actor”; a point by its name."""
    ends = "–".join(dict.fromkeys((one.axis_from, one.axis_to)))
    return f"{ends} {one.kind.value} {one.actor}".rstrip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # each part of a sentence is of its own road
        (("The Fada–Kantchari road is closed and the Fada–Pama road is passable only with an "
         "escort."),
         ["Fada N'Gourma–Kantchari closed", "Fada N'Gourma–Pama escort_only"]),
        (("La route Douentza-Boni est coupée, tandis que l'axe Boni-Hombori reste ouvert sous "
         "escorte."),
         ["Douentza–Boni closed", "Boni–Hombori escort_only"]),
        ("Les axes Gao-Ansongo et Ansongo-Ménaka sont fermés.",
         ["Gao–Ansongo closed", "Ansongo–Ménaka closed"]),
        (("Routes humanitaires : Dori-Sebba inaccessible, Dori-Gorom-Gorom accessible avec "
         "escorte, Dori-Seytenga accessible."),
         ["Dori–Sebba closed", "Dori–Gorom-Gorom escort_only"]),
        (("Les cars de la compagnie Sonef ne circulent plus entre Ansongo et Ménaka, et les "
         "camions doivent attendre l'escorte de l'armée."),
         ["Ansongo–Ménaka service_suspended bus companies", "Ansongo–Ménaka escort_only"]),
        ("An agreement between JNIM fighters and road users on the Niono–Macina road was signed.",
         ["Niono–Macina agreement JNIM; road users"]),
        # what stands after a name and a colon, and what was lifted by whom
        ("Goundam-Niafunké : sous escorte.", ["Goundam–Niafunké escort_only"]),
        ("Douentza : blocus levé par le GSIM le 1er mars.", ["Douentza reopened JNIM"]),
        ("Gao-Labbezanga : les compagnies de transport n'y vont plus depuis le 28 février.",
         ["Gao–Labbezanga service_suspended bus companies"]),
        ("The bus companies stopped going from Bamako to Diéma yesterday.",
         ["Bamako–Diéma service_suspended bus companies"]),
        # points
        ("Gunmen have set up a checkpoint near Petelkolé on the Téra–Dori road.",
         ["Petelkolé checkpoint"]),
        (("Les FAMa ont mis en place un check-point à l'entrée de Niafunké, sur la route de "
         "Goundam."),
         ["Niafunké checkpoint FAMa"]),
        ("Checkpoints held by VDP were reported at Pissila and Tougouri on the Kaya–Dori road.",
         ["Pissila checkpoint VDP", "Tougouri checkpoint VDP"]),
        ("The Ségou–Niono road is cut at Markala by fighters who check identity papers.",
         ["Ségou–Niono checkpoint", "Ségou–Niono closed"]),
        ("Le pont de Parou est fermé aux poids lourds.", ["Parou bridge restricted"]),
        # armed men whom nobody knows are no group named before; “the fighters” are
        (("L'EIGS a attaqué un car près d'Ansongo.\n\nSur la route Niono-Nampala, des hommes "
         "armés prélèvent 5 000 francs par véhicule."),
         ["Niono–Nampala taxed"]),
        (("Le Jnim assiège Léré. Les combattants du groupe ont installé des barrages sur l'axe "
         "Léré-Niono."),
         ["Léré blockade JNIM", "Léré–Niono checkpoint JNIM"]),
        # in part, at some hours, for some
        ("La circulation est interdite de 19 h à 5 h sur l'axe Niamey-Ouallam.",
         ["Niamey–Ouallam restricted"]),
        ("The Kongoussi–Djibo road is closed to all civilian traffic.", ["Kongoussi–Djibo closed"]),
        ("AXE NIONO–DIABALY : circulation autorisée de 7 h à 17 h seulement.",
         ["Niono–Diabaly restricted"]),
        ("Since Monday's attack at Tassiga the Gao–Ansongo road is open to military vehicles only.",
         ["Gao–Ansongo restricted"]),
        # nothing goes
        ("Fuel lorries have not been able to reach Bamako from Sikasso for nine days.",
         ["Bamako–Sikasso service_suspended road users"]),
        ("Djibo: no commercial convoy since 14 September, according to a trader.",
         ["Djibo service_suspended road users"]),
        ("Plus de 30 camions ont quitté Gao pour Ansongo. Aucun convoi n'a été attaqué.", []),
        ("Fighters hold the Koutiala road; no bus has left San since Saturday.",
         ["San–Koutiala controlled", "San service_suspended road users"]),
        ("The Ménaka–Ansongo road, long held by IS-Sahel, was retaken by the army last week.",
         ["Ménaka–Ansongo controlled FAMa"]),
        ("Traffic is slow between Gao and Anéfis since the army retook Kidal.", []),
        (("Des terroristes contrôlent les papiers des passagers à Sakoani, sur la route "
         "Fada-Kantchari."),
         ["Sakoani checkpoint unspecified jihadists"]),
        ("Convoys under army escort leave Douentza for Hombori every Tuesday.",
         ["Douentza–Hombori escort_only"]),
        (("D'après un commerçant de Titao, la ville n'est plus ravitaillée à cause du blocus "
         "imposé par le Jnim."),
         ["Titao blockade JNIM"]),
        # what ended
        ("JNIM lifted its blockade of Léré after talks with local chiefs.", ["Léré reopened JNIM"]),
        ("Kayes respire : le blocus de la ville a été levé.", ["Kayes reopened"]),
        (("The road between Bougouni and Sikasso was closed for three days last week; it is open "
         "again."),
         ["Bougouni–Sikasso reopened"]),
        (("The prefect said the ban on motorcycles between Makalondi and Torodi was lifted on "
         "1 March."),
         ["Makalondi–Torodi reopened regional authorities"]),
        ("The army removed the checkpoint at Konna and traffic is fluid.", []),
        (("Two weeks after the attack at Fafa, buses are again leaving Gao for Niamey, though "
         "only by day."),
         ["Gao–Niamey reopened", "Gao–Niamey restricted"]),
        # no statement
        ("La route Sikasso-Koutiala est ouverte et praticable.", []),
        ("Il n'y a plus de barrage entre Niono et Diabaly.", []),
        ("No toll is taken on the Gao–Bourem road any more, traders say.", []),
        ("A bus ticket from Bamako to Gao now costs 35,000 CFA francs.", []),
        ("JNIM threatened to close the Kayes–Diboli road if the army does not leave.", []),
        ("Because of the threat of roadside bombs the N22 between Kongoussi and Djibo is closed.",
         ["Kongoussi–Djibo closed"]),
    ],
)  # fmt: skip
def test_what_is_stated_of_which_road(read: Read, text: str, expected: list[str]) -> None:
    found = read(text, DAY).assertions
    assert sorted(map(stated, found)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "amount", "affected"),
    [
        (("Sur l'axe Gao-Labzanga, les véhicules paient 15 000 francs CFA par camion et 2 000 par "
         "moto."),
         "15 000 francs CFA par camion; 2 000 par moto", "trucks; motorcycles"),
        ("At Indelimane the EIGS boys take 2000 CFA for every moto and 25000 for each truck.",
         "2000 CFA for every moto; 25000 for each truck", "motorcycles; trucks"),
        ("The Bankass–Koro axis is held by Katiba Macina, which makes drivers pay CFAF 5,000.",
         "CFAF 5,000", "all vehicles"),
        (("Trucks pay the FLA 25,000 CFA francs between Gao and Bourem, up from 15,000 in the "
         "summer; minibuses pay 10,000."),
         "15,000 → 25,000 CFA francs; 10,000", "trucks; buses"),
        ("Entre Koro et Bankass, le Jnim prend de 5 000 à 10 000 francs aux cars.",
         "5 000–10 000 francs", "buses"),
        (("Sur l'axe Gao-Ansongo, l'EIGS prend 10 000 francs CFA par camion. En décembre, c'était "
         "20 000."),
         "20 000 → 10 000 francs CFA par camion", "trucks"),
    ],
)  # fmt: skip
def test_what_is_paid_by_whom(read: Read, text: str, amount: str, affected: str) -> None:
    (one,) = [one for one in read(text, DAY).assertions if one.kind.value == "taxed"]
    assert (one.amount_text, one.affected) == (amount, affected)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Aucun véhicule n'a pu passer entre Djibo et Bourzanga depuis dix jours.",
         date(2025, 2, 28), None),
        ("The road from Gao to Bourem is closed from 9 to 16 March.",
         date(2025, 3, 9), date(2025, 3, 16)),
        ("Sonef will suspend departures from Gao to Niamey from 20 March.",
         date(2025, 3, 20), None),
        ("The Sévaré–Bandiagara road reopened on Friday after two months.",
         date(2025, 3, 7), None),
        ("The blockade of Djibo has eased: a convoy of trucks reached the town on Saturday.",
         None, None),
        ("L'axe Kantchari-Diapaga est fermé jusqu'à nouvel ordre.", None, None),
        (("On Saturday the governor extended until 31 March the ban on motorcycles on the "
         "Téra–Dori road."),
         None, date(2025, 3, 31)),
        (("A bus was attacked on 3 March near Ansongo by gunmen. Sonef has suspended its service "
         "between Gao and Ansongo since then."),
         date(2025, 3, 3), None),
    ],
)  # fmt: skip
def test_since_when_and_until_when(
    read: Read, text: str, start: date | None, end: date | None
) -> None:
    (one,) = read(text, DAY).assertions
    assert (one.valid.start, one.valid.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Le Jnim dément avoir fermé la route Bamako-Kayes.",
         ConcernCode.SET_ASIDE, "because it is denied"),
        ("A rumour that the Ségou–Bla road had been cut spread on WhatsApp.",
         ConcernCode.SET_ASIDE, "because it is a rumour"),
        ("The army denies that Niafunké has fallen.",
         ConcernCode.SET_ASIDE, "because it is denied"),
        ("The toll on the Gao–Ansongo road fell from 20,000 to 10,000 CFA francs, drivers said.",
         ConcernCode.FALLING_TOLL, "on Gao–Ansongo falls: 20,000, then 10,000"),
        (("Between Ansongo and Labbezanga IS-Sahel takes 30,000 francs per lorry. A year ago it "
         "was 10,000 francs."),
         ConcernCode.DIFFERENT_TOLLS, "rises: 10,000, then 30,000"),
        (("On the Gao–Bourem road the FLA takes 5,000 francs per lorry, drivers say.\n\nA lorry "
         "pays the FLA 8,000 francs between Gao and Bourem, a trader says."),
         ConcernCode.DIFFERENT_TOLLS, "different prices on Gao–Bourem: 5,000 and 8,000"),
    ],
)  # fmt: skip
def test_an_editor_is_told(read: Read, text: str, code: ConcernCode, said: str) -> None:
    (concern,) = read(text, DAY).concerns
    assert concern.code is code
    assert said in str(concern.message)


def test_a_rise_that_the_report_tells_itself_is_no_concern(read: Read) -> None:
    text = "On the Gao–Bourem road trucks pay the FLA 25,000 francs, up from 15,000 last year."
    assert read(text, DAY).concerns == ()


def test_a_list_of_prices_ends(read: Read) -> None:
    text = " ".join(f"On the Gao–Bourem road the FLA takes {n},500 francs." for n in range(1, 90))
    report = read(text, DAY)
    assert len(report.assertions) == 89
    (concern,) = report.concerns
    assert str(concern.message).endswith("8,500 and ….")


def test_a_point_is_placed_where_it_is(read: Read) -> None:
    (one,) = read("Gunmen hold a checkpoint near Petelkolé on the Téra–Dori road.", DAY).assertions
    placement = one.place.placement
    assert placement is not None
    assert placement.place_ids[0].endswith("petelkole")
    assert placement.spread_m < 30_000
