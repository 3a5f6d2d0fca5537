"""The tables of the patrol book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("patrol_route"),
    State("patrol_schedule"),
    State("patrol_layout"),
    Fact("patrol_round"),
    Fact("patrol_publication"),
    State("patrol_hazard"),
    Fact("patrol_step"),
    Fact("patrol_repair"),
    Fact("patrol_accident"),
)

# `round_no` is the id a round was first written under: it survives undo and redo, which write the row anew.
MIGRATIONS = {
    "m001_patrol": f"""
        CREATE TABLE patrol_route (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            area TEXT CHECK (area IN ('teaching', 'dorm', 'other')),
            keeper_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX patrol_route_code ON patrol_route (code) WHERE void = 0;
        CREATE TABLE patrol_schedule (
            {STATE_COLUMNS}, route_id INTEGER NOT NULL REFERENCES patrol_route(id), from_day TEXT NOT NULL,
            frequency TEXT NOT NULL
                CHECK (frequency IN ('workday', 'schoolday', 'daily', 'nightly', 'weekly', 'return', 'none'))
        ) STRICT;
        CREATE UNIQUE INDEX patrol_schedule_day ON patrol_schedule (route_id, from_day) WHERE void = 0;
        CREATE TABLE patrol_layout (
            {STATE_COLUMNS}, route_id INTEGER NOT NULL REFERENCES patrol_route(id), from_day TEXT NOT NULL,
            points TEXT NOT NULL, times TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX patrol_layout_day ON patrol_layout (route_id, from_day) WHERE void = 0;
        CREATE TABLE patrol_round (
            {fact_columns("patrol_round")}, round_no INTEGER NOT NULL, on_day TEXT NOT NULL, at_time TEXT,
            route_id INTEGER NOT NULL REFERENCES patrol_route(id),
            by_id INTEGER NOT NULL REFERENCES school_person(id), weather TEXT,
            points_due INTEGER NOT NULL, points_done INTEGER NOT NULL, skipped TEXT, note TEXT, ref TEXT
        ) STRICT;
        CREATE INDEX patrol_round_day ON patrol_round (on_day);
        CREATE TABLE patrol_publication (
            {fact_columns("patrol_publication")}, on_day TEXT NOT NULL, week TEXT NOT NULL, place TEXT NOT NULL,
            by_id INTEGER REFERENCES school_person(id), expected INTEGER NOT NULL, done INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE INDEX patrol_publication_week ON patrol_publication (week);
        CREATE TABLE patrol_hazard (
            {STATE_COLUMNS}, number TEXT NOT NULL, title TEXT NOT NULL,
            place_id INTEGER REFERENCES school_place(id), spot TEXT,
            category TEXT NOT NULL CHECK (category IN
                ('water', 'theft', 'electric', 'fire', 'building', 'food', 'traffic', 'other')),
            level TEXT NOT NULL CHECK (level IN ('general', 'larger', 'major')),
            found_on TEXT NOT NULL, found_by_id INTEGER REFERENCES school_person(id), round_no INTEGER,
            measure TEXT, owner_id INTEGER REFERENCES school_person(id), fund_fen INTEGER, due_on TEXT, plan TEXT,
            interim TEXT,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fixed', 'verified', 'reported-up')),
            fixed_on TEXT, fixed_by_id INTEGER REFERENCES school_person(id),
            verified_on TEXT, verified_by_id INTEGER REFERENCES school_person(id),
            reported_on TEXT, reported_to TEXT
        ) STRICT;
        CREATE UNIQUE INDEX patrol_hazard_number ON patrol_hazard (number) WHERE void = 0;
        CREATE INDEX patrol_hazard_state ON patrol_hazard (state);
        CREATE INDEX patrol_hazard_round ON patrol_hazard (round_no);
        CREATE TABLE patrol_step (
            {fact_columns("patrol_step")}, on_day TEXT NOT NULL,
            hazard_id INTEGER NOT NULL REFERENCES patrol_hazard(id),
            what TEXT NOT NULL CHECK (what IN ('open', 'fix', 'verify', 'reject', 'extend', 'escalate')),
            by_id INTEGER REFERENCES school_person(id), note TEXT, due_before TEXT, due_after TEXT
        ) STRICT;
        CREATE INDEX patrol_step_hazard ON patrol_step (hazard_id);
        CREATE TABLE patrol_repair (
            {fact_columns("patrol_repair")}, on_day TEXT NOT NULL, order_id INTEGER NOT NULL REFERENCES repair_order(id),
            round_no INTEGER, hazard_id INTEGER REFERENCES patrol_hazard(id)
        ) STRICT;
        CREATE INDEX patrol_repair_order ON patrol_repair (order_id);
        CREATE INDEX patrol_repair_round ON patrol_repair (round_no) WHERE round_no IS NOT NULL;
        CREATE INDEX patrol_repair_hazard ON patrol_repair (hazard_id) WHERE hazard_id IS NOT NULL;
        CREATE TABLE patrol_accident (
            {fact_columns("patrol_accident")}, on_day TEXT NOT NULL, at_time TEXT, number TEXT NOT NULL,
            title TEXT NOT NULL, place_id INTEGER REFERENCES school_place(id), spot TEXT, kind TEXT NOT NULL,
            injured INTEGER NOT NULL DEFAULT 0 CHECK (injured >= 0), treatment TEXT, reported_to TEXT,
            by_id INTEGER REFERENCES school_person(id), hazard_id INTEGER REFERENCES patrol_hazard(id), note TEXT
        ) STRICT;
        CREATE INDEX patrol_accident_day ON patrol_accident (on_day)
    """
}
