"""PDF documents: the text that their pages show, as lines with page and place. Pictures of text are not read."""

from __future__ import annotations

from dabir.reading.sources.pdf.document import read

__all__ = ["read"]
