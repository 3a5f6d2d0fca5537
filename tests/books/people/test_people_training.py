"""Training and certificates by command lines: who taught whom, hours against the target, who may do what."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, key: str, **env) -> list[tuple]:
    found = rows(logi("due --book people -f json", **env))
    return [(row["state"], row["subject"], row["day"]) for row in found if key in row["command"]]


@pytest.fixture
def house(logi):
    """Two departments with people, and a school year begun."""
    with logi.once():
        for line in ("person edit S03 --department 总务处", "person edit S06 --department 总务处",
                     "person edit S08 --department 总务处", "person edit S09 --department 安保办"):  # fmt: skip
            logi(line)
    return logi


@pytest.mark.seed("STF-01", "STF-15")
def test_trainings_tell_how_they_were_held_who_taught_from_where_how_long_and_who_came(house):
    made = house("staff train 节能新规 --mode 请进来 --trainer 李文 --unit 省职业学院 --rank 教授 --hours 2 "
                 "--department 总务处 --absent 周入库 --score 王修好=92.5 --score S03=55 --on 2025-09-10 -f json").json  # fmt: skip
    assert (made["number"], made["facts"]["people"], made["facts"]["failed"]) == ("PXJ-2025-0001", ["钱样真", "王修好"], ["钱样真"])
    held_by = house("staff train 参观学习 --mode out --trainer 张主任 --unit 第二小学 --hours 3 --who 陈巡安、王修好 --outcome 分类投放 "
          "--on 2025-09-12 -f json").json["entry"]  # fmt: skip
    held = rows(house("staff list --month 2025-09 -f json"))
    assert [(r["mode"], r["trainer"], r["unit"], r["trainer_rank"], r["hours"], r["heads"], r["person_hours"]) for r in held] == [
        ("in", "李文", "省职业学院", "professor", "2", 2, "4"), ("out", "张主任", "第二小学", "expert", "3", 2, "6")]  # fmt: skip
    assert (held[0]["tested"], held[0]["passed"]) == (2, 1)
    assert [r["number"] for r in rows(house("staff list --person 陈巡安 -f json"))] == ["PXJ-2025-0002"]
    assert [r["number"] for r in rows(house("staff list --mode 走出去 -f json"))] == ["PXJ-2025-0002"]
    assert rows(house("report trainings 2025-09 -f json")) == held
    # An expert from outside has a unit, one of the school has none; nobody is there twice; only who was there is tested.
    for line, code in (("--trainer 李文 --who S03", 2), ("--trainer 王修好 --who S03", 4), ("--trainer 李文 --unit 某院", 2),
                       ("--trainer 李文 --unit 某院 --who S03,钱样真", 2), ("--trainer 李文 --unit 某院 --who S03 --absent S06", 2),
                       ("--trainer 李文 --unit 某院 --who S03 --score S06=90", 4), ("--trainer 李文 --unit 某院 --rank 同事 --who S03", 4),
                       ("--trainer 李文 --unit 某院 --who S03 --score S03=101", 2), ("--trainer 李文 --unit 某院 --who S03 --on 2025-10-01", 4),
                       ("--trainer 李文 --unit 某院 --who S03 --hours 0", 2),
                       ("--trainer 李文 --unit 某院 --who S03 --hours 501", 2)):  # fmt: skip
        house(f"staff train 课 --mode in --hours 2 {line}", code=code)
    assert len(rows(house("staff list -f json"))) == 2
    # The first one is undone, and done again; whoever failed is to be tested again, and then is not.
    assert due(house, "staff examine") == [("soon", "PXJ-2025-0001", "2025-10-10")]
    house("undo PXJ-2025-0001")
    assert [r["number"] for r in rows(house("staff list -f json"))] == ["PXJ-2025-0002"]
    house("redo")
    assert rows(house("staff list --month 2025-09 -f json")) == held
    house("staff examine PXJ-2025-0001 S03=78 --on 2025-09-20")
    assert due(house, "staff examine") == []
    seen = house("staff examine PXJ-2025-0002 S09=90 -f json").json["entry"]
    house(f"undo {held_by}", code=4)  # the test leans on it
    house(f"undo {seen} {held_by}")
    assert len(rows(house("staff list -f json"))) == 1
    house("staff examine PXJ-2025-0001 S03=78 --on 2025-09-09", code=4)
    house("staff examine PXJ-2025-0009 S03=78", code=3)
    assert "李文" in house("form training PXJ-2025-0001").out
    assert {r["result"] for r in house("show PXJ-2025-0001 -f json").json["tables"][1]["rows"]} == {"passed"}


@pytest.mark.seed("STF-06", "STF-09", "STF-10", "STF-23", "STF-25")
def test_hours_by_person_are_held_against_the_target_self_study_counts_and_departments_train_in_turn(house):
    house("staff train 业务培训 --mode school --trainer 杨班一 --hours 4 --department 总务处 --on 2025-09-03")
    house("staff train 业务培训 --mode school --trainer 钱样真 --hours 4 --who 钱样真", code=4)  # whoever teaches does not attend
    house("staff study 学习电气规范 --by 王修好 --hours 1.5 --source GB50054 --gained 漏电保护接线 --on 2025-09-15")
    found = {r["code"]: r for r in rows(house("staff hours -f json"))}
    assert {code: (r["school"], r["self"], r["total"], r["short"], r["met"]) for code, r in found.items()} == {
        "S03": ("4", "0", "4", "6", "no"), "S06": ("4", "0", "4", "6", "no"), "S08": ("4", "1.5", "5.5", "4.5", "no"),
        "S09": ("0", "0", "0", "10", "no")}  # fmt: skip
    # 13.5 hours of four people are 3.375 each.
    assert house("staff hours -f json").json["notes"] == ["0 of 4 people reach the target; 3.375 hours each on average."]
    month = house("staff hours --since 2025-09-02 --until 2025-09-29 -f json").json
    assert {(r["target"], r["short"], r["met"]) for r in month["rows"]} == {(None, None, None)}  # no school year
    house("policy set staff.hours_target 4 --from 2025-08-01 --source 本校")
    assert [r["code"] for r in rows(house("staff hours --short -f json"))] == ["S09"]
    # Three months after 3 September; the guards have not trained since the first training on record.
    turns = {r["title"]: (r["times"], r["last_on"], r["due"], r["state"]) for r in rows(house("staff rounds -f json"))}
    assert turns == {"总务处": (1, "2025-09-03", "2025-12-03", "good"), "安保办": (0, None, "2025-12-03", "never")}
    december = {"LOGI_TODAY": "2025-12-04"}
    assert [row[0] for row in due(house, "staff train", **december)] == ["overdue", "overdue"]
    house("staff train 门卫规范 --mode school --trainer 钱样真 --hours 1 --department 安保办 --on 2025-12-04", **december)
    assert [row[0] for row in due(house, "staff train", **december)] == ["overdue"]
    # Who lacks hours is asked for in the last two months of the school year, as many as are short.
    assert due(house, "staff study", **december) == []
    lacking = rows(house("due --book people -f json", LOGI_TODAY="2026-07-02"))
    assert [r["command"] for r in lacking if "staff study" in r["command"]] == ["logi staff study TOPIC --by S09 --hours 3"]


def test_certificates_run_out_are_renewed_or_ended_and_no_task_goes_to_whoever_lacks_one(house):
    first = house("repair open 插座无电 --place A205 --by 杨班一 --kind electric -f json").json["number"]
    house(f"repair assign {first} --worker 王修好")  # the school keeps no such certificates yet: nothing is asked
    house("staff certificate add 王修好 电工 --no T001 --issued 2022-10-01 --until 2025-10-31")
    assert due(house, "certificate renew") == [("expiring", "S08", "2025-10-31")]
    house("staff certificate add 王修好 electrician --no T002 --issued 2023-10-01 --until 2026-10-31", code=4)
    house("staff certificate add 周入库 electrician --no T001 --issued 2023-10-01 --until 2026-10-31", code=4)
    house("staff certificate add 周入库 other --no A1 --issued 2023-10-01 --until 2026-10-31", code=2)
    house("staff certificate renew 周入库 电工 --until 2028-10-31 --issued 2025-09-01", code=3)
    second = house("repair open 灯不亮 --place A205 --by 杨班一 --kind electric -f json").json["number"]
    told = house(f"repair assign {second} --worker 周入库 -f json", code=4).json
    assert (told["key"], told["facts"]["code"]) == ("people.not_certified", "S06")
    house(f"repair close {second} --by 周入库", code=4)  # nor does whoever just takes it
    house(f"repair assign {second} --worker 周入库 --override 仅换灯管")
    house("undo")
    house(f"repair assign {second} --worker 王修好")
    november = {"LOGI_TODAY": "2025-11-03"}
    third = house("repair open 跳闸 --place A205 --by 杨班一 --kind electric -f json", **november).json["number"]
    assert due(house, "certificate renew", **november) == [("overdue", "S08", "2025-10-31")]
    house(f"repair assign {third} --worker 王修好", code=4, **november)
    house("staff certificate renew 王修好 电工 --issued 2022-09-01 --until 2028-10-31", code=4, **november)
    house("staff certificate renew 王修好 电工 --issued 2025-11-01 --until 2028-10-31", **november)
    house(f"repair assign {third} --worker 王修好", **november)
    listed = rows(house("staff certificate list -f json", **november))
    assert [(r["code"], r["no"], r["until"], r["state"]) for r in listed] == [("S08", "T001", "2028-10-31", "good")]
    house("staff certificate end 王修好 电工 --reason 吊销 --on 2025-11-03", **november)
    assert rows(house("staff certificate list -f json", **november)) == []
    then = rows(house("report certificates 2025-10 -f json", **november))  # it ran out that day, and held until then
    assert [(r["until"], r["left"]) for r in then] == [("2025-10-31", 0)]
    house("undo", **november)
    assert len(rows(house("staff certificate list -f json", **november))) == 1


def test_boilers_ask_for_their_certificate_and_all_books_certificates_are_in_one_list(house):
    house("place add F102 锅炉房")
    house("staff certificate add 周入库 司炉 --no G1 --issued 2024-01-01 --until 2027-12-31")
    assert house("meter heating start 2025 --place F102 --operator 王修好 -f json", code=4).json["key"] == "people.not_certified"
    house("meter heating start 2025 --place F102 --operator 周入库")
    house("canteen staff add 秦实妍 --job 厨师 --examined 2025-08-20 --certificate 健001")
    listed = rows(house("report certificates 2025-09 -f json"))
    assert [(r["code"], r["kind"], r["until"]) for r in listed] == [
        ("S17", "certificate of health", "2026-08-19"), ("S06", "boiler operator's certificate", "2027-12-31")]  # fmt: skip
    assert due(house, "canteen") == []  # the canteen asks for its own
    house("canteen staff renew 秦实妍 --examined 2025-12-01", LOGI_TODAY="2025-12-01")
    assert [(r["issued_on"], r["until"]) for r in rows(house("report certificates 2025-09 -f json", LOGI_TODAY="2025-12-01"))
            if r["code"] == "S17"] == [("2025-08-20", "2026-08-19")]  # as it stood then
    assert "健001" in house("form certificates").out
