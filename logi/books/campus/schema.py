"""The tables of the campus book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("campus_item"),
    State("campus_scheme"),
    State("campus_project"),
    Fact("campus_progress"),
    State("campus_acceptance"),
    State("campus_standard"),
)

FOUND = "name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, {FOUND}"
PERSON = "INTEGER REFERENCES school_person(id)"

MIGRATIONS = {
    "m001_campus": f"""
        CREATE TABLE campus_item (
            {NAMED}, phase INTEGER NOT NULL CHECK (phase BETWEEN 1 AND 9),
            aim TEXT NOT NULL CHECK (aim IN ('feature', 'norm', 'environment', 'teaching', 'safety')),
            place_id INTEGER REFERENCES school_place(id), owner_id {PERSON}, goal_on TEXT NOT NULL,
            budget_fen INTEGER CHECK (budget_fen >= 0), source TEXT NOT NULL, added_on TEXT NOT NULL, done_on TEXT,
            outcome TEXT, dropped_on TEXT, reason TEXT, CHECK (done_on IS NULL OR dropped_on IS NULL)
        ) STRICT;
        CREATE UNIQUE INDEX campus_item_code ON campus_item (code) WHERE void = 0;
        CREATE TABLE campus_scheme (
            {NAMED}, doc TEXT NOT NULL, first_year TEXT NOT NULL, last_year TEXT NOT NULL,
            fund_fen INTEGER CHECK (fund_fen >= 0), weak INTEGER NOT NULL CHECK (weak IN (0, 1)), note TEXT,
            CHECK (first_year <= last_year)
        ) STRICT;
        CREATE UNIQUE INDEX campus_scheme_code ON campus_scheme (code) WHERE void = 0;
        CREATE TABLE campus_project (
            {STATE_COLUMNS}, number TEXT NOT NULL, {FOUND}, added_on TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('green', 'culture', 'beauty', 'building', 'facility', 'safety', 'other')),
            place_id INTEGER REFERENCES school_place(id), item_id INTEGER REFERENCES campus_item(id),
            scheme_id INTEGER REFERENCES campus_scheme(id), shortfall TEXT, owner_id {PERSON},
            fund TEXT NOT NULL CHECK (fund IN ('fiscal', 'special', 'public', 'donation', 'other')),
            budget_fen INTEGER NOT NULL CHECK (budget_fen > 0), levels TEXT NOT NULL, approved_on TEXT,
            vendor_id INTEGER REFERENCES school_vendor(id), contract TEXT, contract_fen INTEGER CHECK (contract_fen > 0),
            starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, started_on TEXT, finished_on TEXT, accepted_on TEXT,
            warranty_until TEXT, settled_on TEXT, settled_fen INTEGER CHECK (settled_fen >= 0), settled_doc TEXT,
            stopped_on TEXT, reason TEXT, note TEXT, CHECK (starts_on <= ends_on), CHECK (started_on <= finished_on),
            CHECK ((settled_on IS NULL) = (settled_fen IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX campus_project_number ON campus_project (number) WHERE void = 0;
        CREATE TABLE campus_progress (
            {fact_columns("campus_progress")}, on_day TEXT NOT NULL,
            project_id INTEGER NOT NULL REFERENCES campus_project(id),
            percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100), note TEXT, by_id {PERSON}
        ) STRICT;
        CREATE INDEX campus_progress_project ON campus_progress (project_id, on_day);
        CREATE TABLE campus_acceptance (
            {STATE_COLUMNS}, number TEXT NOT NULL, on_day TEXT NOT NULL, project_id INTEGER REFERENCES campus_project(id),
            run TEXT, result TEXT NOT NULL CHECK (result IN ('pass', 'fail')), inspectors TEXT NOT NULL, shortfalls TEXT,
            levels TEXT NOT NULL, decision TEXT NOT NULL CHECK (decision IN ('open', 'approved', 'rejected')),
            decided_on TEXT, warranty_until TEXT, CHECK ((project_id IS NULL) <> (run IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX campus_acceptance_number ON campus_acceptance (number) WHERE void = 0;
        CREATE TABLE campus_standard (
            {NAMED}, from_day TEXT NOT NULL, ended_on TEXT,
            per TEXT NOT NULL CHECK (per IN ('school', 'class', 'pupil', 'room')), room_kind TEXT,
            quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0), words TEXT NOT NULL, price_fen INTEGER,
            source TEXT NOT NULL,
            CHECK ((per = 'room') = (room_kind IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX campus_standard_code ON campus_standard (code, from_day) WHERE void = 0
    """,
}
