"""The SQL behind files of cards: all that is taken already, at one reading."""

import sqlite3


def taken_after(db: sqlite3.Connection, card_id: int) -> list[sqlite3.Row]:
    """Of the live cards later than one: id, code, serial and model, as they are compared."""
    return db.execute(
        """SELECT id, lower(code) AS code, lower(serial) AS serial, lower(coalesce(model, '')) AS model
           FROM asset_card WHERE id > ? AND void = 0 ORDER BY id""",
        (card_id,),
    ).fetchall()


def number_heads(db: sqlite3.Connection, number_id: int) -> list[tuple[int, str]]:
    """What the numbers given after one begin with, without the digits at their end; and the last one of each."""
    query = "SELECT max(id), rtrim(number, '0123456789') AS head FROM number_given WHERE id > ? GROUP BY head"
    return [(row[0], row[1]) for row in db.execute(query, (number_id,))]
