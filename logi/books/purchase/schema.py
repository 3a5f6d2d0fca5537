"""The tables of the purchase book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("purchase_request"),
    State("purchase_line"),
    Fact("purchase_quote"),
    Fact("purchase_order"),
    Fact("purchase_order_line"),
    Fact("purchase_receipt", negate=("delivered_milli", "accepted_milli")),
    Fact("purchase_invoice", negate=("amount_fen",)),
    Fact("purchase_payment", negate=("amount_fen",)),
)

REQUEST = "request_id INTEGER NOT NULL REFERENCES purchase_request(id)"
PERSON = "INTEGER REFERENCES school_person(id)"

# `steps` counts what was done about a request: each act touches its row, so undo goes back in order. A quote, an order and
# an acceptance are rows of one line each; a vendor who quotes again is held to the later quote.
MIGRATIONS = {
    "m001_purchase": f"""
        CREATE TABLE purchase_request (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            department_id INTEGER NOT NULL REFERENCES school_department(id), applicant_id {PERSON} NOT NULL,
            purpose TEXT NOT NULL, benefit TEXT, budget TEXT, category TEXT NOT NULL, wanted_on TEXT, emergency TEXT,
            amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0), levels TEXT NOT NULL, quotes INTEGER NOT NULL,
            minutes INTEGER NOT NULL DEFAULT 0, government INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'dropped', 'closed')),
            ended_on TEXT, end_reason TEXT, steps INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX purchase_request_number ON purchase_request (number) WHERE void = 0;
        CREATE INDEX purchase_request_day ON purchase_request (on_day);
        CREATE TABLE purchase_line (
            {STATE_COLUMNS}, {REQUEST}, line INTEGER NOT NULL, item_id INTEGER REFERENCES stock_item(id),
            name TEXT NOT NULL, spec TEXT, unit TEXT, quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
            price_fen INTEGER NOT NULL CHECK (price_fen >= 0), value_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX purchase_line_request ON purchase_line (request_id);
        CREATE TABLE purchase_quote (
            {fact_columns("purchase_quote")}, on_day TEXT NOT NULL, {REQUEST},
            vendor_id INTEGER NOT NULL REFERENCES school_vendor(id), line INTEGER NOT NULL,
            price_fen INTEGER NOT NULL CHECK (price_fen >= 0), value_fen INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE INDEX purchase_quote_request ON purchase_quote (request_id);
        CREATE TABLE purchase_order (
            {fact_columns("purchase_order")}, on_day TEXT NOT NULL, {REQUEST},
            vendor_id INTEGER NOT NULL REFERENCES school_vendor(id), value_fen INTEGER NOT NULL,
            method TEXT NOT NULL CHECK (method IN ('self', 'inquiry', 'tender', 'government')), reason TEXT,
            buyer_id {PERSON}, due_on TEXT, contract TEXT
        ) STRICT;
        CREATE INDEX purchase_order_request ON purchase_order (request_id);
        CREATE TABLE purchase_order_line (
            {fact_columns("purchase_order_line")}, on_day TEXT NOT NULL, {REQUEST}, line INTEGER NOT NULL,
            quantity_milli INTEGER NOT NULL, price_fen INTEGER NOT NULL, value_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX purchase_order_line_request ON purchase_order_line (request_id);
        CREATE TABLE purchase_receipt (
            {fact_columns("purchase_receipt")}, on_day TEXT NOT NULL, {REQUEST}, number TEXT NOT NULL,
            line INTEGER NOT NULL, delivered_milli INTEGER NOT NULL, accepted_milli INTEGER NOT NULL,
            maker TEXT, maker_address TEXT, made_on TEXT, expires_on TEXT, lot TEXT, licence TEXT, certificate TEXT,
            inspector_id {PERSON} NOT NULL, second_id {PERSON}, buyer_id {PERSON}, note TEXT
        ) STRICT;
        CREATE INDEX purchase_receipt_request ON purchase_receipt (request_id);
        CREATE INDEX purchase_receipt_number ON purchase_receipt (number);
        CREATE TABLE purchase_invoice (
            {fact_columns("purchase_invoice")}, on_day TEXT NOT NULL, {REQUEST}, invoice_no TEXT NOT NULL,
            amount_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX purchase_invoice_request ON purchase_invoice (request_id);
        CREATE INDEX purchase_invoice_no ON purchase_invoice (invoice_no);
        CREATE TABLE purchase_payment (
            {fact_columns("purchase_payment")}, on_day TEXT NOT NULL, {REQUEST}, amount_fen INTEGER NOT NULL, doc_no TEXT
        ) STRICT;
        CREATE INDEX purchase_payment_request ON purchase_payment (request_id)
    """
}
