"""The tables of the stock book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Derived, Fact, State, TableSpec, fact_columns

TABLES = (
    State("stock_item"),
    State("stock_pack"),
    State("stock_slip"),
    State("stock_lot"),
    Fact("stock_move", negate=("quantity_milli", "value_fen")),
    # Written only while a month is closed or opened again, for days inside it: the rule of closed months is not for it.
    TableSpec("fact", "stock_price", None, ("value_fen",)),
    State("stock_closing"),
    Derived("stock_sum"),
    Derived("stock_month"),
    Derived("stock_left"),
)

# A lot is what one line of a slip brought; every move names the lot it made or took from, so no day can go below
# zero while each lot is taken only from its day on. stock_price holds what month-average issues cost, once closed.
MIGRATIONS = {
    "m001_stock": f"""
        CREATE TABLE stock_item (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            spec TEXT, unit TEXT NOT NULL, class TEXT NOT NULL, min_milli INTEGER, max_milli INTEGER,
            shelf_life_days INTEGER, tendered INTEGER NOT NULL DEFAULT 0, chemical INTEGER NOT NULL DEFAULT 0,
            place_id INTEGER REFERENCES school_place(id)
        ) STRICT;
        CREATE UNIQUE INDEX stock_item_code ON stock_item (code) WHERE void = 0;
        CREATE INDEX stock_item_name ON stock_item (name);
        CREATE TABLE stock_pack (
            {STATE_COLUMNS}, item_id INTEGER NOT NULL REFERENCES stock_item(id), unit TEXT NOT NULL,
            per_milli INTEGER NOT NULL CHECK (per_milli > 0)
        ) STRICT;
        CREATE UNIQUE INDEX stock_pack_unit ON stock_pack (item_id, unit) WHERE void = 0;
        CREATE TABLE stock_slip (
            {STATE_COLUMNS}, number TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'return', 'adjust')), on_day TEXT NOT NULL,
            vendor_id INTEGER REFERENCES school_vendor(id), department_id INTEGER REFERENCES school_department(id),
            person_id INTEGER REFERENCES school_person(id), keeper_id INTEGER REFERENCES school_person(id),
            buyer_id INTEGER REFERENCES school_person(id), inspector_id INTEGER REFERENCES school_person(id),
            place_id INTEGER REFERENCES school_place(id), purpose TEXT, request_no TEXT, invoice_no TEXT, reason TEXT,
            ref TEXT, of_slip_id INTEGER REFERENCES stock_slip(id), corrects_id INTEGER REFERENCES stock_slip(id)
        ) STRICT;
        CREATE INDEX stock_slip_day ON stock_slip (on_day);
        CREATE INDEX stock_slip_ref ON stock_slip (ref) WHERE ref IS NOT NULL;
        CREATE INDEX stock_slip_corrects ON stock_slip (corrects_id) WHERE corrects_id IS NOT NULL;
        CREATE INDEX stock_slip_of ON stock_slip (of_slip_id) WHERE of_slip_id IS NOT NULL;
        CREATE TABLE stock_lot (
            {STATE_COLUMNS}, item_id INTEGER NOT NULL REFERENCES stock_item(id), received_on TEXT NOT NULL,
            label TEXT, made_on TEXT, expires_on TEXT, price_fen INTEGER NOT NULL, per_milli INTEGER NOT NULL,
            ordered_milli INTEGER, delivered_milli INTEGER, from_lot_id INTEGER REFERENCES stock_lot(id)
        ) STRICT;
        CREATE INDEX stock_lot_item ON stock_lot (item_id, received_on);
        CREATE INDEX stock_lot_from ON stock_lot (from_lot_id) WHERE from_lot_id IS NOT NULL;
        CREATE TABLE stock_move (
            {fact_columns("stock_move")}, on_day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('in', 'gain', 'out', 'return', 'loss')),
            slip_id INTEGER NOT NULL REFERENCES stock_slip(id), line INTEGER NOT NULL,
            item_id INTEGER NOT NULL REFERENCES stock_item(id), lot_id INTEGER NOT NULL REFERENCES stock_lot(id),
            quantity_milli INTEGER NOT NULL, value_fen INTEGER NOT NULL, priced INTEGER NOT NULL DEFAULT 1,
            of_slip_id INTEGER REFERENCES stock_slip(id), of_line INTEGER
        ) STRICT;
        CREATE INDEX stock_move_item ON stock_move (item_id, on_day);
        CREATE INDEX stock_move_lot ON stock_move (lot_id);
        CREATE INDEX stock_move_slip ON stock_move (slip_id);
        CREATE INDEX stock_move_day ON stock_move (on_day);
        CREATE INDEX stock_move_of ON stock_move (of_slip_id) WHERE of_slip_id IS NOT NULL;
        CREATE TABLE stock_price (
            {fact_columns("stock_price")}, on_day TEXT NOT NULL, kind TEXT NOT NULL, slip_id INTEGER NOT NULL,
            line INTEGER NOT NULL, lot_id INTEGER NOT NULL, item_id INTEGER NOT NULL REFERENCES stock_item(id),
            value_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX stock_price_slip ON stock_price (slip_id, line);
        CREATE INDEX stock_price_day ON stock_price (on_day);
        CREATE INDEX stock_price_item ON stock_price (item_id, on_day);
        CREATE TABLE stock_closing (
            {STATE_COLUMNS}, month TEXT NOT NULL, item_id INTEGER NOT NULL REFERENCES stock_item(id),
            opening_milli INTEGER NOT NULL, opening_fen INTEGER NOT NULL, in_milli INTEGER NOT NULL,
            in_fen INTEGER NOT NULL, out_milli INTEGER NOT NULL, out_fen INTEGER NOT NULL,
            closing_milli INTEGER NOT NULL, closing_fen INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX stock_closing_month ON stock_closing (month, item_id) WHERE void = 0;
        CREATE TABLE stock_sum (
            item_id INTEGER PRIMARY KEY, quantity_milli INTEGER NOT NULL, value_fen INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE stock_month (
            month TEXT NOT NULL, item_id INTEGER NOT NULL, in_milli INTEGER NOT NULL, in_fen INTEGER NOT NULL,
            out_milli INTEGER NOT NULL, out_fen INTEGER NOT NULL, PRIMARY KEY (month, item_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX stock_month_item ON stock_month (item_id, month);
        CREATE TABLE stock_left (
            lot_id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL, left_milli INTEGER NOT NULL,
            cost_milli INTEGER NOT NULL, cost_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX stock_left_item ON stock_left (item_id);
    """
}
