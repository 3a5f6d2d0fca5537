"""Runs told by command lines: answers, what a failure opens, several places, files, signatures, every refusal."""

import hashlib
import sqlite3
from contextlib import closing

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


def answers(logi, number: str) -> dict[str, dict]:
    pack = logi(f"check show {number} -f json").json
    return {row["item"]: row for row in pack["tables"][1]["rows"]}


def entries(logi) -> int:
    with closing(sqlite3.connect(logi.ledger)) as db:
        return db.execute("SELECT max(seq) FROM entry").fetchone()[0]


def test_a_failed_item_opens_a_hazard_in_the_same_entry(logi):
    done = logi('check run fire-round --by 陈巡安 --rest-ok --set "exits=fail B203 门口堆物" -f json').json
    assert done["numbers"] == ["JC-2025-0001", "YH-2025-0001"]
    # 6 of 7 items of one weight: 85.714 %.
    assert (done["facts"]["score"], done["facts"]["failed"]) == ("85.7", 1)
    [hazard] = rows(logi("hazard list -f json"))
    assert (hazard["category"], hazard["place"]) == ("fire", "B203 信息教室")
    assert answers(logi, "JC-2025-0001")["exits"]["opened"] == "YH-2025-0001"
    assert [r["entry"] for r in rows(logi("audit log --subject YH-2025-0001 -f json"))] == [done["entry"]]


def test_a_failure_may_be_a_repair_a_hazard_or_put_right_at_once(logi):
    line = ('check run facilities --place A205 --by 陈巡安 --rest-ok --set grounds=fail --set wiring=fail --set '
            '"equipment=fail 投影不亮" --set facilities=fail --repair wiring --hazard equipment --settled grounds')  # fmt: skip
    made = logi(f"{line} -f json").json["numbers"]
    assert made == ["JC-2025-0001", "WX-202509-0001", "WX-202509-0002", "YH-2025-0001"]
    found = answers(logi, "JC-2025-0001")
    assert found["grounds"]["opened"] is None
    assert found["grounds"]["outcome"] == "on-the-spot"
    assert found["wiring"]["opened"] == "WX-202509-0002"
    assert found["equipment"]["opened"] == "YH-2025-0001"
    slips = rows(logi("repair list -f json"))
    assert {slip["place"] for slip in slips} == {"A205"}


def test_what_is_still_open_is_linked_and_not_opened_again(logi):
    logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail --on 2025-09-28")
    again = logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail --on 2025-09-29")
    assert "still open YH-2025-0001" in again.out
    assert len(rows(logi("hazard list -f json"))) == 1
    logi("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-29")
    logi("hazard verify YH-2025-0001 --by 陈巡安 --on 2025-09-29")
    third = logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail -f json").json
    assert third["facts"]["opened"] == ["YH-2025-0002"]
    other = logi('check run fire-round --by 陈巡安 --rest-ok --set "fire-lane=fail 另一处" -f json').json
    assert other["facts"]["opened"] == ["YH-2025-0003"]


@pytest.mark.seed("ENE-03")
def test_a_set_point_outside_the_rule_is_logged_as_a_failure(logi):
    logi("check run aircon --place B203 --by 吴资明 --set cooling=24")
    logi("check run aircon --place A205 --by 吴资明 --set cooling=26")
    logi("check run aircon --place E101 --by 吴资明 --set heating=20")
    logi("check run aircon --place E101 --by 吴资明 --set heating=19")
    found = {r["number"]: (r["score"], r["failed"]) for r in rows(logi("check results aircon -f json"))}
    assert found == {"JC-2025-0001": ("0.0", 1), "JC-2025-0002": ("100.0", 0), "JC-2025-0003": ("0.0", 1),
                     "JC-2025-0004": ("100.0", 0)}  # fmt: skip
    assert answers(logi, "JC-2025-0001")["cooling"] | {"n": 0} == {
        "n": 0, "item": "cooling", "text": "Set-point when cooling", "result": "fail", "value": "24 ℃",
        "limits": "≥ 26 ℃", "remark": None, "opened": None, "outcome": "noted",
    }  # fmt: skip
    assert answers(logi, "JC-2025-0001")["heating"]["result"] == "na"


def test_a_later_policy_does_not_change_an_earlier_run(logi):
    logi("check run aircon --place B203 --by 吴资明 --set cooling=26")
    logi("policy set aircon.cool_min 27 --from 2025-09-30 --source 本校节能方案")
    assert answers(logi, "JC-2025-0001")["cooling"]["limits"] == "≥ 26 ℃"
    assert "score 0" in logi("check run aircon --place B203 --by 吴资明 --set cooling=26").out


@pytest.mark.seed("GAT-02", "GAT-03")
def test_every_room_is_looked_at_in_one_line_and_the_problem_is_a_hazard(logi):
    logi("check use night-rooms --place A205 --place B203 --place E101 --from 2025-09-29")
    done = logi('check run night-rooms --everywhere --by 陈巡安 --at "2025-09-30 00:40" --rest-ok '
                '--set "B203:power=fail 空调未关" -f json').json  # fmt: skip
    assert done["numbers"] == ["JC-2025-0001", "JC-2025-0002", "JC-2025-0003", "YH-2025-0001"]
    runs = {r["place"]: r["failed"] for r in rows(logi("check results night-rooms -f json"))}
    assert runs == {"A205 四年级教室": 0, "B203 信息教室": 1, "E101 总务办公室": 0}
    # 00:40 belongs to the night of the 29th; the night of the 30th is still to come.
    missed = rows(logi("check missed night-rooms --strict -f json"))
    assert {(r["due"], r["state"]) for r in missed} == {("2025-09-30", "today")}
    assert "| Time      | 00:40" in logi("check show JC-2025-0002").out
    assert rows(logi("hazard list -f json"))[0]["place"] == "B203 信息教室"


def test_a_file_gives_the_answers_of_many_rooms(logi):
    sheet = "项目,结果,房间,备注\n门已锁好,合格,A205,\nwindows,不合格,A205,未关\ndoors,合格,B203,\n"
    (logi.folder / "night.csv").write_text(sheet, "utf-8")
    logi(f"check run night-rooms --file {logi.folder}/night.csv --by 陈巡安", code=2)
    logi(f"check run night-rooms --file {logi.folder}/night.csv --by 陈巡安 --rest-ok")
    assert answers(logi, "JC-2025-0001")["windows"]["remark"] == "未关"
    assert [r["place"] for r in rows(logi("check results -f json"))] == ["A205 四年级教室", "B203 信息教室"]


def test_a_json_file_is_taken_too(logi):
    (logi.folder / "a.json").write_text('[{"item": "cooling", "value": "25"}]', "utf-8")
    logi(f"check run aircon --place A205 --file {logi.folder}/a.json --by 陈巡安")
    assert answers(logi, "JC-2025-0001")["cooling"]["value"] == "25 ℃"


def test_all_findings_of_a_file_come_at_once(logi):
    before = entries(logi)
    sheet = "item,value,place\nnothing,ok,A205\ndoors,maybe,A205\nlights,ok,Z9\nwater,,A205\nwindows,ok,A205\nwindows,ok,A205\n"
    (logi.folder / "bad.csv").write_text(sheet, "utf-8")
    said = logi(f"check run night-rooms --file {logi.folder}/bad.csv --by 陈巡安 --rest-ok -f json", code=5).json
    assert [(f["line"], f["column"]) for f in said["facts"]["findings"]] == [
        (2, "item"), (3, "value"), (4, "place"), (5, "value"), (7, "item"),
    ]  # fmt: skip
    assert entries(logi) == before


def test_an_empty_file_is_bad_data(logi):
    (logi.folder / "empty.csv").write_text("item,value\n", "utf-8")
    logi(f"check run fire-round --file {logi.folder}/empty.csv --by 陈巡安", code=5)
    logi(f"check run fire-round --file {logi.folder}/none.csv --by 陈巡安", code=3)


def test_a_photo_is_kept_as_its_hash(logi):
    photo = logi.folder / "a.jpg"
    photo.write_bytes(b"picture")
    logi(f'check run fire-month --by 陈巡安 --rest-ok --set picture=@{photo} --set "present=陈巡安 王修好"')
    found = answers(logi, "JC-2025-0001")
    assert found["picture"]["value"] == hashlib.sha256(b"picture").hexdigest()
    assert found["present"]["value"] == "陈巡安 王修好"
    logi("check run fire-month --by 陈巡安 --rest-ok --set picture=@/nowhere/a.jpg", code=2)


def test_missing_items_are_all_named(logi):
    said = logi("check run fire-round --by 陈巡安 --set exits=ok", code=2)
    for item in ("fire-and-power", "fire-doors", "equipment", "key-places", "fire-lane", "other"):
        assert item in said.err
    figures = logi("check run boiler --by 王修好 --rest-ok", code=2).err  # a figure is never assumed
    assert "outlet; pressure" in figures


@pytest.mark.parametrize(("line", "code"), [
    ("check run nolist --by 陈巡安 --rest-ok", 3),
    ("check run fire --by 陈巡安 --rest-ok", 3),
    ("check run fire-round --by 无此人 --rest-ok", 3),
    ("check run fire-round --by 陈巡安 --place Z9 --rest-ok", 3),
    ("check run fire-round --by 陈巡安 --rest-ok --set pool=ok", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --set exits=maybe", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --set exits", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --set exits=ok --set exits=fail", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --settled pool", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --place A205 --place 四年级教室", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --place A205 --set B203:exits=ok", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --place A205 --everywhere", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --everywhere", 2),
    ("check run dorm-eight --by 陈巡安 --rest-ok", 2),
    ("check run rain-proof --by 陈巡安 --rest-ok", 2),
    ("check run five-items --by 陈巡安 --rest-ok --set toilet-light=fail", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --sign supervisor", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --sign king=王修好", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --sign leader=王修好", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --sign supervisor=王修好 --sign supervisor=钱样真", 2),
    ("check run fire-round --by 陈巡安 --rest-ok --sign supervisor=陈巡安", 4),
    ("check run fire-round --by 陈巡安 --rest-ok --on 2025-10-01", 4),
    ('check run fire-round --by 陈巡安 --rest-ok --on 2025-09-28 --at "2025-09-29 07:00"', 2),
    ("check run fire-round --rest-ok", 2),
    ("check show JC-2025-0009", 3),
    ("check sign JC-2025-0009 supervisor=王修好", 3),
    ("check results --month 2025-09 --year 2025", 2),
])  # fmt: skip
def test_a_refused_line_writes_nothing(logi, line, code):
    before = entries(logi)
    logi(line, code=code)
    assert entries(logi) == before


def test_a_run_waits_for_the_signatures_its_list_asks_for(logi):
    logi("check run fire-round --by 陈巡安 --rest-ok --on 2025-09-29")
    [due] = rows(logi("due --book check -f json"))
    assert (due["state"], due["subject"], due["command"]) == (
        "missing", "JC-2025-0001", "logi check sign JC-2025-0001 supervisor=PERSON",
    )  # fmt: skip
    logi("check sign JC-2025-0001 supervisor=钱样真 --on 2025-09-28", code=4)
    logi("check sign JC-2025-0001 supervisor=陈巡安", code=4)
    logi("check sign JC-2025-0001 supervisor=陈巡安 --override 值班领导当日外出")
    logi("undo")
    assert "Still to sign: —" in logi("check sign JC-2025-0001 值班领导=钱样真").out
    logi("check sign JC-2025-0001 supervisor=钱样真", code=4)
    assert rows(logi("due --book check -f json")) == []


def test_a_place_of_another_kind_is_a_warning(logi):
    said = logi("check run shop-eight --place A205 --by 陈巡安 --rest-ok -f json").json
    assert any("made for other kinds of places than: A205" in warning for warning in said["warnings"])


def test_undo_takes_the_run_and_its_hazard_and_redo_brings_them_back(logi):
    before = logi("check list -f json").json, logi("hazard list -f json").json
    logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail --sign supervisor=王修好")
    after = logi("check results -f json").json["rows"], logi("hazard list -f json").json
    shown = answers(logi, "JC-2025-0001")
    logi("undo JC-2025-0001")
    assert (logi("check list -f json").json, logi("hazard list -f json").json) == before
    logi("check show JC-2025-0001", code=3)
    logi("redo")
    assert (logi("check results -f json").json["rows"], logi("hazard list -f json").json) == after
    assert answers(logi, "JC-2025-0001") == shown
    logi("audit verify")


def test_a_run_that_later_ones_lean_on_is_not_undone(logi):
    logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail --on 2025-09-28")
    logi("check run fire-round --by 陈巡安 --rest-ok --set fire-lane=fail --on 2025-09-29")
    logi("undo JC-2025-0001", code=4)
    logi("check sign JC-2025-0002 supervisor=王修好")
    logi("undo JC-2025-0002 --reason 误")  # the newest entry about it is the signature
    logi("undo JC-2025-0002")
    logi("undo JC-2025-0001")
    assert rows(logi("check results -f json")) == []
    logi("audit verify")


def test_a_dry_run_writes_nothing(logi):
    before = entries(logi)
    logi("check run fire-round --by 陈巡安 --rest-ok --set exits=fail --dry-run")
    assert entries(logi) == before


def test_chinese_words_do_the_same(logi):
    said = logi("检查 执行 防火巡查 --经手人 陈巡安 --其余正常 --逐项 exits=不合格", LOGI_LANG="zh-Hans")
    assert "JC-2025-0001" in said.out
    assert "不合格" in said.out
    assert "JC-2025-0002" in logi("jc fhxc --by 陈巡安 --rest-ok").out


def test_show_find_and_report_know_checks(logi):
    logi("check run fire-round --by 陈巡安 --rest-ok --note 国庆前")
    assert "check.run" in logi("show JC-2025-0001").out
    assert {r["code"] for r in rows(logi("find 国庆前 -f json"))} == {"JC-2025-0001"}
    assert "fire-round" in {r["code"] for r in rows(logi("find 防火巡查 -f json"))}
    pack = logi("report month 2025-09 --only check -f json").json
    assert "check.results" in {table["name"] for table in pack["tables"]}


def test_an_item_is_named_by_its_key_its_number_or_a_part_of_its_wording(logi):
    line = 'check run night-rooms --place B203 --by 陈巡安 --rest-ok --set "{}=fail 未关" --settled {} --on 2025-09-{} -f json'
    for day, item in (("26", "power"), ("27", "4"), ("28", "空调")):
        logi(line.format(item, item, day))
    failed = [r for n in ("0001", "0002", "0003") for r in answers(logi, f"JC-2025-{n}").values() if r["result"] == "fail"]
    assert [(r["item"], r["outcome"]) for r in failed] == [("power", "on-the-spot")] * 3
    for wrong in ("0", "6", "已", "游泳"):  # no such number; fits more than one; fits none
        assert "power" in logi(line.format(wrong, "power", "29"), code=2).out
    logi('check run night-rooms --place B203 --by 陈巡安 --rest-ok --set power=ok --set 空调=fail', code=2)  # twice the same
