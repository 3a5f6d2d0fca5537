"""The tables of the meter book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("meter_meter"),
    Fact("meter_reading"),
    Fact("meter_night"),
    State("meter_price"),
    State("meter_quota"),
    State("meter_reason"),
    Fact("meter_alarm"),
    Fact("meter_bill", negate=("quantity_milli", "amount_fen")),
    State("meter_saving"),
    State("meter_return"),
    State("meter_closing"),
    State("meter_heating"),
)

NAMED = f"{STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"
PERSON = "INTEGER REFERENCES school_person(id)"
METER = "INTEGER NOT NULL REFERENCES meter_meter(id)"
KIND = "TEXT NOT NULL CHECK (kind IN ('water', 'power', 'gas', 'heat'))"

# How many digits a meter shows and what one of them stands for belong to the meter that hangs there: they stand with the
# reading that begins it (`start`, `replace`). Prices are in millionths of a yuan: tariffs have four and more decimals.
MIGRATIONS = {
    "m001_meter": f"""
        CREATE TABLE meter_meter (
            {NAMED}, kind {KIND}, place_id INTEGER NOT NULL REFERENCES school_place(id), spot TEXT,
            department_id INTEGER REFERENCES school_department(id), parent_id INTEGER REFERENCES meter_meter(id),
            reader_id {PERSON}, from_day TEXT NOT NULL, removed_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX meter_meter_code ON meter_meter (code) WHERE void = 0;
        CREATE INDEX meter_meter_parent ON meter_meter (parent_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE meter_reading (
            {fact_columns("meter_reading")}, on_day TEXT NOT NULL, meter_id {METER},
            what TEXT NOT NULL CHECK (what IN ('start', 'read', 'estimate', 'replace')),
            value_milli INTEGER NOT NULL CHECK (value_milli >= 0),
            rolled INTEGER NOT NULL DEFAULT 0 CHECK (rolled IN (0, 1)), final_milli INTEGER CHECK (final_milli >= 0),
            digits INTEGER CHECK (digits BETWEEN 1 AND 9), factor_milli INTEGER CHECK (factor_milli > 0),
            by_id {PERSON}, note TEXT,
            CHECK ((what IN ('start', 'replace')) = (digits IS NOT NULL AND factor_milli IS NOT NULL)),
            CHECK ((what = 'replace') = (final_milli IS NOT NULL)), CHECK (rolled = 0 OR what <> 'start')
        ) STRICT;
        CREATE INDEX meter_reading_meter ON meter_reading (meter_id, on_day);
        CREATE TABLE meter_night (
            {fact_columns("meter_night")}, on_day TEXT NOT NULL, meter_id {METER}, evening_milli INTEGER NOT NULL,
            morning_milli INTEGER NOT NULL, minutes INTEGER NOT NULL CHECK (minutes > 0), use_milli INTEGER NOT NULL,
            by_id {PERSON}, note TEXT, CHECK (morning_milli >= evening_milli)
        ) STRICT;
        CREATE INDEX meter_night_meter ON meter_night (meter_id, on_day);
        CREATE TABLE meter_price (
            {STATE_COLUMNS}, kind {KIND}, meter_id INTEGER REFERENCES meter_meter(id), from_day TEXT NOT NULL,
            price_micro INTEGER NOT NULL CHECK (price_micro >= 0), source TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX meter_price_once ON meter_price (kind, coalesce(meter_id, 0), from_day) WHERE void = 0;
        CREATE TABLE meter_quota (
            {STATE_COLUMNS}, meter_id {METER}, from_day TEXT NOT NULL, quota_milli INTEGER NOT NULL CHECK (quota_milli > 0),
            source TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX meter_quota_once ON meter_quota (meter_id, from_day) WHERE void = 0;
        CREATE TABLE meter_reason (
            {STATE_COLUMNS}, month TEXT NOT NULL, meter_id {METER}, reason TEXT NOT NULL, by_id {PERSON}
        ) STRICT;
        CREATE UNIQUE INDEX meter_reason_once ON meter_reason (month, meter_id) WHERE void = 0;
        CREATE TABLE meter_alarm (
            {fact_columns("meter_alarm")}, on_day TEXT NOT NULL, meter_id {METER}, month TEXT NOT NULL,
            number TEXT NOT NULL, by_id {PERSON}
        ) STRICT;
        CREATE INDEX meter_alarm_meter ON meter_alarm (meter_id, month);
        CREATE TABLE meter_bill (
            {fact_columns("meter_bill")}, on_day TEXT NOT NULL, number TEXT NOT NULL, month TEXT NOT NULL, kind {KIND},
            meter_id INTEGER REFERENCES meter_meter(id), quantity_milli INTEGER NOT NULL, amount_fen INTEGER NOT NULL,
            vendor_id INTEGER REFERENCES school_vendor(id), invoice TEXT, claim_id INTEGER REFERENCES money_claim(id),
            reason TEXT
        ) STRICT;
        CREATE INDEX meter_bill_month ON meter_bill (month, kind);
        CREATE INDEX meter_bill_number ON meter_bill (number);
        CREATE INDEX meter_bill_claim ON meter_bill (claim_id) WHERE claim_id IS NOT NULL;
        CREATE TABLE meter_saving (
            {NAMED}, kind {KIND}, first_month TEXT NOT NULL, last_month TEXT NOT NULL,
            target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 100), owner_id {PERSON}, note TEXT,
            CHECK (first_month <= last_month)
        ) STRICT;
        CREATE UNIQUE INDEX meter_saving_code ON meter_saving (code) WHERE void = 0;
        CREATE TABLE meter_return (
            {STATE_COLUMNS}, year TEXT NOT NULL, on_day TEXT NOT NULL, to_whom TEXT NOT NULL, by_id {PERSON}, doc TEXT
        ) STRICT;
        CREATE UNIQUE INDEX meter_return_once ON meter_return (year) WHERE void = 0;
        CREATE TABLE meter_closing (
            {STATE_COLUMNS}, month TEXT NOT NULL, meter_id {METER}, value_milli INTEGER NOT NULL, use_milli INTEGER NOT NULL,
            cost_fen INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX meter_closing_once ON meter_closing (month, meter_id) WHERE void = 0
    """,
    "m002_heating": f"""
        CREATE TABLE meter_heating (
            {STATE_COLUMNS}, code TEXT NOT NULL, place_id INTEGER NOT NULL REFERENCES school_place(id),
            operator_id {PERSON} NOT NULL, item_id INTEGER REFERENCES stock_item(id),
            meter_id INTEGER REFERENCES meter_meter(id), started_on TEXT NOT NULL, stopped_on TEXT, upkeep_on TEXT,
            upkeep TEXT, upkeep_by_id {PERSON}, order_id INTEGER REFERENCES repair_order(id), note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX meter_heating_code ON meter_heating (code, place_id) WHERE void = 0
    """,
}
