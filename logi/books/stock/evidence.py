"""What the stock book's records prove of a month: every class has the textbooks and supplies it is due."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from logi.books.stock.textbooks import by_class
from logi.core.days import month_period

if TYPE_CHECKING:
    from logi.db import Ledger


def textbooks(ledger: "Ledger", month: str) -> tuple[int, int, list[str]]:
    """The classes that are due something by the end of the month, and those that got all of it by then."""
    classes: dict[str, bool] = {}
    for row in by_class(ledger, min(month_period(month).until, ledger.today)).rows:
        classes[row["class_name"]] = classes.get(row["class_name"], True) and not row["short"]
    served = [name for name, whole in classes.items() if whole]
    return len(served), len(classes), served


RULES: "dict[str, Callable[[Ledger, str], tuple[int, int, list[str]]]]" = {"textbooks-issued": textbooks}
