"""What the documents say is so: links lead somewhere, commands run, paths exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.__main__ import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert missing == []


def test_the_architecture_names_what_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text.split("\n\n")[2]
    folder = ""
    for line in tree.splitlines():
        indent, name = len(line) - len(line.lstrip()), line.split()[0]
        if indent == 4:
            folder = name if name.endswith("/") else ""
        path = ROOT / name if indent == 4 else ROOT / folder / name
        assert path.exists() or path.with_suffix(".py").exists(), name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = re.search(r"<!-- command: tests -->\n```sh\n(.+)\n```", README)
    assert command is not None
    assert "pytest" in command.group(1)
    assert "<!-- command: tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def commands() -> list[str]:
    return re.findall(r"^\.venv/bin/python -m geo (.+)$", README, flags=re.MULTILINE)


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_readme_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    arguments = [
        str(tmp_path / part) if before == "--out" else part.replace("data/", f"{ROOT}/data/")
        for before, part in zip(["", *shlex.split(command)], shlex.split(command), strict=False)
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output


def test_settings_are_documented() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    code = "".join(
        path.read_text(encoding="utf-8")
        for part in ("geo", "ui", "api", "maps")
        for path in (ROOT / part).rglob("*.py")
    )
    names = set(re.findall(r"\bPISTE_[A-Z_]+\b", code))
    assert names
    assert {name for name in names if f"`{name}`" not in text} == set()
