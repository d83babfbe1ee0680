"""The hindcast of the starter data: no look ahead, the shipped figures, and which model is used."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from geo.__main__ import app
from geo.atlas import load
from geo.i18n import Message
from geo.records import InputError
from geo.risk import choice
from geo.risk.field import fit
from geo.risk.ground import Ground
from geo.risk.hindcast import running, tuning
from geo.risk.hindcast.past import Past
from geo.risk.hindcast.result import PRECISE, Result, parse, read
from geo.risk.hindcast.telling import BEGIN, END, markdown, put_between, verdict
from geo.risk.models import ALL_TIME, MODEL, UNIFORM, Decay, Model
from geo.risk.policy import load_risk_policy
from tests.starter import frames, placed, starter

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def past() -> Past:
    return Past.of(frames(), placed(), load(), load_risk_policy())


@pytest.fixture(scope="module")
def shipped() -> Result:
    return read(choice.SHIPPED)


def quiet(_what: Message, _done: int, _total: int | None) -> None:
    """Tell nothing."""


@pytest.fixture(scope="module")
def again(past: Past, shipped: Result) -> Result:
    """Return the hindcast of the starter data, run with the numbers that were chosen."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_space", "_time", "_pooling", "_weights"):
            patch.setattr(tuning, name, lambda _: iter(()))
        patch.setattr(running, "START", shipped.model(MODEL))
        patch.setattr(running, "baseline", lambda name, *_: shipped.model(name))
        return running.run(past.frames, placed(), load(), past.policy, quiet)


@pytest.mark.parametrize("day", [date(2019, 6, 1), date(2025, 2, 6)])
def test_a_hindcast_sees_what_a_snapshot_of_the_day_sees(past: Past, day: date) -> None:
    """The same rates as the product would have shown: nothing of the future leaks in."""
    model = replace(past.policy.model, decay=Decay(200.0, 0.3), pooling=3.0)
    shown = fit(starter(day, day), past.ground, past.policy, model=model)
    assert past.fit(model, day).mean == pytest.approx(shown.mean, rel=1e-9)


def test_later_knowledge_of_undated_reports_shows_later(past: Past) -> None:
    late = past.delayed(30)
    assumed = past.frames.incidents["known_assumed"].to_numpy(dtype=bool)
    first = np.flatnonzero(assumed)[0]
    day = past.frames.incidents["known_on"].iloc[first].date() + timedelta(days=29)
    assert past.known(day)[first]
    assert not late.known(day)[first]
    assert late.known(day + timedelta(days=1))[first]
    dated = ~assumed
    assert (past.known(day)[dated] == late.known(day)[dated]).all()


def test_the_shipped_figures_are_those_of_the_starter_data(again: Result, shipped: Result) -> None:
    """Within what a few places found anew may change; ``docs/method.md`` says how to rerun it."""
    assert {s.model for s in again.scores} == {s.model for s in shipped.scores}
    for score in again.scores:
        stored = shipped.score(score.model, score.horizon_days, score.which)
        assert score.incidents == pytest.approx(stored.incidents, rel=0.05)
        for now, then in zip(score.hit_rate, stored.hit_rate, strict=True):
            assert now == pytest.approx(then, abs=0.03)
        assert score.log_gain == pytest.approx(stored.log_gain, abs=0.05, nan_ok=True)
    assert again.in_use == shipped.in_use
    assert again.leads[1].ahead == pytest.approx(shipped.leads[1].ahead, abs=0.05)
    foretold = [one.foretold for one in again.reliability]
    assert foretold == pytest.approx([sum(foretold) / running.BINS] * running.BINS, rel=0.02)
    whole = again.score(MODEL, 90)
    assert sum(foretold) == pytest.approx(whole.foretold)
    assert sum(one.came for one in again.reliability) == pytest.approx(whole.incidents)


def test_the_policy_has_the_numbers_that_were_tested(shipped: Result) -> None:
    assert load_risk_policy().model == shipped.model(MODEL)
    assert choice.as_tested(load_risk_policy())


def test_the_uniform_baseline_is_where_gains_begin(shipped: Result) -> None:
    uniform = shipped.score(UNIFORM, 90)
    assert [hit[0] for hit in uniform.hit_rate] == pytest.approx([0.05, 0.1, 0.2])
    assert uniform.log_gain == (0, 0, 0)


def test_the_documentation_shows_the_shipped_figures(shipped: Result) -> None:
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert markdown(shipped) in page


def test_a_result_survives_its_json(shipped: Result) -> None:
    assert parse(shipped.to_json()).to_json() == shipped.to_json()


def test_the_best_baseline_is_used_when_the_model_is_not_better(
    shipped: Result, data_folder: Path
) -> None:
    assert choice.model_in_use(load_risk_policy()).name == MODEL
    lead = replace(shipped.leads[1], best=ALL_TIME, ahead=(-0.1, -0.2, 0.1))
    lost = replace(shipped, in_use=ALL_TIME, leads=(shipped.leads[0], lead))
    assert "is used in its place" in str(verdict(lost))
    assert choice.use(lost).parent == data_folder
    assert choice.model_in_use(load_risk_policy()) == shipped.model(ALL_TIME)
    field = fit(starter(), Ground.of(starter().atlas))
    assert field.model.name == ALL_TIME


def test_a_damaged_hindcast_says_so(data_folder: Path) -> None:
    data_folder.mkdir()
    choice.own_path().write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="is not a hindcast"):
        choice.stored()


def test_too_few_incidents_are_refused(past: Past) -> None:
    with pytest.raises(InputError, match="Too little to tell"):
        running.run(past.frames, placed(), load(), past.policy, quiet, first=date(2024, 6, 1))
    with pytest.raises(InputError, match="must lie before"):
        running.run(
            past.frames, placed(), load(), past.policy, quiet,
            first=date(2024, 6, 1), last=date(2023, 6, 1),
        )  # fmt: skip


def test_the_choice_looks_at_the_earlier_windows_only_and_finds_the_best(past: Past) -> None:
    judge = running.Judge.of(past)
    earlier = running.windows(date(2019, 1, 1), date(2020, 12, 31), 90)
    start: Model = running.baseline(ALL_TIME, 10_000.0, 0.2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning, "BANDWIDTHS_M", (10_000.0, 20_000.0))
        patch.setattr(tuning, "SHAPES", (0.05, 1.0))
        tried = list(tuning.tune(past, judge, earlier, start, lambda: None))
    by_hand = {
        one.model: sum(judge.log_score(past.fit(one.model, w.asked), w.scored) for w in earlier)
        for one in tried
    }
    came = sum(past.came(w.scored).sum() for w in earlier)
    assert len(tried) == 5
    for one in tried:
        assert one.score == pytest.approx(by_hand[one.model] / came)
    assert max(w.scored.last for w in earlier) < date(2021, 1, 1)


def test_precise_incidents_are_not_those_stacked_on_towns(past: Past, shipped: Result) -> None:
    assert 0 < (past.precise & past.on_roads).sum() < past.on_roads.sum() / 2
    kobe = past.frames.incidents["incident_id"] == "ML-2025-02-07-KOBE"
    assert past.precise[np.flatnonzero(kobe)].all()
    assert shipped.score(MODEL, 90, PRECISE).incidents < shipped.score(MODEL, 90).incidents


def test_the_command_refuses_days_that_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    result = CliRunner().invoke(app, ["hindcast", "--from", "soon", "--to", "2025-02-31"])
    assert result.exit_code == 2
    assert "--from" in result.output
    assert "--to" in result.output


def test_the_command_writes_files_and_tables(
    again: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    assert not data_folder.exists()
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    monkeypatch.setattr("geo.risk.hindcast.running.run", lambda *_, **__: again)
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    out = tmp_path / "out.json"
    result = CliRunner().invoke(
        app, ["hindcast", "--json", "--use", "--out", str(out), "--table", str(page)]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["in_use"] == again.in_use
    assert read(out).to_json() == again.to_json()
    assert choice.own_path().is_file()
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "\nold\n" not in text
    with pytest.raises(InputError, match="lacks the markers"):
        put_between(out, "x")
