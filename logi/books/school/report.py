"""What the school's book can say of people, places, departments, vendors and categories; each answer is a Table."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from logi.books.school import calendar_report, rules, store
from logi.core.answers import Column, Table
from logi.core.days import Period
from logi.core.messages import say, title
from logi.finding import by_code
from logi.finding import search as fitting

if TYPE_CHECKING:
    from logi.db import Ledger


def people(ledger: "Ledger", *, state: str = "here", department: str | None = None, at: date | None = None) -> Table:
    """People who are here, who have left, or all, on a day; the day of leaving is no longer here."""
    day = (at or ledger.today).isoformat()
    home = store.department(ledger, department)["id"] if department else None
    rows = []
    for row in store.people(ledger.db):
        gone = row["left_on"] is not None and row["left_on"] <= day
        if state == "all" or gone == (state == "left"):
            rows.append(row)
    rows = [row for row in rows if home is None or row["department_id"] == home]
    columns = [*_person_columns(), *([] if state == "here" else [Column("left_on", say("school.col.left_on"), "day")])]
    return Table("person.list", say("school.title.people"), columns, [_person(row) for row in rows])


def person(ledger: "Ledger", text: str) -> Table:
    """One person, and what they answer for in every book."""
    from logi.books.school.actions import held_things

    found = store.person(ledger, text)
    row = next(row for row in store.people(ledger.db) if row["id"] == found["id"])
    held = held_things(ledger, row["id"])
    notes = [say("school.note.holds", held=held)] if held else []
    columns = [*_person_columns(), Column("left_on", say("school.col.left_on"), "day")]
    return Table("person.show", say("school.title.person"), columns, [_person(row)], notes=notes)


def places(ledger: "Ledger", *, kind: str | None = None, keeper: str | None = None, within: str | None = None,
           no_keeper: bool = False) -> Table:  # fmt: skip
    """Places, of a kind, of a keeper, inside a place, or without a keeper."""
    rows = store.places(ledger.db)
    if within:
        inside = _inside({row["id"]: row["parent_id"] for row in rows}, store.place(ledger, within)["id"])
        rows = [row for row in rows if row["id"] in inside]
    if kind:
        rows = [row for row in rows if row["kind"] == kind]
    if keeper:
        keeper_id = store.person(ledger, keeper)["id"]
        rows = [row for row in rows if row["keeper_id"] == keeper_id]
    if no_keeper:
        rows = [row for row in rows if row["keeper_id"] is None]
    return Table("place.list", say("school.title.places"), _place_columns(), [dict(row) for row in rows])


def place(ledger: "Ledger", text: str) -> Table:
    """One place, and the places in it."""
    found = store.place(ledger, text)
    rows = store.places(ledger.db)
    parts = [f"{row['code']} {row['name']}" for row in rows if row["parent_id"] == found["id"]]
    notes = [say("school.note.parts", parts=parts)] if parts else []
    row = next(dict(row) for row in rows if row["id"] == found["id"])
    return Table("place.show", say("school.title.place"), _place_columns(), [row], notes=notes)


def departments(ledger: "Ledger") -> Table:
    """Departments with the number of their people."""
    rows = [dict(row) for row in store.departments(ledger.db)]
    return Table("department.list", say("school.title.departments"), _department_columns(), rows)


def department(ledger: "Ledger", text: str) -> Table:
    """One department and its people."""
    found = store.department(ledger, text)
    row = next(dict(row) for row in store.departments(ledger.db) if row["id"] == found["id"])
    members = [
        f"{one['code']} {one['name']}"
        for one in store.people(ledger.db)
        if one["department_id"] == found["id"] and one["left_on"] is None
    ]
    notes = [say("school.note.members", members=members)] if members else []
    return Table("department.show", say("school.title.department"), _department_columns(), [row], notes=notes)


def vendors(ledger: "Ledger", *, goods: str | None = None, tendered: bool = False, expired: bool = False,
            at: date | None = None) -> Table:  # fmt: skip
    """Vendors, of a class of goods, or those on the bureau's tender list on a day, or whose licence had ended by then."""
    rows = store.rows(ledger.db, "school_vendor")
    if goods:
        from logi.core.folding import fold

        rows = [row for row in rows if fold(goods) in fold(row["class"] or "")]
    if tendered:
        day = at or ledger.today
        rows = [row for row in rows if rules.on_tender_list(row["tendered_from"], row["tendered_to"], day)]
    if expired:
        day = at or ledger.today
        rows = [row for row in rows if row["licence_to"] and row["licence_to"] < day.isoformat()]
    return Table("vendor.list", say("school.title.vendors"), _vendor_columns(), [_vendor(row) for row in rows])


def vendor(ledger: "Ledger", text: str) -> Table:
    """One vendor: on the list or not, the credit code right or odd."""
    row = store.vendor(ledger, text)
    listed = rules.on_tender_list(row["tendered_from"], row["tendered_to"], ledger.today)
    notes = [say("school.note.tendered" if listed else "school.note.not_tendered", day=ledger.today)]
    if row["credit_code"] and (problem := rules.credit_code_problem(row["credit_code"])):
        notes.append(say("school.credit_code", credit_code=row["credit_code"],
                         problem=title("school.credit_problem", problem)))  # fmt: skip
    if row["blacklisted_on"]:
        notes.append(say("school.note.blacklisted", day=_day(row["blacklisted_on"]), reason=row["blacklist_reason"]))
    columns = [*_vendor_columns(), Column("bank", say("school.col.bank"), "code"), Column("note", say("school.col.note"))]
    return Table("vendor.show", say("school.title.vendor"), columns, [_vendor(row)], notes=notes)


def categories(ledger: "Ledger", *, begins: str | None = None) -> Table:
    """Asset categories, or those whose code begins so."""
    rows = [row for row in store.rows(ledger.db, "school_category") if row["code"].startswith(begins or "")]
    return Table("category.list", say("school.title.categories"), _category_columns(), [_category(row) for row in rows])


def category(ledger: "Ledger", text: str) -> Table:
    """One asset category."""
    row = store.category(ledger, text)
    return Table("category.show", say("school.title.category"), _category_columns(), [_category(row)])


# -- for `logi find` and `logi show` -----------------------------------------------------------------


def search(ledger: "Ledger", text: str) -> list[dict[str, Any]]:
    """Everything of this book whose code, name or initials fit."""
    found: list[dict[str, Any]] = []
    for kind in ("person", "place", "department", "vendor", "category", "term"):
        for row in fitting(ledger.db, f"school_{kind}", text):
            detail = _details(ledger, kind, row)
            found.append({"kind": kind, "code": row["code"], "name": row["name"], "detail": detail})
    return found


def show(ledger: "Ledger", number: str) -> list[Table] | None:
    """Whatever of this book bears a code (a person and a place may share one), or a policy, or a day entered."""
    cards = {
        "person": person, "place": place, "department": department, "vendor": vendor, "category": category,
        "term": calendar_report.term,
    }  # fmt: skip
    tables = [ask(ledger, number) for kind, ask in cards.items() if by_code(ledger.db, f"school_{kind}", number)]
    tables += calendar_report.by_name(ledger, number)
    return tables or None


# -- helpers -----------------------------------------------------------------------------------------


def _details(ledger: "Ledger", kind: str, row: Any) -> str:
    parts: list[str | None] = []
    if kind == "person":
        home = store.by_id(ledger.db, "school_department", row["department_id"])
        left = say("school.left_on", day=date.fromisoformat(row["left_on"])) if row["left_on"] else None
        parts = [home["name"] if home else None, row["post"], left]
    elif kind == "place":
        keeper = store.by_id(ledger.db, "school_person", row["keeper_id"])
        parts = [title("school.kind", row["kind"]), keeper["name"] if keeper else None]
    elif kind == "vendor":
        parts = [row["class"], row["phone"]]
    elif kind == "term":
        parts = [f"{row['starts_on']} – {row['ends_on']}"]
    return " · ".join(part for part in parts if part)


def _inside(parents: Mapping[int, int | None], top: int) -> set[int]:
    """Every place that lies in `top`, however deep."""
    found = {top}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {top}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _person(row: Any) -> dict[str, Any]:
    return {**dict(row), "left_on": _day(row["left_on"])}


def _vendor(row: Any) -> dict[str, Any]:
    return {**dict(row), **{key: _day(row[key]) for key in ("tendered_from", "tendered_to", "licence_to", "blacklisted_on")}}


def _category(row: Any) -> dict[str, Any]:
    return {**dict(row), "special": "yes" if row["special"] else "no", "edition": rules.category_edition(row["code"])}


def _person_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.person_name")),
        Column("department", say("school.col.department")),
        Column("post", say("school.col.post")),
        Column("phone", say("school.col.phone"), "code"),
    ]


def _place_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("kind", say("school.col.kind"), "word", words="school.kind"),
        Column("keeper", say("school.col.keeper")),
        Column("parent", say("school.col.parent")),
    ]


def _department_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("people", say("school.col.people"), "count"),
    ]


def _vendor_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("class", say("school.col.class")),
        Column("credit_code", say("school.col.credit_code"), "code"),
        Column("tendered_from", say("school.col.tendered_from"), "day"),
        Column("tendered_to", say("school.col.tendered_to"), "day"),
        Column("licence_no", say("school.col.licence_no"), "code"),
        Column("licence_to", say("school.col.licence_to"), "day"),
        Column("contact", say("school.col.contact")),
        Column("phone", say("school.col.phone"), "code"),
        Column("blacklisted_on", say("school.col.blacklisted_on"), "day"),
    ]


def _category_columns() -> list[Column]:
    return [
        Column("code", say("school.col.code"), "code"),
        Column("name", say("school.col.name")),
        Column("life_months", say("school.col.life_months"), "count"),
        Column("method", say("school.col.method"), "word", words="school.method"),
        Column("special", say("school.col.special"), "word", words="school.flag"),
        Column("edition", say("school.col.edition"), "code"),
    ]


def term_period(ledger: "Ledger", text: str) -> Period:
    """A school term as a period, by its code or name."""
    row = store.term(ledger, text)
    since, until = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    return Period("term", row["code"], since, until, row["code"])
