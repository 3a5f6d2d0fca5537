"""What the roll-up book asks of the month's book: the lines of a plan, and that a line be written."""

from logi.books.month.actions import add
from logi.books.month.store import line, line_by_id, plan

__all__ = ["add", "line", "line_by_id", "plan"]
