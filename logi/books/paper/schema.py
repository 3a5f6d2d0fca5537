"""The tables of the paper book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("paper_document"),
    State("paper_cover"),
    State("paper_basis"),
    State("paper_chapter"),
    Fact("paper_review"),
    Fact("paper_issue", negate=("copies",)),
    State("paper_point"),
    State("paper_measure"),
    State("paper_area"),
    State("paper_ledger"),
    Fact("paper_line"),
    State("paper_volume"),
)

NAMED = "code TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, initials TEXT NOT NULL"

MIGRATIONS = {
    "m001_papers": f"""
        CREATE TABLE paper_document (
            {STATE_COLUMNS}, {NAMED},
            kind TEXT NOT NULL CHECK (kind IN ('superior', 'regulation', 'plan', 'minutes', 'contract', 'notice', 'form',
                'handbook')),
            doc_no TEXT, issuer TEXT, on_day TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
            root_id INTEGER REFERENCES paper_document(id), trial_day TEXT, from_day TEXT, until_day TEXT, ended_day TEXT,
            ended_why TEXT CHECK (ended_why IN ('superseded', 'repealed')), ended_note TEXT,
            owner_id INTEGER REFERENCES school_person(id), vendor_id INTEGER REFERENCES school_vendor(id),
            amount_fen INTEGER CHECK (amount_fen >= 0), form TEXT, people TEXT, place TEXT, file_name TEXT, sha256 TEXT,
            body TEXT, note TEXT, CHECK ((ended_day IS NULL) = (ended_why IS NULL)), CHECK ((version = 1) = (root_id IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX paper_document_code ON paper_document (code) WHERE void = 0;
        CREATE UNIQUE INDEX paper_document_version ON paper_document (root_id, version) WHERE void = 0;
        CREATE TABLE paper_cover (
            {STATE_COLUMNS}, doc_id INTEGER NOT NULL REFERENCES paper_document(id), area TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX paper_cover_once ON paper_cover (doc_id, area) WHERE void = 0;
        CREATE TABLE paper_basis (
            {STATE_COLUMNS}, doc_id INTEGER NOT NULL REFERENCES paper_document(id),
            source_id INTEGER NOT NULL REFERENCES paper_document(id), CHECK (doc_id <> source_id)
        ) STRICT;
        CREATE UNIQUE INDEX paper_basis_once ON paper_basis (doc_id, source_id) WHERE void = 0;
        CREATE TABLE paper_chapter (
            {STATE_COLUMNS}, book_id INTEGER NOT NULL REFERENCES paper_document(id),
            doc_id INTEGER NOT NULL REFERENCES paper_document(id), n INTEGER NOT NULL CHECK (n > 0)
        ) STRICT;
        CREATE UNIQUE INDEX paper_chapter_once ON paper_chapter (book_id, doc_id) WHERE void = 0;
        CREATE TABLE paper_review (
            {fact_columns("paper_review")}, on_day TEXT NOT NULL, doc_id INTEGER NOT NULL REFERENCES paper_document(id),
            outcome TEXT NOT NULL CHECK (outcome IN ('keep', 'revise')), by_id INTEGER REFERENCES school_person(id),
            evidence TEXT, note TEXT
        ) STRICT;
        CREATE INDEX paper_review_doc ON paper_review (doc_id, on_day);
        CREATE TABLE paper_issue (
            {fact_columns("paper_issue")}, on_day TEXT NOT NULL, doc_id INTEGER NOT NULL REFERENCES paper_document(id),
            department_id INTEGER REFERENCES school_department(id), person_id INTEGER REFERENCES school_person(id),
            copies INTEGER NOT NULL, by_id INTEGER REFERENCES school_person(id), note TEXT,
            CHECK ((department_id IS NULL) <> (person_id IS NULL))
        ) STRICT;
        CREATE INDEX paper_issue_doc ON paper_issue (doc_id, on_day);
        CREATE TABLE paper_point (
            {STATE_COLUMNS}, doc_id INTEGER NOT NULL REFERENCES paper_document(id), n INTEGER NOT NULL CHECK (n > 0),
            words TEXT NOT NULL, area TEXT
        ) STRICT;
        CREATE UNIQUE INDEX paper_point_once ON paper_point (doc_id, n) WHERE void = 0;
        CREATE TABLE paper_measure (
            {STATE_COLUMNS}, {NAMED}, point_id INTEGER NOT NULL REFERENCES paper_point(id), area TEXT,
            owner_id INTEGER REFERENCES school_person(id), due_on TEXT, done_on TEXT, evidence TEXT, done_note TEXT,
            verified_on TEXT, verified_by INTEGER REFERENCES school_person(id), dropped TEXT,
            CHECK (verified_on IS NULL OR done_on IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX paper_measure_code ON paper_measure (code) WHERE void = 0;
        CREATE INDEX paper_measure_point ON paper_measure (point_id);
        CREATE TABLE paper_area (
            {STATE_COLUMNS}, area TEXT NOT NULL, department_id INTEGER REFERENCES school_department(id), post TEXT, duty TEXT,
            owner_id INTEGER REFERENCES school_person(id), leader_id INTEGER REFERENCES school_person(id)
        ) STRICT;
        CREATE UNIQUE INDEX paper_area_once ON paper_area (area) WHERE void = 0;
        CREATE TABLE paper_ledger (
            {STATE_COLUMNS}, {NAMED}, area TEXT, keeper_id INTEGER REFERENCES school_person(id),
            frequency TEXT NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly', 'termly', 'yearly', 'event')),
            book TEXT, place TEXT, from_day TEXT NOT NULL, closed_on TEXT, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX paper_ledger_code ON paper_ledger (code) WHERE void = 0;
        CREATE TABLE paper_line (
            {fact_columns("paper_line")}, on_day TEXT NOT NULL, ledger_id INTEGER NOT NULL REFERENCES paper_ledger(id),
            by_id INTEGER REFERENCES school_person(id), note TEXT
        ) STRICT;
        CREATE INDEX paper_line_ledger ON paper_line (ledger_id, on_day);
        CREATE TABLE paper_volume (
            {STATE_COLUMNS}, {NAMED}, category TEXT NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL CHECK (n > 0),
            pages INTEGER CHECK (pages > 0), retention TEXT NOT NULL CHECK (retention IN ('5', '10', '15', '30', 'permanent')),
            place TEXT, filed_on TEXT NOT NULL, handed_on TEXT, handed_to TEXT, handed_by INTEGER REFERENCES school_person(id),
            note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX paper_volume_code ON paper_volume (code) WHERE void = 0;
        CREATE UNIQUE INDEX paper_volume_once ON paper_volume (category, year, n) WHERE void = 0
    """
}
