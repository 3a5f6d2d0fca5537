"""Meters by command lines: registered, read, replaced, compared, held against each other; undone and redone."""

import sqlite3
from contextlib import closing

import pytest

from logi.books.meter.schema import TABLES

JULY, AUGUST, SEPTEMBER = "2025-07-31", "2025-08-31", "2025-09-30"


def rows(said) -> list[dict]:
    return said.json["rows"]


def sheet(logi, month: str = "2025-09", **env) -> dict[str, dict]:
    return {row["code"]: row for row in rows(logi(f"meter month {month} -f json", **env))}


def due(logi, word: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book meter --days 0 -f json", **env)) if word in row["text"]]


@pytest.fixture
def meters(logi):
    """A main meter of electricity with two behind it, one of water; read at the end of July and August."""
    with logi.once():
        for line in (
            f"meter add E-01 总电表 --kind power --place E101 --factor 40 --reading 1000 --from {JULY} --reader 王修好",
            f"meter add E-02 教学楼 --kind power --place A205 --parent E-01 --reading 5000 --from {JULY} --reader 王修好 "
            "--department 教务处",
            f"meter add E-03 机房 --kind power --place B203 --parent E-01 --factor 10 --reading 300 --from {JULY} --reader 王修好",
            f"meter add W-01 总水表 --kind water --place E101 --reading 800 --from {JULY} --reader 王修好",
            "meter price set power 0.5283 --source 供电合同 --from 2025-01-01",
            "meter price set water 3.15 --source 水价 --from 2025-01-01",
            f"meter read E-01=1100 E-02=7000 E-03=470 W-01=900.5 --on {AUGUST}",  # 4,000 kWh: 2,000 and 1,700; 100.5 m³
        ):
            logi(line.replace(" --department 教务处", ""))
    return logi


@pytest.mark.seed("ENE-01")
def test_readings_give_use_cost_and_comparison_with_last_month_and_a_year_ago(meters):
    logi = meters
    logi("money school add QH01 测试学校 --heads 100 --own")
    logi(f"meter read E-01=1230 E-02=9600 E-03=670 W-01=1000 --on {SEPTEMBER}")
    september = sheet(logi)
    # (1230 − 1100) × 40 = 5,200 kWh at 0.5283 = 2,747.16; 5,200 ÷ 4,000 = +30.0 %.
    main = september["E-01"]
    assert (main["opening"], main["closing"], main["use"], main["cost"]) == ("1100", "1230", "5200", "2747.16")
    assert (main["before"], main["mom"], main["last_year"], main["state"]) == ("4000", "30.0", None, "good")
    # 99.5 m³ at 3.15 = 313.425, rounded to 313.43.
    assert (september["W-01"]["use"], september["W-01"]["cost"], september["W-01"]["mom"]) == ("99.5", "313.43", "-1.0")
    kinds = {row["kind"]: row for row in rows(logi("meter kinds --month 2025-09 -f json"))}
    assert (kinds["power"]["use"], kinds["power"]["each"], kinds["water"]["each"]) == ("5200", "52", "0.995")
    # A year later: the same month a year ago is beside it.
    year = {"LOGI_TODAY": "2026-09-30"}
    logi("meter read E-01=1250 --on 2026-08-31", **year)
    logi("meter read E-01=1360 --on 2026-09-30", **year)
    later = sheet(logi, "2026-09", **year)["E-01"]
    assert (later["use"], later["last_year"], later["yoy"]) == ("4400", "5200", "-15.4")  # −800 ÷ 5,200
    trend = rows(logi("meter trend E-01 --since 2026-08-01 -f json", **year))
    assert [(row["month"], row["use"], row["last_year"]) for row in trend] == [
        ("2026-08", "800", "4000"), ("2026-09", "4400", "5200")]  # fmt: skip


def test_what_was_not_read_is_no_use_of_nought_and_a_part_is_held_against_nothing(meters):
    logi = meters
    unread = {row["kind"]: (row["use"], row["unread"]) for row in rows(logi("meter kinds --month 2025-09 -f json"))}
    assert unread == {"water": (None, 1), "power": (None, 1)}
    assert "electricity: not read yet (1 main meters)." in logi("meter month 2025-09").out
    logi(f"meter read E-02=9600 --on {SEPTEMBER}")  # the main meter and one behind it are not read: nothing is left over
    shares = logi("meter places --month 2025-09 --kind power -f json").json
    assert [(row["place"], row["use"], row["share"]) for row in shares["rows"]] == [("A205 四年级教室", "2600", None)]
    assert shares["notes"] == ["electricity: not read to the end of the period: E-01; E-03."]
    # A year later September alone is read, 130 of 230 dials: 5,200 kWh are not held against September and October.
    logi(f"meter read E-01=1230 E-03=670 W-01=1000 --on {SEPTEMBER}")
    logi("meter read E-01=1330 --on 2025-10-31", LOGI_TODAY="2025-10-31")
    late = {"LOGI_TODAY": "2026-11-05"}
    logi("meter read E-01=2000 --on 2026-08-31", **late)
    logi("meter read E-01=2130 --on 2026-09-30", **late)
    part = {row["kind"]: row for row in rows(logi("meter kinds --since 2026-09-01 --until 2026-10-31 -f json", **late))}["power"]
    assert (part["use"], part["last_year"], part["yoy"], part["unread"]) == ("5200", None, None, 1)
    aims = {row["aim"]: row for row in rows(logi("meter campus --since 2026-09-01 -f json", **late))}
    assert (aims["less_power"]["met"], aims["less_power"]["figure"]) == (None, "1 main meters are still to be read")
    logi("meter read E-01=2230 --on 2026-10-31", **late)
    aims = {row["aim"]: row for row in rows(logi("meter campus --since 2026-09-01 -f json", **late))}
    # (130 + 100) × 40 = 9,200 kWh in both years; nobody said how many pupils there are.
    assert (aims["less_power"]["met"], aims["less_power"]["figure"]) == ("yes", "9200 kWh in all, 9200 a year before")


def test_a_price_holds_from_its_day_on_and_one_meter_may_have_its_own(meters):
    logi = meters
    logi("meter price set power 0.6 --source 调价 --from 2025-09-01")
    logi("meter price set power 0.8 --source 商业 --from 2025-09-01 --meter E-03")
    logi(f"meter read E-01=1200 E-02=9000 E-03=570 --on {SEPTEMBER}")
    august, september = sheet(logi, "2025-08"), sheet(logi)
    assert (august["E-01"]["cost"], september["E-01"]["cost"]) == ("2113.20", "2400.00")  # 4,000 × 0.5283, × 0.6
    assert (september["E-02"]["cost"], september["E-03"]["cost"]) == ("1200.00", "800.00")
    logi("meter price set power 0.7 --source 更正 --from 2025-09-01")
    assert sheet(logi)["E-01"]["cost"] == "2800.00"
    assert [row["price"] for row in rows(logi("meter price list -f json"))] == ["0.70", "0.5283", "0.80", "3.15"]


def test_a_main_meter_is_held_against_the_sum_of_those_behind_it(meters):
    logi = meters
    [gap] = rows(logi("meter loss --month 2025-08 -f json"))
    # 4,000 − (2,000 + 1,700) = 300, 7.5 %: within 10 %.
    assert (gap["behind_sum"], gap["gap"], gap["gap_rate"], gap["state"]) == ("3700", "300", "7.5", "good")
    logi(f"meter read E-01=1200 E-02=8000 E-03=570 --on {SEPTEMBER}")  # 4,000 − 1,000 − 1,000 = 2,000
    [gap] = rows(logi("meter loss --month 2025-09 -f json"))
    assert (gap["gap"], gap["gap_rate"], gap["state"]) == ("2000", "50.0", "wide")
    [line] = due(logi, "sub-meter")
    assert line["command"] == "logi meter leak E-01 TEXT --by S08 --repair --month 2025-09"
    logi("meter explain E-01 --month 2025-09 --reason 路灯无分表")
    assert due(logi, "sub-meter") == []
    places = rows(logi("meter places --kind power --month 2025-09 -f json"))
    assert [(row["place"], row["use"], row["share"]) for row in places] == [
        ("A205 四年级教室", "1000", "25.0"), ("B203 信息教室", "1000", "25.0"), ("behind no sub-meter", "2000", "50.0")]  # fmt: skip
    assert sum(int(row["cost"].replace(".", "")) for row in places) == 211_320


def test_departments_bear_what_their_meters_show(meters):
    logi = meters
    logi("department add JW 教务处")
    logi("meter edit E-02 --department 教务处")
    found = rows(logi("meter departments --kind power --month 2025-08 -f json"))
    assert [(row["department"], row["use"]) for row in found] == [
        ("教务处", "2000"), ("no department", "1700"), ("behind no sub-meter", "300")]  # fmt: skip


def test_a_meter_turns_over_and_is_replaced_without_a_negative_use(meters):
    logi = meters
    logi(f"meter add G-01 食堂燃气 --kind gas --place A205 --digits 4 --reading 9950 --from {JULY} --reader 王修好")
    logi(f"meter read G-01 20 --on {AUGUST}", code=4)
    logi(f"meter read G-01 20 --rolled --on {AUGUST}")
    logi("meter replace G-01 --ended 60 --began 5 --digits 6 --factor 2 --on 2025-09-20 --reason 到期轮换")
    assert sheet(logi)["G-01"]["state"] == "unread"  # a change of meters is no reading of the month
    logi(f"meter read G-01 35 --on {SEPTEMBER}")
    # 60 − 20 = 40 on the old one, (35 − 5) × 2 = 60 on the new one.
    assert (sheet(logi, "2025-08")["G-01"]["use"], sheet(logi)["G-01"]["use"]) == ("70", "100")
    [meter] = rows(logi("meter list --kind gas -f json"))
    assert (meter["digits"], meter["factor"]) == (6, "2")
    assert logi("audit verify").code == 0


def test_what_is_unread_is_due_and_stands_in_the_way_of_closing(meters):
    logi = meters
    logi(f"meter read E-01=1200 W-01=1000 --on {SEPTEMBER}")
    assert [(row["code"], row["month"]) for row in rows(logi("meter unread 2025-09 -f json"))] == [
        ("E-02", "2025-09"), ("E-03", "2025-09")]  # fmt: skip
    [line] = due(logi, "unread", LOGI_TODAY="2025-10-02")
    assert (line["state"], line["command"]) == (
        "missing", "logi meter read E-02=VALUE E-03=VALUE --by S08 --on 2025-09-30")  # fmt: skip
    said = logi("month close 2025-09", code=4, LOGI_TODAY="2025-10-02")
    assert "2025-09 has meters that were not read: E-02; E-03." in said.out + said.err


def test_a_closed_month_keeps_its_figures_and_they_are_held_against_the_readings(meters):
    logi = meters
    logi("month close 2025-08", LOGI_TODAY="2025-09-02")
    logi("meter price set power 1 --source 倒签 --from 2025-08-15", code=4)  # a closed month keeps its price
    logi(f"meter amend E-02 7100 --on {AUGUST} --reason 抄错", code=4)
    logi("meter quota E-02 100 --source 定额 --from 2025-08-01", code=4)
    assert logi("audit verify").code == 0
    logi("month reopen 2025-08 --reason 更正", LOGI_TODAY="2025-09-02")
    logi(f"meter amend E-02 7100 --on {AUGUST} --reason 抄错")
    assert sheet(logi, "2025-08")["E-02"]["use"] == "2100"
    assert logi("audit verify").code == 0


def test_an_unusual_use_is_told_at_once_and_asked_about_until_somebody_says_why(meters):
    logi = meters
    said = logi(f"meter read W-01 1040 --on {SEPTEMBER}")  # 139.5 m³ after 100.5: +38.8 %
    assert "W-01 used 139.5 m³ in 2025-09, 100.5 in the month before" in said.out + said.err
    [line] = due(logi, "W-01")
    assert line["command"] == "logi meter explain W-01 --reason TEXT --month 2025-09"
    logi("meter explain W-01 --month 2025-09 --reason 军训用水")
    assert due(logi, "W-01") == []
    assert (sheet(logi)["W-01"]["state"], sheet(logi)["W-01"]["reason"]) == ("explained", "军训用水")
    logi("meter explain --month 2025-09 --reason 都说过了", code=4)
    logi("undo")
    assert len(due(logi, "W-01")) == 1
    logi("meter quota W-01 139 --source 定额 --from 2025-09-01")
    assert "beyond the quota of 139" in due(logi, "W-01")[0]["text"]


def test_less_than_before_is_not_told_while_the_month_is_running(meters):
    logi = meters
    early = logi("meter read W-01 930 --on 2025-09-10", LOGI_TODAY="2025-09-10")
    assert "used" in early.out
    assert "apart" not in early.out + early.err
    assert sheet(logi, LOGI_TODAY="2025-10-01")["W-01"]["state"] == "abnormal"


def test_a_reading_is_corrected_with_both_on_record(meters):
    logi = meters
    logi(f"meter amend E-02 7200 --on {AUGUST} --reason 看错一位")
    assert sheet(logi, "2025-08")["E-02"]["use"] == "2200"
    logi(f"meter amend E-02 4000 --on {AUGUST} --reason 又错", code=4)
    logi("undo")
    assert sheet(logi, "2025-08")["E-02"]["use"] == "2000"
    logi("redo")
    assert sheet(logi, "2025-08")["E-02"]["use"] == "2200"
    assert logi("audit verify").code == 0


def test_undo_refuses_what_would_leave_readings_that_cannot_follow_each_other(meters):
    logi = meters
    logi(f"meter add G-01 燃气 --kind gas --place A205 --digits 4 --reading 9950 --from {JULY} --reader 王修好")
    turned = logi(f"meter read G-01 20 --rolled --on {AUGUST} -f json").json["entry"]
    logi(f"meter read G-01 60 --on {SEPTEMBER}")
    said = logi(f"undo {turned}", code=4)
    assert "G-01 would show 60 on 2025-09-30 after 9950 on 2025-07-31" in said.err
    logi("undo")
    logi(f"undo {turned}")
    assert logi("audit verify").code == 0


def standing(logi) -> dict[str, list[tuple]]:
    """What stands in every table of the book: rows not void, facts not reversed, without their ids and entries."""
    found = {}
    with closing(sqlite3.connect(logi.ledger)) as db:
        db.row_factory = sqlite3.Row
        for spec in TABLES:
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {spec.name}")]
            gone = {row.get("reverses") for row in rows}
            kept = [row for row in rows if not row.get("void") and row.get("sign", 1) == 1 and row["id"] not in gone]
            plain = [[value for key, value in row.items() if key not in ("id", "entry", "reverses")] for row in kept]
            found[spec.name] = sorted(plain, key=str)
    return found


def test_every_verb_is_undone_and_redone(meters):
    logi = meters
    for line in (
        "meter add G-01 燃气 --kind gas --place A205", "meter edit E-02 --name 北楼",
        f"meter read E-02 8000 --on {SEPTEMBER}", f"meter amend E-02 8100 --on {SEPTEMBER} --reason 看错",
        "meter replace E-03 --ended 480 --on 2025-09-20 --reason 损坏", "meter price set gas 3.4 --source 合同",
        "meter quota W-01 100 --source 定额", "meter explain E-02 --month 2025-09 --reason 加班",
        "meter leak E-02 空调常开 --by 王修好 --repair", "meter night W-01 1 2 --by 王修好",
        "meter bill add water 2025-08 --qty 100 --amount 315", "correct NH-2025-0001 --qty 101 --reason 改票",
        "meter saving add JN1 节水 --kind water --first 2025-09 --last 2025-10 --target 5", "meter saving drop JN1 --reason 并入",
        "meter submit 2024 --to 教体局 --on 2025-03-01", "meter remove W-01 --ended 1000 --reason 停用",
    ):  # fmt: skip
        before = standing(logi)
        logi(line)
        after = standing(logi)
        assert after != before, line
        logi("undo")
        assert standing(logi) == before, line
        logi("redo")
        assert standing(logi) == after, line
    assert logi("audit verify").code == 0
