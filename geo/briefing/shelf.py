"""Which templates of briefs there are; known without reading what is needed to fill them."""

from __future__ import annotations

import os
from pathlib import Path

from geo.atlas import DATA_DIR

OWN_TEMPLATES = "PISTE_BRIEFS"
BRAND = "brand"


def folders() -> list[Path]:
    """Return where templates are looked for, an organisation's own folder first."""
    own = os.environ.get(OWN_TEMPLATES, "").strip()
    return [*([Path(own)] if own else []), DATA_DIR / "briefs"]


def names() -> list[str]:
    """Return the names of all templates."""
    return sorted({path.stem for folder in folders() for path in folder.glob("*.toml")} - {BRAND})
