"""The tables of the money book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("money_claim"),
    State("money_invoice"),
    State("money_line"),
    State("money_link"),
    Fact("money_payment", negate=("amount_fen",)),
    State("money_school"),
    Fact("money_receipt", negate=("amount_fen",)),
    Fact("money_share", negate=("amount_fen",)),
    State("money_budget"),
    State("money_notice"),
    State("money_objection"),
    State("money_batch"),
    Fact("money_return"),
    State("money_finding"),
    State("money_closing"),
    State("money_fee"),
    State("money_charge"),
    Fact("money_fee_move", negate=("amount_fen",)),
    Fact("money_reminder"),
    State("money_drive"),
    Fact("money_cover"),
    Fact("money_told"),
    State("money_case"),
)

NAMED = "code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
PERSON = "INTEGER REFERENCES school_person(id)"

# An invoice is free again (void) once its claim is rejected or withdrawn: no other claim of any year may bear it before.
MIGRATIONS = {
    "m001_money": f"""
        CREATE TABLE money_claim (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            department_id INTEGER REFERENCES school_department(id), handler_id {PERSON} NOT NULL,
            preparer_id {PERSON} NOT NULL, purpose TEXT NOT NULL, papers INTEGER NOT NULL CHECK (papers >= 0),
            vendor_id INTEGER REFERENCES school_vendor(id), payee TEXT, request_no TEXT,
            total_fen INTEGER NOT NULL CHECK (total_fen > 0), advance_fen INTEGER NOT NULL DEFAULT 0,
            levels TEXT NOT NULL, decisions INTEGER NOT NULL DEFAULT 0, flags TEXT, unmatched TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn', 'paid')),
            corrects_id INTEGER REFERENCES money_claim(id)
        ) STRICT;
        CREATE UNIQUE INDEX money_claim_number ON money_claim (number) WHERE void = 0;
        CREATE INDEX money_claim_day ON money_claim (on_day);
        CREATE INDEX money_claim_corrects ON money_claim (corrects_id) WHERE corrects_id IS NOT NULL;
        CREATE TABLE money_invoice (
            {STATE_COLUMNS}, code TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('digital', 'special', 'ordinary', 'receipt', 'other')),
            claim_id INTEGER NOT NULL REFERENCES money_claim(id), issued_on TEXT, buyer TEXT, tax_no TEXT,
            result TEXT CHECK (result IN ('genuine', 'fake', 'not-found')), verified_on TEXT, verified_id {PERSON}
        ) STRICT;
        CREATE UNIQUE INDEX money_invoice_code ON money_invoice (code) WHERE void = 0;
        CREATE INDEX money_invoice_claim ON money_invoice (claim_id);
        CREATE TABLE money_line (
            {STATE_COLUMNS}, claim_id INTEGER NOT NULL REFERENCES money_claim(id), line INTEGER NOT NULL,
            subject TEXT NOT NULL, summary TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
            invoice_id INTEGER REFERENCES money_invoice(id)
        ) STRICT;
        CREATE INDEX money_line_claim ON money_line (claim_id);
        CREATE INDEX money_line_invoice ON money_line (invoice_id) WHERE invoice_id IS NOT NULL;
        CREATE TABLE money_link (
            {STATE_COLUMNS}, claim_id INTEGER NOT NULL REFERENCES money_claim(id), number TEXT NOT NULL,
            slip_id INTEGER REFERENCES stock_slip(id), card_id INTEGER REFERENCES asset_card(id),
            order_id INTEGER REFERENCES repair_order(id)
        ) STRICT;
        CREATE INDEX money_link_claim ON money_link (claim_id);
        CREATE INDEX money_link_slip ON money_link (slip_id) WHERE slip_id IS NOT NULL;
        CREATE INDEX money_link_card ON money_link (card_id) WHERE card_id IS NOT NULL;
        CREATE INDEX money_link_order ON money_link (order_id) WHERE order_id IS NOT NULL;
        CREATE TABLE money_payment (
            {fact_columns("money_payment")}, on_day TEXT NOT NULL, claim_id INTEGER NOT NULL REFERENCES money_claim(id),
            amount_fen INTEGER NOT NULL, cashier_id {PERSON} NOT NULL,
            means TEXT NOT NULL CHECK (means IN ('transfer', 'card', 'cash', 'centre')), voucher TEXT
        ) STRICT;
        CREATE INDEX money_payment_day ON money_payment (on_day);
        CREATE INDEX money_payment_claim ON money_payment (claim_id);
        CREATE TABLE money_school (
            {STATE_COLUMNS}, {NAMED}, heads INTEGER NOT NULL CHECK (heads >= 0), own INTEGER NOT NULL DEFAULT 0,
            from_day TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX money_school_code ON money_school (code) WHERE void = 0;
        CREATE TABLE money_receipt (
            {fact_columns("money_receipt")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('public-funds', 'special', 'budget', 'donation', 'refund', 'carried',
                'other')),
            title TEXT NOT NULL, basis TEXT, amount_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX money_receipt_day ON money_receipt (on_day);
        CREATE INDEX money_receipt_number ON money_receipt (number);
        CREATE TABLE money_share (
            {fact_columns("money_share")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            receipt_id INTEGER NOT NULL REFERENCES money_receipt(id),
            school_id INTEGER NOT NULL REFERENCES money_school(id), own INTEGER NOT NULL, heads INTEGER NOT NULL,
            amount_fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX money_share_day ON money_share (on_day);
        CREATE INDEX money_share_receipt ON money_share (receipt_id);
        CREATE INDEX money_share_number ON money_share (number);
        CREATE TABLE money_budget (
            {STATE_COLUMNS}, month TEXT NOT NULL, subject TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0)
        ) STRICT;
        CREATE UNIQUE INDEX money_budget_once ON money_budget (month, subject) WHERE void = 0;
        CREATE TABLE money_notice (
            {STATE_COLUMNS}, number TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, posted_from TEXT NOT NULL,
            posted_to TEXT NOT NULL, place TEXT NOT NULL, by_id {PERSON}, opening_fen INTEGER NOT NULL,
            in_fen INTEGER NOT NULL, out_fen INTEGER NOT NULL, closing_fen INTEGER NOT NULL, objections INTEGER NOT NULL,
            CHECK (since <= until), CHECK (posted_from <= posted_to)
        ) STRICT;
        CREATE UNIQUE INDEX money_notice_number ON money_notice (number) WHERE void = 0;
        CREATE TABLE money_objection (
            {STATE_COLUMNS}, notice_id INTEGER NOT NULL REFERENCES money_notice(id), n INTEGER NOT NULL,
            on_day TEXT NOT NULL, by_whom TEXT, objection TEXT NOT NULL, answered_on TEXT, answered_id {PERSON}, answer TEXT
        ) STRICT;
        CREATE UNIQUE INDEX money_objection_n ON money_objection (notice_id, n) WHERE void = 0;
        CREATE TABLE money_batch (
            {STATE_COLUMNS}, month TEXT NOT NULL, school_id INTEGER NOT NULL REFERENCES money_school(id),
            pieces INTEGER NOT NULL CHECK (pieces >= 0), amount_fen INTEGER NOT NULL, handed_on TEXT NOT NULL,
            handed_by TEXT, submitted_on TEXT, returned INTEGER NOT NULL DEFAULT 0, returned_on TEXT, reason TEXT,
            accepted_on TEXT, state TEXT NOT NULL CHECK (state IN ('handed', 'submitted', 'returned', 'accepted'))
        ) STRICT;
        CREATE UNIQUE INDEX money_batch_once ON money_batch (month, school_id) WHERE void = 0;
        CREATE TABLE money_return (
            {fact_columns("money_return")}, on_day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('month', 'quarter', 'year', 'opening')), period TEXT NOT NULL,
            by_id {PERSON}, to_whom TEXT, note TEXT
        ) STRICT;
        CREATE INDEX money_return_kind ON money_return (kind, period);
        CREATE TABLE money_finding (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, finding TEXT NOT NULL, by_whom TEXT, due_on TEXT,
            owner_id {PERSON}, mended_on TEXT, result TEXT
        ) STRICT;
        CREATE UNIQUE INDEX money_finding_number ON money_finding (number) WHERE void = 0;
        CREATE TABLE money_closing (
            {STATE_COLUMNS}, month TEXT NOT NULL, opening_fen INTEGER NOT NULL, in_fen INTEGER NOT NULL,
            allotted_fen INTEGER NOT NULL, paid_fen INTEGER NOT NULL, closing_fen INTEGER NOT NULL,
            CHECK (opening_fen + in_fen - allotted_fen - paid_fen = closing_fen)
        ) STRICT;
        CREATE UNIQUE INDEX money_closing_month ON money_closing (month) WHERE void = 0
    """,
    "m002_fees": f"""
        CREATE TABLE money_fee (
            {STATE_COLUMNS}, {NAMED}, standard_fen INTEGER NOT NULL CHECK (standard_fen > 0), basis TEXT NOT NULL,
            from_day TEXT NOT NULL, to_day TEXT NOT NULL, refundable INTEGER NOT NULL DEFAULT 0, published_on TEXT,
            published_at TEXT, CHECK (from_day <= to_day)
        ) STRICT;
        CREATE UNIQUE INDEX money_fee_code ON money_fee (code) WHERE void = 0;
        CREATE TABLE money_charge (
            {STATE_COLUMNS}, fee_id INTEGER NOT NULL REFERENCES money_fee(id),
            pupil_id INTEGER NOT NULL REFERENCES opening_pupil(id), due_fen INTEGER NOT NULL CHECK (due_fen >= 0), waiver TEXT
        ) STRICT;
        CREATE UNIQUE INDEX money_charge_once ON money_charge (fee_id, pupil_id) WHERE void = 0;
        CREATE INDEX money_charge_pupil ON money_charge (pupil_id);
        CREATE TABLE money_fee_move (
            {fact_columns("money_fee_move")}, on_day TEXT NOT NULL, charge_id INTEGER NOT NULL REFERENCES money_charge(id),
            amount_fen INTEGER NOT NULL, receipt_no TEXT NOT NULL, by_id {PERSON}, reason TEXT
        ) STRICT;
        CREATE INDEX money_fee_move_charge ON money_fee_move (charge_id);
        CREATE INDEX money_fee_move_receipt ON money_fee_move (receipt_no);
        CREATE INDEX money_fee_move_day ON money_fee_move (on_day);
        CREATE TABLE money_reminder (
            {fact_columns("money_reminder")}, on_day TEXT NOT NULL, charge_id INTEGER NOT NULL REFERENCES money_charge(id),
            means TEXT NOT NULL CHECK (means IN ('message', 'phone', 'letter', 'visit')), by_id {PERSON}
        ) STRICT;
        CREATE INDEX money_reminder_charge ON money_reminder (charge_id)
    """,
    "m003_insurance": f"""
        CREATE TABLE money_drive (
            {STATE_COLUMNS}, year TEXT NOT NULL, standard_fen INTEGER NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL,
            closed_on TEXT, CHECK (from_day <= to_day)
        ) STRICT;
        CREATE UNIQUE INDEX money_drive_year ON money_drive (year) WHERE void = 0;
        CREATE TABLE money_cover (
            {fact_columns("money_cover")}, on_day TEXT NOT NULL, drive_id INTEGER NOT NULL REFERENCES money_drive(id),
            pupil_id INTEGER NOT NULL REFERENCES opening_pupil(id),
            status TEXT NOT NULL CHECK (status IN ('paid', 'elsewhere', 'exempt', 'refused', 'pending')), doc TEXT,
            by_id {PERSON}
        ) STRICT;
        CREATE INDEX money_cover_drive ON money_cover (drive_id, pupil_id);
        CREATE INDEX money_cover_pupil ON money_cover (pupil_id);
        CREATE TABLE money_told (
            {fact_columns("money_told")}, on_day TEXT NOT NULL, drive_id INTEGER NOT NULL REFERENCES money_drive(id),
            department_id INTEGER NOT NULL REFERENCES school_department(id), by_id {PERSON}, what TEXT NOT NULL
        ) STRICT;
        CREATE INDEX money_told_drive ON money_told (drive_id);
        CREATE TABLE money_case (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            pupil_id INTEGER NOT NULL REFERENCES opening_pupil(id), cause TEXT NOT NULL, place TEXT, hospital TEXT,
            papers TEXT, insurer TEXT, asked_fen INTEGER, submitted_on TEXT, paid_fen INTEGER, settled_on TEXT, note TEXT,
            moved_on TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'settled'))
        ) STRICT;
        CREATE UNIQUE INDEX money_case_number ON money_case (number) WHERE void = 0;
        CREATE INDEX money_case_pupil ON money_case (pupil_id)
    """,
    # What of paid_fen was paid on purchases without a claim; NULL in months closed before that was counted.
    "m004_bought": "ALTER TABLE money_closing ADD COLUMN bought_fen INTEGER",
}
