"""What the dorm book asks of the check book: the uniform items' last results, the rooms' ranking, the runs of its lists."""

from logi.books.check import lists
from logi.books.check.actions import still_open
from logi.books.check.analysis import outcome, ranking
from logi.books.check.store import results_of_runs, runs, uses
from logi.books.check.using import in_force

EIGHT = "dorm-eight"  # called eight, it lists nine
ROOM = "dorm-room"
LISTS = (EIGHT, "dorm-fire", ROOM)

__all__ = ["EIGHT", "LISTS", "ROOM", "in_force", "lists", "outcome", "ranking", "results_of_runs", "runs", "still_open", "uses"]
