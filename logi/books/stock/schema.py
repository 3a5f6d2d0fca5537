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
    State("stock_closing_class"),
    State("stock_closing_lot"),
    State("stock_costing"),
    State("stock_costing_lot"),
    State("stock_count"),
    State("stock_count_line"),
    Fact("stock_counted"),
    State("stock_variance"),
    State("stock_variance_line"),
    State("stock_kit"),
    State("stock_kit_line"),
    State("stock_share"),
    State("stock_need"),
    State("stock_request"),
    State("stock_request_line"),
    State("stock_shift"),
    Fact("stock_placing", negate=("quantity_milli",)),
    State("stock_count_place"),
    Derived("stock_sum"),
    Derived("stock_month"),
    Derived("stock_left"),
)

NAMED = "code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
FLOWS = """opening_milli INTEGER NOT NULL, opening_fen INTEGER NOT NULL, in_milli INTEGER NOT NULL,
            in_fen INTEGER NOT NULL, out_milli INTEGER NOT NULL, out_fen INTEGER NOT NULL,
            closing_milli INTEGER NOT NULL, closing_fen INTEGER NOT NULL"""

# A lot is what one line of a slip brought; every move names the lot it made or took from, so no day can go below
# zero while each lot is taken only from its day on. The kinds of movements are checked one by one: SQLite builds a
# list of more than two anew for every row, which trebles the time of a large import.
# stock_price holds what month-average issues cost, once closed.
MIGRATIONS = {
    "m001_stock": f"""
        CREATE TABLE stock_item (
            {STATE_COLUMNS}, {NAMED},
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
            {STATE_COLUMNS}, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind = 'out' OR kind = 'in' OR kind = 'return' OR kind = 'adjust'),
            on_day TEXT NOT NULL,
            vendor_id INTEGER REFERENCES school_vendor(id), department_id INTEGER REFERENCES school_department(id),
            person_id INTEGER REFERENCES school_person(id), keeper_id INTEGER REFERENCES school_person(id),
            buyer_id INTEGER REFERENCES school_person(id), inspector_id INTEGER REFERENCES school_person(id),
            place_id INTEGER REFERENCES school_place(id), purpose TEXT, request_no TEXT, invoice_no TEXT, reason TEXT,
            ref TEXT, of_slip_id INTEGER REFERENCES stock_slip(id), corrects_id INTEGER REFERENCES stock_slip(id),
            request_id INTEGER REFERENCES stock_request(id), kit_id INTEGER REFERENCES stock_kit(id), heads INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX stock_slip_number ON stock_slip (number);
        CREATE INDEX stock_slip_request ON stock_slip (request_id) WHERE request_id IS NOT NULL;
        CREATE INDEX stock_slip_kit ON stock_slip (kit_id) WHERE kit_id IS NOT NULL;
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
            kind TEXT NOT NULL CHECK (kind = 'out' OR kind = 'in' OR kind = 'return' OR kind = 'loss' OR kind = 'gain'),
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
            {STATE_COLUMNS}, month TEXT NOT NULL, item_id INTEGER NOT NULL REFERENCES stock_item(id), {FLOWS}
        ) STRICT;
        CREATE UNIQUE INDEX stock_closing_month ON stock_closing (month, item_id) WHERE void = 0;
        CREATE TABLE stock_closing_class (
            {STATE_COLUMNS}, month TEXT NOT NULL, class TEXT NOT NULL, items INTEGER NOT NULL,
            opening_fen INTEGER NOT NULL, in_fen INTEGER NOT NULL, out_fen INTEGER NOT NULL, closing_fen INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX stock_closing_class_month ON stock_closing_class (month, class) WHERE void = 0;
        CREATE TABLE stock_closing_lot (
            {STATE_COLUMNS}, month TEXT NOT NULL, lot_id INTEGER NOT NULL REFERENCES stock_lot(id),
            item_id INTEGER NOT NULL REFERENCES stock_item(id), left_milli INTEGER NOT NULL, left_fen INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX stock_closing_lot_month ON stock_closing_lot (lot_id, month) WHERE void = 0;
        CREATE INDEX stock_closing_lot_of ON stock_closing_lot (month);
        CREATE TABLE stock_costing (
            {STATE_COLUMNS}, year TEXT NOT NULL, method TEXT NOT NULL, before TEXT NOT NULL, last_move INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX stock_costing_year ON stock_costing (year) WHERE void = 0;
        CREATE TABLE stock_costing_lot (
            {STATE_COLUMNS}, costing_id INTEGER NOT NULL REFERENCES stock_costing(id),
            lot_id INTEGER NOT NULL REFERENCES stock_lot(id), item_id INTEGER NOT NULL REFERENCES stock_item(id),
            left_milli INTEGER NOT NULL, left_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX stock_costing_lot_lot ON stock_costing_lot (lot_id);
        CREATE INDEX stock_costing_lot_of ON stock_costing_lot (costing_id);
        CREATE TABLE stock_count (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, scope TEXT, blind INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'done')), settled_on TEXT,
            counter_id INTEGER REFERENCES school_person(id), supervisor_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX stock_count_number ON stock_count (number) WHERE void = 0;
        CREATE TABLE stock_count_line (
            {STATE_COLUMNS}, count_id INTEGER NOT NULL REFERENCES stock_count(id),
            item_id INTEGER NOT NULL REFERENCES stock_item(id), place_id INTEGER REFERENCES school_place(id),
            book_milli INTEGER NOT NULL, book_fen INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX stock_count_line_item ON stock_count_line (count_id, item_id) WHERE void = 0;
        CREATE INDEX stock_count_line_of ON stock_count_line (item_id);
        CREATE TABLE stock_counted (
            {fact_columns("stock_counted")}, on_day TEXT NOT NULL,
            count_id INTEGER NOT NULL REFERENCES stock_count(id), item_id INTEGER NOT NULL REFERENCES stock_item(id),
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli >= 0), rest INTEGER NOT NULL DEFAULT 0,
            by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX stock_counted_count ON stock_counted (count_id);
        CREATE TABLE stock_variance (
            {STATE_COLUMNS}, number TEXT NOT NULL, count_id INTEGER NOT NULL REFERENCES stock_count(id),
            on_day TEXT NOT NULL, levels TEXT NOT NULL, decisions INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('open', 'rejected', 'done')), done_on TEXT,
            slip_id INTEGER REFERENCES stock_slip(id)
        ) STRICT;
        CREATE UNIQUE INDEX stock_variance_number ON stock_variance (number) WHERE void = 0;
        CREATE INDEX stock_variance_count ON stock_variance (count_id);
        CREATE TABLE stock_variance_line (
            {STATE_COLUMNS}, variance_id INTEGER NOT NULL REFERENCES stock_variance(id), line INTEGER NOT NULL,
            item_id INTEGER NOT NULL REFERENCES stock_item(id), book_milli INTEGER NOT NULL,
            counted_milli INTEGER NOT NULL, value_fen INTEGER NOT NULL, price_fen INTEGER, cause TEXT,
            applied TEXT CHECK (applied IN ('yes', 'no'))
        ) STRICT;
        CREATE INDEX stock_variance_line_of ON stock_variance_line (variance_id);
        CREATE TABLE stock_kit ({STATE_COLUMNS}, {NAMED}, purpose TEXT) STRICT;
        CREATE UNIQUE INDEX stock_kit_code ON stock_kit (code) WHERE void = 0;
        CREATE TABLE stock_kit_line (
            {STATE_COLUMNS}, kit_id INTEGER NOT NULL REFERENCES stock_kit(id),
            item_id INTEGER NOT NULL REFERENCES stock_item(id), quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0)
        ) STRICT;
        CREATE UNIQUE INDEX stock_kit_line_item ON stock_kit_line (kit_id, item_id) WHERE void = 0;
        CREATE TABLE stock_share (
            {STATE_COLUMNS}, slip_id INTEGER NOT NULL REFERENCES stock_slip(id), line INTEGER NOT NULL,
            person_id INTEGER REFERENCES school_person(id), name TEXT NOT NULL
        ) STRICT;
        CREATE INDEX stock_share_slip ON stock_share (slip_id);
        CREATE TABLE stock_need (
            {STATE_COLUMNS}, on_day TEXT NOT NULL, department_id INTEGER NOT NULL REFERENCES school_department(id),
            item_id INTEGER NOT NULL REFERENCES stock_item(id), quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0)
        ) STRICT;
        CREATE UNIQUE INDEX stock_need_day ON stock_need (department_id, item_id, on_day) WHERE void = 0;
        CREATE TABLE stock_request (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            department_id INTEGER NOT NULL REFERENCES school_department(id),
            person_id INTEGER NOT NULL REFERENCES school_person(id), purpose TEXT, levels TEXT NOT NULL,
            decisions INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'issued'))
        ) STRICT;
        CREATE UNIQUE INDEX stock_request_number ON stock_request (number) WHERE void = 0;
        CREATE TABLE stock_request_line (
            {STATE_COLUMNS}, request_id INTEGER NOT NULL REFERENCES stock_request(id), line INTEGER NOT NULL,
            item_id INTEGER NOT NULL REFERENCES stock_item(id), quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0)
        ) STRICT;
        CREATE INDEX stock_request_line_of ON stock_request_line (request_id);
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
    """,
    # A costing of one item's own stands beside that of the whole book.
    "m002_item_costing": """
        ALTER TABLE stock_costing ADD COLUMN item_id INTEGER REFERENCES stock_item(id);
        DROP INDEX stock_costing_year;
        CREATE UNIQUE INDEX stock_costing_year ON stock_costing (year) WHERE void = 0 AND item_id IS NULL;
        CREATE UNIQUE INDEX stock_costing_item ON stock_costing (item_id, year) WHERE void = 0 AND item_id IS NOT NULL;
    """,
    # A lot lies where it was brought; stock_placing says only what of it lies elsewhere, so movements need no place.
    "m003_places": f"""
        CREATE TABLE stock_shift (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            from_id INTEGER REFERENCES school_place(id), to_id INTEGER NOT NULL REFERENCES school_place(id),
            person_id INTEGER NOT NULL REFERENCES school_person(id), reason TEXT
        ) STRICT;
        CREATE UNIQUE INDEX stock_shift_number ON stock_shift (number);
        CREATE INDEX stock_shift_day ON stock_shift (on_day);
        CREATE TABLE stock_placing (
            {fact_columns("stock_placing")}, on_day TEXT NOT NULL,
            item_id INTEGER NOT NULL REFERENCES stock_item(id), lot_id INTEGER NOT NULL REFERENCES stock_lot(id),
            place_id INTEGER REFERENCES school_place(id), quantity_milli INTEGER NOT NULL,
            shift_id INTEGER REFERENCES stock_shift(id), slip_id INTEGER REFERENCES stock_slip(id), line INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX stock_placing_item ON stock_placing (item_id, on_day);
        CREATE INDEX stock_placing_lot ON stock_placing (lot_id);
        CREATE INDEX stock_placing_shift ON stock_placing (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX stock_placing_slip ON stock_placing (slip_id) WHERE slip_id IS NOT NULL;
        CREATE TABLE stock_count_place (
            {STATE_COLUMNS}, count_id INTEGER NOT NULL REFERENCES stock_count(id),
            place_id INTEGER NOT NULL REFERENCES school_place(id)
        ) STRICT;
        CREATE INDEX stock_count_place_of ON stock_count_place (count_id);
    """,
    "m004_found_by_folded": """
        CREATE INDEX stock_item_folded ON stock_item (folded);
        CREATE INDEX stock_item_folded_code ON stock_item (lower(code))
    """,
    # The few lots that expire are found among very many that do not.
    "m005_expiring": """
        CREATE INDEX stock_lot_expires ON stock_lot (expires_on) WHERE expires_on IS NOT NULL
    """,
}
