"""The command line speaks the reader's language, in what Typer says by itself too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo import i18n
from geo.__main__ import app
from geo.cli.speaking import complaint

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"PISTE_LANG", "LC_ALL", "LC_MESSAGES"}}
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments],
        cwd=ROOT, env={**kept, "LANG": "C.UTF-8", "COLUMNS": "200", **variables},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_helps_speak_the_language_of_the_locale() -> None:
    said = run("status", "--help", LANG="fr_FR.UTF-8")
    assert said.returncode == 0
    assert "Localité où commence le trajet." in said.stdout
    assert "Afficher cette aide et quitter." in said.stdout
    assert "Exemple\N{NO-BREAK SPACE}: python -m geo status" in said.stdout


def test_complaints_speak_the_language_that_piste_is_told() -> None:
    said = run("status", "Gao", LANG="en_US.UTF-8", PISTE_LANG="fr")
    assert (said.returncode, said.stdout) == (2, "")
    assert "Il manque\N{NO-BREAK SPACE}: TO." in said.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status"], "Missing: FROM."),
        (["status", "Gao", "Ansongo", "Gossi"], "Left over: Gossi."),
        (["status", "A", "B", "--jsn"], "There is no option --jsn. Did you mean --json, --on?"),
        (["status", "Gao", "Ansongo", "--on"], "--on needs a value."),
        (["statu"], "There is no command statu. Did you mean status?"),
        (["hotspots", "--cell-m", "x"], "--cell-m: this is not a number."),
    ],
)  # fmt: skip
def test_what_typer_refuses_is_told_in_our_words(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == said


def test_a_complaint_without_words_of_ours_stays_as_it_is() -> None:
    i18n.activate("fr")
    try:
        assert complaint("Something new.") == "Something new."
        assert complaint("Invalid value for '--x': Something new.").endswith("Something new.")
    finally:
        i18n.activate("en")


def test_nothing_asked_prints_the_help() -> None:
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 2
    assert "geocode-file" in result.output
