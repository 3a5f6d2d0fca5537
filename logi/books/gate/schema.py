"""The tables of the gate book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    Fact("gate_visit"),
    Fact("gate_leave"),
    State("gate_ban"),
    Fact("gate_goods"),
    Fact("gate_back"),
    State("gate_vehicle"),
    Fact("gate_pass"),
    Fact("gate_told"),
    State("gate_guard"),
    Fact("gate_event"),
    Fact("gate_event_guard"),
    Fact("gate_settled"),
    Fact("gate_handover"),
    State("gate_certificate"),
    State("gate_bus"),
    State("gate_bus_crew"),
    Fact("gate_bus_paper"),
    Fact("gate_trip"),
)

PERSON = "INTEGER REFERENCES school_person(id)"
SOMEBODY = "INTEGER NOT NULL REFERENCES school_person(id)"
WHEN = "on_day TEXT NOT NULL, at_time TEXT NOT NULL"

# Whatever follows a visit, a slip, a speeding or an event names it by number: numbers survive undo and redo, which write
# the rows anew. Of an identity card only the last four signs are kept.
MIGRATIONS = {
    "m001_gate": f"""
        CREATE TABLE gate_visit (
            {fact_columns("gate_visit")}, {WHEN}, number TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('in', 'denied')), name TEXT NOT NULL, folded TEXT NOT NULL,
            sex TEXT CHECK (sex IN ('male', 'female')), unit TEXT, id_kind TEXT CHECK (id_kind IN
                ('identity', 'driver', 'passport', 'work', 'other')),
            id_tail TEXT CHECK (length(id_tail) = 4), phone TEXT, heads INTEGER NOT NULL DEFAULT 1 CHECK (heads > 0),
            purpose TEXT, host_id {PERSON}, confirmed TEXT CHECK (confirmed IN ('met', 'phone', 'booked')),
            leader_id {PERSON}, plate TEXT, goods TEXT, badge TEXT, guard_id {SOMEBODY}, reason TEXT, ref TEXT,
            CHECK (outcome = 'denied' OR (host_id IS NOT NULL AND (confirmed IS NULL) = (leader_id IS NOT NULL))),
            CHECK ((outcome = 'denied') = (reason IS NOT NULL))
        ) STRICT;
        CREATE INDEX gate_visit_day ON gate_visit (on_day);
        CREATE INDEX gate_visit_number ON gate_visit (number);
        CREATE INDEX gate_visit_folded ON gate_visit (folded);
        CREATE INDEX gate_visit_ref ON gate_visit (ref) WHERE ref IS NOT NULL;
        CREATE TABLE gate_leave (
            {fact_columns("gate_leave")}, {WHEN}, number TEXT NOT NULL, guard_id {SOMEBODY}, note TEXT
        ) STRICT;
        CREATE INDEX gate_leave_number ON gate_leave (number);
        CREATE TABLE gate_ban (
            {STATE_COLUMNS}, name TEXT, folded TEXT, id_tail TEXT, plate TEXT, reason TEXT NOT NULL, by_id {SOMEBODY},
            from_day TEXT NOT NULL, until_day TEXT, lifted_on TEXT, lifted_why TEXT,
            CHECK ((name IS NULL) <> (plate IS NULL)), CHECK (from_day <= until_day),
            CHECK ((lifted_on IS NULL) = (lifted_why IS NULL))
        ) STRICT;
        CREATE TABLE gate_goods (
            {fact_columns("gate_goods")}, {WHEN}, number TEXT NOT NULL, words TEXT NOT NULL, person_id {PERSON}, visit TEXT,
            asset_id INTEGER REFERENCES asset_card(id), allowed_id {SOMEBODY}, guard_id {SOMEBODY}, back_due TEXT,
            CHECK ((person_id IS NULL) <> (visit IS NULL)), CHECK (person_id <> allowed_id), CHECK (on_day <= back_due)
        ) STRICT;
        CREATE INDEX gate_goods_number ON gate_goods (number);
        CREATE TABLE gate_back (
            {fact_columns("gate_back")}, {WHEN}, number TEXT NOT NULL, guard_id {SOMEBODY}, note TEXT
        ) STRICT;
        CREATE INDEX gate_back_number ON gate_back (number);
        CREATE TABLE gate_vehicle (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('school', 'staff', 'parent', 'supplier', 'other')), driver_id {PERSON},
            from_day TEXT NOT NULL, stopped_on TEXT, stopped_why TEXT,
            CHECK ((stopped_on IS NULL) = (stopped_why IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX gate_vehicle_code ON gate_vehicle (code) WHERE void = 0;
        CREATE TABLE gate_pass (
            {fact_columns("gate_pass")}, {WHEN}, plate TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('in', 'out')),
            speed_milli INTEGER CHECK (speed_milli > 0), number TEXT, visit TEXT, driver TEXT, guard_id {PERSON}, note TEXT,
            ref TEXT
        ) STRICT;
        CREATE INDEX gate_pass_day ON gate_pass (on_day);
        CREATE INDEX gate_pass_plate ON gate_pass (plate, on_day);
        CREATE INDEX gate_pass_number ON gate_pass (number) WHERE number IS NOT NULL;
        CREATE INDEX gate_pass_ref ON gate_pass (ref) WHERE ref IS NOT NULL;
        CREATE TABLE gate_told (
            {fact_columns("gate_told")}, on_day TEXT NOT NULL, number TEXT NOT NULL, by_id {SOMEBODY}, words TEXT NOT NULL
        ) STRICT;
        CREATE INDEX gate_told_number ON gate_told (number);
        CREATE TABLE gate_guard (
            {STATE_COLUMNS}, person_id {SOMEBODY}, post TEXT, firm_id INTEGER REFERENCES school_vendor(id), certificate TEXT,
            issued_on TEXT, expires_on TEXT, from_day TEXT NOT NULL, left_on TEXT,
            CHECK ((certificate IS NULL) = (issued_on IS NULL)), CHECK (issued_on < expires_on)
        ) STRICT;
        CREATE UNIQUE INDEX gate_guard_person ON gate_guard (person_id) WHERE void = 0 AND left_on IS NULL;
        CREATE TABLE gate_event (
            {fact_columns("gate_event")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('training', 'supervision')), topic TEXT, minutes INTEGER,
            by_id {SOMEBODY}, outcome TEXT, faults TEXT, due_on TEXT,
            CHECK ((faults IS NULL) = (due_on IS NULL)), CHECK (kind = 'supervision' OR (faults IS NULL AND topic IS NOT NULL))
        ) STRICT;
        CREATE INDEX gate_event_day ON gate_event (on_day);
        CREATE INDEX gate_event_number ON gate_event (number);
        CREATE TABLE gate_event_guard (
            {fact_columns("gate_event_guard")}, on_day TEXT NOT NULL, number TEXT NOT NULL, person_id {SOMEBODY},
            score INTEGER CHECK (score BETWEEN 0 AND 100)
        ) STRICT;
        CREATE INDEX gate_event_guard_number ON gate_event_guard (number);
        CREATE TABLE gate_settled (
            {fact_columns("gate_settled")}, on_day TEXT NOT NULL, number TEXT NOT NULL, by_id {SOMEBODY}, words TEXT NOT NULL
        ) STRICT;
        CREATE INDEX gate_settled_number ON gate_settled (number);
        CREATE TABLE gate_handover (
            {fact_columns("gate_handover")}, {WHEN}, number TEXT NOT NULL, giver_id {PERSON}, taker_id {PERSON}, lacking TEXT,
            inside INTEGER NOT NULL, matters TEXT,
            CHECK (giver_id IS NOT NULL OR taker_id IS NOT NULL), CHECK (giver_id <> taker_id)
        ) STRICT;
        CREATE INDEX gate_handover_when ON gate_handover (on_day, at_time)
    """,
    # Papers are facts, so that a trip booked late is judged by those that held on its day.
    "m002_bus": f"""
        CREATE TABLE gate_bus (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            seats INTEGER NOT NULL CHECK (seats > 2), riders INTEGER CHECK (riders > 0), route TEXT,
            asset_id INTEGER REFERENCES asset_card(id), driver_id {SOMEBODY}, attendant_id {SOMEBODY},
            from_day TEXT NOT NULL, stopped_on TEXT, stopped_why TEXT, CHECK (driver_id <> attendant_id),
            CHECK ((stopped_on IS NULL) = (stopped_why IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX gate_bus_code ON gate_bus (code) WHERE void = 0;
        CREATE TABLE gate_bus_paper (
            {fact_columns("gate_bus_paper")}, on_day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('inspection', 'permit', 'insurance', 'licence')),
            bus_id INTEGER REFERENCES gate_bus(id), person_id {PERSON}, doc_no TEXT, until_day TEXT, note TEXT,
            CHECK ((kind = 'licence') = (person_id IS NOT NULL)), CHECK ((bus_id IS NULL) <> (person_id IS NULL)),
            CHECK (on_day < until_day), CHECK (kind = 'inspection' OR until_day IS NOT NULL)
        ) STRICT;
        CREATE INDEX gate_bus_paper_bus ON gate_bus_paper (bus_id, kind);
        CREATE INDEX gate_bus_paper_person ON gate_bus_paper (person_id) WHERE person_id IS NOT NULL;
        CREATE TABLE gate_trip (
            {fact_columns("gate_trip")}, {WHEN}, number TEXT NOT NULL, bus_id INTEGER NOT NULL REFERENCES gate_bus(id),
            leg TEXT NOT NULL CHECK (leg IN ('morning', 'evening', 'other')),
            boarded INTEGER NOT NULL CHECK (boarded >= 0), alighted INTEGER NOT NULL CHECK (alighted >= 0), absent TEXT,
            driver_id {SOMEBODY}, attendant_id {SOMEBODY}, hazard TEXT, note TEXT, CHECK (driver_id <> attendant_id)
        ) STRICT;
        CREATE INDEX gate_trip_day ON gate_trip (on_day, bus_id);
        CREATE INDEX gate_trip_number ON gate_trip (number)
    """,
    # Certificates and crews that others took the place of: a day gone by is judged by what held on it.
    "m003_before": f"""
        CREATE TABLE gate_certificate (
            {STATE_COLUMNS}, guard_id INTEGER NOT NULL REFERENCES gate_guard(id), certificate TEXT NOT NULL,
            issued_on TEXT NOT NULL, expires_on TEXT, CHECK (issued_on < expires_on)
        ) STRICT;
        CREATE INDEX gate_certificate_guard ON gate_certificate (guard_id);
        CREATE TABLE gate_bus_crew (
            {STATE_COLUMNS}, bus_id INTEGER NOT NULL REFERENCES gate_bus(id), driver_id {SOMEBODY},
            attendant_id {SOMEBODY}, until_day TEXT NOT NULL, CHECK (driver_id <> attendant_id)
        ) STRICT;
        CREATE INDEX gate_bus_crew_bus ON gate_bus_crew (bus_id);
        ALTER TABLE gate_visit ADD COLUMN unit_folded TEXT
    """,
    "m004_badge": """
        CREATE INDEX gate_visit_badge ON gate_visit (badge, on_day, at_time) WHERE badge IS NOT NULL
    """,
}
