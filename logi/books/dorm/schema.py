"""The tables of the dorm book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("dorm_building"),
    State("dorm_floor"),
    State("dorm_room"),
    State("dorm_boarder"),
    State("dorm_stay"),
    State("dorm_warden"),
    Fact("dorm_training"),
    Fact("dorm_count"),
    Fact("dorm_absent"),
    Fact("dorm_found"),
    Fact("dorm_late"),
    State("dorm_leave"),
    State("dorm_visit"),
    State("dorm_care"),
    Fact("dorm_care_log"),
)

PERSON = "INTEGER REFERENCES school_person(id)"
PUPIL = "pupil_id INTEGER NOT NULL REFERENCES opening_pupil(id)"
SEX = "sex TEXT NOT NULL CHECK (sex IN ('boys', 'girls'))"

# A pupil, a class and today's bed are the opening book's; what is kept here is the sex that a floor asks for, and the days
# from which and until which a bed was slept in. `until_day` is the first night no longer slept there.
MIGRATIONS = {
    "m001_dorm": f"""
        CREATE TABLE dorm_building (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            place_id INTEGER REFERENCES school_place(id)
        ) STRICT;
        CREATE UNIQUE INDEX dorm_building_code ON dorm_building (code) WHERE void = 0;
        CREATE TABLE dorm_floor (
            {STATE_COLUMNS}, building_id INTEGER NOT NULL REFERENCES dorm_building(id),
            floor INTEGER NOT NULL CHECK (floor BETWEEN 1 AND 40), {SEX}
        ) STRICT;
        CREATE UNIQUE INDEX dorm_floor_once ON dorm_floor (building_id, floor) WHERE void = 0;
        CREATE TABLE dorm_room (
            {STATE_COLUMNS}, place_id INTEGER NOT NULL REFERENCES school_place(id),
            floor_id INTEGER NOT NULL REFERENCES dorm_floor(id), beds INTEGER NOT NULL CHECK (beds BETWEEN 1 AND 60),
            from_day TEXT NOT NULL, closed_on TEXT, reason TEXT, CHECK (from_day <= closed_on)
        ) STRICT;
        CREATE UNIQUE INDEX dorm_room_place ON dorm_room (place_id) WHERE void = 0 AND closed_on IS NULL;
        CREATE INDEX dorm_room_floor ON dorm_room (floor_id);
        CREATE TABLE dorm_boarder ({STATE_COLUMNS}, {PUPIL}, {SEX}) STRICT;
        CREATE UNIQUE INDEX dorm_boarder_once ON dorm_boarder (pupil_id) WHERE void = 0;
        CREATE TABLE dorm_stay (
            {STATE_COLUMNS}, {PUPIL}, room_id INTEGER NOT NULL REFERENCES dorm_room(id),
            bed INTEGER NOT NULL CHECK (bed > 0), from_day TEXT NOT NULL, until_day TEXT, reason TEXT,
            CHECK (from_day <= until_day)
        ) STRICT;
        CREATE INDEX dorm_stay_pupil ON dorm_stay (pupil_id);
        CREATE INDEX dorm_stay_room ON dorm_stay (room_id);
        CREATE TABLE dorm_warden (
            {STATE_COLUMNS}, person_id {PERSON} NOT NULL, building_id INTEGER NOT NULL REFERENCES dorm_building(id),
            from_day TEXT NOT NULL, left_on TEXT, CHECK (from_day <= left_on)
        ) STRICT;
        CREATE UNIQUE INDEX dorm_warden_once ON dorm_warden (person_id, building_id) WHERE void = 0 AND left_on IS NULL;
        CREATE TABLE dorm_training (
            {fact_columns("dorm_training")}, on_day TEXT NOT NULL, person_id {PERSON} NOT NULL, topic TEXT NOT NULL,
            by_id {PERSON}, minutes INTEGER CHECK (minutes > 0)
        ) STRICT;
        CREATE INDEX dorm_training_person ON dorm_training (person_id, on_day);
        CREATE TABLE dorm_count (
            {fact_columns("dorm_count")}, on_day TEXT NOT NULL, at_time TEXT,
            floor_id INTEGER NOT NULL REFERENCES dorm_floor(id), by_id {PERSON} NOT NULL,
            expected INTEGER NOT NULL, away INTEGER NOT NULL, absent INTEGER NOT NULL, note TEXT,
            CHECK (away >= 0 AND absent >= 0 AND away + absent <= expected)
        ) STRICT;
        CREATE INDEX dorm_count_day ON dorm_count (on_day);
        CREATE TABLE dorm_absent (
            {fact_columns("dorm_absent")}, on_day TEXT NOT NULL, {PUPIL},
            floor_id INTEGER NOT NULL REFERENCES dorm_floor(id), note TEXT
        ) STRICT;
        CREATE INDEX dorm_absent_day ON dorm_absent (on_day);
        CREATE TABLE dorm_found (
            {fact_columns("dorm_found")}, on_day TEXT NOT NULL, night TEXT NOT NULL, {PUPIL}, by_id {PERSON} NOT NULL,
            outcome TEXT NOT NULL
        ) STRICT;
        CREATE INDEX dorm_found_night ON dorm_found (night);
        CREATE TABLE dorm_late (
            {fact_columns("dorm_late")}, on_day TEXT NOT NULL, at_time TEXT NOT NULL, {PUPIL}, by_id {PERSON} NOT NULL,
            reason TEXT
        ) STRICT;
        CREATE INDEX dorm_late_day ON dorm_late (on_day);
        CREATE TABLE dorm_leave (
            {STATE_COLUMNS}, number TEXT NOT NULL, {PUPIL}, on_day TEXT NOT NULL, from_day TEXT NOT NULL,
            from_time TEXT NOT NULL, until_day TEXT NOT NULL, until_time TEXT NOT NULL, reason TEXT NOT NULL,
            by_id {PERSON} NOT NULL, fetched_by TEXT, out_day TEXT, out_time TEXT, out_id {PERSON}, back_day TEXT,
            back_time TEXT, back_id {PERSON}, CHECK ((out_day IS NULL) = (out_time IS NULL)),
            CHECK ((back_day IS NULL) = (back_time IS NULL)), CHECK (back_day IS NULL OR out_day <= back_day)
        ) STRICT;
        CREATE UNIQUE INDEX dorm_leave_number ON dorm_leave (number) WHERE void = 0;
        CREATE INDEX dorm_leave_pupil ON dorm_leave (pupil_id);
        CREATE TABLE dorm_visit (
            {STATE_COLUMNS}, number TEXT NOT NULL, name TEXT NOT NULL, relation TEXT, id_tail TEXT, purpose TEXT NOT NULL,
            {PUPIL}, on_day TEXT NOT NULL, at_time TEXT NOT NULL, by_id {PERSON} NOT NULL, left_time TEXT,
            left_id {PERSON}, CHECK (at_time <= left_time)
        ) STRICT;
        CREATE UNIQUE INDEX dorm_visit_number ON dorm_visit (number) WHERE void = 0;
        CREATE INDEX dorm_visit_day ON dorm_visit (on_day);
        CREATE TABLE dorm_care (
            {STATE_COLUMNS}, on_day TEXT NOT NULL, place_id INTEGER NOT NULL REFERENCES school_place(id),
            person_id {PERSON} NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX dorm_care_once ON dorm_care (on_day, person_id) WHERE void = 0;
        CREATE TABLE dorm_care_log (
            {fact_columns("dorm_care_log")}, on_day TEXT NOT NULL, place_id INTEGER NOT NULL REFERENCES school_place(id),
            by_id {PERSON} NOT NULL, heads INTEGER NOT NULL CHECK (heads >= 0), note TEXT
        ) STRICT;
        CREATE INDEX dorm_care_log_day ON dorm_care_log (on_day)
    """
}
