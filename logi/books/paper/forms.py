"""What the paper book's printed forms are filled with: handbook, ledger catalogue, implementation, minutes, archive."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.paper import report, rules, showing, store, store_kept
from logi.core.answers import Word
from logi.core.days import parse_school_year
from logi.core.errors import Refused
from logi.core.forms import Asked, FormData

if TYPE_CHECKING:
    from logi.db import Ledger


def handbook(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """制度手冊目錄 with the list of who has it."""
    row, day = store.document(ledger, str(number)), ledger.today
    if row["kind"] != "handbook":
        raise Refused("paper.no_handbook", number=row["code"], kind=Word.of("paper.kind", row["kind"]))
    found = showing.chapters(ledger, row, day)
    lines = [{**line, "name": one["name"], "state": Word.of("paper.state", line["state"]), "owner": one["owner"]}
             for line, one in zip(showing.contents(found, day), found, strict=True)]  # fmt: skip
    given = [{"on": date.fromisoformat(one["on_day"]), "receiver": one["receiver"], "copies": one["copies"], "signed": None}
             for one in store.issues(ledger.db, day, row["id"])]  # fmt: skip
    values = {"title": row["name"], "no": row["doc_no"], "issuer": row["issuer"], "count": len(lines)}
    return FormData(row["code"], on=rules.as_day(row["on_day"]), values=values, lines=lines, lists={"given": given},
                    named={"maker": row["owner"]})  # fmt: skip


def catalogue(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """臺帳目錄及完整性檢查表 of a day."""
    day = min(asked.since or ledger.today, ledger.today)
    lines = [{**row, "frequency": Word.of("paper.frequency", row["frequency"]),
              "state": Word.of("paper.ledger_state", row["state"]), "where": row["book"] or row["place"]}
             for row in report.ledgers(ledger, until=day).rows]  # fmt: skip
    return FormData(day.isoformat(), on=day, lines=lines)


def implementation(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """上級文件落實表 of one document, or of all that are dated up to a day."""
    day = min(asked.until or ledger.today, ledger.today)
    row = store.document(ledger, number) if number else None
    lines = [{**line, "area": Word.of("paper.area", line["area"]) if line["area"] else None,
              "state": Word.of("paper.answer", line["state"]),
              "evidence": line.get("evidence") or line.get("how"), "title": line["title"] if row is None else None}
             for line in report.trace(ledger, number, until=day).rows]  # fmt: skip
    values = {"title": row["name"], "no": row["doc_no"], "issuer": row["issuer"]} if row else {}
    return FormData(row["code"] if row else day.isoformat(), on=day, values=values, lines=lines)


def minutes(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """會議紀要: who met, what was raised, what is done about it by whom and by when."""
    row = store.document(ledger, str(number))
    if row["kind"] != "minutes":
        raise Refused("paper.no_minutes", number=row["code"], kind=Word.of("paper.kind", row["kind"]))
    measures = store_kept.measures(ledger.db, row["id"])
    lines: list[dict[str, Any]] = []
    for point in store_kept.points(ledger.db, row["id"]):
        lines += [
            {"asked": point["words"], "measure": one["name"], "owner": one["owner"], "due": rules.as_day(one["due_on"]),
             "state": Word.of("paper.answer", rules.measure_state(one, ledger.today)),
             "evidence": one["evidence"] or one["done_note"]}
            for one in measures if one["point_id"] == point["id"]
        ] or [{"asked": point["words"], "state": Word.of("paper.answer", "unanswered")}]  # fmt: skip
    values = {"title": row["name"], "on": rules.as_day(row["on_day"]), "place": row["place"], "chair": row["owner"],
              "people": row["people"], "note": row["note"]}  # fmt: skip
    texts = [line.strip() for line in (row["body"] or "").split("\n") if line.strip()]
    return FormData(row["code"], on=rules.as_day(row["on_day"]), values=values, lines=lines, texts={"record": texts},
                    named={"chair": row["owner"]})  # fmt: skip


def archive(ledger: "Ledger", number: str | None, asked: Asked) -> FormData:
    """檔案目錄 of a school year."""
    period = parse_school_year(str(number), today=ledger.today)
    lines = [{**{key: value for key, value in row.items() if key != "n"}, "volume": row["n"],
              "category": Word.of("paper.category", row["category"]), "retention": Word.of("paper.retention", row["retention"])}
             for row in report.volumes(ledger, year=int(period.key)).rows]  # fmt: skip
    waiting = sum(row["handed_on"] is None for row in lines)
    return FormData(period.key, period=period.label, values={"count": len(lines), "waiting": waiting}, lines=lines)


def minutes_of(ledger: "Ledger", since: date, until: date) -> list[str]:
    """The minutes of a period."""
    return [row["code"] for row in store.documents(ledger.db)
            if row["kind"] == "minutes" and since.isoformat() <= row["on_day"] <= until.isoformat()]  # fmt: skip


FORMS = {"handbook": handbook, "ledger-catalogue": catalogue, "implementation": implementation, "minutes": minutes,
         "archive": archive}  # fmt: skip
NUMBERS = {"minutes": minutes_of}
