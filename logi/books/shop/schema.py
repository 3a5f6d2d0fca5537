"""The tables of the shop book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("shop_licence"),
    State("shop_worker"),
    State("shop_certificate"),
    State("shop_goods"),
    State("shop_price"),
    Fact("shop_move", negate=("quantity_milli", "amount_fen")),
    Fact("shop_look"),
)

PERSON = "INTEGER REFERENCES school_person(id)"

# A lot is named by the slip that brought it in, and its line: that survives undo and redo, which write the rows anew.
# Quantities are signed, so what lies on the shelf is their sum; the papers of a lot stand with its coming in.
MIGRATIONS = {
    "m001_shop": f"""
        CREATE TABLE shop_licence (
            {STATE_COLUMNS}, kind TEXT NOT NULL CHECK (kind IN ('business', 'food', 'fire', 'contract', 'other')), name TEXT,
            doc_no TEXT NOT NULL, issuer TEXT, issued_on TEXT NOT NULL, expires_on TEXT, ended_on TEXT,
            CHECK ((kind = 'other') = (name IS NOT NULL)), CHECK (issued_on < expires_on)
        ) STRICT;
        CREATE UNIQUE INDEX shop_licence_once ON shop_licence (kind, doc_no, issued_on) WHERE void = 0;
        CREATE TABLE shop_worker (
            {STATE_COLUMNS}, person_id {PERSON} NOT NULL, job TEXT, from_day TEXT NOT NULL, left_on TEXT,
            CHECK (from_day <= left_on)
        ) STRICT;
        CREATE UNIQUE INDEX shop_worker_person ON shop_worker (person_id) WHERE void = 0 AND left_on IS NULL;
        CREATE TABLE shop_certificate (
            {STATE_COLUMNS}, worker_id INTEGER NOT NULL REFERENCES shop_worker(id), certificate TEXT,
            examined_on TEXT NOT NULL, expires_on TEXT NOT NULL, CHECK (examined_on < expires_on)
        ) STRICT;
        CREATE UNIQUE INDEX shop_certificate_once ON shop_certificate (worker_id, examined_on) WHERE void = 0;
        CREATE TABLE shop_goods (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            class TEXT NOT NULL CHECK (class IN ('food', 'stationery', 'daily', 'other')), unit TEXT NOT NULL, maker TEXT,
            address TEXT, shelf_life_days INTEGER CHECK (shelf_life_days > 0), stopped_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX shop_goods_code ON shop_goods (code) WHERE void = 0;
        CREATE TABLE shop_price (
            {STATE_COLUMNS}, goods_id INTEGER NOT NULL REFERENCES shop_goods(id), from_day TEXT NOT NULL,
            price_fen INTEGER NOT NULL CHECK (price_fen > 0), reason TEXT
        ) STRICT;
        CREATE UNIQUE INDEX shop_price_once ON shop_price (goods_id, from_day) WHERE void = 0;
        CREATE TABLE shop_move (
            {fact_columns("shop_move")}, on_day TEXT NOT NULL, number TEXT NOT NULL, line INTEGER NOT NULL,
            goods_id INTEGER NOT NULL REFERENCES shop_goods(id),
            what TEXT NOT NULL CHECK (what IN ('in', 'sold', 'destroyed', 'returned')), lot TEXT NOT NULL,
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli <> 0), price_fen INTEGER CHECK (price_fen >= 0),
            amount_fen INTEGER, vendor_id INTEGER REFERENCES school_vendor(id), maker TEXT, address TEXT, made_on TEXT,
            expires_on TEXT, licence TEXT, certificate TEXT, by_id {PERSON} NOT NULL, second_id {PERSON}, reason TEXT,
            CHECK (what <> 'in' OR vendor_id IS NOT NULL), CHECK (made_on <= expires_on), CHECK (by_id <> second_id)
        ) STRICT;
        CREATE INDEX shop_move_day ON shop_move (on_day);
        CREATE INDEX shop_move_lot ON shop_move (lot);
        CREATE INDEX shop_move_number ON shop_move (number);
        CREATE TABLE shop_look (
            {fact_columns("shop_look")}, on_day TEXT NOT NULL, by_id {PERSON} NOT NULL, lots INTEGER NOT NULL,
            expired INTEGER NOT NULL, soon INTEGER NOT NULL, found TEXT, CHECK (expired + soon <= lots)
        ) STRICT;
        CREATE INDEX shop_look_day ON shop_look (on_day)
    """
}
