"""The school's commands as typed: exit codes, JSON, Chinese words, files of holidays."""

import json

GOOD = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-03,补班,元旦\n"


REFUSALS = [
    ("person add S03 另一人", 4, "front.code_taken"),
    ("person add S50", 2, "front.missing"),
    ("person add S50 新人 --department XYZ", 3, "front.not_found"),
    ("person show nobody", 3, "front.not_found"),
    ("person edit S03", 2, "school.nothing_to_change"),
    ("person leave S15", 4, "school.still_holds"),
    ("person list --state gone", 2, "front.bad_value"),
    ("place add A2/1 室", 2, "school.code_slash"),
    ("place edit A205 --parent A205", 4, "school.place_inside_itself"),
    ("vendor add V02 店 --tendered-to 30", 2, "front.bad_value"),
    ("category add A01 楼", 2, "school.category_code"),
    ("category edit A02010105 --life-months 12", 4, "school.life_below_law"),
    ("term add 2025-2027-1 学期 --starts 2025-09-01 --ends 2026-01-30", 2, "school.term_code"),
    ("term add 2025-2026-1 学期", 2, "front.missing"),
    ("holiday add 2025-10-01 国庆", 4, "school.day_taken"),
    ("holiday drop 2025-11-06", 3, "school.day_unknown"),
    ("holiday import nothing.csv", 6, "front.os_error"),
    ("policy show nonsense", 3, "school.policy_unknown"),
    ("policy set sample.min_hours 24 --from 2025-09-01 --source x", 4, "school.policy_below_law"),
    ("policy set stock.costing fifo --from 2025-09-01 --source x", 4, "school.costing_fixed"),
    ("policy set gate.speed_limit 10", 2, "front.missing"),
    ("config set costing fifo", 4, "school.costing_fixed"),
    ("config set colour red", 3, "school.no_setting"),
]


def test_every_refusal_has_its_code_and_its_key_and_writes_nothing(logi):
    before = logi.ledger.read_bytes()
    for line, code, key in REFUSALS:
        said = logi(f"{line} -f json", code=code).json
        assert (line, said["kind"], said["code"], said["key"]) == (line, "error", code, key)
    assert logi.ledger.read_bytes() == before


def test_bad_files_are_refused_whole_with_all_findings(logi):
    path = logi.folder / "bad.csv"
    path.write_text("日期,类型,名称\n2027-01-01,放假,元旦\n1月3日,补班,元旦\n2027-01-04,也许,\n", "utf-8")
    said = logi(f"holiday import {path} -f json", code=5).json
    found = said["facts"]["findings"]
    assert [(f["line"], f["column"]) for f in found] == [(3, "day"), (4, "kind"), (4, "name")]
    assert all(f["problem"] and f["remedy"] for f in found)
    assert logi("holiday list --year 2027 -f json").json["rows"] == []


def test_a_file_is_imported_in_one_entry_once_and_undone_with_one_undo(logi):
    path = logi.folder / "days.csv"
    path.write_text(GOOD, "utf-8")
    done = logi(f"holiday import {path} -f json").json
    assert done["facts"] == {"file": "days.csv", "years": ["2027"], "new": 2, "changed": 0, "same": 0}
    logi(f"holiday import {path}", code=4)
    again = logi(f"holiday import {path} --again -f json").json
    assert again["facts"]["same"] == 2
    logi(f"undo {again['entry']} {done['entry']}")
    assert logi("holiday list --year 2027 -f json").json["rows"] == []
    logi(f"holiday import {path}")


def test_holidays_come_from_standard_input_too(logi):
    assert logi("holiday import - -f json", stdin=GOOD).json["facts"]["new"] == 2


def test_a_dry_run_of_an_import_writes_nothing(logi):
    assert logi("holiday import - --dry-run -f json", stdin=GOOD).json["facts"]["new"] == 2
    assert logi("holiday list --year 2027 -f json").json["rows"] == []


def test_the_same_key_registers_a_person_once(logi):
    first = logi("person add S50 新人 --key k1 -f json").json
    assert logi("person add S50 新人 --key k1 -f json").json["entry"] == first["entry"]
    logi("person add S51 新人 --key k1", code=4)


def test_commands_options_and_kinds_may_be_typed_in_chinese(logi):
    logi("地点 新增 B201 物理实验室 --类型 實驗室 --保管人 秦实妍")
    logi("供应商 登记 V03 粮油公司 --信用代码 91000000DEMA0003XW --招标自 2025-09-01")
    logi("学期 登记 2025-2026-1 第一学期 --开始 2025-09-01 --结束 2026-01-30")
    logi("参数 设定 speed 10 --起用日 2025-09-01 --依据 校务会")
    row = logi("place show B201 -f json").json["rows"][0]
    assert (row["kind"], row["keeper"]) == ("lab", "秦实妍")
    assert [row["code"] for row in logi("vendor list --tendered -f json").json["rows"]] == ["V03"]


def test_answers_are_spoken_in_the_readers_language(logi):
    assert "S03 钱样真 已修改。" in logi("person edit S03 --phone 1", LOGI_LANG="zh-Hans").out
    assert "保管：地點 A205 四年级教室" in logi("person show S15", LOGI_LANG="zh-Hant").out
    assert "请先办理移交" in logi("person leave S15", code=4, LOGI_LANG="zh-Hans").err


def test_find_and_show_know_what_the_school_has(logi):
    found = logi("find 样真 -f json").json["rows"]
    assert [(row["kind"], row["code"]) for row in found] == [("person", "S03")]
    assert logi("find qhwh -f json").json["rows"][0]["code"] == "V01"
    names = [table["name"] for table in logi("show A205 -f json").json["tables"]]
    assert names[0] == "place.show"
    assert logi("show sample.min_hours -f json").json["tables"][0]["name"] == "policy.show"
    assert logi("show 2025-10-01 -f json").json["tables"][0]["name"] == "holiday.show"


def test_a_mapped_actor_is_named_in_the_journal(logi):
    logi("config set actor.zhou 周入库")
    entry = logi("person edit S03 --phone 1 -f json", LOGI_ACTOR="zhou").json["entry"]
    rows = logi("show S03 -f json").json["tables"][-1]["rows"]
    assert [row["actor"] for row in rows if row["entry"] == entry] == ["周入库"]


def test_a_policy_is_shown_with_every_dated_value_and_its_source(logi):
    logi("policy set asset.threshold_general_fen 1,200 --from 2025-09-15 --source 校务会3号 --reason 本校规定")
    rows = logi("policy show asset.threshold_general_fen -f json").json["rows"]
    assert [(row["value"], row["from_day"], row["reason"]) for row in rows] == [
        ("1000.00", "2000-01-01", None), ("1200.00", "2025-09-15", "本校规定"),
    ]  # fmt: skip
    assert all(row["source"] for row in rows)
    listed = logi("policy list threshold_general --at 2025-09-14 -f json").json["rows"]
    assert listed[0]["value"] == "1000.00"
    done = logi('policy set school.keeper_kinds ["lab"] --from 2025-09-15 --source x'.replace('"', '\\"') + " -f json").json
    assert json.loads(done["facts"]["value"]) == ["lab"]


def test_a_holiday_is_called_in_the_language_spoken_and_one_of_the_schools_own_stays(logi):
    logi("holiday add 2025-10-24 校庆日")
    for lang, name in (("en", "Mid-Autumn Festival"), ("zh-Hans", "中秋节"), ("zh-Hant", "中秋節")):
        rows = {row["day"]: row["name"] for row in logi("holiday list --month 2025-10 -f json", LOGI_LANG=lang).json["rows"]}
        assert (rows["2025-10-06"], rows["2025-10-24"]) == (name, "校庆日")
    assert "11 National Day worked" in logi("month calendar 2025-10").out
    assert "11 国庆节 班" in logi("month calendar 2025-10", LOGI_LANG="zh-Hans").out


def test_an_older_ledger_gets_the_policies_shipped_since_and_keeps_its_own(blank):
    import shutil
    from pathlib import Path

    shutil.copy(Path(__file__).parents[2] / "ledgers" / "format-8.db", blank.ledger)
    blank("migrate")
    rows = {row["name"]: row["value"] for row in blank("policy list -f json").json["rows"]}
    from logi.core.policies import shipped

    assert {policy.name for policy in shipped()} <= set(rows)
    assert blank("audit verify").code == 0


def test_a_thing_registered_bears_its_code_under_the_key_that_lists_have_and_as_the_number_show_takes(logi):
    said = logi("person add S30 孙新来 -f json").json
    assert (said["facts"]["code"], said["number"], said["numbers"]) == ("S30", "S30", ["S30"])
    assert "孙新来" in logi(f"show {said['number']}").out
    assert logi("place add E109 档案室 -f json").json["facts"]["code"] == "E109"
    assert logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30 -f json").json["facts"]["code"] == "2025-2026-1"


def test_a_policy_may_be_named_by_a_part_of_its_chinese_title(logi):
    for typed in ("gate.speed_limit", "校内限速", "校內限速", "限速"):
        assert logi(f"policy show {typed}", LOGI_LANG="zh-Hans").out.startswith("校内限速 (gate.speed_limit)")
    rows = logi("policy list 临期 -f json", LOGI_LANG="zh-Hant").json["rows"]
    assert {(row["name"], row["title"]) for row in rows} >= {("food.near_expiry_days", "食材臨期提醒"), ("stock.near_expiry_days", "臨期提醒")}
    assert "stock.near_expiry_days 临期提醒" in logi("policy show 临期", code=3, LOGI_LANG="zh-Hans").err
