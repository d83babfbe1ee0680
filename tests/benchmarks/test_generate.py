"""Generated folders: equal for equal seeds, shaped like the starter, and fit to be read."""

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.generate import DATA_DIR, generate
from geo.atlas import load
from geo.gazetteer.placing import place_incidents
from geo.store.intake import lines_of, read_folder

SIZE = 3_000


def _incidents(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "incidents.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("generated")
    generate(made, SIZE)
    return made


def test_the_ledger_takes_every_row(folder: Path) -> None:
    """No fault in any file, and as many lines as rows."""
    records = read_folder(folder)
    lines, _ = lines_of(records, pd.Timestamp("2026-01-01").date())
    rows = {path.name: len(pd.read_csv(path)) for path in folder.glob("*.csv")}
    assert rows["incidents.csv"] == SIZE
    assert len(lines) == sum(rows.values())


def test_equal_seeds_give_equal_files(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "same", SIZE)
    generate(tmp_path / "other", SIZE, seed=1)
    for name in ("incidents.csv", "claims.csv", "links.csv"):
        made = (folder / name).read_bytes()
        assert (tmp_path / "same" / name).read_bytes() == made
        assert (tmp_path / "other" / name).read_bytes() != made


@pytest.mark.parametrize("column", ["country", "category", "ied", "target", "date_precision"])
def test_shares_are_those_of_the_starter(folder: Path, column: str) -> None:
    """3,000 draws of 295 rows: a share moves by less than four standard errors, 0.037."""
    starter = _incidents(DATA_DIR)[column].value_counts(normalize=True)
    made = _incidents(folder)[column].value_counts(normalize=True)
    assert (made.reindex(starter.index, fill_value=0) - starter).abs().max() < 0.037


def test_dates_keep_the_profile_of_the_years(folder: Path) -> None:
    starter, made = (
        pd.to_datetime(_incidents(path)["date_start"]).dt.year.value_counts(normalize=True)
        for path in (DATA_DIR, folder)
    )
    assert sorted(made.index) == sorted(starter.index)
    assert (made - starter).abs().max() < 0.06  # a jitter of 20 days moves some over New Year


def test_incidents_lie_in_many_places(folder: Path) -> None:
    """All are placed, at several times the starter's number of positions."""
    starter, made = (
        place_incidents(_incidents(path), load())[["lon", "lat"]] for path in (DATA_DIR, folder)
    )
    assert made["lon"].notna().all()
    assert len(made.drop_duplicates()) > 4 * len(starter.drop_duplicates())


def test_nothing_generated_names_a_real_page(folder: Path) -> None:
    claims = pd.read_csv(folder / "claims.csv", dtype="str", keep_default_na=False)
    assert claims["url"].str.startswith("https://example.org/generated/").all()
    assert claims["publisher"].str.startswith("Generated source ").all()
