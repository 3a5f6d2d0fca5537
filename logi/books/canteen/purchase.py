"""What the canteen asks of the purchase book: whether food of a slip was accepted there, by two and with its papers."""

from typing import Any

from logi.books.purchase import store

__all__ = ["accepted"]


def accepted(source: Any, slip: Any) -> Any:
    """The acceptance of the purchase that a slip names, if there was one by its day."""
    request = store.request(source, slip["request_no"]) if slip["request_no"] else None
    if request is None:
        return None
    found = store.receipts(source.db, request["id"], until=slip["on_day"])
    return found[-1] if found else None
