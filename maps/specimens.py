"""A specimen of each brief, in each language: ``python -m maps.specimens docs/gallery``.

They are made from the starter dataset with every date given, so that the same code makes the same
bytes on the same machine.  With ``PISTE_BRIEFS`` an organisation sees its own brand in the same
way.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from geo import i18n, snapshot
from geo.atlas import DATA_DIR, load
from geo.briefing import templates
from geo.briefing.building import about, build
from geo.briefing.material import Material
from geo.briefing.records import Brief
from geo.exchange.files import write_whole
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.question import Question
from geo.risk.journey.records import Answer
from geo.roads.evidence import Evidence
from geo.selection import Selection
from geo.store import Ledger, seed
from maps.documents import Gallery, pages, write
from maps.documents.pictures import lean_png

ON: Final = date(2025, 2, 12)
LANGUAGES: Final = ("en", "fr")
MARK: Final = "TLP:AMBER"
INCIDENT: Final = "ML-2025-02-07-KOBE"
JOURNEY: Final = ("Gao", "Labbezanga")
#: Which brief is about what: its days and what else its selection has.
ABOUT: Final[Mapping[str, tuple[int, Mapping[str, Any]]]] = {
    "area": (90, {"countries": frozenset({"ML"}), "regions": frozenset({"ML:Gao"})}),
    "weekly": (7, {"countries": frozenset({"ML"})}),
    "ied": (3 * 365, {"countries": frozenset({"ML"}), "ied_only": True}),
    "incident": (90, {}),
    "route": (365, {}),
}
#: Every brief is there as PDF with a picture of its first page; these in other formats too.
FORMATS: Final = {"area": ("pptx",), "weekly": ("docx",), "incident": ("html", "md")}
_PPI: Final = 80


@dataclass(frozen=True, eq=False)
class Specimens:
    """Briefs about the starter dataset."""

    @cached_property
    def whole(self) -> Material:
        """Everything that was known on the day."""
        with (
            tempfile.TemporaryDirectory(prefix="piste-") as folder,
            Ledger.open(f"sqlite:///{Path(folder) / 'ledger.db'}") as ledger,
        ):
            seed(ledger, DATA_DIR)
            frames = ledger.frames()
        land = load()
        shot = snapshot.build(frames, snapshot.place_ledger(frames, land), land, ON, ON)
        chosen = Selection(on=ON, known_on=ON, start=ON, end=ON)
        return Material(frames, shot, Evidence.gather(frames.assertions, land), chosen)

    @cached_property
    def journey(self) -> Answer:
        """The route check's answer for the road book."""
        return plan(Question(*JOURNEY), Desk.of(self.whole.snapshot))

    def material(self, name: str) -> Material:
        """Return what a brief is about."""
        days, chosen = ABOUT[name]
        start = ON - timedelta(days=days - 1)
        selection = replace(self.whole.selection, start=start, **chosen)
        return about(templates.load(name), replace(self.whole, selection=selection))

    def brief(self, name: str) -> tuple[Brief, Material, Answer | None]:
        """Return a brief in the active language, with what its pictures are drawn from."""
        material = self.material(name)
        journey = self.journey if name == "route" else None
        brief = build(
            templates.load(name), material, journey=journey, mark=MARK, made_on=ON,
            incident_id=INCIDENT if name == "incident" else "",
        )  # fmt: skip
        return brief, material, journey

    def files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a brief in the active language: how each ends, and what it holds."""
        brief, material, journey = self.brief(name)
        gallery = Gallery(brief, material, journey)
        for form in ("pdf", *FORMATS.get(name, ())):
            yield form, write(brief, material, form, gallery=gallery)
        yield "png", lean_png(pages(brief, gallery, templates.brand(), ppi=_PPI)[0])


def make(folder: Path) -> Iterator[Path]:
    """Write every specimen into a folder; yield the files as they are made."""
    specimens = Specimens()

    def spoken(language: str, name: str) -> list[tuple[str, bytes]]:
        i18n.activate(language)
        return list(specimens.files(name))

    for name in ABOUT:
        for language in LANGUAGES:
            for form, data in copy_context().run(spoken, language, name):
                path = folder / f"{name}-{language}.{form}"
                write_whole(path, data)
                yield path


def main() -> None:
    """Write the specimens and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for path in make(folder):
        print(f"{path.stat().st_size / 1000:>6,.0f} kB  {path.name}")  # noqa: T201


if __name__ == "__main__":
    main()
