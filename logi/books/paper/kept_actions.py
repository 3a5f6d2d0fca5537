"""The verbs of what is kept: the chapters of a handbook, the ledgers of the catalogue, the volumes of the archive."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from logi.books.paper import rules, school, store, store_kept
from logi.books.paper.sources import fact_tables, known_sources
from logi.core.answers import Confirmation, Word
from logi.core.days import school_year_of
from logi.core.errors import NotFound, Refused, Usage
from logi.finding import free_code, named
from logi.journal import Entry

FREQUENCY, CATEGORY, RETENTION = "paper.frequency", "paper.category", "paper.retention"


def bind(e: Entry, which: str, documents: Sequence[str], *, at: int | None = None) -> Confirmation:
    """Put documents into a handbook, at the end or at a place; those in it already are moved."""
    book = _handbook(e, which)
    rows = [store.document(e, text) for text in documents]
    for row in rows:
        if row["kind"] == "handbook":
            raise Refused("paper.book_in_book", number=row["code"])
    there = {one["doc_id"]: one for one in store.chapters(e.db, book["id"])}
    wanted = list(dict.fromkeys(row["root"] for row in rows))
    order = rules.moved(list(there), wanted, at)
    _write_order(e, book["id"], there, order)
    facts = {"title": book["name"], "documents": [row["name"] for row in rows], "count": len(order)}
    return Confirmation("paper.bind", book["code"], facts=facts)


def unbind(e: Entry, which: str, document: str, *, reason: str) -> Confirmation:
    """Take a document out of a handbook (4 if it is not in it)."""
    book, row = _handbook(e, which), store.document(e, document)
    there = {one["doc_id"]: one for one in store.chapters(e.db, book["id"])}
    if row["root"] not in there:
        raise Refused("paper.not_in_book", number=row["code"], book=book["code"])
    e.void("paper_chapter", there.pop(row["root"])["id"])
    _write_order(e, book["id"], there, list(there))
    e.reason = reason
    facts = {"title": book["name"], "document": row["name"], "reason": reason, "count": len(there)}
    return Confirmation("paper.unbind", book["code"], facts=facts)


# -- ledgers -------------------------------------------------------------------------------------------


def add_ledger(e: Entry, code: str, name: str, *, frequency: str, keeper: str | None = None, book: str | None = None,
               area: str | None = None, place: str | None = None, starts: date | None = None,
               note: str | None = None) -> Confirmation:  # fmt: skip
    """Enter a ledger into the catalogue: kept on paper, or in logi's own books, whose last entry is computed."""
    free_code(e.db, "paper_ledger", code, what="ledger")
    _check_book(book)
    who = school.person(e, keeper) if keeper else None
    day = starts or e.today
    e.insert("paper_ledger", code=code, **named(name), frequency=frequency, keeper_id=who["id"] if who else None, book=book,
             area=area, place=place, from_day=day, note=note)  # fmt: skip
    if who is None:
        e.warn("paper.no_keeper", code=code)
    return Confirmation("paper.ledger.add", code, facts=_ledger_facts(store_kept.kept_ledger(e, code)))


def edit_ledger(e: Entry, which: str, *, name: str | None = None, frequency: str | None = None, keeper: str | None = None,
                book: str | None = None, area: str | None = None, place: str | None = None,
                note: str | None = None) -> Confirmation:  # fmt: skip
    """Change what the catalogue says of a ledger."""
    row = _kept(e, which)
    _check_book(book)
    given: dict[str, Any] = {"frequency": frequency, "book": book, "area": area, "place": place, "note": note,
                             "keeper_id": school.person(e, keeper)["id"] if keeper else None}  # fmt: skip
    changes = {key: value for key, value in given.items() if value is not None} | (named(name) if name else {})
    if not changes:
        raise Usage("paper.nothing_to_change", number=row["code"])
    e.update("paper_ledger", row["id"], **changes)
    return Confirmation("paper.ledger.edit", row["code"], facts=_ledger_facts(store_kept.kept_ledger(e, row["code"])))


def write_ledger(e: Entry, which: str, *, by: str | None = None, on: date | None = None,
                 note: str | None = None) -> Confirmation:  # fmt: skip
    """Note that a ledger on paper has an entry of a day; those kept in logi tell it themselves (4)."""
    day = e.happened(on or e.today)
    row = _kept(e, which)
    if row["book"]:
        raise Refused("paper.kept_here", code=row["code"], book=row["book"])
    _not_before(row, day)
    who = school.person(e, by) if by else None
    e.insert("paper_line", on_day=day, ledger_id=row["id"], by_id=who["id"] if who else row["keeper_id"], note=note)
    e.subject = row["code"]
    return Confirmation("paper.ledger.write", row["code"], facts={"name": row["name"], "day": day})


def close_ledger(e: Entry, which: str, *, reason: str, on: date | None = None) -> Confirmation:
    """A ledger is no longer kept."""
    row, day = _kept(e, which), on or e.today
    _not_before(row, day)
    e.update("paper_ledger", row["id"], closed_on=day)
    e.reason = reason
    return Confirmation("paper.ledger.close", row["code"], facts={"name": row["name"], "day": day, "reason": reason})


# -- volumes -------------------------------------------------------------------------------------------


def add_volume(e: Entry, title: str, *, category: str, year: int | None = None, n: int | None = None,
               pages: int | None = None, retention: str | None = None, place: str | None = None, on: date | None = None,
               note: str | None = None, bears: str | None = None) -> Confirmation:  # fmt: skip
    """File a volume: category, school year, number in it, pages, how long it is kept, where (DOC-04).

    How long is said by policy paper.retentions unless it is typed; shorter than a law asks for is refused (4) without a reason.
    """
    day = e.happened(on or e.today)
    its_year = year if year is not None else school_year_of(day)
    if its_year > school_year_of(e.today):
        raise Refused("paper.year_ahead", year=its_year)
    number = n if n is not None else store_kept.next_volume(e.db, category, its_year)
    if (there := store_kept.volume_at(e.db, category, its_year, number)) is not None:
        raise Refused("paper.volume_there", code=there["code"], title=there["name"], n=number)
    retention = kept_for(e, title, category, retention, day, held=bears is not None)
    code = bears or e.number("DA", str(its_year), book="paper", kind="volume")
    e.insert("paper_volume", code=code, **named(title), category=category, year=its_year, n=number, pages=pages,
             retention=retention, place=place, filed_on=day, note=note)  # fmt: skip
    if pages is None:
        e.warn("paper.no_pages", code=code)
    facts = {"title": title, "category": Word.of(CATEGORY, category), "year": f"{its_year}-{its_year + 1}", "n": number,
             "pages": pages, "retention": Word.of(RETENTION, retention), "place": place}  # fmt: skip
    return Confirmation("paper.volume.add", code, facts=facts)


def kept_for(e: Entry, title: str, category: str, typed: str | None, on: date, *, held: bool = False) -> str:
    """How long a volume is kept: as typed, else by its class. Refused (4) without a reason where a law asks for more, save of
    one that was `held` for so long in the ledger it comes from."""
    least, by_law = rules.retention_of(school.policy(e, "paper.retentions", on), category, title)
    if typed is not None and by_law and not held and rules.is_shorter(typed, least):
        e.overridable(Refused("paper.kept_too_short", title=title, category=Word.of(CATEGORY, category),
                              given=Word.of(RETENTION, typed), least=Word.of(RETENTION, least)))  # fmt: skip
    return typed or least


def hand_volumes(e: Entry, codes: Sequence[str], *, to: str, by: str | None = None, on: date | None = None,
                 place: str | None = None) -> Confirmation:  # fmt: skip
    """Hand volumes over to the archive (a person of the school, or an archive outside it)."""
    day = e.happened(on or e.today)
    giver = school.person(e, by) if by else None
    try:
        receiver = str(school.person(e, to)["name"])
    except NotFound as error:
        if hasattr(error, "choices"):
            raise
        receiver = to  # an archive outside the school
    rows = [store_kept.volume(e, code) for code in dict.fromkeys(codes)]
    for row in rows:
        if row["handed_on"]:
            raise Refused("paper.handed_already", code=row["code"], day=date.fromisoformat(row["handed_on"]))
        if day.isoformat() < row["filed_on"]:
            raise Refused("paper.handed_before", code=row["code"], day=date.fromisoformat(row["filed_on"]))
        more = {"place": place} if place else {}
        e.update("paper_volume", row["id"], handed_on=day, handed_to=receiver, handed_by=giver["id"] if giver else None, **more)
    numbers = [row["code"] for row in rows]
    facts = {"count": len(rows), "to": receiver, "day": day, "codes": numbers}
    return Confirmation("paper.volume.hand", numbers[0], numbers=numbers, facts=facts)


# -- helpers -----------------------------------------------------------------------------------------


def _handbook(e: Entry, which: str) -> store.Row:
    row = store.document(e, which)
    if row["kind"] != "handbook":
        raise Refused("paper.no_handbook", number=row["code"], kind=Word.of("paper.kind", row["kind"]))
    return row


def _write_order(e: Entry, book_id: int, there: dict[int, Any], order: Sequence[int]) -> None:
    for n, doc_id in enumerate(order, 1):
        if doc_id not in there:
            e.insert("paper_chapter", book_id=book_id, doc_id=doc_id, n=n)
        elif there[doc_id]["n"] != n:
            e.update("paper_chapter", there[doc_id]["id"], n=n)


def _kept(e: Entry, which: str) -> Any:
    row = store_kept.kept_ledger(e, which)
    if row["closed_on"]:
        raise Refused("paper.ledger_closed", code=row["code"], day=date.fromisoformat(row["closed_on"]))
    return row


def _not_before(row: Any, day: date) -> None:
    if day.isoformat() < row["from_day"]:
        raise Refused("paper.too_early", number=row["code"], day=day, first=date.fromisoformat(row["from_day"]))


def _check_book(book: str | None) -> None:
    if book is not None and not fact_tables(book):
        raise NotFound("paper.no_source", book=book, known=known_sources())


def _ledger_facts(row: Any) -> dict[str, Any]:
    return {"name": row["name"], "frequency": Word.of(FREQUENCY, row["frequency"]), "keeper": row["keeper"],
            "book": row["book"], "place": row["place"]}  # fmt: skip
