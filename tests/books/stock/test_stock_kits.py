"""Kits for teachers and classrooms, textbooks by class, requests: issued on one slip, signed for one by one."""

import pytest


@pytest.fixture
def store(logi):
    """Pens, notebooks, brooms and two titles on the shelf; two kits."""
    with logi.once():
        for line in (
            "item add BG006 中性笔 --unit 支 --class office", "item add BG016 笔记本 --unit 本 --class office",
            "item add QJ002 扫帚 --unit 把 --class cleaning",
            "item add JC001 语文一上 --unit 本 --class textbook", "item add JC002 数学一上 --unit 本 --class textbook",
            "stock in 中性笔 300@1.2 笔记本 100@3.6 扫帚 20@9.8 --on 2025-09-01 --request SG-1",
            "stock in 语文一上 80@8.4 数学一上 90@7.5 --on 2025-08-28 --request SG-2",
            "stock kit add TJ1 教师办公用品 中性笔 3 笔记本 1 --for 教师基本办公用品",
            "stock kit add TJ2 教室布置 扫帚 2 --for 布置教室",
        ):  # fmt: skip
            logi(line)
    return logi


def held(logi):
    return {row["code"]: row["quantity"] for row in logi("stock list --all -f json").json["rows"]}


# -- kits ----------------------------------------------------------------------------------------------


@pytest.mark.seed("STK-08")
def test_a_standard_kit_times_heads_is_one_slip_and_one_sheet_of_signatures(store):
    # 68 teachers: 68 x 3 pens = 204, 68 x 1 notebook; 204 x 1.20 + 68 x 3.60 = 489.60
    said = store("stock issue-kit TJ1 --to 教务处 --by S15 --heads 68 --on 2025-09-05 -f json").json
    assert (said["number"], said["numbers"]) == ("CK-2025-0001", ["CK-2025-0001"])
    assert (said["facts"]["quantities"], said["facts"]["value"], said["facts"]["heads"]) == (["204", "68"], "489.60", 68)
    assert held(store)["BG006"] == "96"
    sheet = store("stock sign-sheet CK-2025-0001 -f json").json
    assert len(sheet["rows"]) == 68
    assert (sheet["rows"][67]["line"], sheet["rows"][67]["BG006"], sheet["rows"][67]["signature"]) == (68, "3", None)
    assert sheet["totals"] == {"BG006": "204", "BG016": "68"}


@pytest.mark.seed("STK-12")
def test_named_people_stand_on_the_sheet_and_having_had_the_kit_is_warned_of(store):
    store("stock issue-kit TJ1 --to 教务处 --by S15 --people S15,钱样真、S06 --on 2025-09-05")
    rows = store("stock sign-sheet CK-2025-0001 -f json").json["rows"]
    assert [row["person"] for row in rows] == ["杨班一", "钱样真", "周入库"]
    said = store("stock issue-kit 教师办公用品 --to 教务处 --by S15 --people 杨班一")
    assert "had 教师办公用品 already" in said.err
    assert "CK-2025-0001" in said.err
    facts = {row["what"]: row["value"] for row in store("stock show CK-2025-0001 -f json").json["tables"][0]["rows"]}
    assert (facts["Kit"], facts["Purpose"]) == ("教师办公用品 × 3", "教师基本办公用品")


@pytest.mark.seed("STK-07")
def test_classroom_kits_go_to_classes_by_name(store):
    store("stock issue-kit 教室布置 --to 德育处 --by S15 --classes 一年级1班,一年级2班,二年级1班")
    assert held(store)["QJ002"] == "14"
    rows = store("stock sign-sheet CK-2025-0001 -f json").json["rows"]
    assert [(row["person"], row["QJ002"]) for row in rows] == [("一年级1班", "2"), ("一年级2班", "2"), ("二年级1班", "2")]


def test_a_kit_is_changed_for_what_comes_after_and_tells_for_how_many_there_is_enough(store):
    listed = {row["code"]: row for row in store("stock kit list -f json").json["rows"]}
    assert (listed["TJ1"]["heads"], listed["TJ2"]["heads"]) == (100, 10)
    store("stock issue-kit TJ1 --to 教务处 --by S15 --heads 2")
    store("stock kit edit TJ1 中性笔 5 --drop 笔记本 --name 新教师用品")
    assert [(r["code"], r["each"]) for r in store("stock kit show TJ1 -f json").json["rows"]] == [("BG006", "5")]
    assert store("stock sign-sheet CK-2025-0001 -f json").json["totals"] == {"BG006": "6", "BG016": "2"}
    store("undo TJ1")
    assert [r["each"] for r in store("stock kit show 教师办公用品 -f json").json["rows"]] == ["3", "1"]


def test_issuing_a_kit_is_undone_and_redone_whole(store):
    before = held(store)
    store("stock issue-kit TJ1 --to 教务处 --by S15 --people S15,S06")
    after = held(store)
    store("undo CK-2025-0001")
    assert held(store) == before
    store("stock sign-sheet CK-2025-0001", code=4)
    store("redo")
    assert held(store) == after
    assert len(store("stock sign-sheet CK-2025-0001 -f json").json["rows"]) == 2
    assert store("audit verify").code == 0


@pytest.mark.parametrize(("line", "code"), [
    ("stock kit add TJ1 别的 中性笔 1", 4), ("stock kit add TJ9 别的", 2), ("stock kit add TJ9 别的 墨水 1", 3),
    ("stock kit add TJ9 别的 中性笔 1@2", 2), ("stock kit add TJ9 别的 中性笔 1 BG006 2", 2), ("stock kit show 无", 3),
    ("stock kit edit TJ1", 4), ("stock kit edit TJ1 --drop 扫帚", 4), ("stock kit edit TJ2 --drop 扫帚", 4),
    ("stock issue-kit TJ1 --to 教务处 --by S15", 2), ("stock issue-kit TJ1 --heads 3", 2),
    ("stock issue-kit TJ1 --to 教务处 --by S15 --heads 3 --people S15", 2),
    ("stock issue-kit TJ1 --to 教务处 --by S15 --people S15,杨班一", 2),
    ("stock issue-kit TJ1 --to 教务处 --by S15 --people 无此人", 3),
    ("stock issue-kit TJ1 --to 教务处 --by S15 --heads 101", 4), ("stock issue-kit 无 --to 教务处 --by S15 --heads 1", 3),
    ("stock issue-kit TJ1 --to 教务处 --by S15 --heads 0", 2), ("stock sign-sheet RK-2025-0001", 4),
    ("stock sign-sheet CK-2025-0009", 3),
])  # fmt: skip
def test_what_kits_refuse_leaves_the_shelf_alone(store, line, code):
    before = held(store)
    assert store(line, code=code).err.strip()
    assert held(store) == before


def test_an_ordinary_slip_has_no_sheet_of_signatures(store):
    store("stock out 中性笔 1 --to 教务处 --by S15")
    store("stock sign-sheet CK-2025-0001", code=4)


# -- textbooks -----------------------------------------------------------------------------------------


@pytest.mark.seed("STK-06")
def test_textbooks_are_handed_out_by_class_as_far_as_they_reach(store):
    store("stock textbook plan 一年级1班 语文一上 45 数学一上 45 --on 2025-09-01")
    store("stock textbook plan 一年级2班 语文一上 44 数学一上 44 --on 2025-09-01")
    store("stock textbook issue 一年级1班 --by S15 --on 2025-09-01")
    said = store("stock textbook issue 一年级2班 --by S15 --on 2025-09-01")
    # 80 came, 45 went to the first class: 35 are left for 44.
    assert "9 本 of 语文一上 short" in said.err
    classes, titles = (table["rows"] for table in store("stock textbook status -f json").json["tables"])
    assert [(r["class_name"], r["code"], r["due"], r["issued"], r["short"]) for r in classes] == [
        ("一年级1班", "JC001", "45", "45", "0"), ("一年级1班", "JC002", "45", "45", "0"),
        ("一年级2班", "JC001", "44", "35", "9"), ("一年级2班", "JC002", "44", "44", "0"),
    ]  # fmt: skip
    assert [(r["code"], r["received"], r["due"], r["issued"], r["balance"], r["short"], r["need"]) for r in titles] == [
        ("JC001", "80", "89", "80", "0", "9", "9"), ("JC002", "90", "89", "89", "1", "0", "0"),
    ]  # fmt: skip
    store("stock textbook issue 一年级1班 --by S15", code=4)  # nothing more is due
    store("stock textbook issue 一年级2班 --by S15", code=4)  # due, but none left
    store("stock in 语文一上 20@8.4 --request SG-3")
    assert store("stock textbook issue 一年级2班 --by S15 -f json").json["facts"]["quantities"] == ["9"]
    store("stock return CK-2025-0001 数学一上 2")
    rows = store("report textbooks -f json").json["rows"]
    assert [r["short"] for r in rows] == ["0", "2", "0", "0"]


def test_a_class_may_get_named_books_and_more_than_due_is_said(store):
    store("stock textbook plan 一年级1班 语文一上 45")
    store("stock textbook plan 一年级1班 语文一上 40")  # the same day's figure is replaced
    said = store("stock textbook issue 一年级1班 语文一上 42 数学一上 1 --by S15")
    assert "2 本 of 语文一上 more than due" in said.err
    assert [r["over"] for r in store("report textbooks -f json").json["rows"]] == ["2"]


@pytest.mark.parametrize(("line", "code"), [
    ("stock textbook plan 一年级1班", 2), ("stock textbook plan 一年级1班 墨水 3", 3),
    ("stock textbook plan 一年级1班 语文一上 3 JC001 4", 2), ("stock textbook plan Office 语文一上 3", 3),
    ("stock textbook issue 一年级9班 --by S15", 3), ("stock textbook issue 一年级1班", 2),
    ("stock textbook plan 一年级1班 语文一上 3 --on 2025-10-09", 4),
    ("stock textbook issue 一年级1班 数学一上 91 --by S15", 4), ("stock textbook issue 一年级1班 --by 无此人", 3),
])  # fmt: skip
def test_what_handing_out_refuses_leaves_the_shelf_alone(store, line, code):
    store("stock textbook plan 一年级1班 语文一上 45")
    before = held(store)
    assert store(line, code=code).err.strip()
    assert held(store) == before


# -- requests ------------------------------------------------------------------------------------------


@pytest.mark.seed("STK-03", "STK-13")
def test_a_request_is_approved_then_issued_by_its_number_in_parts(store):
    said = store("stock request 中性笔 20 笔记本 5 --to 教务处 --by S15 --for 教研 --on 2025-09-10 -f json").json
    assert (said["number"], said["facts"]["levels"]) == ("LL-2025-0001", ["head"])
    store("stock out --request LL-2025-0001", code=4)  # not approved
    store("approve LL-2025-0001 --no 批1 --on 2025-09-09", code=4)
    store("approve LL-2025-0001 --level head --by S03 --no 批1 --on 2025-09-10")
    store("stock out --request LL-2025-0001 --on 2025-09-09", code=4)  # before it was asked
    store("stock out 中性笔 21 --request LL-2025-0001", code=4)
    store("stock out 扫帚 1 --request LL-2025-0001", code=4)
    store("stock out 中性笔 15 --request LL-2025-0001 --on 2025-09-11")
    assert store("stock requests -f json").json["rows"][0]["request_state"] == "approved"
    said = store("stock out --request LL-2025-0001 -f json").json["facts"]
    assert (said["quantities"], said["department"], said["person"]) == (["5", "5"], "教务处", "杨班一")
    store("stock out --request LL-2025-0001", code=4)  # all issued
    head, lines = store("stock show LL-2025-0001 -f json").json["tables"]
    assert {row["what"]: row["value"] for row in head["rows"]}["State"] == "issued"
    assert [(r["code"], r["asked"], r["issued"]) for r in lines["rows"]] == [("BG006", "20", "20"), ("BG016", "5", "5")]
    facts = {row["what"]: row["value"] for row in store("stock show CK-2025-0001 -f json").json["tables"][0]["rows"]}
    assert (facts["Request"], facts["Purpose"]) == ("LL-2025-0001", "教研")


def test_taking_an_issue_back_lets_its_request_be_issued_again_and_the_approval_stands_under_it(store):
    store("stock request 中性笔 20 --to 教务处 --by S15")
    store("approve LL-2025-0001 --no 批1")
    store("stock out --request LL-2025-0001")
    store("undo LL-2025-0001", code=4)  # the issue stands on the approval
    store("undo CK-2025-0001")
    assert held(store)["BG006"] == "300"
    assert store("stock out --request LL-2025-0001 -f json").json["number"] == "CK-2025-0002"
    assert store("audit verify").code == 0


def test_a_rejected_request_issues_nothing(store):
    store("stock request 中性笔 20 --to 教务处 --by S15")
    assert any(row["subject"] == "LL-2025-0001" for row in store("due -f json").json["rows"])
    store("approve LL-2025-0001 --reject 库存留给考试 --no 批1")
    store("stock out --request LL-2025-0001", code=4)
    assert [r["number"] for r in store("stock requests --state rejected -f json").json["rows"]] == ["LL-2025-0001"]
    assert store("stock requests --state open -f json").json["rows"] == []


def test_where_the_policy_wants_requests_nothing_goes_out_without_one(store):
    store("policy set stock.request_needed true --from 2025-09-01 --source 校务会")
    store("stock out 中性笔 1 --to 教务处 --by S15", code=4)
    store("stock out 中性笔 1 --to 教务处 --by S15 --override 停电应急")
    store("stock request 中性笔 2 --to 教务处 --by S15")
    store("approve LL-2025-0001 --no 批1")
    store("stock out --request LL-2025-0001")
    store("policy set stock.request_levels '[]' --from 2025-09-01 --source 校务会")
    assert store("stock request 中性笔 2 --to 教务处 --by S15 -f json").json["facts"]["levels"] == ["none"]
    store("stock out --request LL-2025-0002")


@pytest.mark.parametrize(("line", "code"), [
    ("stock request 中性笔 2 --by S15", 2), ("stock request 中性笔 2 --to 教务处", 2), ("stock request --to 教务处 --by S15", 2),
    ("stock request 墨水 2 --to 教务处 --by S15", 3), ("stock request 中性笔 2 --to 教务处 --by 无此人", 3),
    ("stock request 中性笔 2 中性笔 3 --to 教务处 --by S15", 2), ("stock request 中性笔 2 --to 教务处 --by S15 --on 2025-12-01", 4),
    ("stock out --request LL-2025-0009", 3), ("stock out", 2), ("stock requests --since 2025-09-09 --until 2025-09-01", 2),
])  # fmt: skip
def test_what_requests_refuse(store, line, code):
    assert store(line, code=code).err.strip()
    assert store("stock requests -f json").json["rows"] == []


def test_everything_a_line_lacks_is_named_at_once(store):
    said = store("stock out", code=2).err
    assert all(word in said for word in ("--to", "--by", "ITEMS")), said
