"""The tables of the school's book, as they grew."""

from logi.core.tables import STATE_COLUMNS, State

TABLES = (
    State("school_department"),
    State("school_person"),
    State("school_place"),
    State("school_vendor"),
    State("school_category"),
    State("school_term"),
    State("school_day"),
    State("school_policy"),
)

NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"

MIGRATIONS = {
    "m001_school": f"""
        CREATE TABLE school_department ({NAMED}) STRICT;
        CREATE UNIQUE INDEX school_department_code ON school_department (code) WHERE void = 0;
        CREATE TABLE school_person (
            {NAMED}, department_id INTEGER REFERENCES school_department(id), post TEXT, phone TEXT, left_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX school_person_code ON school_person (code) WHERE void = 0;
        CREATE INDEX school_person_name ON school_person (name);
        CREATE TABLE school_place (
            {NAMED}, kind TEXT, keeper_id INTEGER REFERENCES school_person(id),
            parent_id INTEGER REFERENCES school_place(id)
        ) STRICT;
        CREATE UNIQUE INDEX school_place_code ON school_place (code) WHERE void = 0;
        CREATE INDEX school_place_name ON school_place (name);
        CREATE TABLE school_vendor (
            {NAMED}, credit_code TEXT, class TEXT, tendered_from TEXT, tendered_to TEXT,
            licence_to TEXT, phone TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX school_vendor_code ON school_vendor (code) WHERE void = 0;
        CREATE TABLE school_category (
            {NAMED}, life_months INTEGER, method TEXT NOT NULL CHECK (method IN ('straight', 'none')),
            special INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX school_category_code ON school_category (code) WHERE void = 0;
        CREATE TABLE school_term ({NAMED}, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX school_term_code ON school_term (code) WHERE void = 0;
        CREATE TABLE school_day (
            {STATE_COLUMNS}, day TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('off', 'makeup')),
            name TEXT NOT NULL, source TEXT
        ) STRICT;
        CREATE UNIQUE INDEX school_day_day ON school_day (day) WHERE void = 0;
        CREATE TABLE school_policy (
            {STATE_COLUMNS}, name TEXT NOT NULL, value TEXT NOT NULL, from_day TEXT NOT NULL, source TEXT NOT NULL,
            reason TEXT
        ) STRICT;
        CREATE UNIQUE INDEX school_policy_name ON school_policy (name, from_day) WHERE void = 0;
    """,
    "m002_vendor_licence": """
        ALTER TABLE school_vendor ADD COLUMN licence_no TEXT;
        ALTER TABLE school_vendor ADD COLUMN contact TEXT;
        ALTER TABLE school_vendor ADD COLUMN bank TEXT;
        ALTER TABLE school_vendor ADD COLUMN blacklisted_on TEXT;
        ALTER TABLE school_vendor ADD COLUMN blacklist_reason TEXT
    """,
    "m003_found_by_folded": """
        CREATE INDEX school_person_folded ON school_person (folded);
        CREATE INDEX school_person_folded_code ON school_person (lower(code));
        CREATE INDEX school_place_folded ON school_place (folded);
        CREATE INDEX school_place_folded_code ON school_place (lower(code))
    """,
}
