"""The tables of the asset book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("asset_card"),
    Fact("asset_move", negate=("quantity_milli", "cost_fen")),
    State("asset_proposal"),
    State("asset_proposal_line"),
    State("asset_appraiser"),
    State("asset_loan"),
    State("asset_handover"),
    State("asset_audited"),
    State("asset_closing"),
    State("asset_letter"),
    Fact("asset_basis"),
    State("asset_count"),
    State("asset_count_room"),
    State("asset_count_line"),
    Fact("asset_counted"),
    State("asset_adjust"),
    State("asset_adjust_line"),
    State("asset_damage"),
    Fact("asset_payment", negate=("amount_fen",)),
    State("asset_check"),
    State("asset_check_line"),
    State("asset_check_sign"),
    State("asset_request"),
    Fact("asset_use", negate=("periods",)),
    State("asset_term"),
    State("asset_booking"),
    State("asset_field"),
    State("asset_value"),
    State("asset_letter_card"),
    State("asset_file"),
)

STATUSES = ("in_use", "idle", "lent", "disposing", "disposed", "lost", "merged")
MOVES = (
    "add", "dispose", "assign", "transfer", "handover", "lend", "return", "lease", "split", "reclass", "value", "life",
    "merge", "idle", "use", "shortage", "surplus", "damage",
)  # fmt: skip


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return " OR ".join(f"{column} = '{word}'" for word in words)


MIGRATIONS = {
    "m001_asset": f"""
        CREATE TABLE asset_card (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            category_id INTEGER REFERENCES school_category(id),
            cost_fen INTEGER NOT NULL CHECK (cost_fen > 0), unit_cost_fen INTEGER NOT NULL CHECK (unit_cost_fen > 0),
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0), unit TEXT,
            acquired_on TEXT NOT NULL, booked_on TEXT NOT NULL,
            place_id INTEGER REFERENCES school_place(id), spot TEXT,
            keeper_id INTEGER REFERENCES school_person(id), department_id INTEGER REFERENCES school_department(id),
            vendor_id INTEGER REFERENCES school_vendor(id), invoice TEXT, serial TEXT, brand TEXT, model TEXT,
            spec TEXT, fund TEXT, acquired_by TEXT NOT NULL, value_type TEXT NOT NULL, life_months INTEGER,
            warranty_until TEXT, status TEXT NOT NULL
                CHECK (status IN ('in_use', 'idle', 'lent', 'disposing', 'disposed', 'lost', 'merged')),
            gone_on TEXT, split_from INTEGER REFERENCES asset_card(id), ref TEXT, note TEXT,
            condition TEXT CHECK (condition IN ('good', 'worn', 'damaged')),
            part_of INTEGER REFERENCES asset_card(id), merged_into INTEGER REFERENCES asset_card(id)
        ) STRICT;
        CREATE UNIQUE INDEX asset_card_code ON asset_card (code) WHERE void = 0;
        CREATE UNIQUE INDEX asset_card_folded_code ON asset_card (lower(code)) WHERE void = 0;
        CREATE INDEX asset_card_name ON asset_card (name);
        CREATE INDEX asset_card_serial ON asset_card (lower(serial)) WHERE void = 0 AND serial IS NOT NULL;
        CREATE INDEX asset_card_ref ON asset_card (ref) WHERE void = 0 AND ref IS NOT NULL;
        CREATE INDEX asset_card_place ON asset_card (place_id);
        CREATE INDEX asset_card_keeper ON asset_card (keeper_id);
        CREATE INDEX asset_card_part ON asset_card (part_of) WHERE part_of IS NOT NULL;
        CREATE TABLE asset_move (
            {fact_columns("asset_move")}, on_day TEXT NOT NULL, kind TEXT NOT NULL
                CHECK (kind IN ('add', 'dispose', 'assign', 'transfer', 'handover', 'lend', 'return', 'lease',
                                'split', 'reclass', 'value', 'life', 'merge', 'idle', 'use', 'shortage', 'surplus',
                                'damage')),
            card_id INTEGER NOT NULL REFERENCES asset_card(id), category_id INTEGER REFERENCES school_category(id),
            quantity_milli INTEGER NOT NULL DEFAULT 0, cost_fen INTEGER NOT NULL DEFAULT 0,
            place_id INTEGER REFERENCES school_place(id), keeper_id INTEGER REFERENCES school_person(id),
            number TEXT, note TEXT
        ) STRICT;
        CREATE INDEX asset_move_card ON asset_move (card_id, on_day);
        CREATE INDEX asset_move_day ON asset_move (on_day, category_id, kind, quantity_milli, cost_fen);
        CREATE TABLE asset_proposal (
            {STATE_COLUMNS}, number TEXT NOT NULL, how TEXT NOT NULL, reason TEXT, on_day TEXT NOT NULL,
            levels TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'done')),
            decisions INTEGER NOT NULL DEFAULT 0, cost_fen INTEGER NOT NULL,
            done_on TEXT, proceeds_fen INTEGER, paid_in_on TEXT, paid_in_ref TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_proposal_number ON asset_proposal (number) WHERE void = 0;
        CREATE TABLE asset_proposal_line (
            {STATE_COLUMNS}, proposal_id INTEGER NOT NULL REFERENCES asset_proposal(id), line INTEGER NOT NULL,
            card_id INTEGER NOT NULL REFERENCES asset_card(id), quantity_milli INTEGER NOT NULL,
            cost_fen INTEGER NOT NULL, accumulated_fen INTEGER NOT NULL, status_before TEXT NOT NULL
        ) STRICT;
        CREATE INDEX asset_proposal_line_card ON asset_proposal_line (card_id);
        CREATE INDEX asset_proposal_line_proposal ON asset_proposal_line (proposal_id);
        CREATE TABLE asset_appraiser (
            {STATE_COLUMNS}, proposal_id INTEGER NOT NULL REFERENCES asset_proposal(id),
            person_id INTEGER NOT NULL REFERENCES school_person(id)
        ) STRICT;
        CREATE INDEX asset_appraiser_proposal ON asset_appraiser (proposal_id);
        CREATE TABLE asset_loan (
            {STATE_COLUMNS}, number TEXT NOT NULL, card_id INTEGER NOT NULL REFERENCES asset_card(id),
            borrower_id INTEGER REFERENCES school_person(id), lent_on TEXT NOT NULL, due_on TEXT,
            status_before TEXT NOT NULL, returned_on TEXT, condition TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_loan_open ON asset_loan (card_id) WHERE void = 0 AND returned_on IS NULL;
        CREATE INDEX asset_loan_number ON asset_loan (number);
        CREATE TABLE asset_handover (
            {STATE_COLUMNS}, number TEXT NOT NULL, from_id INTEGER NOT NULL REFERENCES school_person(id),
            to_id INTEGER NOT NULL REFERENCES school_person(id),
            witness_id INTEGER NOT NULL REFERENCES school_person(id), on_day TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_handover_number ON asset_handover (number) WHERE void = 0;
        CREATE TABLE asset_audited (
            {STATE_COLUMNS}, month TEXT NOT NULL, category_id INTEGER REFERENCES school_category(id),
            by_id INTEGER NOT NULL REFERENCES school_person(id), on_day TEXT NOT NULL, figures TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_audited_once ON asset_audited (month, coalesce(category_id, 0)) WHERE void = 0;
        CREATE TABLE asset_closing (
            {STATE_COLUMNS}, month TEXT NOT NULL, category_id INTEGER REFERENCES school_category(id),
            quantity_milli INTEGER NOT NULL, cost_fen INTEGER NOT NULL, accumulated_fen INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX asset_closing_once ON asset_closing (month, coalesce(category_id, 0)) WHERE void = 0;
        CREATE TABLE asset_letter (
            {STATE_COLUMNS}, number TEXT NOT NULL, term TEXT NOT NULL,
            place_id INTEGER REFERENCES school_place(id), keeper_id INTEGER NOT NULL REFERENCES school_person(id),
            on_day TEXT NOT NULL, signed_on TEXT, snapshot TEXT NOT NULL, cards INTEGER NOT NULL,
            quantity_milli INTEGER NOT NULL, cost_fen INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX asset_letter_number ON asset_letter (number) WHERE void = 0;
        CREATE TABLE asset_basis (
            {fact_columns("asset_basis")}, on_day TEXT NOT NULL, card_id INTEGER NOT NULL REFERENCES asset_card(id),
            from_month TEXT NOT NULL, cost_fen INTEGER NOT NULL, life_months INTEGER, taken_months INTEGER NOT NULL,
            accumulated_fen INTEGER NOT NULL, life_before INTEGER, cost_before INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX asset_basis_card ON asset_basis (card_id, on_day);
        CREATE TABLE asset_count (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, term TEXT, scope TEXT,
            blind INTEGER NOT NULL, round INTEGER NOT NULL, state TEXT NOT NULL
                CHECK (state IN ('open', 'settled', 'done')),
            settled_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_count_number ON asset_count (number) WHERE void = 0;
        CREATE TABLE asset_count_room (
            {STATE_COLUMNS}, count_id INTEGER NOT NULL REFERENCES asset_count(id),
            place_id INTEGER REFERENCES school_place(id), entered_on TEXT,
            by_id INTEGER REFERENCES school_person(id)
        ) STRICT;
        CREATE INDEX asset_count_room_count ON asset_count_room (count_id);
        CREATE TABLE asset_count_line (
            {STATE_COLUMNS}, count_id INTEGER NOT NULL REFERENCES asset_count(id),
            card_id INTEGER NOT NULL REFERENCES asset_card(id), place_id INTEGER REFERENCES school_place(id),
            keeper_id INTEGER REFERENCES school_person(id), quantity_milli INTEGER NOT NULL, cost_fen INTEGER NOT NULL,
            status TEXT NOT NULL, again INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX asset_count_line_count ON asset_count_line (count_id, card_id);
        CREATE TABLE asset_counted (
            {fact_columns("asset_counted")}, on_day TEXT NOT NULL,
            count_id INTEGER NOT NULL REFERENCES asset_count(id), round INTEGER NOT NULL,
            place_id INTEGER REFERENCES school_place(id), card_id INTEGER REFERENCES asset_card(id), code TEXT NOT NULL,
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli >= 0), condition TEXT,
            by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX asset_counted_count ON asset_counted (count_id);
        CREATE TABLE asset_adjust (
            {STATE_COLUMNS}, number TEXT NOT NULL, count_id INTEGER NOT NULL REFERENCES asset_count(id),
            on_day TEXT NOT NULL, levels TEXT NOT NULL, decisions INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('open', 'rejected', 'done')), done_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_adjust_number ON asset_adjust (number) WHERE void = 0;
        CREATE INDEX asset_adjust_count ON asset_adjust (count_id);
        CREATE TABLE asset_adjust_line (
            {STATE_COLUMNS}, adjust_id INTEGER NOT NULL REFERENCES asset_adjust(id), line INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('missing', 'less', 'more', 'elsewhere', 'unknown')),
            card_id INTEGER REFERENCES asset_card(id), code TEXT NOT NULL, name TEXT,
            place_id INTEGER REFERENCES school_place(id), book_milli INTEGER NOT NULL, book_fen INTEGER NOT NULL,
            counted_milli INTEGER NOT NULL, value_fen INTEGER NOT NULL, condition TEXT, cause TEXT, decision TEXT,
            applied TEXT CHECK (applied IN ('yes', 'no'))
        ) STRICT;
        CREATE INDEX asset_adjust_line_adjust ON asset_adjust_line (adjust_id);
        CREATE TABLE asset_damage (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL,
            card_id INTEGER NOT NULL REFERENCES asset_card(id), quantity_milli INTEGER NOT NULL,
            person_id INTEGER REFERENCES school_person(id), class TEXT, note TEXT, cost_fen INTEGER NOT NULL,
            net_fen INTEGER NOT NULL, used_months INTEGER NOT NULL, assessed_fen INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX asset_damage_number ON asset_damage (number) WHERE void = 0;
        CREATE INDEX asset_damage_card ON asset_damage (card_id);
        CREATE TABLE asset_payment (
            {fact_columns("asset_payment")}, on_day TEXT NOT NULL,
            damage_id INTEGER NOT NULL REFERENCES asset_damage(id), amount_fen INTEGER NOT NULL, receipt TEXT NOT NULL,
            note TEXT
        ) STRICT;
        CREATE INDEX asset_payment_damage ON asset_payment (damage_id);
        CREATE INDEX asset_payment_receipt ON asset_payment (receipt);
        CREATE TABLE asset_check ({STATE_COLUMNS}, year TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX asset_check_year ON asset_check (year) WHERE void = 0;
        CREATE TABLE asset_check_line (
            {STATE_COLUMNS}, check_id INTEGER NOT NULL REFERENCES asset_check(id),
            kind TEXT NOT NULL CHECK (kind IN ('category', 'department')), key TEXT NOT NULL, stated_fen INTEGER,
            cause TEXT, decision TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_check_line_key ON asset_check_line (check_id, kind, key) WHERE void = 0;
        CREATE TABLE asset_check_sign (
            {STATE_COLUMNS}, check_id INTEGER NOT NULL REFERENCES asset_check(id),
            role TEXT NOT NULL CHECK (role IN ('accountant', 'assets', 'department')),
            person_id INTEGER NOT NULL REFERENCES school_person(id), on_day TEXT NOT NULL, figures TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX asset_check_sign_role ON asset_check_sign (check_id, role) WHERE void = 0;
    """,
    "m002_requests_rooms_terms": f"""
        ALTER TABLE asset_card ADD COLUMN used_for TEXT CHECK (used_for IN ('teaching', 'office', 'living', 'other'));
        ALTER TABLE asset_card ADD COLUMN photo TEXT;
        ALTER TABLE asset_card ADD COLUMN request TEXT;
        ALTER TABLE asset_card ADD COLUMN buyer_id INTEGER REFERENCES school_person(id);
        ALTER TABLE asset_card ADD COLUMN inspector_id INTEGER REFERENCES school_person(id);
        ALTER TABLE asset_proposal ADD COLUMN paid_in_fen INTEGER;
        ALTER TABLE asset_proposal_line ADD COLUMN gone_on TEXT;
        ALTER TABLE asset_damage ADD COLUMN waived_fen INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE asset_damage ADD COLUMN waived_on TEXT;
        ALTER TABLE asset_damage ADD COLUMN waived_by INTEGER REFERENCES school_person(id);
        ALTER TABLE asset_damage ADD COLUMN waived_why TEXT;
        CREATE TABLE asset_request (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, wanted TEXT NOT NULL,
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
            by_id INTEGER NOT NULL REFERENCES school_person(id), place_id INTEGER REFERENCES school_place(id),
            purpose TEXT, levels TEXT NOT NULL, decisions INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'issued')),
            issued_milli INTEGER NOT NULL DEFAULT 0, issued_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_request_number ON asset_request (number) WHERE void = 0;
        CREATE TABLE asset_use (
            {fact_columns("asset_use")}, on_day TEXT NOT NULL, place_id INTEGER NOT NULL REFERENCES school_place(id),
            periods INTEGER NOT NULL, by_id INTEGER NOT NULL REFERENCES school_person(id), class TEXT, note TEXT
        ) STRICT;
        CREATE INDEX asset_use_day ON asset_use (on_day, place_id);
        CREATE TABLE asset_term (
            {STATE_COLUMNS}, term TEXT NOT NULL, on_day TEXT NOT NULL, by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_term_once ON asset_term (term) WHERE void = 0;
    """,
    "m003_departments_of_moves": """
        ALTER TABLE asset_move ADD COLUMN department_id INTEGER REFERENCES school_department(id)
    """,
    # Things and rooms are booked, categories get fields of the school's own, letters may name the things they are about.
    # The two words that every card and move bears are checked one by one from here on: SQLite builds a list of more than
    # two anew for every row, which takes a tenth of the time of a large import.
    "m004_bookings_fields_letters": f"""
        CREATE TABLE asset_booking (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, card_id INTEGER REFERENCES asset_card(id),
            place_id INTEGER REFERENCES school_place(id), quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
            by_id INTEGER NOT NULL REFERENCES school_person(id), starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
            from_time TEXT, to_time TEXT, purpose TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'fetched', 'cancelled')), loan TEXT, cancelled_on TEXT, why TEXT,
            CHECK ((card_id IS NULL) <> (place_id IS NULL)), CHECK (ends_on >= starts_on)
        ) STRICT;
        CREATE INDEX asset_booking_number ON asset_booking (number);
        CREATE INDEX asset_booking_card ON asset_booking (card_id, ends_on) WHERE card_id IS NOT NULL;
        CREATE INDEX asset_booking_place ON asset_booking (place_id, ends_on) WHERE place_id IS NOT NULL;
        CREATE TABLE asset_field (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, under TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'money', 'day', 'yes-no', 'choice')),
            choices TEXT, required INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX asset_field_code ON asset_field (lower(code)) WHERE void = 0;
        CREATE TABLE asset_value (
            {STATE_COLUMNS}, card_id INTEGER NOT NULL REFERENCES asset_card(id),
            field_id INTEGER NOT NULL REFERENCES asset_field(id), value TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX asset_value_once ON asset_value (card_id, field_id) WHERE void = 0;
        CREATE INDEX asset_value_field ON asset_value (field_id);
        ALTER TABLE asset_letter ADD COLUMN class TEXT;
        CREATE TABLE asset_letter_card (
            {STATE_COLUMNS}, letter_id INTEGER NOT NULL REFERENCES asset_letter(id),
            card_id INTEGER NOT NULL REFERENCES asset_card(id)
        ) STRICT;
        CREATE INDEX asset_letter_card_of ON asset_letter_card (letter_id);
        DROP TRIGGER IF EXISTS guard_asset_card_bu;
        DROP TRIGGER IF EXISTS guard_asset_move_bu;
        ALTER TABLE asset_card ADD COLUMN state TEXT NOT NULL DEFAULT 'in_use' CHECK ({_one_of("state", STATUSES)});
        UPDATE asset_card SET state = status;
        ALTER TABLE asset_card DROP COLUMN status;
        ALTER TABLE asset_card RENAME COLUMN state TO status;
        DROP INDEX asset_move_day;
        ALTER TABLE asset_move ADD COLUMN what TEXT NOT NULL DEFAULT 'add' CHECK ({_one_of("what", MOVES)});
        UPDATE asset_move SET what = kind;
        ALTER TABLE asset_move DROP COLUMN kind;
        ALTER TABLE asset_move RENAME COLUMN what TO kind;
        CREATE INDEX asset_move_day ON asset_move (on_day, category_id, kind, quantity_milli, cost_fen)
    """,
    "m005_files": f"""
        CREATE TABLE asset_file (
            {STATE_COLUMNS}, card_id INTEGER NOT NULL REFERENCES asset_card(id), on_day TEXT NOT NULL,
            name TEXT NOT NULL, sha256 TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_file_once ON asset_file (card_id, sha256) WHERE void = 0;
    """,
}
