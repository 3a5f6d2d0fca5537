"""The SQL of documents: the register, versions, sources, chapters, reviews and who was given a copy."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from logi.books.paper import rules
from logi.core.errors import Ambiguous, NotFound
from logi.core.tables import live
from logi.finding import find

if TYPE_CHECKING:
    from logi.db import Ledger
    from logi.journal import Entry

    Source = Ledger | Entry

Row = sqlite3.Row
Db = sqlite3.Connection

DOCUMENT = """
    SELECT d.*, coalesce(d.root_id, d.id) AS root, o.name AS owner, o.code AS owner_code,
           o.left_on AS owner_left, v.name AS vendor, v.code AS vendor_code
    FROM paper_document d LEFT JOIN school_person o ON o.id = d.owner_id LEFT JOIN school_vendor v ON v.id = d.vendor_id
    WHERE d.void = 0
"""


def document(source: "Source", text: str) -> Row:
    """The document a text names: its number, its 文號, or (part of) its title; of several versions the one that stands,
    else the newest. NotFound, Ambiguous (3)."""
    rowid = _by_doc_no(source.db, text)
    if rowid is None:
        try:
            rowid = find(source, "paper_document", text, what="document")["id"]
        except Ambiguous as error:
            rowid = _one_of_versions(source, error)
            if rowid is None:
                raise
        except NotFound:
            raise NotFound("paper.no_document", text=text) from None
    found = by_id(source.db, rowid)
    assert found is not None
    return found


def by_id(db: Db, rowid: int) -> Row | None:
    """The document of an id."""
    row: Row | None = db.execute(f"{DOCUMENT} AND d.id = ?", (rowid,)).fetchone()
    return row


def by_code(db: Db, code: str) -> Row | None:
    """The document of a number."""
    row: Row | None = db.execute(f"{DOCUMENT} AND d.code = ?", (code,)).fetchone()
    return row


def documents(db: Db) -> list[Row]:
    """Every document, by number."""
    return db.execute(f"{DOCUMENT} ORDER BY d.code").fetchall()


def versions(db: Db, root: int) -> list[Row]:
    """Every version of a document, oldest first."""
    return db.execute(f"{DOCUMENT} AND coalesce(d.root_id, d.id) = ? ORDER BY d.version", (root,)).fetchall()


def alike(db: Db, kind: str, folded: str) -> list[Row]:
    """Documents of a kind with the same title."""
    return db.execute(f"{DOCUMENT} AND d.kind = ? AND d.folded = ? ORDER BY d.version", (kind, folded)).fetchall()


def numbered(db: Db, doc_no: str) -> list[Row]:
    """Documents bearing a 文號."""
    return db.execute(f"{DOCUMENT} AND d.doc_no = ? ORDER BY d.code", (doc_no,)).fetchall()


def begun(db: Db) -> bool:
    """Whether the book is kept: a regulation stands in it, or an area has somebody."""
    return db.execute(
        """SELECT 1 FROM paper_document WHERE void = 0 AND kind = 'regulation'
           UNION ALL SELECT 1 FROM paper_area WHERE void = 0 LIMIT 1"""
    ).fetchone() is not None  # fmt: skip


def resting(db: Db) -> dict[int, list[int]]:
    """What each document rests on: the ids of its sources by its own."""
    found: dict[int, list[int]] = {}
    for row in db.execute("SELECT doc_id, source_id FROM paper_basis WHERE void = 0 ORDER BY id"):
        found.setdefault(row["doc_id"], []).append(row["source_id"])
    return found


def kept_between(db: Db, since: date, until: date) -> bool:
    """Whether this book gave a number on days of recording in a stretch."""
    return db.execute(
        """SELECT 1 FROM number_given n JOIN entry e ON e.seq = n.entry
           WHERE n.book = 'paper' AND e.today BETWEEN ? AND ? LIMIT 1""",
        (since.isoformat(), until.isoformat()),
    ).fetchone() is not None  # fmt: skip


# -- what hangs on a document ------------------------------------------------------------------------


def covers(db: Db) -> dict[int, list[str]]:
    """The work areas of each document."""
    found: dict[int, list[str]] = {}
    for row in db.execute("SELECT doc_id, area FROM paper_cover WHERE void = 0 ORDER BY id"):
        found.setdefault(row["doc_id"], []).append(row["area"])
    return found


def cover_rows(db: Db, doc_id: int) -> list[Row]:
    """The work areas of one document, as rows."""
    return db.execute("SELECT * FROM paper_cover WHERE void = 0 AND doc_id = ? ORDER BY id", (doc_id,)).fetchall()


def sources(db: Db, doc_id: int | None = None) -> list[Row]:
    """What documents rest on (id, doc_id, source_id, and the source's number, title and span)."""
    return db.execute(
        """SELECT b.id, b.doc_id, b.source_id, s.code, s.name, s.trial_day, s.from_day, s.until_day, s.ended_day, s.ended_why
           FROM paper_basis b JOIN paper_document s ON s.id = b.source_id
           WHERE b.void = 0 AND s.void = 0 AND (?1 IS NULL OR b.doc_id = ?1) ORDER BY b.id""",
        (doc_id,),
    ).fetchall()


def resting_on(db: Db, source_id: int) -> list[Row]:
    """The documents that rest on one."""
    return db.execute(
        f"{DOCUMENT} AND d.id IN (SELECT doc_id FROM paper_basis WHERE void = 0 AND source_id = ?) ORDER BY d.code",
        (source_id,),
    ).fetchall()


def reviews(db: Db, until: date, doc_id: int | None = None) -> list[Row]:
    """When documents were looked at and what came of it, oldest first."""
    return db.execute(
        f"""SELECT r.*, p.name AS by_name FROM paper_review r LEFT JOIN school_person p ON p.id = r.by_id
            WHERE {live("r", "paper_review")} AND r.on_day <= ?1 AND (?2 IS NULL OR r.doc_id = ?2) ORDER BY r.on_day, r.id""",
        (until.isoformat(), doc_id),
    ).fetchall()


def issues(db: Db, until: date, doc_id: int | None = None) -> list[Row]:
    """Who was given copies of documents, oldest first; what was taken back is not there."""
    return db.execute(
        f"""SELECT i.*, coalesce(d.name, p.name) AS receiver, b.name AS by_name, w.code, w.name AS title
            FROM paper_issue i JOIN paper_document w ON w.id = i.doc_id
            LEFT JOIN school_department d ON d.id = i.department_id LEFT JOIN school_person p ON p.id = i.person_id
            LEFT JOIN school_person b ON b.id = i.by_id
            WHERE {live("i", "paper_issue")} AND i.on_day <= ?1 AND (?2 IS NULL OR i.doc_id = ?2) ORDER BY i.on_day, i.id""",
        (until.isoformat(), doc_id),
    ).fetchall()


def chapters(db: Db, book_id: int) -> list[Row]:
    """The chapters of a handbook in order: rows with id, n and doc_id (the first version)."""
    return db.execute(
        "SELECT id, n, doc_id FROM paper_chapter WHERE void = 0 AND book_id = ? ORDER BY n, id", (book_id,)
    ).fetchall()


def handbooks_with(db: Db, root: int) -> list[Row]:
    """The handbooks that hold a document."""
    return db.execute(
        f"{DOCUMENT} AND d.id IN (SELECT book_id FROM paper_chapter WHERE void = 0 AND doc_id = ?) ORDER BY d.code", (root,)
    ).fetchall()


def chaptered(db: Db) -> dict[int, list[int]]:
    """What each handbook holds: the first versions of its documents, by the handbook's id."""
    found: dict[int, list[int]] = {}
    for row in db.execute("SELECT book_id, doc_id FROM paper_chapter WHERE void = 0 ORDER BY n, id"):
        found.setdefault(row["book_id"], []).append(row["doc_id"])
    return found


# -- areas ---------------------------------------------------------------------------------------------


def areas(db: Db) -> dict[str, Row]:
    """What is laid down of work areas: department, post, duty, who does the work and who leads."""
    rows = db.execute(
        """SELECT a.*, d.name AS department, o.name AS owner, o.left_on AS owner_left,
                  l.name AS leader, l.left_on AS leader_left
           FROM paper_area a LEFT JOIN school_department d ON d.id = a.department_id
           LEFT JOIN school_person o ON o.id = a.owner_id LEFT JOIN school_person l ON l.id = a.leader_id
           WHERE a.void = 0 ORDER BY a.id"""
    )
    return {row["area"]: row for row in rows}


def torn_versions(db: Db) -> list[tuple[Row, Row]]:
    """Versions of one document that stand on the same days."""
    found = []
    rows = db.execute(f"{DOCUMENT} ORDER BY root, d.version").fetchall()
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            if other["root"] != one["root"]:
                break
            if rules.overlap(rules.span(one), rules.span(other)):
                found.append((one, other))
    return found


def _by_doc_no(db: Db, text: str) -> int | None:
    rows = numbered(db, text)
    return int(rows[0]["id"]) if len(rows) == 1 else None


def _one_of_versions(source: "Source", error: Ambiguous) -> int | None:
    """Of the versions of one document, the one that stands today, else the newest; None if several documents are meant."""
    rows = [row for _, _, rowid in error.choices if (row := by_id(source.db, rowid)) is not None]  # type: ignore[attr-defined]
    if len({row["root"] for row in rows}) != 1:
        return None
    for row in versions(source.db, rows[0]["root"]):
        if rules.standing(rules.span(row), source.today) in rules.STANDING:
            return int(row["id"])
    return int(max(rows, key=lambda row: int(row["version"]))["id"])
