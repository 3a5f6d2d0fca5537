"""The tables of the month's book, as they grew."""

from logi.core.tables import STATE_COLUMNS, Fact, State, fact_columns

TABLES = (
    State("month_line"),
    State("month_recurring"),
    State("month_roster"),
    State("month_roster_day"),
    State("month_duty"),
    Fact("month_swap"),
    Fact("month_duty_log"),
    Fact("month_attendance"),
    State("month_point"),
    State("month_away"),
    Fact("month_highlight"),
    State("month_submission"),
)

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
            rule TEXT, rule_month TEXT, evidence TEXT,
            CHECK ((state = 'done') = (done_on IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX month_line_number ON month_line (number) WHERE void = 0;
        CREATE UNIQUE INDEX month_line_template ON month_line (month, template_key)
            WHERE void = 0 AND template_key IS NOT NULL;
        CREATE INDEX month_line_month ON month_line (month);
        CREATE INDEX month_line_due ON month_line (due_on);
        CREATE INDEX month_line_owner ON month_line (owner_id);
        CREATE INDEX month_line_from ON month_line (carried_from);
        CREATE TABLE month_recurring (
            {STATE_COLUMNS}, title TEXT NOT NULL, folded TEXT NOT NULL,
            every TEXT NOT NULL CHECK (every IN ('week', 'month', 'quarter', 'term', 'year')),
            anchor TEXT NOT NULL, first_month TEXT NOT NULL, last_month TEXT,
            owner_id INTEGER REFERENCES school_person(id), helpers TEXT, standard TEXT, source TEXT,
            priority TEXT NOT NULL, rule TEXT
        ) STRICT;
        CREATE TABLE month_roster (
            {STATE_COLUMNS}, number TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
            first_on TEXT NOT NULL, last_on TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published')),
            published_on TEXT, place TEXT,
            CHECK ((state = 'published') = (published_on IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX month_roster_number ON month_roster (number) WHERE void = 0;
        CREATE TABLE month_roster_day (
            {STATE_COLUMNS}, roster_id INTEGER NOT NULL REFERENCES month_roster(id), on_day TEXT NOT NULL, note TEXT
        ) STRICT;
        CREATE UNIQUE INDEX month_roster_day_once ON month_roster_day (on_day) WHERE void = 0;
        CREATE INDEX month_roster_day_of ON month_roster_day (roster_id);
        CREATE TABLE month_duty (
            {STATE_COLUMNS}, day_id INTEGER NOT NULL REFERENCES month_roster_day(id),
            shift TEXT NOT NULL CHECK (shift IN ('all', 'day', 'night', 'morning', 'middle', 'late')),
            role TEXT NOT NULL CHECK (role IN ('leader', 'person', 'gate')),
            person_id INTEGER NOT NULL REFERENCES school_person(id)
        ) STRICT;
        CREATE UNIQUE INDEX month_duty_once ON month_duty (day_id, shift, person_id) WHERE void = 0;
        CREATE INDEX month_duty_person ON month_duty (person_id);
        CREATE TABLE month_swap (
            {fact_columns("month_swap")}, on_day TEXT NOT NULL,
            roster_id INTEGER NOT NULL REFERENCES month_roster(id), duty_on TEXT NOT NULL, shift TEXT NOT NULL,
            role TEXT NOT NULL, from_id INTEGER NOT NULL REFERENCES school_person(id),
            to_id INTEGER NOT NULL REFERENCES school_person(id), back_on TEXT, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX month_swap_roster ON month_swap (roster_id);
        CREATE TABLE month_duty_log (
            {fact_columns("month_duty_log")}, on_day TEXT NOT NULL, shift TEXT NOT NULL,
            roster_id INTEGER NOT NULL REFERENCES month_roster(id),
            by_id INTEGER NOT NULL REFERENCES school_person(id), weather TEXT, note TEXT, visitors TEXT, event TEXT,
            handed TEXT, taken_by INTEGER REFERENCES school_person(id)
        ) STRICT;
        CREATE INDEX month_duty_log_day ON month_duty_log (on_day);
        CREATE TABLE month_attendance (
            {fact_columns("month_attendance")}, on_day TEXT NOT NULL, shift TEXT NOT NULL,
            person_id INTEGER NOT NULL REFERENCES school_person(id),
            how TEXT NOT NULL CHECK (how IN ('present', 'stand-in', 'absent'))
        ) STRICT;
        CREATE INDEX month_attendance_day ON month_attendance (on_day);
    """,
    "m002_points_and_days": f"""
        CREATE TABLE month_point (
            {STATE_COLUMNS}, number TEXT NOT NULL, year INTEGER NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
            source TEXT, owner_id INTEGER REFERENCES school_person(id)
        ) STRICT;
        CREATE UNIQUE INDEX month_point_number ON month_point (number) WHERE void = 0;
        CREATE INDEX month_point_owner ON month_point (owner_id);
        ALTER TABLE month_line ADD COLUMN point_id INTEGER REFERENCES month_point(id);
        CREATE INDEX month_line_point ON month_line (point_id);
        CREATE TABLE month_away (
            {STATE_COLUMNS}, person_id INTEGER NOT NULL REFERENCES school_person(id), first_on TEXT NOT NULL,
            last_on TEXT NOT NULL, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX month_away_person ON month_away (person_id);
        CREATE TABLE month_highlight (
            {fact_columns("month_highlight")}, on_day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('innovation', 'highlight', 'effect')), words TEXT NOT NULL,
            line_id INTEGER REFERENCES month_line(id)
        ) STRICT;
        CREATE INDEX month_highlight_day ON month_highlight (on_day);
        CREATE INDEX month_highlight_line ON month_highlight (line_id);
        CREATE TABLE month_recurring_new (
            {STATE_COLUMNS}, title TEXT NOT NULL, folded TEXT NOT NULL,
            every TEXT NOT NULL CHECK (every IN ('workday', 'week', 'month', 'quarter', 'term', 'year', 'holiday',
                                                 'first-day', 'last-day', 'summer')),
            anchor TEXT NOT NULL, first_month TEXT NOT NULL, last_month TEXT,
            owner_id INTEGER REFERENCES school_person(id), helpers TEXT, standard TEXT, source TEXT,
            priority TEXT NOT NULL, rule TEXT, point_id INTEGER REFERENCES month_point(id)
        ) STRICT;
        INSERT INTO month_recurring_new (id, entry, void, title, folded, every, anchor, first_month, last_month, owner_id,
                                         helpers, standard, source, priority, rule)
            SELECT id, entry, void, title, folded, every, anchor, first_month, last_month, owner_id, helpers, standard,
                   source, priority, rule FROM month_recurring;
        DROP TABLE month_recurring;
        ALTER TABLE month_recurring_new RENAME TO month_recurring
    """,
    "m003_submission": f"""
        CREATE TABLE month_submission (
            {STATE_COLUMNS}, number TEXT NOT NULL, month TEXT NOT NULL, on_day TEXT NOT NULL,
            by_id INTEGER REFERENCES school_person(id), lines INTEGER NOT NULL, upto_id INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX month_submission_number ON month_submission (number) WHERE void = 0;
        CREATE INDEX month_submission_month ON month_submission (month);
        CREATE INDEX month_submission_by ON month_submission (by_id)
    """,
}
