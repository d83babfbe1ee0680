"""Briefs as files: PDF, slides, Word, web page, Markdown, and their pictures alone.

    write(brief, material, Path("gao.pdf"))

The same brief gives the same bytes, and nothing in it can act: no formula, no markup, no request.
"""

from maps.documents.pdf import pages
from maps.documents.pictures import Gallery
from maps.documents.writing import FORMATS, MEDIA_TYPES, format_of, write

__all__ = ["FORMATS", "MEDIA_TYPES", "Gallery", "format_of", "pages", "write"]
