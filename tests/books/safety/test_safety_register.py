"""The safety register by command lines: measures, the canteen's three, equipment, what is held, the ledger of it all."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


SAYS = {"in_place": "not in place", "canteen": "nobody answers for", "expiring": "expire", "unchecked": "to be checked by",
        "faulty": "last check", "drill": "No drill", "meeting": "No meeting", "test": "full test"}  # fmt: skip


def due(logi, rule: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book safety -f json", **env)) if SAYS[rule] in row["text"]]


def lacks(logi, code: str) -> str | None:
    return next(row["lacks"] for row in rows(logi("safety measure list -f json")) if row["code"] == code)


@pytest.mark.seed("PAT-09")
def test_every_measure_has_an_owner_or_is_listed_as_orphaned(logi):
    logi("safety measure add ZB01 校门值守 --kind security --owner 陈巡安 --measure 来访登记 --basis 门卫制度")
    logi("safety measure add ZB02 夜间巡逻 --kind theft --measure 两人一组")
    [line] = [row for row in due(logi, "in_place") if row["state"] == "orphaned"]
    assert (line["subject"], line["command"]) == ("ZB02", "logi safety measure edit ZB02 --owner PERSON")
    logi("safety measure edit ZB02 --owner 王修好")
    assert [r for r in due(logi, "in_place") if r["state"] == "orphaned"] == []
    logi("person leave 王修好 --on 2025-09-29")  # who has left answers for nothing
    assert [r["subject"] for r in due(logi, "in_place") if r["state"] == "orphaned"] == ["ZB02"]
    report = rows(logi("report safety-measures 2025-09 -f json"))
    assert [(r["code"], r["owner"]) for r in report] == [("ZB01", "陈巡安"), ("ZB02", "王修好")]


@pytest.mark.seed("PAT-25")
def test_a_measure_is_in_place_when_it_is_known_answered_for_and_acted_on(logi):
    logi("safety measure add ZB01 校门值守 --measure 来访登记")
    assert lacks(logi, "ZB01") == "awareness; responsibility; measure"
    logi("safety measure edit ZB01 --owner 陈巡安")
    assert lacks(logi, "ZB01") == "awareness; measure"
    logi("safety measure act ZB01 抽查登记本")
    assert lacks(logi, "ZB01") == "awareness"
    logi("safety hold notice 来访须知 --by 陈巡安 --measure ZB01")
    assert lacks(logi, "ZB01") is None
    assert due(logi, "in_place") == []
    # 190 days after 30 September 2025 is 8 April 2026; 100 days after it 8 January.
    late = {"LOGI_TODAY": "2026-01-09"}
    assert [r["text"] for r in due(logi, "in_place", **late)] == ["ZB01 校门值守: not in place: measure"]
    assert "awareness; measure" in due(logi, "in_place", LOGI_TODAY="2026-04-09")[0]["text"]
    logi("safety measure stop ZB01 --reason 改为保安公司负责")
    assert due(logi, "in_place") == []
    assert rows(logi("safety measure list -f json")) == []


@pytest.mark.seed("PAT-21")
def test_in_the_canteen_somebody_answers_for_fire_theft_and_poison_each(logi):
    logi("place add D 食堂 --kind building")
    logi("place add D101 操作间 --kind canteen --parent D")
    logi("place add D102 餐厅 --kind canteen --parent D")
    assert due(logi, "canteen") == []  # nothing is asked of a school that does not keep this book
    logi("safety measure add ST1 食堂防火 --kind fire --place D101 --owner 王修好 --measure 人离火熄")
    assert [row["text"] for row in due(logi, "canteen")] == [
        "D101 操作间: nobody answers for poison.", "D101 操作间: nobody answers for theft."]  # fmt: skip
    logi("safety measure add ST2 食堂防盗 --kind theft --place D --owner 陈巡安 --measure 下班落锁")  # the building's
    logi("safety measure add ST3 食堂防毒 --kind poison --place D102 --measure 留样")
    assert [row["text"] for row in due(logi, "canteen")] == ["D101 操作间: nobody answers for poison."]
    logi("safety measure edit ST3 --owner 钱样真")
    assert due(logi, "canteen") == []
    assert "nobody" not in logi("safety measure list").out


@pytest.mark.seed("PAT-13")
def test_extinguishers_have_a_last_day_and_drills_and_inspections_are_asked_for(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("safety equipment add MH01 灭火器 --place B203 --count 12 --expires 2025-10-20 --owner 陈巡安 --from 2025-09-01")
    logi("safety equipment add MH02 灭火器 --place A205 --expires 2025-09-29 --owner 陈巡安 --from 2025-09-01")
    lines = {r["subject"]: (r["state"], r["day"], r["command"]) for r in due(logi, "expiring")}
    assert lines == {
        "MH01": ("expiring", "2025-10-20", "logi safety equipment renew MH01 --expires DAY"),
        "MH02": ("overdue", "2025-09-29", "logi safety equipment renew MH02 --expires DAY"),
    }  # fmt: skip
    logi("safety equipment renew MH01 MH02 --expires 2027-09-30 --by 陈巡安")
    assert due(logi, "expiring") == []
    # A renewal is a check; in October all want to be looked at again by the 31st.
    assert due(logi, "unchecked") == []
    october = {"LOGI_TODAY": "2025-10-15"}
    assert [(r["state"], r["day"]) for r in due(logi, "unchecked", **october)] == [("soon", "2025-10-31")]
    logi("safety equipment check --by 陈巡安 --on 2025-10-15", **october)
    assert due(logi, "unchecked", **october) == []
    # Fire drills: September has gone without one, October is not over.
    drills = due(logi, "drill", **october)
    assert [(r["state"], r["day"]) for r in drills] == [("missing", "2025-09-30"), ("soon", "2025-10-31")]
    logi("safety hold drill 疏散演练 --heads 812 --by 陈巡安 --on 2025-09-18")
    logi("safety hold drill 灭火演练 --heads 30 --by 陈巡安 --on 2025-10-15", **october)
    assert due(logi, "drill", **october) == []
    # Fire patrol and monthly inspection are lists in use; a day not walked is listed.
    logi("check use fire-round --owner 陈巡安 --from 2025-09-29")
    assert [r["due"] for r in rows(logi("check missed fire-round -f json"))] == ["2025-09-29", "2025-09-30"]


def test_equipment_that_fails_becomes_a_fire_hazard_in_the_same_entry(logi):
    logi("safety equipment add MH01 灭火器 --place B203/门后 --expires 2027-01-01 --owner 陈巡安 --from 2025-09-01")
    done = logi("safety equipment check MH01 --by 陈巡安 --failed 压力不足 -f json").json
    assert done["numbers"] == ["YH-2025-0001"]
    [hazard] = rows(logi("hazard list -f json"))
    assert (hazard["category"], hazard["place"]) == ("fire", "B203 信息教室/门后")
    assert [r["subject"] for r in due(logi, "faulty")] == ["MH01"]
    logi("undo")
    assert rows(logi("hazard list -f json")) == []
    assert [r["state"] for r in rows(logi("safety equipment list -f json"))] == ["unchecked"]
    logi("redo")
    assert logi("audit verify").code == 0
    logi("safety equipment check MH01 --by 陈巡安")
    assert [r["state"] for r in rows(logi("safety equipment list -f json"))] == ["good"]


def test_the_fire_systems_are_tested_in_full_every_year(logi):
    logi("safety equipment add XH01 消火栓 --kind hydrant --place B203 --owner 陈巡安 --from 2025-09-01")
    assert due(logi, "test") == []
    assert [(r["state"], r["day"]) for r in due(logi, "test", LOGI_TODAY="2026-08-20")] == [("soon", "2026-09-01")]
    logi("safety hold test 消防设施全面检测 --vendor V06 --on 2025-09-20")
    assert due(logi, "test", LOGI_TODAY="2026-08-20") == []
    assert [r["state"] for r in due(logi, "test", LOGI_TODAY="2026-09-21")] == ["overdue"]


@pytest.mark.seed("PAT-19")
def test_a_safety_lesson_is_logged_with_topic_day_class_and_head_count(logi):
    logi("safety hold lesson 交通安全 --class 七年级1班 --heads 45 --by 杨班一 --minutes 40 --on 2025-09-16")
    logi("safety hold 教育 治防安全 --class 七年级1班 --class 七年级2班 --heads 90 --by 杨班一 --on 2025-09-23")
    found = rows(logi("safety list --kind lesson --month 2025-09 -f json"))
    assert [(r["topic"], r["on"], r["audience"], r["heads"]) for r in found] == [
        ("交通安全", "2025-09-16", "七年级1班", 45), ("治防安全", "2025-09-23", "七年级1班；七年级2班", 90)]  # fmt: skip
    assert logi("safety list --month 2025-09 -f json").json["totals"]["heads"] == 135
    assert rows(logi("find 交通安全 -f json"))[0]["code"] == "AQ-2025-0001"


@pytest.mark.seed("PAT-20")
def test_safety_is_a_standing_agenda_item_and_a_month_without_it_is_listed(logi):
    logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
    logi("safety hold meeting 行政例会 --by 钱样真 --outcome 校门值守加强 --on 2025-09-08")
    logi("safety hold lesson 防火 --heads 45 --by 杨班一 --on 2025-09-16")
    assert due(logi, "meeting") == []
    late = due(logi, "meeting", LOGI_TODAY="2025-11-03")
    assert [(r["state"], r["text"]) for r in late] == [
        ("missing", "No meeting on safety from 2025-10-01 to 2025-10-31."),
        ("soon", "No meeting on safety from 2025-11-01 to 2025-11-30.")]  # fmt: skip
    assert "--outcome" in logi("safety hold meeting 班主任会 --by 钱样真").err
    minutes = logi("show AQ-2025-0001 -f json").json["tables"][0]["rows"]
    assert {"field": "Outcome", "content": "校门值守加强"} in minutes


def test_a_month_of_vacation_asks_for_no_drill(logi):
    logi("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    logi("safety hold lesson 防火 --heads 45 --by 杨班一", LOGI_TODAY="2026-06-20")
    lines = due(logi, "drill", LOGI_TODAY="2026-08-20")
    assert [r["day"] for r in lines] == ["2026-06-30", "2026-07-31"]  # not August


@pytest.mark.seed("PAT-26")
def test_the_safety_ledger_holds_everything_of_a_period_by_day(logi):
    logi("safety measure add ZB01 校门值守 --owner 陈巡安 --measure 来访登记 --from 2025-09-01")
    logi("safety measure act ZB01 抽查登记本 --on 2025-09-05")
    logi("safety hold drill 疏散演练 --heads 812 --by 陈巡安 --on 2025-09-18")
    logi("hazard open B203插座松动 --place B203 --category electric --on 2025-09-10 --owner 王修好")
    logi("patrol accident add 跌倒 --place A205 --injured 1 --on 2025-09-12 --treatment 校医处理")
    logi("hazard open 旧隐患 --place A205 --on 2025-08-20")
    found = rows(logi("safety ledger --month 2025-09 -f json"))
    assert [(r["on"], r["matter"], r["number"]) for r in found] == [
        ("2025-09-05", "act", "ZB01"), ("2025-09-10", "hazard", "YH-2025-0001"),
        ("2025-09-12", "accident", "SG-2025-0001"), ("2025-09-18", "drill", "AQ-2025-0001"),
    ]  # fmt: skip
    assert rows(logi("report safety-ledger 2025-09 -f json")) == found


def test_the_months_pack_opens_with_safety_once_the_book_is_kept(logi):
    names = [t["name"] for t in logi("report month 2025-09 -f json").json["tables"]]
    assert not [name for name in names if name.startswith("safety.")]
    logi("safety hold drill 疏散演练 --heads 812 --by 陈巡安 --on 2025-09-18")
    names = [t["name"] for t in logi("report month 2025-09 -f json").json["tables"]]
    assert [name for name in names if name.startswith("safety.")] == ["safety.aims", "safety.events", "safety.measures", "safety.equipment"]


def test_each_verb_is_undone_and_redone(logi):
    logi("safety measure add ZB01 校门值守 --owner 陈巡安 --measure 来访登记")
    logi("safety equipment add MH01 灭火器 --place B203 --expires 2026-01-01 --owner 陈巡安")
    listing = ("safety measure list -f json", "safety equipment list -f json", "safety list -f json")
    for line in (
        "safety measure edit ZB01 --measure 双人值守", "safety measure act ZB01 抽查", "safety hold lesson 防火 --heads 4 --by 杨班一",
        "safety equipment renew MH01 --expires 2028-01-01", "safety equipment drop MH01 --reason 淘汰",
        "safety measure stop ZB01 --reason 合并",
    ):  # fmt: skip
        before = [logi(one).out for one in listing]
        logi(line)
        after = [logi(one).out for one in listing]
        assert before != after
        logi("undo")
        assert [logi(one).out for one in listing] == before
        logi("redo")
        assert [logi(one).out for one in listing] == after
    assert logi("audit verify").code == 0


def test_what_is_held_proves_the_lines_of_a_plan(logi):
    from logi.books.month import proving
    from logi.db import open_ledger
    from logi.journal import Who

    logi("safety equipment add MH01 灭火器 --place B203 --expires 2026-01-01 --owner 陈巡安 --from 2025-09-01")
    logi("safety equipment add MH02 灭火器 --place A205 --expires 2026-01-01 --owner 陈巡安 --from 2025-09-01")
    logi("safety equipment check MH01 --by 陈巡安 --on 2025-09-10")
    logi("safety hold drill 疏散演练 --heads 812 --by 陈巡安 --on 2025-09-18")
    ledger = open_ledger(logi.ledger, Who("t", "t", 0, "t"))
    try:
        known = proving.known()
        assert known["safety-drill"](ledger, "2025-09") == (1, 1, ["AQ-2025-0001"])
        assert known["safety-meeting"](ledger, "2025-09") == (0, 1, [])
        assert known["fire-equipment"](ledger, "2025-09") == (1, 2, ["MH01"])
    finally:
        ledger.db.close()


def test_a_months_pack_tells_the_measures_as_they_stood_then(logi):
    logi("safety measure add ZB01 校门值守 --owner 陈巡安 --measure 来访登记 --from 2025-08-01")
    logi("safety measure act ZB01 抽查登记本 --on 2025-09-12")
    logi("safety measure add ZB02 夜巡 --owner 陈巡安 --measure 两人一组 --from 2025-09-15")
    (august,) = [t for t in logi("report month 2025-08 -f json").json["tables"] if t["name"] == "safety.measures"]
    assert [(r["code"], r["acted_on"], r["lacks"]) for r in august["rows"]] == [("ZB01", None, "awareness; measure")]


@pytest.mark.seed("PAT-22")
@pytest.mark.seed("PAT-23")
@pytest.mark.seed("PAT-27")
@pytest.mark.seed("PAT-29")
@pytest.mark.seed("PAT-31")
def test_the_aims_of_safety_are_held_against_what_happened(logi):
    """September 2025 with R1 walked on no day but the 29th and 30th from the 26th on (26, 28 and 29, 30 are workdays)."""
    logi("safety measure add ZB01 校门值守 --owner 陈巡安")
    logi("patrol route add R1 晨巡 --frequency workday --from 2025-09-26")
    for day in (29, 30):
        logi(f'patrol log R1 --by 陈巡安 --at "2025-09-{day} 07:00"')
    hazard = logi("hazard open 围墙开裂 --place E101 --by 陈巡安 --level major --on 2025-09-10 -f json").json["number"]
    logi("hazard open 插座松动 --place E101 --by 陈巡安 --on 2025-09-10")  # a general one is no serious one
    logi("patrol accident add 滑倒 --place E101 --kind injury --injured 2 --by 陈巡安 --reported-to 教体局 --on 2025-09-12")
    said = {row["aim"]: (row["found"], row["met"]) for row in rows(logi("safety aims --month 2025-09 -f json"))}
    assert said["safe"] == (1, "no")
    assert said["order"] == (2, "no")
    assert said["campus"] == (1, "no")
    assert (said["life"], said["accident"]) == ((2, "no"), (1, "no"))
    logi(f"hazard fix {hazard} --by 王修好 --on 2025-09-29")
    logi(f"hazard verify {hazard} --by 陈巡安 --on 2025-09-30")
    assert {r["aim"]: r["met"] for r in rows(logi("safety aims --month 2025-09 -f json"))}["safe"] == "yes"
    before = {row["aim"]: row["found"] for row in rows(logi("report safe-campus 2025-08 -f json"))}
    assert (before["life"], before["accident"], before["order"]) == (0, 0, 0)
    assert "Safe campus" in logi("report month 2025-09").out
