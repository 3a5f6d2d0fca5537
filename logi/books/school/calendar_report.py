"""What the school's book can say of terms, holidays, policies and settings; each answer is a Table."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.school import rules, store
from logi.books.school.holiday_names import holiday_title
from logi.books.school.setting_actions import ACTOR, CHANGEABLE, typed_as
from logi.core.answers import Column, Table
from logi.core.messages import language, say, title
from logi.core.policies import shipped
from logi.core.text import cut

if TYPE_CHECKING:
    from logi.db import Ledger


def terms(ledger: "Ledger") -> Table:
    """Terms with the workdays in them."""
    rows = store.rows(ledger.db, "school_term", "starts_on")
    return Table("term.list", say("school.title.terms"), _term_columns(), [_term(ledger, row) for row in rows])


def term(ledger: "Ledger", text: str) -> Table:
    """One term."""
    row = store.term(ledger, text)
    return Table("term.show", say("school.title.term"), _term_columns(), [_term(ledger, row)])


def holidays(ledger: "Ledger", *, since: date | None = None, until: date | None = None,
             kind: str | None = None) -> Table:  # fmt: skip
    """Days off and make-up workdays of a period."""
    rows = [row for row in store.days(ledger.db, since, until) if kind in (None, row["kind"])]
    return Table("holiday.list", say("school.title.holidays"), _day_columns(), [_day(row) for row in rows])


def holiday(ledger: "Ledger", day: date) -> Table:
    """What is known of one day, be it entered or not."""
    calendar = store.calendar(ledger)
    notes = [say("school.note.workday" if calendar.is_workday(day) else "school.note.day_off", day=day)]
    if found := calendar.term_of(day):
        notes.append(say("school.note.in_term", code=found.code, name=found.name))
    if not calendar.knows(day.year):
        notes.append(say("school.due.year_unknown", year=str(day.year)))
    rows = [_day(row) for row in store.days(ledger.db, day, day)]
    return Table("holiday.show", say("school.title.holiday", day=day), _day_columns(), rows, notes=notes)


def policies(ledger: "Ledger", *, text: str | None = None, at: date | None = None) -> Table:
    """Every policy with the value in force on a day."""
    kinds, told = {known.name: known.kind for known in shipped()}, _sources_told()
    rows = []
    for row in store.policies_on(ledger.db, at or ledger.today):
        if text is None or store.policy_fits(row["name"], text):
            kind = kinds.get(row["name"]) or typed_as(ledger, row["name"])[0]
            rows.append({"name": row["name"], "title": title("policy", row["name"]), **_value(kind, row, told)})
            rows[-1]["value"] = cut(rows[-1]["value"])  # a table of lives is 300 signs long; `policy show` has it whole
    columns = (Column("name", say("school.col.policy"), "code"), Column("title", say("front.col.title")), *_value_columns())
    return Table("policy.list", say("school.title.policies"), columns, rows)


def policy(ledger: "Ledger", text: str) -> Table:
    """One policy: every dated value, where it comes from, and what the law asks for."""
    name = store.policy_name(ledger, text)
    kind, choices, _ = typed_as(ledger, name)
    told = _sources_told()
    rows = [_value(kind, row, told) for row in store.policy_history(ledger.db, name)]
    past = [row for row in rows if row["from_day"] <= ledger.today]
    notes = [say("school.note.in_force", value=row["value"], day=row["from_day"]) for row in past[-1:]]
    if choices:
        notes.append(say("school.note.choices", known=list(choices)))
    for known in shipped():
        if known.name == name and known.floor_json is not None:
            floor = rules.value_text(kind, json.loads(known.floor_json))
            limit = "school.note.at_most" if known.limit == "max" else "school.note.at_least"
            notes.append(say(limit, floor=floor, law=known.law))
    columns = (
        *_value_columns(),
        Column("reason", say("school.col.reason")),
        Column("entry", say("school.col.entry"), "count"),
    )
    titled = store.policy_title(name)
    return Table("policy.show", f"{titled} ({name})" if titled else name, columns, rows, notes=notes)


def settings(ledger: "Ledger") -> Table:
    """The ledger's own settings and whether they may be changed."""
    columns = (
        Column("name", say("school.col.setting"), "code"),
        Column("value", say("school.col.value")),
        Column("what", say("school.col.what")),
        Column("changeable", say("school.col.changeable"), "word", words="school.flag"),
    )
    rows = [
        {"name": name, "value": value, "what": _what(name), "changeable": "yes" if _may_change(name) else "no"}
        for name, value in ledger.settings.items()
    ]
    return Table("config.show", say("school.title.settings"), columns, rows)


def by_name(ledger: "Ledger", text: str) -> list[Table]:
    """A policy by its whole name, a holiday by its day (2025-10-01), for `logi show`."""
    if store.policy_history(ledger.db, text):
        return [policy(ledger, text)]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    return [holiday(ledger, day)] if store.holiday_on(ledger.db, day) else []


def _term(ledger: "Ledger", row: Any) -> dict[str, Any]:
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    workdays = len(store.calendar(ledger).workdays(first, last))
    return {"code": row["code"], "name": row["name"], "starts_on": first, "ends_on": last, "workdays": workdays}


def _day(row: Any) -> dict[str, Any]:
    day = date.fromisoformat(row["day"])
    weekday = f"w{day.isoweekday()}"
    return {"day": day, "weekday": weekday, "kind": row["kind"], "name": holiday_title(row["name"]),
            "source": row["source"]}  # fmt: skip


def _value(kind: str, row: Any, told: dict[str, str]) -> dict[str, Any]:
    value = rules.value_text(kind, json.loads(row["value"]))
    source = told.get(row["source"], row["source"])
    return {"value": value, "kind": kind, "from_day": date.fromisoformat(row["from_day"]), "source": source,
            "reason": row["reason"], "entry": row["entry"]}  # fmt: skip


def _sources_told() -> dict[str, str]:
    """The sources that were shipped, as the language spoken says them; what a school wrote itself stays as it is."""
    if language() == "en":
        return {}
    from logi.basis_messages import SOURCES

    return {source: say(key) for key, source in SOURCES.items()}


def _may_change(name: str) -> bool:
    return name in CHANGEABLE or name.startswith(ACTOR)


def _what(name: str) -> str:
    if name.startswith(ACTOR):
        return say("school.setting.actor", user=name.removeprefix(ACTOR))
    return title("school.setting", name)


def _term_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("starts_on", say("school.col.starts_on"), "day"),
        Column("ends_on", say("school.col.ends_on"), "day"),
        Column("workdays", say("school.col.workdays"), "count"),
    ]


def _day_columns() -> list[Column]:
    return [
        Column("day", say("school.col.day"), "day"),
        Column("weekday", say("school.col.weekday"), "word", words="school.weekday"),
        Column("kind", say("school.col.day_kind"), "word", words="school.day"),
        Column("name", say("school.col.name")),
        Column("source", say("school.col.source")),
    ]


def _value_columns() -> tuple[Column, ...]:
    return (
        Column("value", say("school.col.value")),
        Column("kind", say("school.col.value_kind"), "word", words="school.value_kind"),
        Column("from_day", say("school.col.from_day"), "day"),
        Column("source", say("school.col.source")),
    )
