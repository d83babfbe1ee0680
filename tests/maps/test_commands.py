"""`python -m geo brief`: what cannot be written is refused before anything is read or drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo.__main__ import app
from geo.briefing.material import Material


def brief(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["brief", *arguments])


def test_format_template_and_days_are_refused_together_and_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'none' / 'ledger.db'}")
    refused = brief(
        "area", "--template", "nosuch", "--on", "soon", "--out", str(tmp_path / "x.xyz")
    )
    assert refused.exit_code == 2
    assert "--on: “soon” is not a date" in refused.stderr
    assert "cannot be written as “xyz”" in refused.stderr
    assert "nosuch" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_an_unknown_incident_is_refused_before_any_is_placed_and_hindsight_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    monkeypatch.setattr(Material, "gather", lambda *_: pytest.fail("incidents were placed"))
    asked = ("incident", "ML-0000", "--on", "2025-02-12", "--out", str(tmp_path / "x.pdf"))
    refused = brief(*asked)
    assert refused.exit_code == 2
    assert "There is no incident ML-0000 in the ledger" in refused.stderr
    assert "with hindsight" in refused.stderr
    assert "add --known 2025-02-12." in refused.stderr
    assert "with hindsight" not in brief(*asked, "--known", "2025-02-12").stderr
