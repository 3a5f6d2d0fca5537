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
    State("rollup_milestone"),
    State("rollup_reached"),
    State("rollup_event"),
    State("rollup_promotion"),
    State("rollup_template"),
    State("rollup_adoption"),
    State("rollup_shortfall"),
    Fact("rollup_canteen"),
    Fact("rollup_publicity"),
    Fact("rollup_analysis", negate=("people", "money_fen")),
    State("rollup_inherited"),
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
    "m003_work": f"""
        CREATE TABLE rollup_milestone (
            {NAMED}, level TEXT NOT NULL {LEVEL}, due_on TEXT NOT NULL, links TEXT NOT NULL, from_day TEXT NOT NULL, source TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_milestone_code ON rollup_milestone (code) WHERE void = 0;
        CREATE TABLE rollup_reached (
            {STATE_COLUMNS}, milestone_id INTEGER NOT NULL REFERENCES rollup_milestone(id), unit_id {UNIT}, done_on TEXT,
            address TEXT, links TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_reached_once ON rollup_reached (milestone_id, unit_id) WHERE void = 0;
        CREATE TABLE rollup_event (
            {STATE_COLUMNS}, number TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('pilot', 'meeting')), topic TEXT NOT NULL,
            folded TEXT NOT NULL, unit_id {UNIT}, place TEXT, planned_on TEXT NOT NULL, held_on TEXT, result TEXT,
            people INTEGER CHECK (people > 0), dropped TEXT, source TEXT, CHECK ((held_on IS NULL) = (result IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX rollup_event_number ON rollup_event (number) WHERE void = 0;
        CREATE INDEX rollup_event_unit ON rollup_event (unit_id);
        CREATE TABLE rollup_promotion (
            {STATE_COLUMNS}, event_id INTEGER NOT NULL REFERENCES rollup_event(id), unit_id {UNIT}, from_day TEXT NOT NULL,
            due_on TEXT, adopted_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_promotion_once ON rollup_promotion (event_id, unit_id) WHERE void = 0;
        CREATE TABLE rollup_template (
            {NAMED}, level TEXT NOT NULL {LEVEL}, from_day TEXT NOT NULL, due_on TEXT, doc_no TEXT,
            doc_id INTEGER REFERENCES paper_document(id)
        ) STRICT;
        CREATE UNIQUE INDEX rollup_template_code ON rollup_template (code) WHERE void = 0;
        CREATE TABLE rollup_adoption (
            {STATE_COLUMNS}, template_id INTEGER NOT NULL REFERENCES rollup_template(id), unit_id {UNIT},
            adopted_on TEXT NOT NULL, doc_no TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX rollup_adoption_once ON rollup_adoption (template_id, unit_id) WHERE void = 0;
        CREATE TABLE rollup_shortfall (
            {STATE_COLUMNS}, number TEXT NOT NULL, unit_id {UNIT}, area TEXT NOT NULL, words TEXT NOT NULL,
            programme_id INTEGER REFERENCES rollup_programme(id), found_on TEXT NOT NULL, owner TEXT, due_on TEXT,
            people INTEGER CHECK (people > 0), money_fen INTEGER CHECK (money_fen > 0), closed_on TEXT, result TEXT,
            spent_fen INTEGER CHECK (spent_fen >= 0), CHECK ((closed_on IS NULL) = (result IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX rollup_shortfall_number ON rollup_shortfall (number) WHERE void = 0;
        CREATE INDEX rollup_shortfall_unit ON rollup_shortfall (unit_id);
        CREATE TABLE rollup_canteen (
            {fact_columns("rollup_canteen")}, on_day TEXT NOT NULL, unit_id {UNIT},
            state TEXT NOT NULL CHECK (state IN ('none', 'building', 'built', 'open')), met TEXT NOT NULL, team TEXT, note TEXT
        ) STRICT;
        CREATE INDEX rollup_canteen_unit ON rollup_canteen (unit_id, on_day);
        CREATE TABLE rollup_publicity (
            {fact_columns("rollup_publicity")}, on_day TEXT NOT NULL, number TEXT NOT NULL, unit_id {UNIT}, title TEXT NOT NULL,
            medium TEXT NOT NULL, address TEXT, model INTEGER NOT NULL CHECK (model IN (0, 1)),
            event_id INTEGER REFERENCES rollup_event(id)
        ) STRICT;
        CREATE INDEX rollup_publicity_unit ON rollup_publicity (unit_id, on_day);
        CREATE TABLE rollup_analysis (
            {fact_columns("rollup_analysis")}, on_day TEXT NOT NULL, unit_id INTEGER REFERENCES rollup_unit(id),
            problem TEXT NOT NULL, measure TEXT NOT NULL, people INTEGER, money_fen INTEGER
        ) STRICT;
        CREATE INDEX rollup_analysis_day ON rollup_analysis (on_day);
        CREATE TABLE rollup_inherited (
            {STATE_COLUMNS}, line_id INTEGER NOT NULL REFERENCES month_line(id), from_unit TEXT NOT NULL,
            from_name TEXT NOT NULL, from_number TEXT NOT NULL, month TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX rollup_inherited_once ON rollup_inherited (from_unit, from_number) WHERE void = 0;
        CREATE INDEX rollup_inherited_line ON rollup_inherited (line_id)
    """,
    "m004_codes": "ALTER TABLE rollup_bundle ADD COLUMN codes TEXT",  # the units told of, so that nobody reads a body to count
}
