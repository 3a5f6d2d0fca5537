"""The tables of the green book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("green_zone"),
    State("green_area"),
    State("green_keeper"),
    Fact("green_planting", negate=("change",)),
    Fact("green_work"),
    Fact("green_notice"),
)

NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
PERSON = "INTEGER REFERENCES school_person(id)"
ZONE = "INTEGER NOT NULL REFERENCES green_zone(id)"
FORM = "form TEXT NOT NULL CHECK (form IN ('tree', 'shrub', 'hedge', 'lawn', 'flower', 'vine', 'pot'))"

# How large a zone is and who answers for it are dated, so that the rate of a past year and the sheet of a past month stay.
# A notice names the work by its number: it survives undo and redo, which write the rows anew.
MIGRATIONS = {
    "m001_green": f"""
        CREATE TABLE green_zone (
            {NAMED}, kind TEXT NOT NULL CHECK (kind IN ('green', 'hygiene', 'toilet')),
            place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT, from_day TEXT NOT NULL, ended_on TEXT,
            note TEXT, CHECK (from_day <= ended_on)
        ) STRICT;
        CREATE UNIQUE INDEX green_zone_code ON green_zone (code) WHERE void = 0;
        CREATE TABLE green_area (
            {STATE_COLUMNS}, zone_id {ZONE}, from_day TEXT NOT NULL, area_milli INTEGER NOT NULL CHECK (area_milli > 0)
        ) STRICT;
        CREATE UNIQUE INDEX green_area_once ON green_area (zone_id, from_day) WHERE void = 0;
        CREATE TABLE green_keeper (
            {STATE_COLUMNS}, zone_id {ZONE}, from_day TEXT NOT NULL, person_id {PERSON}, class TEXT,
            CHECK (person_id IS NOT NULL OR class IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX green_keeper_once ON green_keeper (zone_id, from_day) WHERE void = 0;
        CREATE TABLE green_planting (
            {fact_columns("green_planting")}, on_day TEXT NOT NULL, number TEXT NOT NULL, zone_id {ZONE},
            what TEXT NOT NULL CHECK (what IN ('there', 'plant', 'lose')), species TEXT NOT NULL, folded TEXT NOT NULL,
            {FORM}, change INTEGER NOT NULL CHECK (change <> 0), by_id {PERSON},
            vendor_id INTEGER REFERENCES school_vendor(id), note TEXT
        ) STRICT;
        CREATE INDEX green_planting_zone ON green_planting (zone_id, on_day);
        CREATE TABLE green_work (
            {fact_columns("green_work")}, on_day TEXT NOT NULL, at_time TEXT, number TEXT NOT NULL, zone_id {ZONE},
            what TEXT NOT NULL CHECK (what IN ('water', 'prune', 'pest', 'feed', 'weed', 'clean')), by_id {PERSON},
            vendor_id INTEGER REFERENCES school_vendor(id), agent TEXT, item_id INTEGER REFERENCES stock_item(id),
            slip_id INTEGER REFERENCES stock_slip(id), dose TEXT, safe_until TEXT, checker_id {PERSON}, fault TEXT, note TEXT,
            CHECK (by_id IS NOT NULL OR vendor_id IS NOT NULL),
            CHECK (what <> 'pest' OR (agent IS NOT NULL AND dose IS NOT NULL AND safe_until IS NOT NULL))
        ) STRICT;
        CREATE INDEX green_work_zone ON green_work (zone_id, on_day);
        CREATE INDEX green_work_day ON green_work (on_day, what);
        CREATE INDEX green_work_number ON green_work (number);
        CREATE TABLE green_notice (
            {fact_columns("green_notice")}, on_day TEXT NOT NULL, number TEXT NOT NULL, posted_at TEXT NOT NULL, by_id {PERSON}
        ) STRICT;
        CREATE INDEX green_notice_number ON green_notice (number)
    """,
}
