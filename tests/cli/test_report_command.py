"""``python -m geo report``: what it prints, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from geo.__main__ import app

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example-report.txt"


def test_json_has_the_promised_shape_and_evidence_that_fits(tmp_path: Path) -> None:
    out = tmp_path / "text.txt"
    result = CliRunner().invoke(app, ["report", str(EXAMPLE), "--json", "--text", str(out)])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert list(found) == [
        "report", "incidents", "road_assertions", "area_statements", "warnings",
    ]  # fmt: skip
    assert set(found["report"]) == {"published", "locations", "topics", "language", "title"}
    text = EXAMPLE.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8") == text
    items = [one for part in list(found)[1:] for one in found[part]]
    items += [claim for one in found["incidents"] for claim in one["claims"]]
    assert items
    for one in items:
        assert one["evidence"]
        for quote in one["evidence"]:
            assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_the_day_of_publication_may_be_given(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("An ambush near Gao on Friday killed ten soldiers.", encoding="utf-8")
    result = CliRunner().invoke(app, ["report", str(file), "--published", "2025-02-12", "--json"])
    (incident,) = json.loads(result.stdout)["incidents"]
    assert incident["date_start"] == "2025-02-07"


def test_a_person_reads_lines() -> None:
    result = CliRunner().invoke(app, ["report", str(EXAMPLE)])
    assert result.exit_code == 0, result.output
    assert "IS-Sahel" in result.output
    assert "retaliation" in result.output


def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "story.xyz"
    file.write_text("x", encoding="utf-8")
    for arguments, said in (
        ([str(file)], "no kind that can be read"),
        ([str(tmp_path / "none.txt")], "No such file"),
        ([str(EXAMPLE), "--published", "yesterday"], "year, month and day"),
    ):
        result = CliRunner().invoke(app, ["report", *arguments])
        assert result.exit_code == 2
        assert said in result.output + (result.stderr or "")
