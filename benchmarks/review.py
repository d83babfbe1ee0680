"""Place every starter incident by its text alone, and compare: ``python -m benchmarks.review``.

``--write`` records the disagreements with the structured columns, and what the texts contradict in
themselves, in ``docs/data-review.md`` between its marks, each with the judgement of
``benchmarks/review.csv``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import shapely

from benchmarks.page import record
from geo import atlas as atlases
from geo.atlas import DATA_DIR, Atlas
from geo.gazetteer.borders import KM_PER_DEG
from geo.gazetteer.phrases import geocode
from geo.gazetteer.placing import place_incidents

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-review.md"
JUDGEMENTS = Path(__file__).with_name("review.csv")
APART_KM = 5.0
CONTRADICTIONS = ("does not fit", "does not lie", "the text names", "do not meet", "counted from")
POINTS = {"place", "near"}


def disagreements(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """Yield incident, what its text says and what is wrong, for those that do not agree."""
    table = pd.read_csv(
        DATA_DIR / "incidents.csv", dtype=str, keep_default_na=False, index_col="incident_id"
    )
    columns = place_incidents(table.assign(location_text=""), atlas)
    for name, row in table.iterrows():
        found = geocode(row["location_text"], atlas, row["country"])
        text, placed = found.placement, columns.loc[name]
        wrong = []
        if text is None:
            wrong.append(f"the text alone is not placed: {found.unresolved_reason}")
        elif placed["geometry"] is not None:
            degrees = shapely.distance(text.geometry, placed["geometry"])
            reach_m = (text.spread_m if text.kind in POINTS else 0.0) + (
                placed["spread_m"] if placed["kind"] in POINTS else 0.0
            )
            apart_km = degrees * KM_PER_DEG - reach_m / 1000
            if apart_km > APART_KM:
                wrong.append(f"text and columns are {apart_km:.0f} km apart")
        wrong += [
            str(note) for note in found.review if any(part in str(note) for part in CONTRADICTIONS)
        ]
        if wrong:
            yield str(name), row["location_text"], "; ".join(wrong)


def section(atlas: Atlas) -> str:
    """Return the generated part of the page."""
    judged = pd.read_csv(JUDGEMENTS, dtype=str, index_col="incident_id")["judgement"]
    rows = [
        f"| {name} | {_cell(text)} | {_cell(wrong)} | {judged.get(name, '**not judged yet**')} |"
        for name, text, wrong in disagreements(atlas)
    ]
    count = len(pd.read_csv(DATA_DIR / "incidents.csv"))
    head = (
        f"{len(rows)} of {count} incidents; the others agree within the spreads and"
        f" {APART_KM:.0f} km. `python -m benchmarks.review --write` repeats it."
    )
    table = ["| incident | what the text says | what does not agree | who is right |",
             "|---|---|---|---|", *rows]  # fmt: skip
    return "\n".join([head, "", *table])


def _cell(text: str) -> str:
    return text.replace("|", "/")


def main() -> None:
    """Compare, print and perhaps record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="record it in docs/data-review.md")
    given = parser.parse_args()
    text = section(atlases.load())
    print(text)
    if given.write:
        record("review", text, PAGE)


if __name__ == "__main__":
    main()
