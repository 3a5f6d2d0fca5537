"""What `logi show` and `logi find` say of claims, receipts, allotments, notices, schools and findings."""

from typing import TYPE_CHECKING, Any

from logi.books.money import approving, store
from logi.books.money import store_cover as cover_sql
from logi.books.money import store_funds as sql
from logi.books.money.tabling import as_day, table
from logi.core.answers import Column, Fen, Table, Word
from logi.core.messages import say, shown, title

if TYPE_CHECKING:
    from logi.db import Ledger

LINES = "line:count subject:word:money.subject summary invoice:code issued_on:day result:word:money.result value:money+"
LINKS = "number:code what link_state"
SHARES = "code:code school heads:count+ value:money+"
OBJECTIONS = "n:count on:day by objection answered_on:day answered_by answer"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A document of this book by its number, or a school by its code."""
    db = ledger.db
    if (row := store.claim(db, number)) is not None:
        return _claim(ledger, row)
    if (row := sql.receipt(db, number)) is not None:
        facts = {"number": row["number"], "on": as_day(row["on_day"]), "title": row["title"],
                 "source": Word.of("money.source", row["source"]), "basis": row["basis"], "value": Fen(row["amount_fen"]),
                 "shared": Fen(row["shared_fen"])}  # fmt: skip
        return [_face("receipt", row["number"], facts), _shares(sql.shares(db, receipt_id=row["id"]))]
    if rows := sql.shares(db, number=number.upper()):
        first = rows[0]
        facts = {"number": first["number"], "on": as_day(first["on_day"]), "receipt": first["receipt"], "title": first["title"]}
        return [_face("allotment", first["number"], facts), _shares(rows)]
    if (row := sql.notice(db, number)) is not None:
        return _notice(ledger, row)
    if (row := sql.finding(db, number)) is not None:
        facts = {"number": row["number"], "on": as_day(row["on_day"]), "finding": row["finding"], "by": row["by_whom"],
                 "owner": row["owner"], "due_on": as_day(row["due_on"]), "mended_on": as_day(row["mended_on"]),
                 "outcome": row["result"]}  # fmt: skip
        return [_face("finding", row["number"], facts)]
    if (row := cover_sql.case(db, number)) is not None:
        facts = {"number": row["number"], "on": as_day(row["on_day"]), "pupil": row["name"], "school_class": row["class_name"],
                 "cause": row["cause"], "place": row["place"], "hospital": row["hospital"], "papers_there": row["papers"],
                 "insurer": row["insurer"], "submitted_on": as_day(row["submitted_on"]),
                 "asked": Fen(row["asked_fen"]) if row["asked_fen"] is not None else None,
                 "settled_on": as_day(row["settled_on"]), "note": row["note"],
                 "value": Fen(row["paid_fen"]) if row["paid_fen"] is not None else None,
                 "case_state": Word.of("money.case_state", row["state"])}  # fmt: skip
        return [_face("case", row["number"], facts)]
    for one in sql.schools(db):
        if one["code"] == number:
            facts = {"code": one["code"], "school": one["name"], "heads": one["heads"],
                     "own": say("money.yes") if one["own"] else None}  # fmt: skip
            return [_face("school", one["code"], facts)]
    return None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Claims, invoices and schools for `logi find`."""
    from logi.finding import search as named

    found = [
        {"kind": "claim", "code": row["number"], "name": row["purpose"],
         "detail": f"{row['handler']} {shown(Fen(row['total_fen']))} {title('money.state', row['state'])}"}
        for row in store.called(ledger.db, text)
    ]  # fmt: skip
    return found + [{"kind": "school", "code": row["code"], "name": row["name"], "detail": None}
                    for row in named(ledger.db, "money_school", text)]  # fmt: skip


def _claim(ledger: "Ledger", row: Any) -> list[Table]:
    left = approving.missing(ledger, row) if row["state"] == "open" else []
    facts = {
        "number": row["number"], "on": as_day(row["on_day"]), "department": row["department"], "handler": row["handler"],
        "preparer": row["preparer"], "purpose": row["purpose"], "value": Fen(row["total_fen"]),
        "advance": Fen(row["advance_fen"]) if row["advance_fen"] else None, "papers": row["papers"], "vendor": row["vendor"],
        "payee": row["payee"], "request": row["request_no"], "claim_state": Word.of("money.state", row["state"]),
        "waiting": [approving.level_title(one) for one in left] or None, "paid_on": as_day(row["paid_on"]),
        "cashier": row["cashier"], "means": Word.of("money.means", row["means"]) if row["means"] else None,
        "voucher": row["voucher"], "unmatched": row["unmatched"], "corrects": row["corrects"],
        "corrected_by": store.corrected_by(ledger.db, row["id"]),
        "flags": [say(f"money.flag.{one}") for one in (row["flags"] or "").split()] or None,
    }  # fmt: skip
    lines = [
        {"line": one["line"], "subject": one["subject"], "summary": one["summary"], "invoice": one["invoice"],
         "issued_on": as_day(one["issued_on"]), "result": one["result"], "value": one["amount_fen"]}
        for one in store.lines(ledger.db, row["id"])
    ]  # fmt: skip
    found = [_face("claim", row["number"], facts), table("lines", say("money.title.lines"), LINES, lines)]
    if links := store.links(ledger.db, row["id"]):
        rows = [_link(ledger, one) for one in links]
        found.append(table("links", say("money.title.links"), LINKS, rows))
    return found


def _link(ledger: "Ledger", one: Any) -> dict[str, Any]:
    if one["slip_id"] is not None:
        from logi.books.money import stock

        left = stock.lacking(ledger, one["number"])
        state = say("money.link.unsigned", left=left) if left else say("money.link.signed")
        return {"number": one["number"], "what": say("money.link.slip"), "link_state": state}
    if one["card_id"] is not None:
        return {"number": one["number"], "what": say("money.link.card"), "link_state": one["card_name"]}
    accepted = say("money.link.accepted" if one["order_state"] == "accepted" else "money.link.unaccepted")
    return {"number": one["number"], "what": say("money.link.repair"), "link_state": accepted}


def _notice(ledger: "Ledger", row: Any) -> list[Table]:
    facts = {
        "number": row["number"], "since": as_day(row["since"]), "until": as_day(row["until"]),
        "posted_from": as_day(row["posted_from"]), "posted_to": as_day(row["posted_to"]), "place": row["place"],
        "by": row["by_name"], "opening": Fen(row["opening_fen"]), "value_in": Fen(row["in_fen"]),
        "value_out": Fen(row["out_fen"]), "closing": Fen(row["closing_fen"]),
    }  # fmt: skip
    rows = [
        {"n": one["n"], "on": as_day(one["on_day"]), "by": one["by_whom"], "objection": one["objection"],
         "answered_on": as_day(one["answered_on"]), "answered_by": one["answered_by"], "answer": one["answer"]}
        for one in sql.objections(ledger.db, row["id"])
    ]  # fmt: skip
    return [_face("notice", row["number"], facts), table("objections", say("money.title.objections"), OBJECTIONS, rows)]


def _shares(rows: list[Any]) -> Table:
    lines = [{"code": one["code"], "school": one["name"], "heads": one["heads"], "value": one["amount_fen"]} for one in rows]
    return table("shares", say("money.title.shares"), SHARES, lines, notes=[say("money.note.shares")] if lines else [])


def _face(kind: str, number: str, facts: dict[str, Any]) -> Table:
    columns = (Column("field", say("money.col.field")), Column("content", say("money.col.content")))
    rows = [{"field": say(f"money.col.{key}"), "content": shown(value)} for key, value in facts.items() if value is not None]
    return Table(f"money.show.{number}", say(f"money.title.{kind}", number=number), columns, rows)
