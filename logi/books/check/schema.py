"""The tables of the check book, as they grew. The lists themselves are data, not rows."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("check_use"),
    Fact("check_run"),
    Fact("check_result"),
    Fact("check_sign"),
)

# Results and signatures name their run by its number: it survives undo and redo, which write the rows anew.
MIGRATIONS = {
    "m001_check": f"""
        CREATE TABLE check_use (
            {STATE_COLUMNS}, list TEXT NOT NULL, place_id INTEGER REFERENCES school_place(id),
            owner_id INTEGER REFERENCES school_person(id), frequency TEXT NOT NULL CHECK (frequency IN
                ('daily', 'workday', 'schoolday', 'nightly', 'weekly', 'monthly', 'quarterly', 'termly', 'yearly',
                 'opening')),
            from_day TEXT NOT NULL, until_day TEXT
        ) STRICT;
        CREATE UNIQUE INDEX check_use_from ON check_use (list, coalesce(place_id, 0), from_day) WHERE void = 0;
        CREATE TABLE check_run (
            {fact_columns("check_run")}, on_day TEXT NOT NULL, at_time TEXT, number TEXT NOT NULL, list TEXT NOT NULL,
            digest TEXT NOT NULL, place_id INTEGER REFERENCES school_place(id), spot TEXT,
            by_id INTEGER NOT NULL REFERENCES school_person(id), score INTEGER, items INTEGER NOT NULL,
            failed INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE INDEX check_run_number ON check_run (number);
        CREATE INDEX check_run_list ON check_run (list, on_day);
        CREATE INDEX check_run_day ON check_run (on_day);
        CREATE TABLE check_result (
            {fact_columns("check_result")}, on_day TEXT NOT NULL, number TEXT NOT NULL, item TEXT NOT NULL,
            result TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'na', 'noted')), value TEXT,
            weight INTEGER NOT NULL, share INTEGER, least INTEGER, most INTEGER, remark TEXT, opened TEXT,
            settled INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX check_result_number ON check_result (number);
        CREATE INDEX check_result_failed ON check_result (on_day) WHERE result = 'fail';
        CREATE TABLE check_sign (
            {fact_columns("check_sign")}, on_day TEXT NOT NULL, number TEXT NOT NULL, role TEXT NOT NULL,
            person_id INTEGER NOT NULL REFERENCES school_person(id)
        ) STRICT;
        CREATE INDEX check_sign_number ON check_sign (number)
    """,
    "m002_assets": """
        ALTER TABLE check_run ADD COLUMN asset TEXT;
        CREATE INDEX check_run_asset ON check_run (asset) WHERE asset IS NOT NULL
    """,
}
