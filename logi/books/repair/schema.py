"""The tables of the repair book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("repair_schedule"),
    State("repair_order"),
    Fact("repair_event", negate=("minutes", "cost_fen", "paid_fen")),
    Fact("repair_reading"),
    State("repair_summer"),
    State("repair_summer_line"),
)

MIGRATIONS = {
    "m001_repair": f"""
        CREATE TABLE repair_schedule (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, asset TEXT, kind TEXT NOT NULL,
            urgency TEXT NOT NULL, rule TEXT NOT NULL,
            basis TEXT NOT NULL CHECK (basis IN ('planned', 'completed')), from_day TEXT NOT NULL,
            reporter_id INTEGER NOT NULL REFERENCES school_person(id),
            worker_id INTEGER REFERENCES school_person(id), vendor_id INTEGER REFERENCES school_vendor(id),
            note TEXT, stopped_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX repair_schedule_code ON repair_schedule (code) WHERE void = 0;
        CREATE TABLE repair_order (
            {STATE_COLUMNS}, number TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, asset TEXT,
            reporter_id INTEGER REFERENCES school_person(id), phone TEXT,
            kind TEXT NOT NULL CHECK (kind IN
                ('water', 'electric', 'wood', 'masonry', 'door-window', 'equipment', 'other')),
            urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high', 'urgent')),
            source TEXT NOT NULL CHECK (source IN ('report', 'patrol', 'night-check', 'count',
                'check', 'hazard', 'maintenance')),
            opened_on TEXT NOT NULL, opened_at TEXT, wanted_on TEXT, ref TEXT,
            schedule_id INTEGER REFERENCES repair_schedule(id), planned_on TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'assigned', 'closed', 'reopened', 'deferred', 'accepted')),
            deputy_id INTEGER REFERENCES school_person(id), worker_id INTEGER REFERENCES school_person(id),
            vendor_id INTEGER REFERENCES school_vendor(id), assigned_on TEXT, closed_on TEXT,
            cause TEXT CHECK (cause IN ('wear', 'human')), liable TEXT,
            accepted_on TEXT, accepted_by INTEGER REFERENCES school_person(id),
            score INTEGER CHECK (score BETWEEN 1 AND 5), rejected INTEGER NOT NULL DEFAULT 0,
            deferred_on TEXT, deferred_to TEXT, estimate_fen INTEGER, scope TEXT, begins_on TEXT, ends_on TEXT,
            escalated_on TEXT, escalated_to TEXT
        ) STRICT;
        CREATE UNIQUE INDEX repair_order_number ON repair_order (number) WHERE void = 0;
        CREATE UNIQUE INDEX repair_order_ref ON repair_order (ref) WHERE void = 0 AND ref IS NOT NULL;
        CREATE INDEX repair_order_opened ON repair_order (opened_on);
        CREATE INDEX repair_order_accepted ON repair_order (accepted_on);
        CREATE INDEX repair_order_place ON repair_order (place_id);
        CREATE INDEX repair_order_schedule ON repair_order (schedule_id) WHERE schedule_id IS NOT NULL;
        CREATE TABLE repair_event (
            {fact_columns("repair_event")}, on_day TEXT NOT NULL, at_time TEXT,
            order_id INTEGER NOT NULL REFERENCES repair_order(id),
            step TEXT NOT NULL CHECK (step IN ('open', 'assign', 'log', 'close', 'accept', 'reject', 'defer',
                'plan', 'escalate', 'deputy', 'compensate')),
            person_id INTEGER REFERENCES school_person(id), vendor_id INTEGER REFERENCES school_vendor(id),
            minutes INTEGER, cost_fen INTEGER, paid_fen INTEGER, estimate_fen INTEGER, invoice TEXT,
            cause TEXT, liable TEXT, score INTEGER, until_day TEXT, to_whom TEXT, note TEXT,
            arrived TEXT, slip_id INTEGER REFERENCES stock_slip(id), begins_on TEXT, ends_on TEXT
        ) STRICT;
        CREATE INDEX repair_event_order ON repair_event (order_id);
        CREATE INDEX repair_event_day ON repair_event (on_day);
        CREATE INDEX repair_event_slip ON repair_event (slip_id) WHERE slip_id IS NOT NULL;
        CREATE TABLE repair_summer (
            {STATE_COLUMNS}, number TEXT NOT NULL, year INTEGER NOT NULL, on_day TEXT NOT NULL,
            by_id INTEGER REFERENCES school_person(id), total_fen INTEGER NOT NULL, lacking INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX repair_summer_number ON repair_summer (number) WHERE void = 0;
        CREATE TABLE repair_summer_line (
            {STATE_COLUMNS}, summer_id INTEGER NOT NULL REFERENCES repair_summer(id), line INTEGER NOT NULL,
            order_id INTEGER NOT NULL REFERENCES repair_order(id), estimate_fen INTEGER
        ) STRICT;
        CREATE INDEX repair_summer_line_order ON repair_summer_line (order_id);
    """,
    "m002_units": f"""
        ALTER TABLE repair_schedule ADD COLUMN unit TEXT;
        ALTER TABLE repair_schedule ADD COLUMN start_milli INTEGER;
        ALTER TABLE repair_order ADD COLUMN planned_milli INTEGER;
        CREATE TABLE repair_reading (
            {fact_columns("repair_reading")}, on_day TEXT NOT NULL,
            schedule_id INTEGER NOT NULL REFERENCES repair_schedule(id), value_milli INTEGER NOT NULL,
            ended_milli INTEGER, began_milli INTEGER, by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX repair_reading_schedule ON repair_reading (schedule_id, on_day)
    """,
    # SQLite changes a CHECK only with the table: both are made anew under the names that other tables point to.
    "m003_halts": f"""
        PRAGMA defer_foreign_keys=ON;
        CREATE TABLE repair_kept AS SELECT * FROM repair_order;
        DROP TABLE repair_order;
        CREATE TABLE repair_order (
            {STATE_COLUMNS}, number TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, asset TEXT,
            reporter_id INTEGER REFERENCES school_person(id), phone TEXT,
            kind TEXT NOT NULL CHECK (kind IN
                ('water', 'electric', 'wood', 'masonry', 'door-window', 'equipment', 'other')),
            urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high', 'urgent')),
            source TEXT NOT NULL CHECK (source IN ('report', 'patrol', 'night-check', 'count',
                'check', 'hazard', 'maintenance')),
            opened_on TEXT NOT NULL, opened_at TEXT, wanted_on TEXT, ref TEXT,
            schedule_id INTEGER REFERENCES repair_schedule(id), planned_on TEXT,
            state TEXT NOT NULL CHECK (state IN
                ('open', 'assigned', 'waiting', 'closed', 'reopened', 'deferred', 'accepted', 'declined')),
            deputy_id INTEGER REFERENCES school_person(id), worker_id INTEGER REFERENCES school_person(id),
            vendor_id INTEGER REFERENCES school_vendor(id), assigned_on TEXT, closed_on TEXT,
            cause TEXT CHECK (cause IN ('wear', 'human')), liable TEXT,
            accepted_on TEXT, accepted_by INTEGER REFERENCES school_person(id),
            score INTEGER CHECK (score BETWEEN 1 AND 5), rejected INTEGER NOT NULL DEFAULT 0,
            deferred_on TEXT, deferred_to TEXT, estimate_fen INTEGER, scope TEXT, begins_on TEXT, ends_on TEXT,
            escalated_on TEXT, escalated_to TEXT, planned_milli INTEGER
        ) STRICT;
        INSERT INTO repair_order SELECT * FROM repair_kept;
        DROP TABLE repair_kept;
        CREATE UNIQUE INDEX repair_order_number ON repair_order (number) WHERE void = 0;
        CREATE UNIQUE INDEX repair_order_ref ON repair_order (ref) WHERE void = 0 AND ref IS NOT NULL;
        CREATE INDEX repair_order_opened ON repair_order (opened_on);
        CREATE INDEX repair_order_accepted ON repair_order (accepted_on);
        CREATE INDEX repair_order_place ON repair_order (place_id);
        CREATE INDEX repair_order_schedule ON repair_order (schedule_id) WHERE schedule_id IS NOT NULL;
        CREATE TABLE repair_kept AS SELECT * FROM repair_event;
        DROP TABLE repair_event;
        CREATE TABLE repair_event (
            {fact_columns("repair_event")}, on_day TEXT NOT NULL, at_time TEXT,
            order_id INTEGER NOT NULL REFERENCES repair_order(id),
            step TEXT NOT NULL CHECK (step IN ('open', 'assign', 'log', 'close', 'accept', 'reject', 'defer',
                'plan', 'escalate', 'deputy', 'compensate', 'wait', 'decline', 'told')),
            person_id INTEGER REFERENCES school_person(id), vendor_id INTEGER REFERENCES school_vendor(id),
            minutes INTEGER, cost_fen INTEGER, paid_fen INTEGER, estimate_fen INTEGER, invoice TEXT,
            cause TEXT, liable TEXT, score INTEGER, until_day TEXT, to_whom TEXT, note TEXT,
            arrived TEXT, slip_id INTEGER REFERENCES stock_slip(id), begins_on TEXT, ends_on TEXT
        ) STRICT;
        INSERT INTO repair_event SELECT * FROM repair_kept;
        DROP TABLE repair_kept;
        CREATE INDEX repair_event_order ON repair_event (order_id);
        CREATE INDEX repair_event_day ON repair_event (on_day);
        CREATE INDEX repair_event_slip ON repair_event (slip_id) WHERE slip_id IS NOT NULL
    """,
    "m004_failures": """
        ALTER TABLE repair_event ADD COLUMN mode TEXT;
        ALTER TABLE repair_event ADD COLUMN root TEXT;
        ALTER TABLE repair_event ADD COLUMN down_on TEXT;
        ALTER TABLE repair_event ADD COLUMN down_at TEXT
    """,
}
