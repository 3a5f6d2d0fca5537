"""What the meter book asks of the check book: the boiler's list comes into use for a season, and its runs are the log."""

from logi.books.check.actions import still_open
from logi.books.check.duties import Duties
from logi.books.check.store import results_of_runs, runs, uses_at
from logi.books.check.using import use

LIST = "boiler"
CAMPUS = "saving-campus"
# What is left on or set wrong, by list and item.
LEFT_ON = (("night-rooms", "lights"), ("night-rooms", "power"), ("aircon", "cooling"), ("aircon", "heating"))

__all__ = ["CAMPUS", "LEFT_ON", "LIST", "Duties", "results_of_runs", "runs", "still_open", "use", "uses_at"]
