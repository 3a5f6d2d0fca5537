"""The tables of the month's book, as they grew."""

from logi.core.tables import STATE_COLUMNS, State

TABLES = (State("month_line"),)

MIGRATIONS = {
    "m001_lines": f"""
        CREATE TABLE month_line (
            {STATE_COLUMNS}, number TEXT NOT NULL, month TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
            owner_id INTEGER REFERENCES school_person(id), owner_post TEXT, helpers TEXT, due_on TEXT, standard TEXT,
            source TEXT, priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('high', 'normal', 'low')),
            template_key TEXT,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped', 'carried')),
            done_on TEXT, done_by INTEGER REFERENCES school_person(id), result TEXT, reason TEXT,
            carried_from INTEGER REFERENCES month_line(id), carried INTEGER NOT NULL DEFAULT 0,
            CHECK ((state = 'done') = (done_on IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX month_line_number ON month_line (number) WHERE void = 0;
        CREATE UNIQUE INDEX month_line_template ON month_line (month, template_key)
            WHERE void = 0 AND template_key IS NOT NULL;
        CREATE INDEX month_line_month ON month_line (month);
        CREATE INDEX month_line_due ON month_line (due_on);
        CREATE INDEX month_line_owner ON month_line (owner_id);
        CREATE INDEX month_line_from ON month_line (carried_from);
    """
}
