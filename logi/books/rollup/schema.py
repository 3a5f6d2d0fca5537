"""The tables of the roll-up book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("rollup_unit"),
    State("rollup_heads"),
    State("rollup_programme"),
    State("rollup_target"),
    State("rollup_member"),
    Fact("rollup_acceptance"),
    Fact("rollup_submission"),
    Fact("rollup_bundle"),
)

NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
UNIT = "INTEGER NOT NULL REFERENCES rollup_unit(id)"
PROGRAMME = "INTEGER NOT NULL REFERENCES rollup_programme(id)"
LEVEL = "CHECK (level IN ('city', 'county', 'town', 'hub', 'school', 'kindergarten'))"

# Who leads a unit is a name, not a person of this ledger: the unit keeps its own. Scores are in thousandths of a point.
MIGRATIONS = {
    "m001_units": f"""
        CREATE TABLE rollup_unit (
            {NAMED}, level TEXT NOT NULL {LEVEL}, parent_id INTEGER REFERENCES rollup_unit(id), kind TEXT,
            area TEXT CHECK (area IN ('urban', 'rural')), own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1)),
            from_day TEXT NOT NULL, closed_on TEXT, closed_why TEXT, reports_from TEXT,
            staff INTEGER CHECK (staff >= 0), posts INTEGER CHECK (posts > 0), office TEXT, facilities TEXT, leader TEXT,
            head TEXT, note TEXT, CHECK (parent_id <> id)
        ) STRICT;
        CREATE UNIQUE INDEX rollup_unit_code ON rollup_unit (code) WHERE void = 0;
        CREATE UNIQUE INDEX rollup_unit_own ON rollup_unit (own) WHERE void = 0 AND own = 1;
        CREATE INDEX rollup_unit_parent ON rollup_unit (parent_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE rollup_heads (
            {STATE_COLUMNS}, unit_id {UNIT}, from_day TEXT NOT NULL, pupils INTEGER NOT NULL CHECK (pupils >= 0)
        ) STRICT;
        CREATE UNIQUE INDEX rollup_heads_once ON rollup_heads (unit_id, from_day) WHERE void = 0;
        CREATE TABLE rollup_programme (
            {NAMED}, standard TEXT NOT NULL, full_milli INTEGER NOT NULL CHECK (full_milli > 0),
            pass_milli INTEGER NOT NULL CHECK (pass_milli BETWEEN 0 AND full_milli), goal INTEGER CHECK (goal > 0),
            from_day TEXT NOT NULL, source TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_programme_code ON rollup_programme (code) WHERE void = 0;
        CREATE TABLE rollup_target (
            {STATE_COLUMNS}, programme_id {PROGRAMME}, year TEXT NOT NULL, percent INTEGER NOT NULL
            CHECK (percent BETWEEN 1 AND 100), due_on TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX rollup_target_once ON rollup_target (programme_id, year) WHERE void = 0;
        CREATE TABLE rollup_member (
            {STATE_COLUMNS}, programme_id {PROGRAMME}, unit_id {UNIT}, from_day TEXT NOT NULL, left_on TEXT, left_why TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_member_once ON rollup_member (programme_id, unit_id) WHERE void = 0 AND left_on IS NULL;
        CREATE INDEX rollup_member_unit ON rollup_member (unit_id);
        CREATE TABLE rollup_acceptance (
            {fact_columns("rollup_acceptance")}, on_day TEXT NOT NULL, programme_id {PROGRAMME}, unit_id {UNIT},
            score_milli INTEGER NOT NULL CHECK (score_milli >= 0), passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
            team TEXT, doc_no TEXT, note TEXT
        ) STRICT;
        CREATE INDEX rollup_acceptance_unit ON rollup_acceptance (programme_id, unit_id, on_day)
    """,
    "m002_bundles": f"""
        CREATE TABLE rollup_submission (
            {fact_columns("rollup_submission")}, on_day TEXT NOT NULL, number TEXT NOT NULL, month TEXT NOT NULL,
            sha256 TEXT NOT NULL, corrects TEXT, reason TEXT, body TEXT NOT NULL,
            CHECK ((corrects IS NULL) = (reason IS NULL))
        ) STRICT;
        CREATE INDEX rollup_submission_month ON rollup_submission (month);
        CREATE TABLE rollup_bundle (
            {fact_columns("rollup_bundle")}, on_day TEXT NOT NULL, number TEXT NOT NULL, unit_id {UNIT}, month TEXT NOT NULL,
            sha256 TEXT NOT NULL, ledger_id TEXT NOT NULL, head_seq INTEGER NOT NULL, head_hash TEXT NOT NULL,
            corrects TEXT, reason TEXT, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX rollup_bundle_month ON rollup_bundle (month, unit_id);
        CREATE INDEX rollup_bundle_unit ON rollup_bundle (unit_id)
    """,
}
