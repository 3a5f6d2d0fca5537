"""What the people book's printed forms are filled with."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.people import actions, training_report
from logi.core.answers import Milli, Word
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def training(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """培訓記錄: a training with everybody who came, their points, and room to sign."""
    row = actions.training(ledger, number or "")
    line = training_report.one_training(ledger, row)
    values = {**line, "mode": Word.of("people.mode", row["mode"]), "hours": Milli(row["hours_milli"]),
              "rank": Word.of("people.rank", row["rank"]) if row["rank"] else None}  # fmt: skip
    lines = [{**one, "result": Word.of("people.result", one["result"]) if one["result"] else None}
             for one in training_report.present(ledger, row["number"])]  # fmt: skip
    day = date.fromisoformat(row["on_day"])
    return FormData(row["number"], on=day, values=values, lines=lines, named={"trainer": row["trainer"]})


def certificates(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """證件到期預警: the certificates of all books on a day, those that end first first."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "state": Word.of("people.paper", row["state"])} for row in training_report.certificates(ledger, day).rows]
    return FormData(day.isoformat(), on=day, lines=lines)


FORMS = {"training": training, "certificates": certificates}
