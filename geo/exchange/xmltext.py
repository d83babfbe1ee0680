"""Text for XML, and documents from elements."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) allows in no document, however escaped."""


def xml_text(text: str) -> str:
    """Return a text without what XML cannot hold; escaping is the writer's."""
    return _NOT_XML.sub("", text)


def to_xml(root: ET.Element) -> str:
    """Return a document in UTF-8, indented, with its declaration."""
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
