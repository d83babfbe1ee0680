"""What comes from outside is text on a page, never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import markup


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=1&c=2", "http://example.org", "HTTPS://X"]
)
def test_a_web_address_becomes_a_link(url: str) -> None:
    assert markup.safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
        'https://x.org/" onmouseover=alert(1)', "https://x.org/'x", "https://x.org/<b>",
        "//x.org", "ftp://x.org", "", None, "https://x.org/\njavascript:alert(1)", "vbscript:x",
    ],
)  # fmt: skip
def test_anything_else_does_not(url: str | None) -> None:
    assert markup.safe_url(url) is None


@given(st.text())
def test_an_escaped_text_holds_no_tag_and_no_end_of_an_attribute(text: str) -> None:
    assert not set(markup.escape(text)) & set("<>\"'")
