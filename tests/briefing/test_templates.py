"""Templates and the brand: what ships, an organisation's own, and every fault at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo import i18n
from geo.briefing import shelf, templates
from geo.briefing.sections import SECTIONS
from geo.records import InputError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PISTE_BRIEFS", str(tmp_path))
    return tmp_path


def test_what_ships_can_be_read() -> None:
    assert {"area", "incident", "weekly"} <= set(shelf.names())
    for name in shelf.names():
        assert templates.load(name).sections
    assert templates.brand().accent == "#9A3412"


def test_titles_by_language() -> None:
    area = templates.load("area")
    assert area.title("Gao") == "Security brief: Gao"
    i18n.activate("fr")
    try:
        assert area.title("Gao") == "Point sécurité\u00a0: Gao"
        i18n.activate("de")
        assert area.title("Gao") == "Security brief: Gao"
    finally:
        i18n.activate("en")


def test_an_own_template_comes_before_the_one_that_ships(own: Path) -> None:
    (own / "area.toml").write_text(
        'title = { en = "Ours" }\nsections = ["gaps"]\ndays = 30', "utf-8"
    )
    ours = templates.load("area")
    assert (ours.title("x"), ours.sections, ours.days) == ("Ours", ("gaps",), 30)
    assert "weekly" in shelf.names()


def test_all_faults_of_a_template_are_told(own: Path) -> None:
    (own / "bad.toml").write_text(
        'sections = ["gaps", "gpas"]\ncolour = 3\ndays = 0\nfixed = 1', "utf-8"
    )
    with pytest.raises(InputError) as error:
        templates.load("bad")
    assert [fault.column for fault in error.value.faults] == [
        "colour", "title", "sections", "days", "fixed",
    ]  # fmt: skip
    assert "gpas" in str(error.value)
    assert all(fault.file == "bad.toml" for fault in error.value.faults)


def test_a_brand_needs_its_logo_and_a_colour(own: Path) -> None:
    (own / "brand.toml").write_text('name = "Us"\nlogo = "x.png"\naccent = "red"', "utf-8")
    with pytest.raises(InputError) as error:
        templates.brand()
    assert [fault.column for fault in error.value.faults] == ["accent", "logo"]
    (own / "brand.toml").write_text('logo = "x.png"\naccent = "#112233"', "utf-8")
    (own / "x.png").write_bytes(b"no picture")
    with pytest.raises(InputError, match="neither a PNG nor an SVG"):
        templates.brand()


@pytest.mark.parametrize("name", ["nothing", "../secret", "a/b", ""])
def test_a_name_is_never_a_way_to_another_folder(own: Path, name: str) -> None:
    (own.parent / "secret.toml").write_text("", "utf-8")
    with pytest.raises(InputError, match="There is no template"):
        templates.load(name)


def test_what_is_not_toml_is_told(own: Path) -> None:
    (own / "area.toml").write_text("title =", "utf-8")
    with pytest.raises(InputError, match="is not TOML"):
        templates.load("area")


def test_the_docs_name_every_section_and_their_examples_can_be_read(own: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "briefing.md").read_text("utf-8")
    table = text.partition("| section |")[2]
    named = set(
        re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    )
    assert named == set(SECTIONS)
    template, brand = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (own / "morning.toml").write_text(template, "utf-8")
    morning = templates.load("morning")
    assert (morning.days, morning.fixed) == (7, True)
    (own / "brand.toml").write_text(brand, "utf-8")
    (own / "logo.svg").write_text("<svg/>", "utf-8")
    assert templates.brand().name == "Sahel Desk"
