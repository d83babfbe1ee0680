"""``python -m geo ledger``: what people and programs get from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo.cli.ledger import ledger_app

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(ledger_app, arguments)


def test_import_info_export_import(tmp_path: Path) -> None:
    assert "1121 lines appended" in run("import", str(DATA)).stdout
    assert "Nothing new" in run("import", str(DATA)).stdout

    info = json.loads(run("info", "--json").stdout)
    assert info["kinds"]["incident"] == {"records": 295, "lines": 295, "known_assumed": 127}
    assert info["kinds"]["claim"]["known_assumed"] == 339
    assert (info["first_day"], info["last_day"]) == ("2017-01-11", "2025-12-06")
    assert "295 incidents" in run("info").stdout

    out = tmp_path / "out"
    assert run("export", str(out)).exit_code == 0
    for name in ("incidents.csv", "claims.csv", "road_control.csv", "links.csv"):
        assert (out / name).read_bytes() == (DATA / name).read_bytes()
    assert "Nothing new" in run("import", str(out)).stdout


def test_columns_beyond_the_starter_are_exported_when_used(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").write_text(
        "incident_id,date_start,country,category,latitude,longitude\n"
        "A,2025-02-07,ML,ied,16.057,0.117\n"
    )
    assert run("import", str(tmp_path)).exit_code == 0
    assert run("export", str(tmp_path / "out")).exit_code == 0
    header, row = (tmp_path / "out" / "incidents.csv").read_text().splitlines()
    assert header.endswith(",note,latitude,longitude")
    assert row.endswith(",16.057,0.117")


def test_export_overwrites_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("mine")
    refused = run("export", str(tmp_path))
    assert refused.exit_code == 2
    assert "links.csv" in refused.stderr
    assert (tmp_path / "links.csv").read_text() == "mine"
    assert run("export", str(tmp_path), "--force").exit_code == 0
    assert (tmp_path / "links.csv").read_text() != "mine"


def test_every_fault_is_on_stderr_and_nothing_is_taken(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").write_text(
        "incident_id,date_start,country,category\nA,7 Feb,ML,ied\nB,2025-02-07,Mali,ied\n"
    )
    (tmp_path / "claims.csv").write_text("incident_id,field\nA,killed\n")
    result = run("import", str(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "incidents.csv: line 2, date_start: “7 Feb” is not a date" in result.stderr
    assert "incidents.csv: line 3, country: “Mali” is not a country code" in result.stderr
    assert "claims.csv: line 1, stated_by: The column stated_by is missing" in result.stderr
    assert json.loads(run("info", "--json").stdout)["kinds"]["incident"]["lines"] == 0


def test_an_empty_ledger_can_be_shown() -> None:
    result = run("info")
    assert result.exit_code == 0
    assert "0 incidents" in result.stdout


def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PISTE_DB", "nonsense")
    result = run("info")
    assert result.exit_code == 2
    assert "PISTE_DB" in result.stderr


@pytest.mark.parametrize("command", ["import", "info", "export"])
def test_help_has_an_example(command: str) -> None:
    assert f"python -m geo ledger {command}" in run(command, "--help").stdout
