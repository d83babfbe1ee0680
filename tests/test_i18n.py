"""Sentences take the words and the conventions of the language in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geo import i18n
from geo.i18n import counted, message

SENTENCE = message(
    "{km:,.1f} km, {share:.0%}, {n}, on {on}",
    km=12345.67,
    share=0.125,
    n="3.5",
    on=date(2025, 2, 7),
)
CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "near {place}"
msgstr "près de {place}"

msgid "{share:.0%} sure on {n:,} roads from {place}"
msgstr "sûr à {share:.0%} sur {n:,} routes depuis le croisement de {place}"

msgid "{count} road"
msgid_plural "{count} roads"
msgstr[0] "{count} route"
msgstr[1] "{count} routes"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "piste.po").write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    i18n.activate("fr")
    yield
    i18n.activate("en")


def test_numbers_and_dates_in_english() -> None:
    assert str(SENTENCE) == "12,345.7 km, 12%, 3.5, on Feb 7, 2025"


@pytest.mark.usefixtures("french")
def test_numbers_and_dates_in_french() -> None:
    # Text made of figures, such as a chainage, is left alone.
    assert str(SENTENCE) == "12\u202f345,7 km, 12\xa0%, 3.5, on 7 févr. 2025"


@pytest.mark.usefixtures("french")
def test_a_catalogue_is_read_as_it_is() -> None:
    assert i18n.available_languages() == ["en", "fr"]
    assert str(message("near {place}", place="Gao")) == "près de Gao"
    assert str(message("not in it")) == "not in it"
    # French counts zero as one, English as many.
    roads = [counted("{count} road", "{count} roads", n) for n in (0, 1, 2)]
    assert [*map(str, roads)] == ["0 route", "1 route", "2 routes"]
    i18n.activate("en")
    assert [*map(str, roads)] == ["0 roads", "1 road", "2 roads"]


@pytest.mark.usefixtures("french")
def test_a_text_takes_its_values_where_it_is_translated() -> None:
    assert i18n.gettext("near {place}") == "près de {place}"
    assert i18n.gettext("near {place}", place="Gao") == "près de Gao"
    assert i18n.ngettext("{count} road", "{count} roads", 2, count=2) == "2 routes"
    said = i18n.gettext(
        "{share:.0%} sure on {n:,} roads from {place}", share=1 / 3, n=1200, place="Abala"
    )
    assert said == "sûr à 33\xa0% sur 1\u202f200 routes depuis le croisement d’Abala"


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Ansongo", "près d’Ansongo"),
        ("Énawene", "près d’Énawene"),
        ("Gao", "près de Gao"),
        ("Hombori", "près de Hombori"),
        ("12", "près de 12"),
        ("", "près de "),
    ],
)
def test_a_vowel_is_elided_in_french(place: str, said: str) -> None:
    assert str(message("near {place}", place=place)) == said


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2024, 10, 1), "1er oct. 2024"),
        (date(2024, 10, 11), "11 oct. 2024"),
        (date(2011, 1, 21), "21 janv. 2011"),
    ],
)
def test_days_in_french(on: date, said: str) -> None:
    assert i18n.day(on) == said


def test_nothing_is_elided_in_english() -> None:
    assert i18n.fill("de {place} {on}", {"place": "Ansongo", "on": date(2025, 2, 7)}) == (
        "de Ansongo Feb 7, 2025"
    )


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8", "LC_ALL": "fr_ML"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "PISTE_LANG": "FR"}, "fr"),
        ({"PISTE_LANG": "xx"}, "en"),
        ({"PISTE_LANG": "", "LANG": "fr"}, "fr"),
    ],
)
def test_the_language_of_a_process(
    variables: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PISTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.of_environment() == code


def test_a_language_that_nobody_speaks_reads_english() -> None:
    i18n.activate("xx")
    try:
        assert str(SENTENCE) == "12,345.7 km, 12%, 3.5, on Feb 7, 2025"
    finally:
        i18n.activate("en")


@pytest.mark.usefixtures("french")
def test_units_take_their_article_in_french() -> None:
    told = "dans la {kind} de {name}"
    units = {"Soum": "du Soum", "Kossi": "de la Kossi", "Est": "de l’Est", "Gao": "de Gao"}
    for name, said in units.items():
        assert i18n.gettext(told, kind="province", name=name) == f"dans la province {said}"
    # A village that is called like a province has no article.
    assert i18n.gettext("près de {name}", name="Soum") == "près de Soum"
