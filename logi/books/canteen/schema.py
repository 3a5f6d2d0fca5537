"""The tables of the canteen book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("canteen_season"),
    State("canteen_worker"),
    State("canteen_certificate"),
    Fact("canteen_look"),
    State("canteen_dish"),
    Fact("canteen_meal", negate=("heads", "staff")),
    Fact("canteen_guest"),
    Fact("canteen_sample"),
    Fact("canteen_thrown"),
    Fact("canteen_step"),
    Fact("canteen_goods"),
    Fact("canteen_money", negate=("amount_fen",)),
    State("canteen_matter"),
    State("canteen_duty"),
    Fact("canteen_event"),
    Fact("canteen_attend", negate=("heads",)),
    Fact("canteen_notice"),
    Fact("canteen_survey", negate=("very", "satisfied", "fair", "poor")),
)

MEAL = "meal TEXT NOT NULL CHECK (meal IN ('breakfast', 'lunch', 'dinner', 'snack'))"
BY = "by_id INTEGER NOT NULL REFERENCES school_person(id)"

# What is thrown away names its sample by number: it survives undo and redo, which write the rows anew.
MIGRATIONS = {
    "m001_kitchen": f"""
        CREATE TABLE canteen_season (
            {STATE_COLUMNS}, from_day TEXT NOT NULL, until_day TEXT, meals TEXT NOT NULL, note TEXT,
            CHECK (from_day <= until_day)
        ) STRICT;
        CREATE UNIQUE INDEX canteen_season_from ON canteen_season (from_day) WHERE void = 0;
        CREATE TABLE canteen_worker (
            {STATE_COLUMNS}, person_id INTEGER NOT NULL REFERENCES school_person(id), job TEXT, certificate TEXT,
            examined_on TEXT, expires_on TEXT, from_day TEXT NOT NULL, left_on TEXT,
            CHECK ((examined_on IS NULL) = (expires_on IS NULL)), CHECK (examined_on < expires_on)
        ) STRICT;
        CREATE UNIQUE INDEX canteen_worker_person ON canteen_worker (person_id) WHERE void = 0 AND left_on IS NULL;
        CREATE TABLE canteen_look (
            {fact_columns("canteen_look")}, on_day TEXT NOT NULL,
            worker_id INTEGER NOT NULL REFERENCES canteen_worker(id),
            result TEXT NOT NULL CHECK (result IN ('fit', 'ill', 'dress', 'away')), {BY}, note TEXT
        ) STRICT;
        CREATE INDEX canteen_look_day ON canteen_look (on_day);
        CREATE TABLE canteen_dish (
            {STATE_COLUMNS}, on_day TEXT NOT NULL, {MEAL}, name TEXT NOT NULL, groups TEXT, price_fen INTEGER, reason TEXT,
            CHECK (price_fen >= 0)
        ) STRICT;
        CREATE UNIQUE INDEX canteen_dish_once ON canteen_dish (on_day, meal, name) WHERE void = 0;
        CREATE TABLE canteen_meal (
            {fact_columns("canteen_meal")}, on_day TEXT NOT NULL, {MEAL}, heads INTEGER NOT NULL, staff INTEGER NOT NULL,
            {BY}, note TEXT
        ) STRICT;
        CREATE INDEX canteen_meal_day ON canteen_meal (on_day);
        CREATE TABLE canteen_guest (
            {fact_columns("canteen_guest")}, on_day TEXT NOT NULL, {MEAL},
            person_id INTEGER NOT NULL REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX canteen_guest_day ON canteen_guest (on_day);
        CREATE TABLE canteen_sample (
            {fact_columns("canteen_sample")}, on_day TEXT NOT NULL, at_time TEXT NOT NULL, number TEXT NOT NULL, {MEAL},
            dish TEXT NOT NULL, weight_mg INTEGER NOT NULL CHECK (weight_mg > 0), celsius_milli INTEGER, {BY}, note TEXT
        ) STRICT;
        CREATE INDEX canteen_sample_day ON canteen_sample (on_day);
        CREATE INDEX canteen_sample_number ON canteen_sample (number);
        CREATE TABLE canteen_thrown (
            {fact_columns("canteen_thrown")}, on_day TEXT NOT NULL, at_time TEXT NOT NULL, number TEXT NOT NULL, {BY}
        ) STRICT;
        CREATE INDEX canteen_thrown_number ON canteen_thrown (number);
        CREATE TABLE canteen_step (
            {fact_columns("canteen_step")}, on_day TEXT NOT NULL, at_time TEXT, meal TEXT, step TEXT NOT NULL CHECK (step IN
                ('wash', 'apart', 'cook', 'cover', 'disinfect', 'keep', 'clean', 'storage', 'fridge', 'freezer', 'pests',
                 'oil', 'tour')),
            passed INTEGER NOT NULL CHECK (passed IN (0, 1)), celsius_milli INTEGER, minutes INTEGER, method TEXT,
            quantity_milli INTEGER, vendor_id INTEGER REFERENCES school_vendor(id), {BY},
            checker_id INTEGER REFERENCES school_person(id), note TEXT, CHECK (by_id <> checker_id)
        ) STRICT;
        CREATE INDEX canteen_step_day ON canteen_step (on_day)
    """,
    "m002_accounts": f"""
        CREATE TABLE canteen_goods (
            {fact_columns("canteen_goods")}, on_day TEXT NOT NULL,
            slip_id INTEGER NOT NULL REFERENCES stock_slip(id), licence TEXT NOT NULL,
            certificate TEXT NOT NULL, maker TEXT NOT NULL, made_on TEXT NOT NULL,
            first_id INTEGER NOT NULL REFERENCES school_person(id), second_id INTEGER REFERENCES school_person(id), note TEXT,
            CHECK (first_id <> second_id)
        ) STRICT;
        CREATE INDEX canteen_goods_slip ON canteen_goods (slip_id);
        CREATE TABLE canteen_money (
            {fact_columns("canteen_money")}, on_day TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN
                ('meals', 'subsidy', 'other-income', 'food', 'fuel', 'labour', 'other-cost')),
            amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0), voucher TEXT, note TEXT
        ) STRICT;
        CREATE INDEX canteen_money_day ON canteen_money (on_day);
        CREATE TABLE canteen_matter (
            {STATE_COLUMNS}, number TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('problem', 'opinion', 'improvement')),
            on_day TEXT NOT NULL, meal TEXT, words TEXT NOT NULL, source TEXT, run TEXT,
            by_id INTEGER REFERENCES school_person(id), owner_id INTEGER REFERENCES school_person(id), due_on TEXT NOT NULL,
            answered_on TEXT, answer TEXT, answered_by INTEGER REFERENCES school_person(id), menu TEXT,
            CHECK ((answered_on IS NULL) = (answer IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX canteen_matter_number ON canteen_matter (number) WHERE void = 0
    """,
    "m003_people": f"""
        CREATE TABLE canteen_duty (
            {STATE_COLUMNS}, area TEXT NOT NULL CHECK (area IN ('purchase', 'menu', 'storage', 'hygiene')),
            person_id INTEGER NOT NULL REFERENCES school_person(id), from_day TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX canteen_duty_area ON canteen_duty (area) WHERE void = 0;
        CREATE TABLE canteen_event (
            {fact_columns("canteen_event")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('training', 'meeting', 'visit')), topic TEXT NOT NULL, items TEXT,
            minutes INTEGER, {BY}, outcome TEXT
        ) STRICT;
        CREATE INDEX canteen_event_day ON canteen_event (on_day);
        CREATE TABLE canteen_attend (
            {fact_columns("canteen_attend")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            person_id INTEGER REFERENCES school_person(id), party TEXT, heads INTEGER NOT NULL,
            CHECK ((person_id IS NULL) <> (party IS NULL))
        ) STRICT;
        CREATE INDEX canteen_attend_number ON canteen_attend (number);
        CREATE TABLE canteen_notice (
            {fact_columns("canteen_notice")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('praise', 'criticism', 'reward')),
            person_id INTEGER NOT NULL REFERENCES school_person(id), run TEXT, words TEXT NOT NULL, amount_fen INTEGER,
            CHECK (kind = 'reward' OR run IS NOT NULL)
        ) STRICT;
        CREATE INDEX canteen_notice_day ON canteen_notice (on_day);
        CREATE TABLE canteen_survey (
            {fact_columns("canteen_survey")}, on_day TEXT NOT NULL, party TEXT NOT NULL CHECK (party IN
                ('pupils', 'parents', 'staff')),
            very INTEGER NOT NULL, satisfied INTEGER NOT NULL, fair INTEGER NOT NULL, poor INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE INDEX canteen_survey_day ON canteen_survey (on_day)
    """,
    # Certificates that another took the place of: a day booked late is judged by the one that held on it.
    "m004_certificates": f"""
        CREATE TABLE canteen_certificate (
            {STATE_COLUMNS}, worker_id INTEGER NOT NULL REFERENCES canteen_worker(id), certificate TEXT,
            examined_on TEXT NOT NULL, expires_on TEXT NOT NULL, CHECK (examined_on < expires_on)
        ) STRICT;
        CREATE INDEX canteen_certificate_worker ON canteen_certificate (worker_id)
    """,
}
