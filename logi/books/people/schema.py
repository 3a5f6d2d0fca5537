"""The tables of the people book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    Fact("people_training"),
    Fact("people_attend", negate=("hours_milli",)),
    Fact("people_test"),
    State("people_certificate"),
)

PERSON = "person_id INTEGER NOT NULL REFERENCES school_person(id)"

# Who came and what they scored name the training by number: it survives undo and redo, which write the rows anew.
MIGRATIONS = {
    "m001_training": f"""
        CREATE TABLE people_training (
            {fact_columns("people_training")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            mode TEXT NOT NULL CHECK (mode IN ('out', 'in', 'school', 'self')), topic TEXT NOT NULL,
            trainer TEXT, trainer_id INTEGER REFERENCES school_person(id), unit TEXT,
            rank TEXT CHECK (rank IN ('expert', 'professor', 'official', 'craftsman', 'colleague')),
            hours_milli INTEGER NOT NULL, department_id INTEGER REFERENCES school_department(id), outcome TEXT, note TEXT,
            ref TEXT, CHECK ((mode = 'self') = (trainer IS NULL)), CHECK ((trainer IS NULL) = (rank IS NULL))
        ) STRICT;
        CREATE INDEX people_training_day ON people_training (on_day);
        CREATE INDEX people_training_number ON people_training (number);
        CREATE TABLE people_attend (
            {fact_columns("people_attend")}, on_day TEXT NOT NULL, number TEXT NOT NULL, {PERSON},
            hours_milli INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX people_attend_number ON people_attend (number);
        CREATE INDEX people_attend_person ON people_attend (person_id, on_day);
        CREATE TABLE people_test (
            {fact_columns("people_test")}, on_day TEXT NOT NULL, number TEXT NOT NULL, {PERSON},
            score_milli INTEGER NOT NULL CHECK (score_milli BETWEEN 0 AND 100000),
            passed INTEGER NOT NULL CHECK (passed IN (0, 1))
        ) STRICT;
        CREATE INDEX people_test_number ON people_test (number);
        CREATE TABLE people_certificate (
            {STATE_COLUMNS}, {PERSON}, kind TEXT NOT NULL CHECK (kind IN
                ('electrician', 'boiler', 'fire', 'welder', 'height', 'gas', 'lift', 'driver', 'other')),
            name TEXT, doc_no TEXT NOT NULL, issuer TEXT, issued_on TEXT NOT NULL, expires_on TEXT NOT NULL,
            ended_on TEXT, ended_why TEXT, CHECK (issued_on < expires_on), CHECK ((kind = 'other') = (name IS NOT NULL)),
            CHECK ((ended_on IS NULL) = (ended_why IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX people_certificate_once ON people_certificate (person_id, kind, doc_no, issued_on) WHERE void = 0
    """,
}
