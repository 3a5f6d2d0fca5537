"""The tables of the kindergarten book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("kindergarten_area"),
    State("kindergarten_toy"),
    Fact("kindergarten_mend", negate=("pieces",)),
    State("kindergarten_event"),
    State("kindergarten_need"),
    Fact("kindergarten_notice"),
    Fact("kindergarten_reached", negate=("families",)),
    State("kindergarten_lead"),
)

NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
PERSON = "INTEGER REFERENCES school_person(id)"
BY = "by_id INTEGER NOT NULL REFERENCES school_person(id)"

# Toys are reported broken, then mended or discarded: those are facts. A notice keeps the words that families were told.
MIGRATIONS = {
    "m001_kindergarten": f"""
        CREATE TABLE kindergarten_area (
            {NAMED}, kind TEXT NOT NULL CHECK (kind IN ('classroom', 'sleep', 'activity', 'outdoor', 'sand', 'art',
                'music', 'reading', 'dining', 'washroom', 'other')),
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, keeper_id {PERSON},
            heads INTEGER CHECK (heads > 0), from_day TEXT NOT NULL, ended_on TEXT, ended_why TEXT, note TEXT,
            CHECK ((ended_on IS NULL) = (ended_why IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX kindergarten_area_code ON kindergarten_area (code) WHERE void = 0;
        CREATE TABLE kindergarten_toy (
            {NAMED}, area_id INTEGER NOT NULL REFERENCES kindergarten_area(id), pieces INTEGER NOT NULL CHECK (pieces > 0),
            asset_id INTEGER REFERENCES asset_card(id), from_day TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX kindergarten_toy_code ON kindergarten_toy (code) WHERE void = 0;
        CREATE INDEX kindergarten_toy_area ON kindergarten_toy (area_id);
        CREATE TABLE kindergarten_mend (
            {fact_columns("kindergarten_mend")}, on_day TEXT NOT NULL,
            toy_id INTEGER NOT NULL REFERENCES kindergarten_toy(id),
            what TEXT NOT NULL CHECK (what IN ('broken', 'mended', 'discarded', 'lost')),
            pieces INTEGER NOT NULL CHECK (pieces <> 0), by_id {PERSON}, words TEXT, slip TEXT
        ) STRICT;
        CREATE INDEX kindergarten_mend_toy ON kindergarten_mend (toy_id);
        CREATE INDEX kindergarten_mend_slip ON kindergarten_mend (slip) WHERE slip IS NOT NULL;
        CREATE TABLE kindergarten_event (
            {STATE_COLUMNS}, number TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, on_day TEXT NOT NULL,
            at_time TEXT, place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT,
            leader_id INTEGER NOT NULL REFERENCES school_person(id),
            heads INTEGER CHECK (heads > 0), asked_on TEXT NOT NULL, closed_on TEXT, closed_by {PERSON}, outcome TEXT,
            dropped_why TEXT, CHECK (closed_on IS NULL OR dropped_why IS NULL)
        ) STRICT;
        CREATE UNIQUE INDEX kindergarten_event_number ON kindergarten_event (number) WHERE void = 0;
        CREATE TABLE kindergarten_need (
            {STATE_COLUMNS}, event_id INTEGER NOT NULL REFERENCES kindergarten_event(id), n INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('place', 'supply', 'contact')), words TEXT NOT NULL,
            owner_id {PERSON}, due_on TEXT NOT NULL, done_on TEXT, done_by {PERSON}, note TEXT, slip TEXT,
            CHECK ((done_on IS NULL) = (done_by IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX kindergarten_need_n ON kindergarten_need (event_id, n) WHERE void = 0;
        CREATE TABLE kindergarten_notice (
            {fact_columns("kindergarten_notice")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('menu', 'fees', 'safety')), title TEXT NOT NULL, body TEXT NOT NULL,
            audience TEXT, since_day TEXT, until_day TEXT, {BY}
        ) STRICT;
        CREATE INDEX kindergarten_notice_day ON kindergarten_notice (on_day);
        CREATE INDEX kindergarten_notice_number ON kindergarten_notice (number);
        CREATE TABLE kindergarten_reached (
            {fact_columns("kindergarten_reached")}, on_day TEXT NOT NULL, number TEXT NOT NULL, class TEXT NOT NULL,
            families INTEGER NOT NULL CHECK (families <> 0), of_families INTEGER NOT NULL CHECK (of_families > 0), {BY}
        ) STRICT;
        CREATE INDEX kindergarten_reached_number ON kindergarten_reached (number);
        CREATE TABLE kindergarten_lead (
            {STATE_COLUMNS}, person_id INTEGER NOT NULL REFERENCES school_person(id), from_day TEXT NOT NULL, until_day TEXT
        ) STRICT;
        CREATE UNIQUE INDEX kindergarten_lead_now ON kindergarten_lead (void) WHERE void = 0 AND until_day IS NULL
    """,
}
