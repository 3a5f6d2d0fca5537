"""What the meter book asks of the check book: the boiler's list comes into use for a season, and its runs are the log."""

from logi.books.check.duties import Duties
from logi.books.check.store import results_of_runs, runs, uses_at
from logi.books.check.using import use

LIST = "boiler"

__all__ = ["LIST", "Duties", "results_of_runs", "runs", "use", "uses_at"]
