"""How a round stands: scores of raters, items from the records, totals, ranks, grades; after closing what was stored."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.people import assessing, check, school, standing, store_assess
from logi.core.money import ratio_half_up

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry


def standings(source: "Source", row: Any) -> list[assessing.Standing]:
    """Everybody of a round, the best first."""
    return stored(source, row) if row["closed_on"] else reckoned(source, row)


def stored(source: "Source", row: Any) -> list[assessing.Standing]:
    """What closing the round stored."""
    items = store_assess.items(source.db, row["scheme_id"])
    kept = {(one["subject_id"], one["item_id"]): one for one in store_assess.results(source.db, row["id"])}
    found = []
    for subject in store_assess.subjects(source.db, row["id"]):
        whole = kept.get((subject["id"], None))
        if whole is not None:
            points = {item["id"]: kept.get((subject["id"], item["id"])) for item in items}
            marks = tuple(_mark(item, one["score_milli"] if (one := points[item["id"]]) is not None else None)
                          for item in items)  # fmt: skip
            found.append(assessing.Standing(subject["id"], marks, whole["score_milli"], whole["rank"], whole["grade"]))
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def reckoned(source: "Source", row: Any) -> list[assessing.Standing]:
    """Reckoned anew from scores and records."""
    items = store_assess.items(source.db, row["scheme_id"])
    given: dict[tuple[int, int], list[int]] = {}
    for score in store_assess.scores(source.db, row["id"]):
        given.setdefault((score["subject_id"], score["item_id"]), []).append(score["score_milli"])
    records = Records(source, row)
    found = []
    for subject in store_assess.subjects(source.db, row["id"]):
        marks = tuple(
            _mark(item, records.of(item["aspect"], subject) if item["aspect"] in assessing.RECKONED
                  else assessing.mean(given.get((subject["id"], item["id"]), ())))
            for item in items
        )  # fmt: skip
        found.append((subject["id"], marks))
    return assessing.ranked(found, school.policy(source, "staff.grades", date.fromisoformat(row["until_day"])))


class Records:
    """The items of a round that come from the records: conduct, inspections, hours of training."""

    def __init__(self, source: "Source", row: Any) -> None:
        since, until = date.fromisoformat(row["since_day"]), date.fromisoformat(row["until_day"])
        self.source, self.since, self.until = source, since, min(until, source.today)
        self.points = school.policy(source, "staff.conduct_points", until)
        self.conduct: dict[int, dict[str, int]] = {}
        for one in store_assess.conduct(source.db, since, self.until):
            mine = self.conduct.setdefault(one["person_id"], {})
            mine[one["kind"]] = mine.get(one["kind"], 0) + 1
        self.runs = check.scores_at(source.db, since, self.until)
        self.kept: dict[int, list[int]] = {}
        for place in school.places(source.db):
            if place["keeper_id"] is not None:
                self.kept.setdefault(place["keeper_id"], []).append(place["id"])
        self.hours = {one.person["id"]: one.total for one in standing.hours(source, since, self.until)}
        days = (until - since).days + 1
        self.target = ratio_half_up(standing.target(source, until) * days, 365)  # what falls to these days of the year's hours

    def of(self, aspect: str, subject: Any) -> int | None:
        """Somebody's points in an item; a unit has the mean of its people."""
        if subject["person_id"] is not None:
            return self._of_person(aspect, subject["person_id"])
        people = standing.members(self.source.db, subject["department_id"], self.until)
        there = [points for one in people if (points := self._of_person(aspect, one["id"])) is not None]
        return assessing.mean(there)

    def _of_person(self, aspect: str, person_id: int) -> int | None:
        if aspect == "discipline":
            return assessing.discipline(self.conduct.get(person_id, {}), self.points)
        if aspect == "study":
            return assessing.studied(self.hours.get(person_id, 0), self.target)
        scores = [score * 100 for place in self.kept.get(person_id, ()) for score in self.runs.get(place, ())]
        return assessing.mean(scores)  # tenths of a percent are hundreds of thousandths of a point


def _mark(item: Any, points: int | None) -> assessing.Mark:
    return assessing.Mark(item["id"], item["aspect"], item["words"], item["weight"], points)
