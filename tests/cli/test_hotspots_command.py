"""``python -m geo hotspots``: the same answer as the screen's, as text, JSON and files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import rasterio
from click.testing import Result
from typer.testing import CliRunner

from geo.__main__ import app

Run = Callable[..., Result]
ASKED = ["hotspots", "--ied", "--from", "2017-01-01", "--to", "2025-02-12"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('hotspots') / 'ledger.db'}"


@pytest.fixture
def run(ledger: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PISTE_DB", ledger)

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return command


def test_the_plane_as_geotiff_with_a_table_on_the_terminal(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ied.tif"
    told = run(
        *ASKED, "--category", "ied", "--bandwidth-m", "30000", "--top", "2", "--out", str(out)
    )
    assert told.exit_code == 0, told.output
    assert "1. RN18 PK 544+938 – PK 564+400, Aguelhok to Tessalit: events: 4" in told.output
    assert "more than chance" in told.output
    assert "3. " not in told.output
    assert "Bandwidth 30.0 km, chosen by hand." in told.output
    assert "that is not the same as nothing happened" in told.output
    with rasterio.open(out) as read:
        assert read.tags()["bandwidth_m"] == "30000"


def test_the_roads_as_json_and_geopackage(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ied.gpkg"
    told = run(*ASKED, "--surface", "network", "--lixel-m", "2000", "--json", "--chance",
               "--out", str(out))  # fmt: skip
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["bandwidth_m"] == 10_000
    assert found["events"] == 135
    assert found["left_out"]["region"] == 13
    assert found["before"]["trend"] == "no_records"
    assert found["change"] == {"before": None, "year": None}
    assert found["nearness"]["curve"][0].keys() == {
        "radius_m", "near", "expected", "low", "high",
    }  # fmt: skip
    assert "nearer than chance" in found["nearness"]["sentence"]
    first = found["stretches"][0]
    assert (first["rank"], first["axis_id"], first["significant"]) == (1, "ML-RN18", True)
    assert first["rank_low"] <= 1 <= first["rank_high"]
    assert len(gpd.read_file(out)) > 5_000


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.tif"
    told = run("hotspots", "--category", "idea", "--from", "soon", "--kernel", "cubic",
               "--bandwidth-m", "1e12", "--out", str(out))  # fmt: skip
    assert told.exit_code == 2
    assert "“cubic” is no kernel" in told.stderr
    assert "at most 3,000,000 m; got 1000000000000.0" in told.stderr
    assert "--from: “soon” is not a date" in told.stderr
    assert "“idea” is none. Choose one of ied, mine" in told.stderr
    for wrong, said in (
        (("--surface", "network", "--out", str(out)), "is no format for this density"),
        (("--kernel", "cubic", "--surface", "moon"), "“moon” is no surface"),
        (("--cell-m", "5"), "Choose larger cells"),
        (("--regions", "--surface", "network"), "lies on no road"),
        (("--out", str(tmp_path / "nowhere" / "x.tif")), "No such file"),
    ):
        told = run(*ASKED, *wrong)
        assert told.exit_code == 2
        assert said in told.stderr
    assert not out.exists()
