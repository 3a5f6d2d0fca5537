"""The SQL behind the export of repairs: every slip as one row with what was said, paid and found."""

import sqlite3

from logi.core.tables import live


def for_export(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every live slip with its names by code and what it cost, oldest first."""
    return db.execute(
        f"""SELECT o.*, p.code AS place, r.code AS reporter, w.code AS worker, f.code AS vendor, y.code AS deputy,
               (SELECT min(v.note) FROM repair_event v
                WHERE v.order_id = o.id AND v.step = 'open' AND {live("v", "repair_event")}) AS note,
               (SELECT group_concat(DISTINCT v.invoice) FROM repair_event v
                WHERE v.order_id = o.id AND v.invoice IS NOT NULL AND {live("v", "repair_event")}) AS invoice,
               (SELECT sum(v.cost_fen) FROM repair_event v WHERE v.order_id = o.id AND {live("v", "repair_event")}) AS cost_fen,
               done.mode, done.root
            FROM repair_order o JOIN school_place p ON p.id = o.place_id
            LEFT JOIN school_person r ON r.id = o.reporter_id LEFT JOIN school_person w ON w.id = o.worker_id
            LEFT JOIN school_vendor f ON f.id = o.vendor_id LEFT JOIN school_person y ON y.id = o.deputy_id
            LEFT JOIN repair_event done ON done.id = (SELECT max(v.id) FROM repair_event v
                WHERE v.order_id = o.id AND v.step = 'close' AND {live("v", "repair_event")})
            WHERE o.void = 0 ORDER BY o.opened_on, o.id"""
    ).fetchall()
