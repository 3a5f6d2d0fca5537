"""The SQL of those who keep the gate: certificates, training and supervision, shifts."""

import sqlite3
from datetime import date
from typing import Any

from logi.core.tables import live

Row = sqlite3.Row
Guard = dict[str, Any]
Db = sqlite3.Connection

GUARD = """
    SELECT g.*, p.code, p.name, p.left_on AS gone_on, v.name AS firm FROM gate_guard g
    JOIN school_person p ON p.id = g.person_id LEFT JOIN school_vendor v ON v.id = g.firm_id WHERE g.void = 0"""
EVENT = f"""
    SELECT v.*, b.code AS by_code, b.name AS by_name, s.on_day AS settled_on, s.words AS settled, sb.name AS settled_by
    FROM gate_event v JOIN school_person b ON b.id = v.by_id
    LEFT JOIN gate_settled s ON s.number = v.number AND {live("s", "gate_settled")}
    LEFT JOIN school_person sb ON sb.id = s.by_id WHERE {live("v", "gate_event")}"""
SHIFT = f"""
    SELECT h.*, a.code AS giver_code, a.name AS giver, t.code AS taker_code, t.name AS taker FROM gate_handover h
    LEFT JOIN school_person a ON a.id = h.giver_id LEFT JOIN school_person t ON t.id = h.taker_id
    WHERE {live("h", "gate_handover")}"""


def guards(db: Db, day: date | None = None) -> list[Guard]:
    """Those who keep the gate on a day with the certificate they had by then (all ever, without one), by code."""
    rows = [dict(row) for row in db.execute(f"{GUARD} ORDER BY p.code, g.from_day")]
    if day is None:
        return rows
    text = day.isoformat()
    there = [row for row in rows if row["from_day"] <= text < min(row["left_on"] or "9999", row["gone_on"] or "9999")]
    for row in there:
        if row["issued_on"] and row["issued_on"] > text:  # renewed since
            row.update(_certificate_before(db, row["id"], text))
    return there


def guard(db: Db, person_id: int, day: date) -> Guard | None:
    """A person as one who keeps the gate on a day."""
    return next((row for row in guards(db, day) if row["person_id"] == person_id), None)


def _certificate_before(db: Db, guard_id: int, text: str) -> Guard:
    row = db.execute(
        """SELECT certificate, issued_on, expires_on FROM gate_certificate WHERE void = 0 AND guard_id = ? AND issued_on <= ?
           ORDER BY issued_on DESC, id DESC LIMIT 1""", (guard_id, text)
    ).fetchone()  # fmt: skip
    return dict(row) if row is not None else {"certificate": None, "issued_on": None, "expires_on": None}


def events(db: Db, since: date, until: date) -> list[Row]:
    """Training and supervision of a stretch of days."""
    return db.execute(
        f"{EVENT} AND v.on_day BETWEEN ? AND ? ORDER BY v.on_day, v.number", (since.isoformat(), until.isoformat())
    ).fetchall()


def event(db: Db, number: str) -> Row | None:
    """The training or supervision of a number."""
    row: Row | None = db.execute(f"{EVENT} AND v.number = upper(?)", (number,)).fetchone()
    return row


def people_of(db: Db, number: str) -> list[Row]:
    """The guards an event was about, with what they scored."""
    return db.execute(
        f"""SELECT a.*, p.code, p.name FROM gate_event_guard a JOIN school_person p ON p.id = a.person_id
            WHERE a.number = ? AND {live("a", "gate_event_guard")} ORDER BY p.code""", (number,)
    ).fetchall()  # fmt: skip


def last_days(db: Db, kind: str, until: date, least: int = 0) -> dict[int, str]:
    """The last day on which each person was trained or looked at; a training whose test was scored below `least` is none."""
    return {row[0]: row[1] for row in db.execute(
        f"""SELECT a.person_id, max(v.on_day) FROM gate_event_guard a JOIN gate_event v ON v.number = a.number
            WHERE v.kind = ? AND v.on_day <= ? AND coalesce(a.score, 100) >= ? AND {live("a", "gate_event_guard")}
            AND {live("v", "gate_event")} GROUP BY a.person_id""", (kind, until.isoformat(), least))}  # fmt: skip


def shifts(db: Db, since: date, until: date) -> list[Row]:
    """The handovers of a stretch of days, oldest first."""
    return db.execute(
        f"{SHIFT} AND h.on_day BETWEEN ? AND ? ORDER BY h.on_day, h.at_time, h.id", (since.isoformat(), until.isoformat())
    ).fetchall()


def shift(db: Db, number: str) -> Row | None:
    """The handover of a number."""
    row: Row | None = db.execute(f"{SHIFT} AND h.number = upper(?)", (number,)).fetchone()
    return row


def last_shift(db: Db) -> Row | None:
    """The newest handover: its taker is on post."""
    row: Row | None = db.execute(f"{SHIFT} ORDER BY h.on_day DESC, h.at_time DESC, h.id DESC LIMIT 1").fetchone()
    return row


def shift_at(db: Db, day: str, time: str) -> Row | None:
    """The last handover up to an instant: its taker was on post then."""
    row: Row | None = db.execute(
        f"{SHIFT} AND (h.on_day, h.at_time) <= (?, ?) ORDER BY h.on_day DESC, h.at_time DESC, h.id DESC LIMIT 1", (day, time)
    ).fetchone()
    return row


def broken_shifts(db: Db) -> list[Row]:
    """Handovers whose giver is not who took over before."""
    found, before = [], None
    for row in shifts(db, date.min, date.max):
        if before is not None and before["taker_id"] != row["giver_id"]:
            found.append(row)
        before = row
    return found


def later_shifts(db: Db, seq: int) -> set[int]:
    """Later entries that handed over: each stands on the one before."""
    return {row[0] for row in db.execute(
        f"SELECT h.entry FROM gate_handover h WHERE h.entry > ? AND {live('h', 'gate_handover')}", (seq,))}  # fmt: skip
