"""Every kind that can be exported goes into an empty ledger and out again unchanged, with every field its cards have."""

import shutil

import pytest

from logi.commands.kinds import kind_named, kinds
from logi.registry import cards, room

ALONE = [name for name, _ in kinds() if name != "journal" and kind_named(name).export is not None]

# Columns that help reading and say nothing that is not said by another column of the export.
SAID_ELSEWHERE = {("assets", "count"), ("assets", "category_name")}

# One ledger's worth of rows in which every column of every kind is filled at least once.
FULL: dict[str, list[dict[str, str]]] = {
    "departments": [{"code": "BM1", "name": "总务处"}, {"code": "BM2", "name": "七年级1班"}],
    "terms": [{"code": "2025-2026-1", "name": "第一学期", "starts": "2025-09-01", "ends": "2026-01-30"}],
    "people": [{"code": "P1", "name": "张三", "department": "总务处", "post": "保管员", "phone": "13800000000"},
               {"code": "P2", "name": "李四", "left": "2025-09-20"}, {"code": "P3", "name": "王五"}, {"code": "P4", "name": "赵六"}],
    "places": [{"code": "A", "name": "教学楼", "kind": "building"},
               {"code": "A101", "name": "一班", "kind": "classroom", "keeper": "P1", "parent": "A"},
               {"code": "C101", "name": "一〇一寝室", "kind": "dormitory"}],
    "vendors": [{"code": "V1", "name": "某店", "credit_code": "91310000MA1FL0AA0Y", "class": "办公用品", "tendered_from": "2025-01-01",
                 "tendered_to": "2025-12-31", "licence_no": "许1", "licence_to": "2026-12-31", "contact": "店主", "phone": "021-1",
                 "bank": "某行 1", "note": "送货"}],
    "categories": [{"code": "A02029999", "name": "别的专用设备", "life_months": "120", "method": "straight", "special": "yes"}],
    "routes": [{"code": "R1", "name": "早巡", "frequency": "workday", "from": "2025-09-01", "points": "A101\n大门", "times": "07:10",
                "keeper": "P1", "area": "other", "note": "带手电"}],
    "patrols": [{"route": "R1", "at": "2025-09-16 07:10", "by": "P1", "finding": "插座松动", "kind": "electric", "place": "A101/窗边",
                 "level": "larger", "weather": "雨", "skipped": "大门", "note": "门锁着", "ref": "X1"}],
    "plan": [{"month": "2025-09", "title": "大扫除", "owner": "P1", "due": "2025-09-05", "standard": "无死角", "source": "某文",
              "number": "JH-202509-01", "helpers": "各班", "priority": "high", "done": "2025-09-04", "done_by": "P3", "result": "好"},
             {"month": "2025-09", "title": "查灯", "number": "JH-202509-03", "dropped": "下月再查"}],
    "assets": [{"code": "ZC-2", "name": "主机", "category": "A02010105", "cost": "3000.00", "on": "2025-09-01", "part_of": "ZC-9"},
               {"code": "ZC-9", "name": "成套机", "category": "A02010105", "cost": "6000.00", "on": "2025-09-10", "place": "A101/讲台",
                "keeper": "P1", "department": "总务处", "vendor": "V1", "invoice": "24442000000012345678", "serial": "SN1", "brand": "甲",
                "model": "M1", "spec": "大", "fund": "专项", "acquired_by": "donation", "life_months": "84", "warranty_until": "2027-09-01",
                "ref": "凭1", "quantity": "2", "unit": "套", "value_type": "nominal", "used_for": "teaching", "request": "CG-1",
                "buyer": "P3", "inspector": "P4", "photo": "a.jpg", "note": "贵", "booked": "2025-09-12", "standing": "idle",
                "fields": "cpu=i5"}],
    "items": [{"code": "FB", "name": "粉笔", "unit": "盒", "spec": "无尘", "class": "office", "min": "10", "max": "99.5",
               "shelf_life_days": "365", "tendered": "yes", "chemical": "yes", "place": "A101", "packs": "箱=10; 包=2.5",
               "costing": "moving-average"}],
    "stock": [{"on": "2025-09-02", "direction": "in", "item": "FB", "item_name": "粉笔", "quantity": "3", "unit": "箱", "price": "100.01",
               "lot": "L1", "made": "2025-08-01", "expires": "2026-08-01", "vendor": "V1", "invoice": "F1", "ordered": "4",
               "delivered": "3", "keeper": "P1", "buyer": "P3", "inspector": "P4", "place": "A101", "request": "CG-2",
               "number": "RK-2025-0002", "ref": "老1"},
              {"on": "2025-09-02", "direction": "in", "item": "FB", "item_name": "粉笔", "quantity": "5", "price": "9.50", "vendor": "V1",
               "invoice": "F1", "keeper": "P1", "buyer": "P3", "inspector": "P4", "place": "A101", "request": "CG-2",
               "number": "RK-2025-0002", "ref": "老1"},
              {"on": "2025-09-03", "direction": "out", "item": "FB", "item_name": "粉笔", "quantity": "7", "department": "总务处",
               "person": "P3", "keeper": "P1", "purpose": "月考", "number": "CK-2025-0001"},
              {"on": "2025-09-04", "direction": "return", "item": "FB", "item_name": "粉笔", "quantity": "2", "department": "总务处",
               "person": "P3", "purpose": "多领", "number": "TK-2025-0001", "issue": "CK-2025-0001"},
              {"on": "2025-09-05", "direction": "adjust", "item": "FB", "item_name": "粉笔", "quantity": "-1", "purpose": "破损",
               "number": "TZ-2025-0001"}],
    "repairs": [{"number": "WX-202509-0001", "title": "漏水", "place": "A101/窗边", "opened_on": "2025-09-02", "reporter": "P1",
                 "kind": "water", "urgency": "high", "closed_on": "2025-09-03", "worker": "P3", "cost": "85.00", "cause": "human",
                 "invoice": "F2", "liable": "某生", "mode": "渗漏", "root": "垫圈老化", "accepted_on": "2025-09-04", "score": "5", "opened_at": "07:10",
                 "wanted": "2025-09-05", "phone": "138", "note": "急", "ref": "单1"},
                {"number": "WX-202509-0002", "title": "机坏", "place": "A101", "opened_on": "2025-09-12", "reporter": "P1", "kind": "equipment",
                 "urgency": "normal", "closed_on": "2025-09-13", "vendor": "V1", "asset": "ZC-9", "deputy": "P4", "phone": "13800000000"}],
    "requests": [{"number": "CG-2025-0002", "on": "2025-09-08", "by": "P1", "department": "BM1", "purpose": "十月用", "item": "FB", "spec": "无尘",
                  "unit": "盒", "quantity": "2.5", "price": "9.50", "benefit": "够一月", "budget": "办公费", "category": "office",
                  "wanted": "2025-09-20", "emergency": "断了"},
                 {"number": "CG-2025-0002", "on": "2025-09-08", "by": "P1", "department": "BM1", "purpose": "十月用", "item": "擦玻璃",
                  "quantity": "1", "price": "300.00", "benefit": "够一月", "budget": "办公费", "category": "office",
                  "wanted": "2025-09-20", "emergency": "断了"}],
    "pupils": [{"code": "20250001", "name": "王小明", "class": "七年级1班", "bed": "C101/3"}],
    "documents": [{"number": "WJ-2025-0003", "title": "资产办法", "kind": "regulation", "no": "校字2号", "issuer": "本校", "on": "2025-08-01",
                   "trial": "2025-09-10", "from": "2025-09-20", "until": "2026-09-19", "ended": "2025-09-29", "ended_why": "repealed",
                   "ended_note": "并入", "replaces": "WJ-2025-0002", "areas": "property、直饮水", "sources": "WJ-2025-0001", "owner": "P1",
                   "form": "asset-card", "place": "一柜", "file": "a.md", "sha256": "00", "note": "重", "body": "第一条\n第二条"},
                  {"number": "WJ-2025-0004", "title": "例会", "kind": "minutes", "on": "2025-09-01", "from": "2025-09-01", "people": "张三"},
                  {"number": "WJ-2025-0005", "title": "维保", "kind": "contract", "on": "2025-09-01", "from": "2025-09-01", "vendor": "V1",
                   "amount": "9600.00"},
                  {"number": "WJ-2025-0001", "title": "通知", "kind": "superior", "on": "2025-07-01", "from": "2025-07-01"},
                  {"number": "WJ-2025-0002", "title": "资产办法", "kind": "regulation", "on": "2024-08-01", "from": "2024-09-01",
                   "ended": "2025-09-10", "ended_why": "superseded", "ended_note": "WJ-2025-0003"}][::-1],
    "volumes": [{"code": "DA-2024-0002", "category": "accounting", "year": "2024", "n": "3", "title": "凭证", "pages": "300",
                 "retention": "30", "place": "一柜", "filed_on": "2025-07-01", "handed_on": "2025-07-10", "handed_to": "县档案馆",
                 "handed_by": "P1", "note": "重"}],
}  # fmt: skip


def empty(logi, name: str) -> None:
    """Another ledger that holds nothing but a field of the school's own for its assets."""
    logi.ledger = logi.folder / name
    logi.env["LOGI_LEDGER"] = str(logi.ledger)
    logi("init --school T --costing fifo --lang zh-Hans --yes")
    logi("asset field add cpu 处理器")


def out(logi, kind: str) -> bytes:
    path = logi.folder / f"{kind}.{logi.ledger.name}.csv"
    logi(f"export {kind} --header keys -o {path}")
    return path.read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    import csv
    import io

    return [{key: cell for key, cell in row.items() if cell} for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def put(logi, kind: str, content: bytes, name: str) -> None:
    if len(content.splitlines()) > 1:
        (logi.folder / name).write_bytes(content)
        logi(f"import {kind} {logi.folder / name}")


def test_all_kinds_of_the_demo_school_go_into_an_empty_ledger_and_out_again_byte_for_byte(blank, demo_school):
    logi = blank
    logi.env["LOGI_TODAY"] = "2026-08-31"
    shutil.copy(demo_school, logi.ledger)
    before = {kind: out(logi, kind) for kind in ALONE}
    empty(logi, "again.db")
    for kind in ALONE:
        put(logi, kind, before[kind], f"{kind}.csv")
    after = {kind: out(logi, kind) for kind in ALONE}
    assert [kind for kind in ALONE if after[kind] != before[kind]] == []
    assert logi("audit verify").code == 0


def table(rows: list[dict[str, str]]) -> bytes:
    import csv
    import io

    paper = io.StringIO()
    keys = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(paper, keys)
    writer.writeheader()
    writer.writerows(rows)
    return paper.getvalue().encode()


def test_cards_with_every_field_filled_come_out_with_every_field_and_go_in_again(blank):
    logi = blank
    empty(logi, "one.db")
    before = {}
    for kind in [kind for kind in ALONE if kind in FULL]:
        put(logi, kind, table(FULL[kind]), f"{kind}.csv")
        before[kind] = out(logi, kind)
        given = {col.key for col in kind_named(kind).columns} - {key for of, key in SAID_ELSEWHERE if of == kind}
        told = {key for row in rows_of(before[kind]) for key in row}
        assert (kind, sorted(given - told)) == (kind, [])
        own = [row for row in rows_of(before[kind]) if any(row.get(key) == FULL[kind][0][key] for key in ("code", "number") if key in FULL[kind][0])
               or kind == "patrols"]  # fmt: skip
        assert FULL[kind][0].items() <= own[0].items(), kind
    empty(logi, "two.db")
    for kind in before:
        put(logi, kind, before[kind], f"{kind}.again.csv")
    assert [kind for kind in before if out(logi, kind) != before[kind]] == []
    for kind in before:  # and once more they change nothing
        (logi.folder / "more.csv").write_bytes(before[kind] + b"\n")
        facts = logi(f"import {kind} {logi.folder / 'more.csv'} -f json").json["facts"]
        assert (kind, facts["new"], facts["changed"]) == (kind, 0, 0)
    logi(f"export all -o {logi.folder}/all.xlsx")
    for kind in before:
        facts = logi(f"import {kind} {logi.folder}/all.xlsx --dry-run -f json").json["facts"]
        assert (kind, facts["new"], facts["changed"], facts["bad"]) == (kind, 0, 0, 0)
    assert logi("audit verify").code == 0


def test_a_kind_of_which_there_is_nothing_yet_is_a_heading_alone(blank):
    blank.env["LOGI_LANG"] = "en"
    empty(blank, "one.db")
    for kind in ("items", "assets", "stock"):
        blank(f"export {kind} -o {blank.folder}/none.xlsx")
        assert blank(f"import {kind} {blank.folder}/none.xlsx -f json", code=5).json["key"] == "importing.no_rows"


# What a kind's table has beyond its columns, and why a file does not bring it.
HOUSE = {"id", "entry", "void", "folded", "initials", "sign", "reverses"}
TABLES = {
    "departments": ("school_department", {}, set()),
    "terms": ("school_term", {"starts_on": "starts", "ends_on": "ends"}, set()),
    "people": ("school_person", {"department_id": "department", "left_on": "left"}, set()),
    "places": ("school_place", {"keeper_id": "keeper", "parent_id": "parent"}, set()),
    # putting a vendor on the black list is an act with its own day
    "vendors": ("school_vendor", {}, {"blacklisted_on", "blacklist_reason"}),
    "categories": ("school_category", {}, set()),
    "items": ("stock_item", {"min_milli": "min", "max_milli": "max", "place_id": "place"}, set()),
    "routes": ("patrol_route", {"keeper_id": "keeper"}, set()),
    "patrols": ("patrol_round", {"on_day": "at", "at_time": "at", "route_id": "route", "by_id": "by"},
                {"round_no", "points_due", "points_done"}),  # reckoned from the route and what was skipped
    "documents": ("paper_document", {"doc_no": "no", "on_day": "on", "trial_day": "trial", "from_day": "from", "until_day": "until",
                  "ended_day": "ended", "root_id": "replaces", "version": "replaces", "owner_id": "owner", "vendor_id": "vendor",
                  "amount_fen": "amount", "file_name": "file", "code": "number", "name": "title"}, set()),
    "volumes": ("paper_volume", {"name": "title"}, set()),
    "pupils": ("opening_pupil", {"department_id": "class", "place_id": "bed"}, {"left_on"}),  # only who is here goes out
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_kind_has_a_column_for_every_field_of_its_card(ledger, kind):
    name, named, left_out = TABLES[kind]
    fields = {row["name"] for row in ledger.db.execute(f"PRAGMA table_info({name})")} - HOUSE
    columns = {col.key for col in kind_named(kind).columns}
    assert sorted(field for field in fields - left_out if named.get(field, field) not in columns) == []


def test_every_kind_a_card_declares_is_there_and_can_be_told_to_people():
    for card in cards().values():
        for name in card.imports:
            importing = room(card.name, "importing")
            assert importing is not None
            assert importing.KINDS[name].name == name
            assert all(col.words for col in kind_named(name).columns), name  # a heading schools use
