"""Word documents: what the paper shows, automatic numbers included, as lines."""

from __future__ import annotations

from dabir.reading.sources.docx.document import read

__all__ = ["read"]
