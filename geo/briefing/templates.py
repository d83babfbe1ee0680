"""Templates of briefs: short files that name their sections, shipped or an organisation's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.briefing.sections import SECTIONS
from geo.briefing.shelf import BRAND, folders, names
from geo.i18n import language, message
from geo.records import Fault, InputError

USUAL_DAYS = 90
MAX_DAYS = 3_660
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_KEYS = {"title", "sections", "days", "fixed"}
_PNG = b"\x89PNG\r\n\x1a\n"
_BRAND_KEYS = {"name", "logo", "accent"}


@dataclass(frozen=True, slots=True)
class Template:
    """What a kind of brief contains.

    Parameters
    ----------
    name
        Of its file.
    titles
        By language; ``{area}`` stands for what it is about.
    sections
        Names of `geo.briefing.sections.SECTIONS`, in order.
    days
        Length of the period unless another one is asked for.
    fixed
        True when no other period can be asked for: a week is a week.
    """

    name: str
    titles: Mapping[str, str]
    sections: tuple[str, ...]
    days: int
    fixed: bool = False

    def title(self, area: str) -> str:
        """Return the title in the active language, in English where it has none."""
        found = self.titles.get(language()) or self.titles["en"]
        return found.replace("{area}", area)


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose briefs they are: a name, a logo (PNG or SVG) and the colour of headings."""

    name: str
    logo: Path | None
    accent: str


def load(name: str) -> Template:
    """Return a template.

    Raises
    ------
    InputError
        With every fault of its file, or when there is none.
    """
    path, found = _read(name)
    faults: list[Fault] = _unknown_keys(found, _KEYS, path)
    titles = found.get("title")
    if not isinstance(titles, dict) or not isinstance(titles.get("en"), str):
        text = message("“title” must give at least an English one, “en”.")
        faults.append(Fault(None, "title", text, path.name))
        titles = {"en": name}
    sections = found.get("sections")
    if not isinstance(sections, list) or not sections:
        text = message("“sections” must be a list of names.")
        faults.append(Fault(None, "sections", text, path.name))
        sections = []
    for section in sections:
        if section not in SECTIONS:
            text = message(
                "There is no section “{name}”. There are: {known}.",
                name=section,
                known=", ".join(SECTIONS),
            )
            faults.append(Fault(None, "sections", text, path.name))
    days = found.get("days", USUAL_DAYS)
    if not isinstance(days, int) or not 1 <= days <= MAX_DAYS:
        text = message("“days” must be a whole number from 1 to {most}.", most=MAX_DAYS)
        faults.append(Fault(None, "days", text, path.name))
    fixed = found.get("fixed", False)
    if not isinstance(fixed, bool):
        faults.append(Fault(None, "fixed", message("“fixed” must be true or false."), path.name))
    if faults:
        raise InputError(faults)
    in_languages = {str(code): str(text) for code, text in titles.items()}
    return Template(name, in_languages, tuple(sections), days, bool(fixed))


def brand() -> Brand:
    """Return whose briefs they are.

    Raises
    ------
    InputError
        With every fault of ``brand.toml``.
    """
    path, found = _read(BRAND)
    faults = _unknown_keys(found, _BRAND_KEYS, path)
    accent = str(found.get("accent", ""))
    if not _COLOUR.fullmatch(accent):
        text = message("“accent” must be a colour such as #9A3412.")
        faults.append(Fault(None, "accent", text, path.name))
    logo = path.parent / str(found["logo"]) if found.get("logo") else None
    if logo is not None and not logo.is_file():
        text = message("The logo {file} is not beside brand.toml.", file=logo.name)
        faults.append(Fault(None, "logo", text, path.name))
    elif logo is not None and not _drawable(logo):
        text = message("The logo {file} is neither a PNG nor an SVG file.", file=logo.name)
        faults.append(Fault(None, "logo", text, path.name))
    if faults:
        raise InputError(faults)
    return Brand(str(found.get("name", "")), logo, accent)


def _drawable(logo: Path) -> bool:
    """Return whether a file is what its ending says: PNG or SVG."""
    data = logo.read_bytes()
    if logo.suffix.lower() == ".svg":
        return b"<svg" in data
    return logo.suffix.lower() == ".png" and data.startswith(_PNG)


def _read(name: str) -> tuple[Path, dict[str, Any]]:
    # A name is a file's stem and never a way to another folder.
    paths = [folder / f"{name}.toml" for folder in folders()] if name.isidentifier() else []
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        text = message(
            "There is no template “{name}”. There are: {known}.",
            name=name,
            known=", ".join(names()),
        )
        raise InputError([Fault(None, "template", text)])
    try:
        return path, tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = message("{file} is not TOML: {why}", file=path.name, why=str(error))
        raise InputError([Fault(None, None, text, path.name)]) from error


def _unknown_keys(found: Mapping[str, Any], known: set[str], path: Path) -> list[Fault]:
    return [
        Fault(None, key, message("“{key}” means nothing here.", key=key), path.name)
        for key in sorted(found.keys() - known)
    ]
