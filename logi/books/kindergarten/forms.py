"""What the kindergarten's printed forms are filled with: an event's support order, a notice to families."""

from datetime import date
from typing import TYPE_CHECKING

from logi.books.kindergarten import listing, store
from logi.core.errors import NotFound
from logi.core.forms import Asked, FormData, Signed
from logi.core.messages import title

if TYPE_CHECKING:
    from logi.db import Ledger


def event_support(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """活動後勤保障單: the event, and its checklist of place, supplies and contacts."""
    row = store.event(ledger, str(number))
    one = listing.event_row(ledger, row)
    lines = [{**line, "kind": title("kindergarten.need", line["kind"]), "proof": line["slip"]}
             for line in listing.needs(ledger, row).rows]  # fmt: skip
    signed = [Signed("accepted_by", row["closed_name"], date.fromisoformat(row["closed_on"]))] if row["closed_on"] else []
    values = {"title": row["title"], "day": one["on"], "time": row["at_time"], "place": one["place"], "heads": row["heads"],
              "leader": row["leader"], "asked_on": date.fromisoformat(row["asked_on"]), "outcome": one["outcome"]}  # fmt: skip
    return FormData(row["number"], on=date.fromisoformat(row["asked_on"]), values=values, lines=lines, signed=signed,
                    named={"organiser": row["leader"]})  # fmt: skip


def family_notice(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """家園告知書: what families are told, with a slip to be signed and handed back."""
    row = store.notice(ledger.db, str(number))
    if row is None:
        raise NotFound("kindergarten.no_notice", number=number)
    return FormData(row["number"], on=date.fromisoformat(row["on_day"]),
                    values={"subject": row["title"], "audience": row["audience"],
                            "kind": title("kindergarten.notice", row["kind"])},
                    texts={"body": row["body"].splitlines()}, named={"writer": row["by_name"]})  # fmt: skip


FORMS = {"event-support": event_support, "family-notice": family_notice}
