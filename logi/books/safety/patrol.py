"""What the safety book asks of the patrol book: equipment that fails becomes a hazard; hazards, accidents, missed rounds."""

from logi.books.patrol.accident_report import free_note
from logi.books.patrol.hazard_actions import Found, place_text, record
from logi.books.patrol.hazard_report import as_of
from logi.books.patrol.report import missed
from logi.books.patrol.store import accidents, hazards

__all__ = ["Found", "accidents", "as_of", "free_note", "hazards", "missed", "place_text", "record"]
