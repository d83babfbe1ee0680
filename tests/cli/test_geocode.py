"""The commands as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from geo.__main__ import app

RUNNER = CliRunner()
KOBE = "near Kobé, about 30 km from Gao, between Gao and Ansongo"
ROOT = Path(__file__).resolve().parents[2]


def test_json_is_what_a_program_expects() -> None:
    result = RUNNER.invoke(app, ["geocode", KOBE, "--country", "ml", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"placement", "candidates", "unresolved_reason", "review"}
    assert set(found["placement"]) == {
        "kind", "geometry", "spread_m", "axis_id", "measure_from_m", "measure_to_m", "explanation",
    }  # fmt: skip
    assert found["placement"]["axis_id"] == "ML-RN17"
    assert found["placement"]["geometry"] == {"type": "Point", "coordinates": [0.1166, 16.05671]}
    assert found["unresolved_reason"] is None
    assert found["review"] == []
    assert found["candidates"][0]["place_id"] == "ml-gao-kobe"


def test_json_says_what_a_person_should_look_at() -> None:
    result = RUNNER.invoke(app, ["geocode", "near Ansongoo, 90 km from Kidal", "--json"])
    resembling, *_ = json.loads(result.stdout)["review"][::-1]
    assert resembling == "“Ansongoo” only resembles Ansongo: to be checked"


def test_an_unknown_place_is_a_result_not_a_failure() -> None:
    result = RUNNER.invoke(app, ["geocode", "near Xyzzyville", "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["placement"] is None
    assert "“Xyzzyville”" in found["unresolved_reason"]


def test_the_readable_form_says_why_and_where() -> None:
    result = RUNNER.invoke(app, ["geocode", KOBE])
    assert "On RN17 at PK 33+100, near Kobé" in result.stdout
    assert "16.0567 N, 0.1166 E" in result.stdout


def test_a_wrong_country_is_told_on_stderr_with_exit_code_2() -> None:
    result = RUNNER.invoke(app, ["geocode", "Gao", "--country", "Mali"])
    assert result.exit_code == 2
    assert "expected two letters such as ML" in result.stderr
    assert result.stdout == ""


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = subprocess.run(
        [sys.executable, "-m", "geo", "geocode", "Kobé"],
        cwd=ROOT, env=environment, capture_output=True, check=True,
    )  # fmt: skip
    assert "Kobé" in result.stdout.decode("utf-8")


def test_a_table_is_placed_with_its_columns_kept(tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.geojson"
    table.write_text(
        "incident_id,country,place,location_text,geo_precision,colour,kind\n"
        "A,ML,Kobé,at Kobé,1,red,mine\n"
        "B,,Xyzzyville,at Xyzzyville,1,<b>blue</b>,\n",
        encoding="utf-8",
    )
    result = RUNNER.invoke(app, ["geocode-file", str(table), "--out", str(out), "--json"])
    assert result.exit_code == 0, result.stderr
    summary = json.loads(result.stdout)
    assert (summary["rows"], summary["placed"]) == (2, 1)
    assert summary["by_kind"] == {"place": 1, "near": 0, "along": 0, "region": 0}
    assert summary["unresolved"][0]["incident_id"] == "B"
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    first, second = (feature["properties"] for feature in features)
    assert (first["colour"], first["input_kind"], first["kind"]) == ("red", "mine", "place")
    assert first["axis_id"] == "ML-RN17"
    assert first["unresolved_reason"] is None
    assert features[1]["geometry"] is None
    assert second["colour"] == "<b>blue</b>"
    assert "“Xyzzyville”" in second["unresolved_reason"]


def test_broken_rows_are_told_and_good_rows_written(tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.geojson"
    table.write_text(
        "incident_id,country,place,geo_precision\nA,ML,Gao,1\nB,ML,Gao,9\nC,ML\n", encoding="utf-8"
    )
    result = RUNNER.invoke(app, ["geocode-file", str(table), "--out", str(out)])
    assert result.exit_code == 0
    assert "line 3, geo_precision" in result.stderr
    assert "1 of 1 row placed" in result.stdout
    assert "2 rows left out for their faults" in result.stdout
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 1


def test_an_unusable_file_leaves_exit_code_2(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    missing = RUNNER.invoke(app, ["geocode-file", str(tmp_path / "no.csv"), "--out", str(out)])
    assert missing.exit_code == 2
    assert missing.stderr
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert RUNNER.invoke(app, ["geocode-file", str(empty), "--out", str(out)]).exit_code == 2
    assert not out.exists()


def test_a_table_is_never_overwritten_by_its_own_placements(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("place\nGao\n", encoding="utf-8")
    (tmp_path / "link.geojson").symlink_to(table)
    for out in (table, tmp_path / "link.geojson"):
        result = RUNNER.invoke(app, ["geocode-file", str(table), "--out", str(out)])
        assert result.exit_code == 2
        assert "is the table itself" in result.stderr
    assert table.read_text(encoding="utf-8") == "place\nGao\n"


def test_an_unwritable_output_is_told(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("incident_id,country,place\nA,ML,Gao\n", encoding="utf-8")
    out = tmp_path / "no-folder" / "out.geojson"
    result = RUNNER.invoke(app, ["geocode-file", str(table), "--out", str(out)])
    assert result.exit_code == 2
    assert "no-folder" in result.stderr
