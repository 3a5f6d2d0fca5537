"""The tables of the people book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    Fact("people_training"),
    Fact("people_attend", negate=("hours_milli",)),
    Fact("people_test"),
    State("people_certificate"),
    State("people_survey"),
    Fact("people_answer", negate=("very", "satisfied", "fair", "poor", "invalid")),
    Fact("people_visit"),
    State("people_opinion"),
    State("people_scheme"),
    State("people_item"),
    State("people_round"),
    State("people_subject"),
    Fact("people_score"),
    Fact("people_result"),
    Fact("people_conduct"),
    Fact("people_notice"),
    State("people_function"),
    State("people_pilot"),
    Fact("people_exchange"),
)

SOMEBODY = "person_id INTEGER REFERENCES school_person(id), department_id INTEGER REFERENCES school_department(id)"

PERSON = "person_id INTEGER NOT NULL REFERENCES school_person(id)"

# Who came and what they scored name the training by number: it survives undo and redo, which write the rows anew.
MIGRATIONS = {
    "m001_training": f"""
        CREATE TABLE people_training (
            {fact_columns("people_training")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            mode TEXT NOT NULL CHECK (mode IN ('out', 'in', 'school', 'self')), topic TEXT NOT NULL,
            trainer TEXT, trainer_id INTEGER REFERENCES school_person(id), unit TEXT,
            rank TEXT CHECK (rank IN ('expert', 'professor', 'official', 'craftsman', 'colleague')),
            hours_milli INTEGER NOT NULL, department_id INTEGER REFERENCES school_department(id), outcome TEXT, note TEXT,
            ref TEXT, CHECK ((mode = 'self') = (trainer IS NULL)), CHECK ((trainer IS NULL) = (rank IS NULL))
        ) STRICT;
        CREATE INDEX people_training_day ON people_training (on_day);
        CREATE INDEX people_training_number ON people_training (number);
        CREATE TABLE people_attend (
            {fact_columns("people_attend")}, on_day TEXT NOT NULL, number TEXT NOT NULL, {PERSON},
            hours_milli INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX people_attend_number ON people_attend (number);
        CREATE INDEX people_attend_person ON people_attend (person_id, on_day);
        CREATE TABLE people_test (
            {fact_columns("people_test")}, on_day TEXT NOT NULL, number TEXT NOT NULL, {PERSON},
            score_milli INTEGER NOT NULL CHECK (score_milli BETWEEN 0 AND 100000),
            passed INTEGER NOT NULL CHECK (passed IN (0, 1))
        ) STRICT;
        CREATE INDEX people_test_number ON people_test (number);
        CREATE TABLE people_certificate (
            {STATE_COLUMNS}, {PERSON}, kind TEXT NOT NULL CHECK (kind IN
                ('electrician', 'boiler', 'fire', 'welder', 'height', 'gas', 'lift', 'driver', 'other')),
            name TEXT, doc_no TEXT NOT NULL, issuer TEXT, issued_on TEXT NOT NULL, expires_on TEXT NOT NULL,
            ended_on TEXT, ended_why TEXT, CHECK (issued_on < expires_on), CHECK ((kind = 'other') = (name IS NOT NULL)),
            CHECK ((ended_on IS NULL) = (ended_why IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX people_certificate_once ON people_certificate (person_id, kind, doc_no, issued_on) WHERE void = 0
    """,
    "m002_voices": f"""
        CREATE TABLE people_survey (
            {STATE_COLUMNS}, number TEXT NOT NULL, name TEXT NOT NULL, on_day TEXT NOT NULL, closed_on TEXT,
            areas TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX people_survey_number ON people_survey (number) WHERE void = 0;
        CREATE TABLE people_answer (
            {fact_columns("people_answer")}, on_day TEXT NOT NULL, survey_id INTEGER NOT NULL REFERENCES people_survey(id),
            party TEXT NOT NULL CHECK (party IN ('members', 'parents', 'school')), area TEXT NOT NULL, question TEXT,
            very INTEGER NOT NULL, satisfied INTEGER NOT NULL, fair INTEGER NOT NULL, poor INTEGER NOT NULL,
            invalid INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE INDEX people_answer_survey ON people_answer (survey_id);
        CREATE TABLE people_visit (
            {fact_columns("people_visit")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            department_id INTEGER NOT NULL REFERENCES school_department(id),
            by_id INTEGER NOT NULL REFERENCES school_person(id), heads INTEGER CHECK (heads > 0), note TEXT
        ) STRICT;
        CREATE INDEX people_visit_day ON people_visit (on_day);
        CREATE TABLE people_opinion (
            {STATE_COLUMNS}, number TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN
                ('opinion', 'complaint', 'suggestion', 'need', 'improvement')),
            party TEXT NOT NULL CHECK (party IN ('members', 'parents', 'school')), on_day TEXT NOT NULL, words TEXT NOT NULL,
            area TEXT NOT NULL, said_by TEXT, person_id INTEGER REFERENCES school_person(id), visit TEXT,
            survey_id INTEGER REFERENCES people_survey(id), owner_id INTEGER REFERENCES school_person(id),
            answered_on TEXT, answer TEXT, answered_by INTEGER REFERENCES school_person(id),
            verdict TEXT CHECK (verdict IN ('adopted', 'declined')), due_on TEXT, evidence TEXT, done_on TEXT, done TEXT,
            CHECK ((answered_on IS NULL) = (answer IS NULL)), CHECK ((done_on IS NULL) = (done IS NULL)),
            CHECK (done_on IS NULL OR verdict = 'adopted'), CHECK (verdict IS NULL OR answered_on IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX people_opinion_number ON people_opinion (number) WHERE void = 0
    """,
    "m003_assessment": f"""
        CREATE TABLE people_scheme (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            target TEXT NOT NULL CHECK (target IN ('person', 'unit')), from_day TEXT NOT NULL, ended_on TEXT, source TEXT
        ) STRICT;
        CREATE UNIQUE INDEX people_scheme_code ON people_scheme (code) WHERE void = 0;
        CREATE TABLE people_item (
            {STATE_COLUMNS}, scheme_id INTEGER NOT NULL REFERENCES people_scheme(id), n INTEGER NOT NULL CHECK (n > 0),
            aspect TEXT NOT NULL, words TEXT, weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100)
        ) STRICT;
        CREATE UNIQUE INDEX people_item_once ON people_item (scheme_id, aspect) WHERE void = 0;
        CREATE TABLE people_round (
            {STATE_COLUMNS}, number TEXT NOT NULL, scheme_id INTEGER NOT NULL REFERENCES people_scheme(id), name TEXT NOT NULL,
            since_day TEXT NOT NULL, until_day TEXT NOT NULL, opened_on TEXT NOT NULL, closed_on TEXT, accepted_on TEXT,
            accepted_by INTEGER REFERENCES school_person(id), accepted_note TEXT, CHECK (since_day <= until_day),
            CHECK ((accepted_on IS NULL) = (accepted_by IS NULL)), CHECK (accepted_on IS NULL OR closed_on IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX people_round_number ON people_round (number) WHERE void = 0;
        CREATE TABLE people_subject (
            {STATE_COLUMNS}, round_id INTEGER NOT NULL REFERENCES people_round(id), {SOMEBODY},
            CHECK ((person_id IS NULL) <> (department_id IS NULL))
        ) STRICT;
        CREATE INDEX people_subject_round ON people_subject (round_id);
        CREATE TABLE people_score (
            {fact_columns("people_score")}, on_day TEXT NOT NULL, subject_id INTEGER NOT NULL REFERENCES people_subject(id),
            item_id INTEGER NOT NULL REFERENCES people_item(id), by_id INTEGER NOT NULL REFERENCES school_person(id),
            score_milli INTEGER NOT NULL CHECK (score_milli BETWEEN 0 AND 100000), note TEXT
        ) STRICT;
        CREATE INDEX people_score_subject ON people_score (subject_id);
        CREATE TABLE people_result (
            {fact_columns("people_result")}, on_day TEXT NOT NULL, subject_id INTEGER NOT NULL REFERENCES people_subject(id),
            item_id INTEGER REFERENCES people_item(id), score_milli INTEGER, rank INTEGER, grade TEXT
        ) STRICT;
        CREATE INDEX people_result_subject ON people_result (subject_id);
        CREATE TABLE people_conduct (
            {fact_columns("people_conduct")}, on_day TEXT NOT NULL, {PERSON}, kind TEXT NOT NULL CHECK (kind IN
                ('late', 'early', 'absent', 'leave', 'post', 'breach')),
            minutes INTEGER CHECK (minutes > 0), by_id INTEGER NOT NULL REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX people_conduct_person ON people_conduct (person_id, on_day);
        CREATE TABLE people_notice (
            {fact_columns("people_notice")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('commend', 'criticise', 'reward')), {SOMEBODY}, words TEXT NOT NULL, round TEXT,
            run TEXT, basis TEXT, doc_no TEXT, amount_fen INTEGER CHECK (amount_fen > 0),
            CHECK ((person_id IS NULL) <> (department_id IS NULL)),
            CHECK (round IS NOT NULL OR run IS NOT NULL OR basis IS NOT NULL)
        ) STRICT;
        CREATE INDEX people_notice_day ON people_notice (on_day)
    """,
    "m004_organisation": f"""
        CREATE TABLE people_function (
            {STATE_COLUMNS}, unit_id INTEGER NOT NULL REFERENCES rollup_unit(id), n INTEGER NOT NULL CHECK (n > 0),
            kind TEXT NOT NULL CHECK (kind IN ('duty', 'task')), words TEXT NOT NULL, source TEXT
        ) STRICT;
        CREATE UNIQUE INDEX people_function_once ON people_function (unit_id, n) WHERE void = 0;
        CREATE TABLE people_pilot (
            {STATE_COLUMNS}, code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL,
            aim TEXT NOT NULL, source TEXT, owner_id INTEGER NOT NULL REFERENCES school_person(id), from_day TEXT NOT NULL,
            until_day TEXT NOT NULL, ended_on TEXT, verdict TEXT CHECK (verdict IN ('promoted', 'kept', 'stopped')),
            result TEXT, CHECK (from_day <= until_day), CHECK ((ended_on IS NULL) = (verdict IS NULL)),
            CHECK ((ended_on IS NULL) = (result IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX people_pilot_code ON people_pilot (code) WHERE void = 0;
        CREATE TABLE people_exchange (
            {fact_columns("people_exchange")}, on_day TEXT NOT NULL, number TEXT NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('step', 'visit', 'host', 'report')), topic TEXT NOT NULL, pilot TEXT, unit TEXT,
            heads INTEGER CHECK (heads > 0), by_id INTEGER NOT NULL REFERENCES school_person(id), outcome TEXT,
            CHECK ((way = 'step') = (unit IS NULL)), CHECK (way <> 'step' OR pilot IS NOT NULL)
        ) STRICT;
        CREATE INDEX people_exchange_day ON people_exchange (on_day)
    """,
}
