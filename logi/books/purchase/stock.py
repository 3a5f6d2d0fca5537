"""What the purchase book asks of the stock book: which items a request means, how lines and quantities are typed."""

from typing import TYPE_CHECKING, Any

from logi.books.stock.lines import finding, from_quoted, from_words
from logi.books.stock.rules import CLASSES, worth
from logi.books.stock.store import item, item_by_id
from logi.core.errors import Ambiguous, NotFound

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry


def item_called(source: "Ledger | Entry", text: str) -> Any:
    """The stock item of exactly this code or name, None if there is none: a desk is not 课桌椅清洁剂."""
    ledger: Any = getattr(source, "ledger", source)
    before, hints = ledger.exact, ledger.hints
    ledger.exact, ledger.hints = True, False
    try:
        return item(source, text)
    except Ambiguous:
        raise
    except NotFound:
        return None
    finally:
        ledger.exact, ledger.hints = before, hints


def file_text(path: str) -> str:
    """A file's text, or standard input for `-`."""
    from logi.books.stock.commands import file_text as read

    return read(path)


__all__ = ["CLASSES", "file_text", "finding", "from_quoted", "from_words", "item_by_id", "item_called", "worth"]
