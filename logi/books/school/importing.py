"""People, places, vendors and categories from files: one row, one act of this book."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from logi.books.school import actions, calendar_actions, store
from logi.books.school.rules import METHODS, PLACE_ALIASES, PLACE_KINDS
from logi.core.errors import BadValue, NotFound, Refused
from logi.finding import by_code, find
from logi.importing.kinds import NEW, SAME, Changed, Col, Kind, Row, Verdict, code, count, day, differences, text, word, yes_no
from logi.importing.running import Options, Posted
from logi.journal import Entry

# series of the codes given to things that a file only names
SERIES = {"school_person": "RY", "school_place": "DD", "school_vendor": "GYS", "school_category": "FL"}


_known_kind = word("school.kind", PLACE_KINDS, *PLACE_ALIASES)


def place_kind(cell: str) -> str:
    """A kind of place: a known one by its key, title or alias, anything else as the file has it."""
    try:
        return str(_known_kind(cell))
    except BadValue:
        return text(cell)


place_kind.kind, place_kind.choices, place_kind.prefix = "word", PLACE_KINDS, "school.kind"  # type: ignore[attr-defined]


def take_person(e: Entry, row: Row, options: Options) -> Verdict:
    """A person: by code, else by exact name; unknown ones are registered."""
    known = _known(e, "school_person", row, "person")
    given = {key: row[key] for key in ("name", "department", "post", "phone")}
    if known is None:
        number = row["code"] or next_code(e, "school_person", "person")
        actions.add_person(e, number, create="departments" in options.create, **given)
        if row["left"]:
            actions.leave_person(e, number, on=row["left"])
        return NEW
    home = store.by_id(e.db, "school_department", known["department_id"])
    found = differences({**dict(known), "department": home and home["name"]}, given)
    if home is not None and given["department"] == home["code"]:
        found.pop("department", None)
    if found:
        actions.edit_person(e, known["code"], create="departments" in options.create, **{k: b for k, (_, b) in found.items()})
    if row["left"] and row["left"].isoformat() != known["left_on"]:
        if known["left_on"]:
            raise Refused("importing.cannot_change", code=known["code"], column="left", before=known["left_on"])
        actions.leave_person(e, known["code"], on=row["left"])
        found["left"] = (None, row["left"])
    return Changed(found) if found else SAME


def post_places(e: Entry, rows: list[Row], options: Options) -> Posted:
    """Places, whatever their order in the file: a building may stand below its rooms."""
    posted = Posted()
    waiting = list(rows)
    names = {str(row[key]) for row in rows for key in ("code", "name") if row[key]}
    while waiting:
        done: set[str] = set()
        later: list[Row] = []
        for row in waiting:
            if row["parent"] and row["parent"] in names and row["parent"] not in (row["code"], row["name"]):
                later.append(row)
                continue
            options.attempt(e, row, lambda row=row: take_place(e, row), posted)  # type: ignore[misc]
            done |= {str(row["code"]), str(row["name"])}
        if not done:  # a circle: each row is told what it lacks
            for row in later:
                options.attempt(e, row, lambda row=row: take_place(e, row), posted)  # type: ignore[misc]
            break
        names -= done
        waiting = later
    return posted


def take_place(e: Entry, row: Row) -> Verdict:
    """A room or another place."""
    known = by_code(e.db, "school_place", row["code"])
    given = {key: row[key] for key in ("name", "kind", "keeper", "parent")}
    if known is None:
        actions.add_place(e, row["code"], **given)
        return NEW
    now = {"name": known["name"], "kind": known["kind"], "keeper": None, "parent": None}
    wanted = dict(given)
    for key, table, column in (("keeper", "school_person", "keeper_id"), ("parent", "school_place", "parent_id")):
        if given[key] is None:
            continue
        named = find(e, table, given[key], what="person" if key == "keeper" else "place")
        there = store.by_id(e.db, table, known[column])
        now[key] = there["code"] if there else None
        wanted[key] = named["code"]
    found = differences(now, wanted)
    if not found:
        return SAME
    actions.edit_place(e, known["code"], **{key: b for key, (_, b) in found.items()})
    return Changed(found)


def take_vendor(e: Entry, row: Row, options: Options) -> Verdict:
    """A vendor: by code, else by exact name."""
    known = _known(e, "school_vendor", row, "vendor")
    keys = ("name", "credit_code", "class", "tendered_from", "tendered_to", "licence_no", "licence_to", "contact", "phone",
            "bank", "note")  # fmt: skip
    given = {key: row[key] for key in keys}
    if given["credit_code"]:
        given["credit_code"] = given["credit_code"].upper()
    if known is None:
        number = row["code"] or next_code(e, "school_vendor", "vendor")
        actions.add_vendor(e, number, goods=given.pop("class"), **given)
        return NEW
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}
    found = differences(known, plain)
    if not found:
        return SAME
    changes = {("goods" if key == "class" else key): given[key] for key in found}
    actions.edit_vendor(e, known["code"], **changes)
    return Changed(found)


def take_category(e: Entry, row: Row, options: Options) -> Verdict:
    """An asset category with its life."""
    known = by_code(e.db, "school_category", row["code"])
    given = {key: row[key] for key in ("name", "life_months", "method", "special")}
    if known is None:
        actions.add_category(e, row["code"], **{**given, "special": bool(given["special"])})
        return NEW
    found = differences({**dict(known), "special": bool(known["special"])}, given)
    if not found:
        return SAME
    actions.edit_category(e, known["code"], **{key: b for key, (_, b) in found.items()})
    return Changed(found)


def take_department(e: Entry, row: Row, options: Options) -> Verdict:
    """A department by its code."""
    known = by_code(e.db, "school_department", row["code"])
    if known is None:
        actions.add_department(e, row["code"], row["name"])
        return NEW
    found = differences(known, {"name": row["name"]})
    if not found:
        return SAME
    actions.edit_department(e, known["code"], name=row["name"])
    return Changed(found)


def take_term(e: Entry, row: Row, options: Options) -> Verdict:
    """A term by its code, like 2025-2026-1."""
    known = by_code(e.db, "school_term", row["code"])
    if known is None:
        calendar_actions.add_term(e, row["code"], row["name"], starts_on=row["starts"], ends_on=row["ends"])
        return NEW
    now = _dated(known, "starts_on", "ends_on")
    found = differences(now, {"name": row["name"], "starts_on": row["starts"], "ends_on": row["ends"]})
    if not found:
        return SAME
    calendar_actions.edit_term(e, known["code"], **{key: after for key, (_, after) in found.items()})
    return Changed(found)


def next_code(e: Entry, table: str, kind: str) -> str:
    """A code for a thing that came without one: RY0001 …"""
    series = SERIES[table]
    n = e.next_in(series)
    while by_code(e.db, table, f"{series}{n:04d}"):
        n += 1
    e.give(series, n, f"{series}{n:04d}", book="school", kind=kind)
    return f"{series}{n:04d}"


# -- making what a file names and nobody knows (--create) -------------------------------------------------------


def make_person(e: Entry, name: str) -> str | None:
    """Register a person of this name unless there is one; says code and name."""
    if _there(e, "school_person", name, "person"):
        return None
    number = name if _is_code(name) else next_code(e, "school_person", "person")
    actions.add_person(e, number, name)
    return f"{number} {name}"


def make_place(e: Entry, name: str) -> str | None:
    """Register a place of this name unless there is one."""
    if _there(e, "school_place", name, "place"):
        return None
    number = name if _is_code(name) else next_code(e, "school_place", "place")
    actions.add_place(e, number, name)
    return f"{number} {name}"


def make_vendor(e: Entry, name: str) -> str | None:
    """Register a vendor of this name unless there is one."""
    if _there(e, "school_vendor", name, "vendor"):
        return None
    number = name if _is_code(name) else next_code(e, "school_vendor", "vendor")
    actions.add_vendor(e, number, name)
    return f"{number} {name}"


def make_category(e: Entry, name: str) -> str | None:
    """Register a category of this code unless there is one; a mere name has no place in GB/T 14885 and is refused."""
    if _there(e, "school_category", name, "category"):
        return None
    actions.add_category(e, name, name)
    return name


def make_department(e: Entry, name: str) -> str | None:
    """Register a department of this name unless there is one."""
    if _there(e, "school_department", name, "department"):
        return None
    made = actions.department_for(e, name, create=True)
    return f"{made['code']} {name}"


def _there(e: Entry, table: str, name: str, what: str) -> bool:
    try:
        find(e, table, name, what=what)
    except NotFound as error:
        if error.facts.get("candidates"):
            raise
        return False
    return True


def _is_code(name: str) -> bool:
    return name.isascii() and name.isalnum() and any(sign.isdigit() for sign in name)


def _known(e: Entry, table: str, row: Row, what: str) -> Any:
    """The row that a file's row means: by its code alone if it has one, else by exact name."""
    if row["code"]:
        return by_code(e.db, table, row["code"])
    return find(e, table, row["name"], what=what) if _there(e, table, row["name"], what) else None


# -- giving back ------------------------------------------------------------------------------------------------


def export_departments(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Departments with their codes."""
    return [dict(row) for row in store.rows(ledger.db, "school_department")]


def export_terms(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Terms with their days."""
    rows = (_dated(row, "starts_on", "ends_on") for row in store.rows(ledger.db, "school_term"))
    return [{**row, "starts": row["starts_on"], "ends": row["ends_on"]} for row in rows]


def export_people(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """People as their import takes them."""
    return [{**row, "left": row["left_on"]} for row in (_dated(row, "left_on") for row in store.people(ledger.db))]


def export_places(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Places, keepers and parents by code."""
    return [{**dict(row), "keeper": row["keeper_code"], "parent": row["parent_code"]} for row in store.places(ledger.db)]


def export_vendors(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Vendors with their days on the bureau's list."""
    return [_dated(row, "tendered_from", "tendered_to", "licence_to") for row in store.rows(ledger.db, "school_vendor")]


def export_categories(ledger: Any) -> Iterable[Mapping[str, Any]]:
    """Categories with their lives."""
    return [{**dict(row), "special": "yes" if row["special"] else None} for row in store.rows(ledger.db, "school_category")]


def _dated(row: Any, *columns: str) -> dict[str, Any]:
    return {**dict(row), **{key: date.fromisoformat(row[key]) for key in columns if row[key]}}


KINDS = {
    "departments": Kind("departments", (
        Col("code", code, required=True, words=("部門編號", "部門代碼", "編號", "編碼", "代碼"), example="例01"),
        Col("name", text, required=True, words=("部門名稱", "部門", "名稱", "科室", "處室", "department", "dept"),
            example="例：總務處"),
    ), take_department, key="code", export=export_departments),
    "terms": Kind("terms", (
        Col("code", code, required=True, words=("學期代碼", "學期編號", "編號", "代碼"), example="2000-2001-1"),
        Col("name", text, required=True, words=("學期", "學期名稱", "名稱", "term"), example="例：第一學期"),
        Col("starts", day, required=True, words=("開學日期", "開始日期", "起始日期", "開始", "from"), example="2000-09-01"),
        Col("ends", day, required=True, words=("放假日期", "結束日期", "截止日期", "結束", "to"), example="2001-01-30"),
    ), take_term, key="code", export=export_terms),
    "people": Kind("people", (
        Col("code", code, words=("人員編號", "工號", "編號", "教職工號", "職工編號", "員工編號", "staff no"),
            example="S001"),
        Col("name", text, required=True, words=("姓名", "名稱", "人員", "教師姓名", "full name"), example="例：王小明"),
        Col("department", text, words=("部門", "所在部門", "科室", "處室", "dept"), names="departments",
            example="總務處"),
        Col("post", text, words=("崗位", "職務", "崗位職務", "position", "title", "job title"), example="保管員"),
        Col("phone", text, words=("電話", "手機", "手機號", "聯繫電話", "聯繫方式", "手機號碼", "mobile", "tel"),
            example="13800000000"),
        Col("left", day, words=("離職日期", "離校日期", "調離日期", "left on")),
    ), take_person, key="code", export=export_people),
    "places": Kind("places", (
        Col("code", code, required=True, words=("地點編號", "房間號", "編號", "編碼", "地點編碼", "室號", "room no"),
            example="A101"),
        Col("name", text, required=True, words=("地點名稱", "名稱", "房間", "室名", "地點", "房間名稱", "room"),
            example="例：一年級教室"),
        Col("kind", place_kind, words=("類型", "類別", "種類", "type"),
            example="classroom"),
        Col("keeper", text, words=("保管人", "責任人", "負責人", "管理員", "班主任", "custodian"), names="people",
            example="S001"),
        Col("parent", text, words=("上級", "所在樓", "樓棟", "上級地點", "building"), names="places", example="A"),
    ), post=post_places, key="code", export=export_places),
    "vendors": Kind("vendors", (
        Col("code", code, words=("供應商編號", "編號", "編碼", "供應商編碼", "supplier no"), example="V001"),
        Col("name", text, required=True, words=("供應商名稱", "供應商", "名稱", "單位名稱", "公司", "supplier",
            "company"),
            example="某某辦公用品店"),
        Col("credit_code", code, words=("統一社會信用代碼", "信用代碼", "社會信用代碼", "稅號", "tax no")),
        Col("class", text, words=("種類", "供貨種類", "供貨類別", "類別", "經營範圍", "goods"), example="辦公用品"),
        Col("tendered_from", day, words=("招標自", "中標起", "有效期起", "合同起", "定點起")),
        Col("tendered_to", day, words=("招標至", "中標止", "有效期止", "合同止", "定點止")),
        Col("licence_no", code, words=("許可證號", "許可證編號", "食品經營許可證", "licence")),
        Col("licence_to", day, words=("許可證至", "許可證有效期", "許可證有效期至")),
        Col("contact", text, words=("聯繫人", "聯絡人", "負責人")),
        Col("phone", text, words=("電話", "聯繫電話", "聯繫方式", "tel")),
        Col("bank", text, words=("開戶行及賬號", "開戶行", "銀行賬號", "銀行")),
        Col("note", text, words=("備註", "說明", "notes")),
    ), take_vendor, key="code", export=export_vendors),
    "categories": Kind("categories", (
        Col("code", code, required=True, words=("分類代碼", "分類編碼", "編號", "編碼", "代碼", "國標代碼"),
            example="A02010105"),
        Col("name", text, required=True, words=("分類名稱", "名稱", "資產分類", "category"), example="例：臺式計算機"),
        Col("life_months", count, words=("折舊月數", "折舊年限(月)", "使用年限(月)", "年限月", "最低使用月數"),
            example="72"),
        Col("method", word("school.method", METHODS, ("年限平均法", "straight"), ("直線法", "straight"), ("不折舊",
            "none"),
                           ("不計提", "none")), words=("折舊方法",), example="straight"),
        Col("special", yes_no, words=("專用設備", "專用", "專用設備類")),
    ), take_category, key="code", export=export_categories),
}  # fmt: skip

MAKERS = {
    "people": make_person, "places": make_place, "vendors": make_vendor, "categories": make_category,
    "departments": make_department,
}  # fmt: skip

FINDERS = {
    "people": store.person, "places": store.place, "vendors": store.vendor, "categories": store.category,
}  # fmt: skip
