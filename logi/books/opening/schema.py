"""The tables of the opening book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("opening_class"),
    Fact("opening_arrival", negate=("pupils",)),
    State("opening_pupil"),
)

MIGRATIONS = {
    "m001_registration": f"""
        CREATE TABLE opening_class (
            {STATE_COLUMNS}, term_id INTEGER NOT NULL REFERENCES school_term(id),
            department_id INTEGER NOT NULL REFERENCES school_department(id),
            place_id INTEGER NOT NULL REFERENCES school_place(id), on_day TEXT NOT NULL,
            starts TEXT NOT NULL, ends TEXT NOT NULL, staff_id INTEGER NOT NULL REFERENCES school_person(id),
            helpers TEXT, expected INTEGER, CHECK (starts < ends), CHECK (expected >= 0)
        ) STRICT;
        CREATE UNIQUE INDEX opening_class_once ON opening_class (term_id, department_id) WHERE void = 0;
        CREATE TABLE opening_arrival (
            {fact_columns("opening_arrival")}, on_day TEXT NOT NULL,
            class_id INTEGER NOT NULL REFERENCES opening_class(id), pupils INTEGER NOT NULL,
            by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX opening_arrival_class ON opening_arrival (class_id);
        CREATE TABLE opening_pupil (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            department_id INTEGER REFERENCES school_department(id), place_id INTEGER REFERENCES school_place(id),
            bed INTEGER, left_on TEXT, CHECK ((place_id IS NULL) = (bed IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX opening_pupil_code ON opening_pupil (code) WHERE void = 0;
        CREATE UNIQUE INDEX opening_pupil_bed ON opening_pupil (place_id, bed) WHERE void = 0 AND left_on IS NULL;
        CREATE INDEX opening_pupil_class ON opening_pupil (department_id)
    """
}
