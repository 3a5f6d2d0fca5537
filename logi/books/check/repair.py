"""What the check book asks of the repair book: a failed item becomes a slip in the same entry, and its state later."""

from logi.books.repair.actions import open as open_slip
from logi.books.repair.rules import KINDS
from logi.books.repair.store import numbered

__all__ = ["KINDS", "numbered", "open_slip"]
