"""What the roll-up book asks of the paper book: the document a template of a regulation is."""

from logi.books.paper.store import by_id, document

__all__ = ["by_id", "document"]
