"""The tables of the journal: entries, what they changed, and what the floor itself keeps."""

from logi.core.tables import REGISTER_COLUMNS, STATE_COLUMNS, Fact, Register, State, fact_columns

TABLES = (
    Register("undoing"),
    Register("number_given"),
    Register("override_used"),
    Register("import_file"),
    Register("entry_about"),
    Register("pack_issued"),
    State("setting"),
    State("month_closed"),
    Fact("approval"),
)

MIGRATIONS = {
    "m001_journal": f"""
        CREATE TABLE entry (
            seq INTEGER PRIMARY KEY, prev TEXT NOT NULL, recorded_at TEXT NOT NULL, today TEXT NOT NULL,
            actor TEXT NOT NULL, os_user TEXT NOT NULL, os_uid INTEGER, host TEXT NOT NULL, app TEXT NOT NULL,
            action TEXT NOT NULL, subject TEXT, key TEXT UNIQUE, args TEXT, reason TEXT, answer TEXT NOT NULL,
            parts INTEGER NOT NULL, digest TEXT NOT NULL, hash TEXT NOT NULL
        ) STRICT;
        CREATE INDEX entry_subject ON entry (subject);
        CREATE TABLE entry_part (
            id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX entry_part_seq ON entry_part (seq);
        CREATE TABLE entry_open (seq INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE undoing (
            {REGISTER_COLUMNS}, target INTEGER NOT NULL REFERENCES entry(seq), redo INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX undoing_target ON undoing (target);
        CREATE INDEX undoing_entry ON undoing (entry);
        CREATE TABLE number_given (
            {REGISTER_COLUMNS}, series TEXT NOT NULL, n INTEGER NOT NULL, number TEXT NOT NULL UNIQUE,
            book TEXT NOT NULL, kind TEXT NOT NULL, upto INTEGER CHECK (upto > n), UNIQUE (series, n)
        ) STRICT;
        CREATE TABLE override_used (
            {REGISTER_COLUMNS}, rule TEXT NOT NULL, subject TEXT, reason TEXT NOT NULL
        ) STRICT;
        CREATE TABLE import_file (
            {REGISTER_COLUMNS}, kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX import_file_sha ON import_file (sha256);
        CREATE TABLE entry_about ({REGISTER_COLUMNS}, subject TEXT NOT NULL) STRICT;
        CREATE INDEX entry_about_subject ON entry_about (subject);
        CREATE TABLE pack_issued (
            {REGISTER_COLUMNS}, period TEXT NOT NULL, sha256 TEXT NOT NULL, head INTEGER NOT NULL,
            head_hash TEXT NOT NULL, figures TEXT NOT NULL
        ) STRICT;
        CREATE INDEX pack_issued_period ON pack_issued (period);
        CREATE TABLE setting ({STATE_COLUMNS}, name TEXT NOT NULL, value TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX setting_name ON setting (name) WHERE void = 0;
        CREATE TABLE month_closed ({STATE_COLUMNS}, month TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX month_closed_month ON month_closed (month) WHERE void = 0;
        CREATE TABLE approval (
            {fact_columns("approval")}, on_day TEXT NOT NULL, number TEXT NOT NULL, level TEXT NOT NULL,
            by_whom TEXT NOT NULL, doc_no TEXT NOT NULL, decision TEXT NOT NULL CHECK (decision IN ('yes', 'no')),
            reason TEXT, scan_sha256 TEXT
        ) STRICT;
        CREATE INDEX approval_number ON approval (number);
    """
}
