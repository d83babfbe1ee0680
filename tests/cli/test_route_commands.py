"""``python -m geo route`` and ``watch``: what people and programs get from them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo.__main__ import app
from geo.cli import route
from geo.risk.journey.desk import Desk
from geo.risk.journey.records import Answer
from tests.gpx_schema import check_gpx
from tests.starter import KOBE


@pytest.fixture(autouse=True)
def _own_ledger(starter_file: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{starter_file}")
    assert not data_folder.exists()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


DAYS = ("--on", "2025-02-12", "--known", "2025-02-12")


def test_a_journey_for_people_and_its_files(tmp_path: Path, data_folder: Path) -> None:
    out = {name: tmp_path / f"gao.{name}" for name in ("gpx", "kmz", "geojson")}
    result = run("route", "Gao", "Labbezanga", *DAYS, "--aversion", "0", "--gpx", str(out["gpx"]),
                 "--kml", str(out["kmz"]), "--geojson", str(out["geojson"]))  # fmt: skip
    assert result.exit_code == 0, result.stderr
    for words in ("Route 1: avoid (fastest", KOBE, "RC-ML-119", "Turn back here: Gao",
                  "What Piste does not know", "told above"):  # fmt: skip
        assert words in result.stdout
    check_gpx(out["gpx"].read_text(encoding="utf-8"))
    assert zipfile.ZipFile(out["kmz"]).namelist() == ["doc.kml"]
    assert json.loads(out["geojson"].read_text(encoding="utf-8"))["features"]
    assert not data_folder.exists()


def test_a_journey_for_programs() -> None:
    result = run("route", "Gao", "Labbezanga", "--via", "Ansongo", *DAYS, "--vehicle", "truck",
                 "--departs", "07:15", "--json")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["question"]["departs"] == "07:15"
    assert found["routes"][0]["departs"].startswith("2025-02-12T07:15")
    assert found["routes"][0]["verdict"] == "avoid"
    assert found["incidents"][KOBE]["sources"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("route", "Gao", "Atlantis", "--on", "tomorrow", "--departs", "noon", "--vehicle",
             "tank", "--aversion", "3"),
            ("Atlantis", "tomorrow", "noon", "tank", "3"),
        ),
        (("watch", "add", " ", "Gao", "Gao"), ("Give the route a name", "one place")),
    ],
)  # fmt: skip
def test_all_faults_are_told_at_once_with_exit_code_2(
    arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words), result.stderr


def test_a_route_is_watched() -> None:
    assert "No route is saved" in run("watch").stdout
    assert run("watch", "add", "supplies", "Gao", "Labbezanga").exit_code == 0
    assert "Gao – Labbezanga" in run("watch", "list").stdout
    early = ("--on", "2025-02-06", "--known", "2025-02-06")
    assert "First look" in run("watch", *early).stdout
    result = run("watch", *DAYS, "--json")
    assert result.exit_code == 0, result.stderr
    (look,) = json.loads(result.stdout)
    assert look["changed"]
    assert any(KOBE in change for change in look["changes"])
    assert any(change.startswith("RN17: ") for change in look["changes"])
    assert run("watch", "remove", "supplies").exit_code == 0
    assert run("watch", "remove", "supplies").exit_code == 2
    assert json.loads(run("watch", "list", "--json").stdout) == []


def test_a_road_book_is_written_by_what_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.pdf"
    assert route.road_book is not None

    def drawn(_answer: Answer, desk: Desk) -> bytes:
        return b"%PDF " + desk.snapshot.on.isoformat().encode()

    monkeypatch.setattr(route, "road_book", drawn)
    assert run("route", "Gao", "Ansongo", *DAYS, "--pdf", str(book)).exit_code == 0
    assert book.read_bytes() == b"%PDF 2025-02-12"
    monkeypatch.setattr(route, "road_book", None)
    refused = run("route", "Gao", "Ansongo", *DAYS, "--pdf", str(tmp_path / "other.pdf"))
    assert refused.exit_code == 2
    assert "--pdf" in refused.stderr
