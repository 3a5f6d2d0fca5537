"""The tables of the safety book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("safety_measure"),
    Fact("safety_step"),
    Fact("safety_event"),
    State("safety_equipment"),
    Fact("safety_look"),
)

MIGRATIONS = {
    "m001_safety": f"""
        CREATE TABLE safety_measure (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('security', 'fire', 'theft', 'poison', 'electric', 'traffic', 'water',
                'crowd', 'other')),
            place_id INTEGER REFERENCES school_place(id), owner_id INTEGER REFERENCES school_person(id), measure TEXT,
            basis TEXT, from_day TEXT NOT NULL, stopped_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX safety_measure_code ON safety_measure (code) WHERE void = 0;
        CREATE TABLE safety_event (
            {fact_columns("safety_event")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('lesson', 'training', 'drill', 'notice', 'meeting', 'test')),
            topic TEXT NOT NULL, audience TEXT, heads INTEGER CHECK (heads >= 0), minutes INTEGER,
            place_id INTEGER REFERENCES school_place(id), spot TEXT, by_id INTEGER REFERENCES school_person(id),
            vendor_id INTEGER REFERENCES school_vendor(id), outcome TEXT, note TEXT
        ) STRICT;
        CREATE INDEX safety_event_day ON safety_event (on_day);
        CREATE INDEX safety_event_number ON safety_event (number);
        CREATE TABLE safety_step (
            {fact_columns("safety_step")}, on_day TEXT NOT NULL,
            measure_id INTEGER NOT NULL REFERENCES safety_measure(id), what TEXT NOT NULL CHECK (what IN ('act', 'aware')),
            by_id INTEGER REFERENCES school_person(id), number TEXT, note TEXT
        ) STRICT;
        CREATE INDEX safety_step_measure ON safety_step (measure_id, on_day);
        CREATE TABLE safety_equipment (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('extinguisher', 'hydrant', 'alarm', 'light', 'door', 'other')),
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, asset TEXT,
            count INTEGER NOT NULL CHECK (count > 0), made_on TEXT, expires_on TEXT,
            owner_id INTEGER REFERENCES school_person(id), from_day TEXT NOT NULL, dropped_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX safety_equipment_code ON safety_equipment (code) WHERE void = 0;
        CREATE TABLE safety_look (
            {fact_columns("safety_look")}, on_day TEXT NOT NULL,
            equipment_id INTEGER NOT NULL REFERENCES safety_equipment(id),
            what TEXT NOT NULL CHECK (what IN ('check', 'renew')),
            passed INTEGER NOT NULL CHECK (passed IN (0, 1)), by_id INTEGER REFERENCES school_person(id),
            opened TEXT, expires_on TEXT, note TEXT
        ) STRICT;
        CREATE INDEX safety_look_equipment ON safety_look (equipment_id, on_day)
    """
}
