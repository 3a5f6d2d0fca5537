"""What the shop book asks of the check book: the runs of the shop's lists, and whether they are in use."""

from logi.books.check import lists
from logi.books.check.analysis import grade, outcome
from logi.books.check.store import results_of_runs, runs, uses
from logi.books.check.using import in_force

EIGHT = "shop-eight"
HYGIENE = "canteen-shop"
LISTS = (EIGHT, HYGIENE)

__all__ = ["EIGHT", "HYGIENE", "LISTS", "grade", "in_force", "lists", "outcome", "results_of_runs", "runs", "uses"]
