"""How a report says that two of its incidents belong together."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Read

TWO = "On 2 March gunmen attacked a bus near Gossi. On 9 March gunmen attacked a bus near Hombori. "


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The attack near Hombori may be the same event as the one near Gossi.",
         "possible_duplicate"),
        ("The attack near Hombori was in retaliation for the one near Gossi.", "retaliation"),
    ],
)  # fmt: skip
def test_links(read: Read, said: str, kind: str) -> None:
    found = read(TWO + said, "2025-03-12")
    assert [(one.from_key, one.to_key, one.kind.value) for one in found.links] == [
        ("i1", "i2", kind)
    ]
