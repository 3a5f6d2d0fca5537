"""What many runs say together: the inspections of the school's plans, scores, gaps, closure, trend, ranking."""

from datetime import date

import pytest

from logi.books.check import actions, checks
from logi.books.check.actions import Given
from logi.books.school import actions as school


def rows(said) -> list[dict]:
    return said.json["rows"]


def item_rows(logi, number: str) -> list[dict]:
    return logi(f"check show {number} -f json").json["tables"][1]["rows"]


@pytest.mark.seed("PAT-06")
def test_the_april_self_inspection_scores_and_lists_what_to_rectify(logi):
    logi.env["LOGI_TODAY"] = "2026-04-20"
    failed = ("drills", "walls", "hydrants", "sockets", "bus")
    sets = " ".join(f"--set {item}=fail" for item in failed)
    logi(f"check run 学校安全自查 --by 陈巡安 --rest-ok {sets} --sign leader=钱样真")
    [run] = rows(logi("check results --month 2026-04 -f json"))
    assert (run["score"], run["failed"], run["unsigned"]) == ("88.1", 5, None)  # 37 of 42
    problems = rows(logi("report check-problems 2026-04 -f json"))
    assert [p["opened"] for p in problems] == [f"YH-2026-000{n}" for n in range(1, 6)]
    areas = {a["area"]: a["problems"] for a in rows(logi("report check-areas 2026-04 -f json"))}
    assert sum(areas.values()) == 5
    assert areas["Fire safety"] == 1
    kinds = [h["category"] for h in rows(logi("hazard list -f json"))]
    assert kinds == ["other", "building", "fire", "electric", "traffic"]


@pytest.mark.seed("PAT-07")
def test_leaks_found_before_the_rains_become_repair_slips(logi):
    logi.env["LOGI_TODAY"] = "2026-04-15"
    logi('check run rain-proof --place A205 --by 王修好 --rest-ok --set "leaks=fail 墙角渗水" --set downpipes=fail --set low=fail')
    slips = {s["title"]: s for s in rows(logi("repair list -f json"))}
    assert len(slips) == 2
    assert {s["place"] for s in slips.values()} == {"A205"}
    assert any(title.startswith("墙角渗水") for title in slips)
    [hazard] = rows(logi("hazard list -f json"))
    assert hazard["category"] == "water"


@pytest.mark.seed("PAT-08")
def test_the_wiring_survey_goes_by_building(logi):
    logi.env["LOGI_TODAY"] = "2026-05-20"
    logi("place add A 教学楼 --kind building")
    logi("place add D 食堂楼 --kind building")
    logi("check run wiring --place A --place D --by 王修好 --rest-ok --set D:main=fail --set D:leakage=fail")
    found = {r["place"]: (r["score"], r["failed"]) for r in rows(logi("check results wiring -f json"))}
    assert found == {"A 教学楼": ("100.0", 0), "D 食堂楼": ("86.7", 2)}  # 13 of 15
    assert [h["category"] for h in rows(logi("hazard list -f json"))] == ["electric", "electric"]


@pytest.mark.seed("PAT-04")
def test_each_office_is_looked_over_and_what_is_found_is_followed(logi):
    logi("check use facilities --place E101 --place A205 --from 2025-09-01")
    logi("check run facilities --place E101 --by 吴资明 --rest-ok --set wiring=fail --set equipment=fail")
    [run] = rows(logi("check results facilities --place E101 -f json"))
    assert run["opened"] == "YH-2025-0001 WX-202509-0001"
    assert [r["place"] for r in rows(logi("check missed facilities -f json"))] == ["A205 四年级教室"]


@pytest.mark.seed("PAT-18")
def test_the_campaigns_closure_is_counted_by_its_five_items(logi):
    sets = " ".join(f"--set {item}=fail" for item in ("circuit-wires", "circuit-boards", "drinking-test", "hygiene-waste"))
    logi(f"check run 五项整治 --by 钱样真 --rest-ok {sets} --settled hygiene-waste --on 2025-09-10")
    logi("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-11")
    logi("hazard verify YH-2025-0001 --by 陈巡安 --on 2025-09-12")
    table = logi("report check-areas 2025-09 -f json").json
    found = {a["area"]: (a["problems"], a["closed"], a["closure"]) for a in table["rows"]}
    assert found == {
        "Shop": (0, 0, None), "Toilets": (0, 0, None), "Hygiene": (1, 1, "100.0"),
        "Electric circuits": (2, 1, "50.0"), "Drinking water": (1, 0, "0.0"),
    }  # fmt: skip
    assert (table["totals"]["problems"], table["totals"]["closed"], table["totals"]["closure"]) == (4, 2, "50.0")


@pytest.mark.seed("PAT-30")
def test_the_opening_is_looked_over_in_the_week_before_the_term(logi):
    logi("term add 2025-2026-2 第二学期 --starts 2026-03-02 --ends 2026-07-10")
    logi("check use opening --from 2025-09-01 --owner 钱样真")
    logi.env["LOGI_TODAY"] = "2026-02-24"
    [due] = rows(logi("due --book check -f json"))
    assert (due["state"], due["day"]) == ("soon", "2026-03-02")
    done = logi("check run opening --by 钱样真 --rest-ok --sign leader=吴资明 --on 2026-02-24 -f json").json
    assert done["facts"]["score"] == "100"
    assert len(item_rows(logi, done["number"])) == 12
    assert rows(logi("due --book check -f json")) == []


@pytest.mark.seed("DOR-01")
def test_a_dormitorys_standard_is_scored_with_its_gaps(logi):
    logi("place add C 学生公寓 --kind building")
    logi('check run 八统一 --place C --by 陈巡安 --rest-ok --set mirror=fail --set "bed-tags=fail 二楼缺"')
    [run] = rows(logi("check results dorm-eight -f json"))
    assert run["score"] == "77.8"  # 7 of 9
    gaps = [(p["text"], p["remark"]) for p in rows(logi("report check-problems 2025-09 -f json"))]
    assert gaps == [("One kind of mirror", None), ("One kind of bed tag", "二楼缺")]


@pytest.mark.seed("DOR-06")
def test_a_dormitorys_fire_equipment_is_held_against_what_is_required(logi):
    logi("place add C 学生公寓 --kind building")
    logi("check use dorm-fire --place C --from 2025-09-01 --owner 陈巡安")
    logi("check run dorm-fire --place C --by 陈巡安 --rest-ok --set locks=fail --set signs=fail")
    [run] = rows(logi("check results dorm-fire -f json"))
    assert (run["failed"], run["opened"]) == (2, "YH-2025-0001 YH-2025-0002")
    texts = " ".join(row["text"] for row in item_rows(logi, "JC-2025-0001"))
    for word in ("Fire equipment", "routes", "signs", "Doors", "windows", "Locks"):
        assert word in texts


@pytest.mark.seed("DOR-07")
def test_dormitory_rooms_are_scored_and_ranked(logi):
    for code in ("C101", "C102", "C103"):
        logi(f"place add {code} 宿舍{code} --kind dorm")
        logi(f"check use dorm-room --place {code} --owner 陈巡安")
    good = " ".join(f"--set {item}=good" for item in ("floor", "beds", "things", "rest", "visits"))
    logi(f"check run dorm-room --place C101 --by 陈巡安 {good} --set forbidden=ok --set care=ok")
    worse = good.replace("floor=good", "floor=poor").replace("beds=good", "beds=fair")
    logi(f"check run dorm-room --place C102 --by 陈巡安 {worse} --set forbidden=ok --set care=ok")
    ranked = [(r["rank"], r["place"], r["score"], r["grade"]) for r in rows(logi("check ranking dorm-room --month 2025-09 -f json"))]
    # Weights 1 1 1 1 1 2 1 = 8; C102: (0 + 0.6 + 1+1+1+2+1) / 8 = 82.5 %.
    assert ranked == [(1, "C101", "100.0", "excellent"), (2, "C102", "82.5", "good"), (None, "C103", None, None)]


@pytest.mark.seed("SHP-02")
def test_the_eight_prohibitions_are_a_list_of_the_schools_own(logi):
    logi("place add SHOP 校园商店 --kind shop")
    said = logi("check run 商店八不准 --place SHOP --by 钱样真 --rest-ok --set tobacco=fail")
    assert "sample" in said.out + said.err
    [run] = rows(logi("check results shop-eight -f json"))
    assert (run["score"], run["failed"]) == ("87.5", 1)  # 7 of 8


@pytest.mark.seed("SHP-05", "CAN-32")
def test_october_asks_for_the_hygiene_of_canteen_and_shop(logi):
    logi("check use canteen-shop --from 2025-09-01 --owner 钱样真")
    logi.env["LOGI_TODAY"] = "2025-10-20"
    [due] = rows(logi("due --book check -f json"))
    assert (due["state"], due["day"]) == ("soon", "2025-10-31")
    logi("check run canteen-shop --by 钱样真 --rest-ok --set expired=fail --sign leader=吴资明")
    assert rows(logi("due --book check -f json")) == []
    areas = {a["area"]: a["problems"] for a in rows(logi("report check-areas 2025-10 -f json"))}
    assert areas == {"Canteen": 0, "Shop": 1}


@pytest.mark.seed("CAN-03", "CAN-12")
def test_the_canteens_scores_have_a_date_a_trend_and_a_grade(logi):
    logi("place add D101 食堂 --kind canteen")
    items = ("manner", "speed", "kitchen", "hall", "quantity", "quality", "order", "waste")
    best = dict.fromkeys(items, "good")
    weeks = {"2025-09-10": best, "2025-09-17": best | {"kitchen": "poor"}, "2025-09-24": best | {"kitchen": "fair"}}
    for day, found in weeks.items():
        sets = " ".join(f"--set {item}={value}" for item, value in found.items())
        logi(f"check run canteen-service --place D101 --by 杨班一 --on {day} {sets}")
    runs, by_item = logi("check trend 食堂监督检查 --place D101 -f json").json["tables"]
    # Kitchen and quality weigh 2, the others 1: 10 in all; 8/10, then (8 + 2*0.6)/10.
    assert [(r["on"], r["score"], r["change"], r["grade"]) for r in runs["rows"]] == [
        ("2025-09-10", "100.0", None, "excellent"), ("2025-09-17", "80.0", "-20.0", "good"),
        ("2025-09-24", "92.0", "12.0", "excellent"),
    ]  # fmt: skip
    assert runs["totals"]["score"] == "90.7"  # (100 + 80 + 92) / 3 = 90.667
    kitchen = next(r for r in by_item["rows"] if r["item"] == "kitchen")
    assert (kitchen["answers"], kitchen["problems"]) == (3, 1)
    assert {r["area"] for r in by_item["rows"]} == {"Service", "Hygiene", "Quantity and quality", "Discipline"}


@pytest.mark.seed("CAN-22")
def test_hats_and_masks_are_looked_at_every_school_day(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("place add D101 食堂 --kind canteen --keeper 钱样真")
    logi("check use canteen-daily --place D101 --from 2025-09-28")
    line = "check run canteen-daily --place D101 --by 钱样真 --rest-ok --set core-temperature=75 --sign officer=吴资明"
    logi(f'{line} --set fridge=5 --set "dress=fail 一人未戴口罩" --on 2025-09-29')
    logi(f"{line} --set fridge=9 --on 2025-09-30")
    assert [r["due"] for r in rows(logi("check missed -f json"))] == ["2025-09-28"]
    problems = rows(logi("report check-problems 2025-09 -f json"))
    assert [(p["text"], p["value"], p["remark"]) for p in problems] == [
        ("Caps, masks and clothes are worn and clean, hands are clean", None, "一人未戴口罩"),
        ("Temperature of the fridge", "9 ℃", None),
    ]  # fmt: skip


def test_the_month_pack_has_checks_only_where_there_are_any(logi):
    names = {table["name"] for table in logi("report month 2025-09 --only check -f json").json["tables"]}
    assert not any(name.startswith("check.") for name in names)
    logi("check use fire-round --from 2025-09-29 --owner 陈巡安")
    logi("check run fire-round --by 陈巡安 --rest-ok --set exits=fail --on 2025-09-29")
    tables = {table["name"]: table for table in logi("report month 2025-09 --only check -f json").json["tables"]}
    assert len(tables["check.problems"]["rows"]) == 1
    assert tables["check.results"]["totals"]["score"] == "85.7"
    assert [r["due"] for r in tables["check.missed"]["rows"]] == ["2025-09-30"]


def test_verify_sees_a_score_that_is_not_its_results(ledger):
    with ledger.entry("person.add") as e:
        school.add_person(e, "S09", "陈巡安")
    with ledger.entry("check.run") as e:
        actions.run(e, "fire-round", by="S09", rest_ok=True, given=[Given(None, "exits", "fail")], on=date(2025, 9, 29))
    assert checks.verify(ledger.db) == []
    ledger.db.execute("PRAGMA query_only=OFF")
    ledger.db.execute("DROP TRIGGER guard_check_run_bu")
    ledger.db.execute("UPDATE check_run SET score = 1000")
    [finding] = checks.verify(ledger.db)
    assert "JC-2025-0001" in finding.text
    ledger.db.execute("UPDATE check_run SET score = 857, number = 'JC-2025-0002'")
    assert len(checks.verify(ledger.db)) == 2  # a run without results, results without a run


def test_a_month_without_its_fire_inspection_is_listed(logi):
    logi("check use fire-month --owner 陈巡安 --from 2025-08-01")
    logi("check run fire-month --by 陈巡安 --rest-ok --on 2025-08-20")
    october = {"LOGI_TODAY": "2025-10-15"}
    # August was inspected, September (last workday the 30th) was not, October is not over.
    missed = rows(logi("check missed fire-month --since 2025-08-01 --until 2025-10-31 -f json", **october))
    assert [(r["due"], r["state"]) for r in missed] == [("2025-09-30", "missed")]
    [line] = [r for r in rows(logi("due --book check -f json", **october)) if r["state"] == "missing" and "fire-month" in r["command"]]
    assert line["command"] == "logi check run fire-month --by S09 --on 2025-09-30"


@pytest.mark.seed("ENE-02")
def test_lights_and_cooling_left_on_are_counted_by_department(logi):
    logi("department add JW 教务处", code=None)
    logi("department add WL 实验室", code=None)
    logi("person edit 杨班一 --department 教务处")
    logi("person edit 秦实妍 --department 实验室")
    logi("place edit B203 --keeper 秦实妍")
    for day, found in (("2025-09-10", "B203:power=fail 空调未关"), ("2025-09-11", "A205:lights=fail"), ("2025-09-12", "B203:lights=fail")):
        logi(f'check run night-rooms --place A205 --place B203 --by 陈巡安 --rest-ok --set "{found}" --on {day}')
    logi("check run night-rooms --by 陈巡安 --rest-ok --set 'power=fail B203 又未关' --on 2025-09-15")  # named in the remark
    found = rows(logi("check departments night-rooms --month 2025-09 -f json"))
    assert [(r["department"], r["item"], r["problems"]) for r in found] == [
        ("实验室", "lights", 1), ("实验室", "power", 2), ("教务处", "lights", 1)]  # fmt: skip
    assert rows(logi("report check-departments 2025-09 -f json")) == found
