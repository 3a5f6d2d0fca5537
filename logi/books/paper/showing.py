"""A document, measure, ledger or volume by its number with all that hangs on it, a printed handbook, and the search."""

from datetime import date
from typing import TYPE_CHECKING, Any

from logi import journal
from logi.books.paper import rules, standing, store, store_kept
from logi.books.paper.tabling import areas, card, table
from logi.core.answers import Fen, Pack, Table, Word
from logi.core.errors import Refused
from logi.core.messages import say, title

if TYPE_CHECKING:
    from logi.db import Ledger

VERSIONS = "number:code version:count state:word:paper.state from:day until:day why"
POINTS = "point:code asked area:word:paper.area number:code measure owner due:day state:word:paper.answer evidence:code"
REVIEWS = "on:day outcome:word:paper.outcome by evidence:code why"
RECEIVERS = "on:day receiver copies:count+ by"
CHAPTERS = "n:count number:code title version:count no from:day state:word:paper.state"


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """A thing of this book by its number or code."""
    if (row := store.by_code(ledger.db, number)) is not None:
        return _document(ledger, row)
    if (measure := store_kept.measure_of(ledger.db, number)) is not None:
        return [_measure(measure, ledger.today)]
    if (volume := store_kept.volume_of(ledger.db, number)) is not None:
        return [_volume(volume)]
    kept = next((one for one in store_kept.ledgers(ledger.db, closed=True) if one["code"] == number), None)
    if kept is not None:
        return _ledger(ledger, kept)
    point = next((one for one in store_kept.points(ledger.db) if one["code"] == number), None)
    return [_points(ledger, point["doc_id"], point["id"])] if point is not None else None


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Documents by title, number, 文號; measures, ledgers and volumes by name."""
    from logi.finding import search as found

    known = {row["id"]: row for row in store.documents(ledger.db)}
    hits = [known[row["id"]] for row in found(ledger.db, "paper_document", text) if row["id"] in known]
    hits += [row for row in known.values() if text in (row["doc_no"] or "") and row not in hits]
    rows = []
    for row in hits:
        detail = [title("paper.kind", row["kind"]), title("paper.state", standing.on(row, ledger.today)), row["doc_no"]]
        rows.append({"kind": "document", "code": row["code"], "name": row["name"],
                     "detail": " ".join(one for one in detail if one)})  # fmt: skip
    for kind, name in (("measure", "paper_measure"), ("ledger", "paper_ledger"), ("volume", "paper_volume")):
        rows += [{"kind": kind, "code": row["code"], "name": row["name"], "detail": ""} for row in found(ledger.db, name, text)]
    return rows


def printed(ledger: "Ledger", which: str, day: date | None = None) -> Pack:
    """A handbook as one document: contents, then each regulation as it stands on the day; or one document alone."""
    row, at = store.document(ledger, which), day or ledger.today
    if row["kind"] == "handbook":
        chosen = [(n, one) for n, one in enumerate(chapters(ledger, row, at), 1)]
        if not chosen:
            raise Refused("paper.empty_book", number=row["code"])
        given = _receivers(ledger, row, at)
        tables = [_contents(chosen, at), *(_text(one, f"{n}. {one['name']}", n) for n, one in chosen)]
        tables += [given] if given.rows else []
    else:
        tables = [_text(row, row["name"], 1)]
    notes = [row["code"], say("paper.note.as_of", day=at)]
    return Pack("paper", row["name"], "", journal.head(ledger.db).short, tables, notes)


def chapters(ledger: "Ledger", book: store.Row, day: date) -> list[store.Row]:
    """The documents of a handbook in order, each in the version that stands on a day, else the newest."""
    found = []
    for one in store.chapters(ledger.db, book["id"]):
        versions = store.versions(ledger.db, one["doc_id"])
        standing_one = next((row for row in versions if standing.stands(row, day)), None)
        found.append(standing_one or versions[-1])
    return found


def contents(rows: list[store.Row], day: date) -> list[dict[str, Any]]:
    """The table of contents of a handbook."""
    return [
        {"n": n, "number": row["code"], "title": row["name"], "version": row["version"], "no": row["doc_no"],
         "from": rules.span(row).first, "state": standing.on(row, day)}
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip


# -- pieces ------------------------------------------------------------------------------------------


def _contents(chosen: list[tuple[int, store.Row]], day: date) -> Table:
    return table("contents", say("paper.title.contents"), CHAPTERS, contents([row for _, row in chosen], day))


def _text(row: store.Row, heading: str, n: int) -> Table:
    if row["body"]:
        lines = [line.strip() for line in row["body"].split("\n")]
    elif row["file_name"]:
        lines = [say("paper.note.no_text", file=row["file_name"], sha256=row["sha256"])]
    else:
        lines = [say("paper.note.no_file", number=row["code"])]
    rows = [{"text": line} for line in lines if line]
    facts = [row["code"], row["doc_no"], say("paper.note.version", version=row["version"]), row["issuer"]]
    return table(f"text-{n:02d}", heading, "text", rows, notes=[" · ".join(str(one) for one in facts if one)])


def _document(ledger: "Ledger", row: store.Row) -> list[Table]:
    today = ledger.today
    stood = rules.span(row)
    facts = {
        "number": row["code"], "title": row["name"], "kind": Word.of("paper.kind", row["kind"]), "version": row["version"],
        "state": Word.of("paper.state", rules.standing(stood, today)), "no": row["doc_no"], "issuer": row["issuer"],
        "on": row["on_day"], "trial": stood.trial, "from": stood.since, "until": stood.until, "ended": stood.ended,
        "why": row["ended_note"], "areas": areas([one["area"] for one in store.cover_rows(ledger.db, row["id"])]),
        "basis": [f"{one['code']} {one['name']}" for one in store.sources(ledger.db, row["id"])],
        "rests": [f"{one['code']} {one['name']}" for one in store.resting_on(ledger.db, row["id"])],
        "owner": row["owner"], "vendor": row["vendor"], "amount": None if row["amount_fen"] is None else Fen(row["amount_fen"]),
        "form": row["form"], "people": row["people"], "place": row["place"], "file": row["file_name"], "sha256": row["sha256"],
        "note": row["note"],
    }  # fmt: skip
    parts = [card("document", say("paper.title.document", number=row["code"]), facts)]
    if row["kind"] == "handbook":
        chosen = list(enumerate(chapters(ledger, row, today), 1))
        parts.append(_contents(chosen, today))
    parts += [_versions(ledger, row, today), _points(ledger, row["id"]), _reviews(ledger, row), _receivers(ledger, row, today)]
    return [parts[0], *(part for part in parts[1:] if part.rows)]


def _versions(ledger: "Ledger", row: store.Row, day: date) -> Table:
    found = store.versions(ledger.db, row["root"])
    rows = [
        {"number": one["code"], "version": one["version"], "state": standing.on(one, day), "from": rules.span(one).first,
         "until": rules.as_day(one["ended_day"]), "why": one["ended_note"]}
        for one in (found if len(found) > 1 else [])
    ]  # fmt: skip
    return table("versions", say("paper.title.versions"), VERSIONS, rows)


def _points(ledger: "Ledger", doc_id: int, only: int | None = None) -> Table:
    measures = store_kept.measures(ledger.db, doc_id)
    rows: list[dict[str, Any]] = []
    for point in store_kept.points(ledger.db, doc_id):
        if only not in (None, point["id"]):
            continue
        base = {"point": point["code"], "asked": point["words"], "area": point["area"]}
        mine = [row for row in measures if row["point_id"] == point["id"]]
        rows += [
            {**base, "number": row["code"], "measure": row["name"], "owner": row["owner"], "due": rules.as_day(row["due_on"]),
             "state": rules.measure_state(row, ledger.today), "evidence": row["evidence"], "area": row["its_area"]}
            for row in mine
        ] or [{**base, "state": "unanswered"}]  # fmt: skip
    return table("points", say("paper.title.points"), POINTS, rows)


def _reviews(ledger: "Ledger", row: store.Row) -> Table:
    rows = [
        {"on": date.fromisoformat(one["on_day"]), "outcome": one["outcome"], "by": one["by_name"], "evidence": one["evidence"],
         "why": one["note"]}
        for one in store.reviews(ledger.db, ledger.today, row["id"])
    ]  # fmt: skip
    return table("reviews", say("paper.title.reviews"), REVIEWS, rows)


def _receivers(ledger: "Ledger", row: store.Row, day: date) -> Table:
    rows = [
        {"on": date.fromisoformat(one["on_day"]), "receiver": one["receiver"], "copies": one["copies"], "by": one["by_name"]}
        for one in store.issues(ledger.db, day, row["id"])
    ]  # fmt: skip
    return table("receivers", say("paper.title.receivers"), RECEIVERS, rows)


def _measure(row: Any, day: date) -> Table:
    facts = {
        "number": row["code"], "measure": row["name"], "point": row["point"], "asked": row["words"], "title": row["doc_name"],
        "no": row["doc_no"], "area": Word.of("paper.area", row["its_area"]) if row["its_area"] else None, "owner": row["owner"],
        "due": row["due_on"], "state": Word.of("paper.answer", rules.measure_state(row, day)), "evidence": row["evidence"],
        "done_on": row["done_on"], "note": row["done_note"], "verified_on": row["verified_on"], "by": row["checker"],
        "why": row["dropped"],
    }  # fmt: skip
    return card("measure", say("paper.title.measure", number=row["code"]), facts)


def _volume(row: Any) -> Table:
    facts = {
        "code": row["code"], "title": row["name"], "category": Word.of("paper.category", row["category"]),
        "year": f"{row['year']}-{row['year'] + 1}", "n": row["n"], "pages": row["pages"],
        "retention": Word.of("paper.retention", row["retention"]),
        "keep_until": rules.keep_until(row["year"], row["retention"], row["category"]),
        "place": row["place"], "on": row["filed_on"], "handed_on": row["handed_on"], "handed_to": row["handed_to"],
        "by": row["by_name"], "note": row["note"],
    }  # fmt: skip
    return card("volume", say("paper.title.volume", code=row["code"]), facts)


def _ledger(ledger: "Ledger", row: Any) -> list[Table]:
    facts = {
        "code": row["code"], "name": row["name"], "frequency": Word.of("paper.frequency", row["frequency"]),
        "keeper": row["keeper"], "book": row["book"], "place": row["place"], "from": row["from_day"], "ended": row["closed_on"],
        "area": Word.of("paper.area", row["area"]) if row["area"] else None, "note": row["note"],
        "last_on": standing.last_entry(ledger, row, "0001-01-01", ledger.today.isoformat()),
    }  # fmt: skip
    rows = [{"on": date.fromisoformat(one["on_day"]), "by": one["by_name"], "why": one["note"]}
            for one in store_kept.lines(ledger.db, row["id"], ledger.today)]  # fmt: skip
    noted = table("lines", say("paper.title.lines"), "on:day by why", rows)
    return [card("ledger", say("paper.title.ledger", code=row["code"]), facts), *([noted] if rows else [])]
