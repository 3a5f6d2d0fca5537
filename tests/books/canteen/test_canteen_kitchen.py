"""A kitchen's day by command lines: who may cook, the menu, samples, records, and what a day lacks."""

import pytest

TERM = "term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30"


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def kitchen(logi):
    """Two cooks with certificates, of whom 王修好's is young; lunch is cooked since the 29th."""
    with logi.once():
        logi(TERM)
        logi("canteen open lunch --from 2025-09-29")
        logi("canteen staff add 王修好 --job 厨师 --certificate 健001 --examined 2025-08-20 --from 2025-09-01")
        logi("canteen staff add 周入库 --job 帮厨 --certificate 健002 --examined 2024-10-10 --from 2025-09-01")
    return logi


def due(logi, **env) -> list[dict]:
    return rows(logi("due --book canteen -f json", **env))


def gaps(logi, day: str = "2025-09-30", **env) -> list[tuple]:
    return [(row["meal"], row["record"], row["detail"]) for row in rows(logi(f"canteen day {day} -f json", **env))]


def whole_day(logi, day: str) -> None:
    logi(f"canteen morning --by 钱样真 --on {day}")
    logi(f"canteen menu plan {day} lunch 米饭=grain 土豆烧牛肉=vegetable,meat")
    logi(f"canteen sample take lunch 米饭=130 土豆烧牛肉=128 --by 王修好 --at 11:20 --on {day}")
    logi(f"canteen log wash,apart,cover,keep --meal lunch --by 王修好 --on {day}")
    logi(f"canteen log cook --meal lunch --celsius 76 --by 王修好 --on {day}")
    logi(f"canteen log disinfect --meal lunch --method 蒸汽 --minutes 20 --by 王修好 --checker 钱样真 --on {day}")
    logi(f"canteen log storage,tour --by 钱样真 --on {day}")
    logi(f"canteen log fridge --celsius 4 --by 钱样真 --on {day}")
    logi(f"canteen log clean --by 周入库 --checker 钱样真 --at 9:05 --on {day}")
    logi(f"canteen log clean --by 周入库 --checker 钱样真 --at 13:40 --on {day}")
    logi(f"canteen serve lunch 812 --staff 40 --leader 陈巡安 --by 钱样真 --on {day}")


@pytest.mark.seed("CAN-14")
def test_who_is_ill_or_has_no_certificate_does_not_work_with_food(kitchen):
    # Examined on 10 October 2024, the certificate of 周入库 ends on 9 October 2025: nine days from the 30th.
    lines = {row["subject"]: row for row in due(kitchen) if row["subject"] == "S06"}
    assert (lines["S06"]["state"], lines["S06"]["day"]) == ("expiring", "2025-10-09")
    kitchen("canteen morning --by 钱样真 --ill 周入库=腹泻")
    seen = rows(kitchen("report morning-looks --month 2025-09 -f json"))
    assert [(row["name"], row["result"], row["note"]) for row in seen] == [("周入库", "ill", "腹泻"), ("王修好", "fit", None)]
    for line in ("canteen log storage --by 周入库", "canteen sample take lunch 米饭=130 --by 周入库", "canteen serve lunch 9 --by 周入库"):
        assert kitchen(f"{line} -f json", code=4).json["key"] == "canteen.not_fit"
    late = {"LOGI_TODAY": "2025-10-10"}
    assert kitchen("canteen log storage --by 周入库 -f json", code=4, **late).json["key"] == "canteen.not_certified"
    assert kitchen("canteen morning --by 钱样真 -f json", code=4, **late).json["key"] == "canteen.not_certified"
    kitchen("canteen morning --by 钱样真 --away 周入库", **late)
    assert [row["state"] for row in due(kitchen, **late) if row["subject"] == "S06"] == ["overdue"]
    kitchen("canteen staff renew 周入库 --examined 2025-10-10 --certificate 健003", **late)
    kitchen("canteen morning --by 钱样真", LOGI_TODAY="2025-10-11")
    kitchen("canteen log storage --by 周入库", LOGI_TODAY="2025-10-11")
    assert [row for row in due(kitchen, LOGI_TODAY="2025-10-11") if row["subject"] == "S06"] == []


def test_a_day_booked_late_is_judged_by_the_certificate_that_held_on_it(kitchen):
    kitchen("canteen staff renew 周入库 --examined 2025-09-20 --certificate 健009")
    kitchen("canteen log storage --by 周入库 --on 2025-09-15")  # the one of October 2024 held
    again = kitchen("canteen staff renew 周入库 --examined 2025-09-20 --until 2026-08-31 -f json").json
    assert again["facts"]["expires"] == "2026-08-31"
    renewed = kitchen("canteen staff renew 王修好 --examined 2025-09-25 -f json").json["entry"]
    kitchen("canteen log tour --by 王修好 --on 2025-09-01")
    kitchen(f"undo {renewed}")
    stands = {row["name"]: row["examined_on"] for row in rows(kitchen("canteen staff list -f json"))}
    assert stands == {"周入库": "2025-09-20", "王修好": "2025-08-20"}
    kitchen("canteen log tour --by 王修好 --on 2025-09-02")  # undone and redone, the earlier one still holds


def test_what_people_say_for_meals_groups_and_records_is_understood(kitchen):
    hans = {"LOGI_LANG": "zh-Hans"}
    kitchen("canteen menu plan 2025-09-30 午饭 米饭=谷薯 排骨=鱼禽肉蛋 --price 9", **hans)
    kitchen("canteen log 清洗,加盖 --meal 中餐 --by 王修好", **hans)
    kitchen("canteen log 消毒 --meal 午饭 --method 蒸汽 --by 王修好 --checker 钱样真", **hans)
    kitchen("canteen log 厨余 --vendor V06 --quantity 18.5 --by 王修好", **hans)
    assert [row["step"] for row in rows(kitchen("canteen list --kind 消毒 -f json", **hans))] == ["disinfect"]
    usage = kitchen("canteen log --help", **hans).out
    assert "环节,…" in usage
    assert "伙食费" in kitchen("canteen book --help", **hans).out.partition("\n")[0]


def test_a_second_look_of_the_morning_is_only_about_those_it_names(kitchen):
    kitchen("canteen morning --by 钱样真")
    second = kitchen("canteen morning --by 钱样真 --dress 王修好=未戴帽 -f json").json["entry"]
    assert kitchen("canteen log storage --by 王修好 -f json", code=4).json["key"] == "canteen.not_fit"
    kitchen("canteen log storage --by 周入库")
    kitchen(f"undo {second}")
    kitchen("canteen log tour --by 王修好")


@pytest.mark.seed("CAN-25")
def test_a_sample_of_every_dish_is_kept_in_grams_and_hours_that_the_law_limits(kitchen):
    kitchen("canteen menu plan 2025-09-29 lunch 土豆烧牛肉 米饭")
    assert kitchen("canteen sample take lunch 土豆烧牛肉=118 --by 王修好 --on 2025-09-29 -f json", code=4).json["key"] == \
        "canteen.too_little"  # fmt: skip
    kitchen("canteen sample take lunch 土豆烧牛肉=125 --by 王修好 --at 11:25 --on 2025-09-29")
    assert ("lunch", "samples", None) in gaps(kitchen, "2025-09-29")  # 米饭 has none yet
    # 22 hours and 5 minutes later: 24 hours were the seed's, 48 are the law's.
    early = kitchen("canteen sample throw LY-2025-0001 --by 王修好 --at 9:30 -f json", code=4).json
    assert (early["key"], early["facts"]["hours"], early["facts"]["least"]) == ("canteen.too_early", 22, 48)
    assert "24" in kitchen("policy set sample.min_hours 24 --from 2025-09-01 --source 旧规", code=4).err
    kitchen("canteen sample take lunch 米饭=130 --by 王修好 --at 11:30 --on 2025-09-29")
    assert ("lunch", "samples", None) not in gaps(kitchen, "2025-09-29")
    late = {"LOGI_TODAY": "2025-10-01"}
    kitchen("canteen sample throw --by 王修好 --at 11:26", **late)
    found = rows(kitchen("canteen sample list -f json", **late))
    assert [(r["dish"], r["grams"], r["kept_until"], r["thrown_at"], r["state"]) for r in found] == [
        ("土豆烧牛肉", "125", "2025-10-01 11:25", "2025-10-01 11:26", "thrown"),
        ("米饭", "130", "2025-10-01 11:30", None, "kept")]  # fmt: skip
    # Kept too long: three days beyond its hours it is asked after.
    assert [r["subject"] for r in due(kitchen, LOGI_TODAY="2025-10-05") if r["state"] == "overdue"] == ["LY-2025-0002"]
    printed = kitchen("form food-samples 2025-09 -f csv", **late).out
    assert "土豆烧牛肉" in printed
    assert "10-01 11:26" in printed


def test_a_sample_thrown_away_is_not_undone_beneath_its_throwing(kitchen):
    taken = kitchen("canteen sample take lunch 米饭=130 --by 王修好 --at 11:20 --on 2025-09-26 -f json").json["entry"]
    kitchen("canteen sample throw LY-2025-0001 --by 王修好 --at 9:00")
    assert kitchen(f"undo {taken} -f json", code=4).json["key"] == "front.undo_depends"
    kitchen("undo")
    assert [row["state"] for row in rows(kitchen("canteen sample list -f json"))] == ["over"]
    gone = kitchen(f"undo {taken} -f json").json["entry"]
    assert rows(kitchen("canteen sample list -f json")) == []
    kitchen(f"redo {gone}")
    kitchen("canteen sample throw --by 王修好 --at 9:00")
    assert kitchen("audit verify").code == 0


@pytest.mark.seed("CAN-05")
def test_a_day_that_lacks_a_record_is_listed_with_the_line_that_mends_it(kitchen):
    whole_day(kitchen, "2025-09-29")
    assert gaps(kitchen, "2025-09-29") == []
    assert [row for row in due(kitchen) if row["subject"] == "2025-09-29"] == []
    kitchen("undo 23")  # the temperature of what was cooked
    [line] = [row for row in due(kitchen) if row["subject"] == "2025-09-29"]
    assert (line["state"], line["text"]) == ("missing", "2025-09-29: 1 of 16 records of the canteen are missing: "
                                             "lunch: cooked through")  # fmt: skip
    assert line["command"] == "logi canteen log cook --meal lunch --celsius N --by S06 --on 2025-09-29"
    kitchen(line["command"].removeprefix("logi ").replace(" N ", " 71 "))
    kept = rows(kitchen("report canteen-days --month 2025-09 -f json"))
    # today is not over, yet what it lacks is shown; the 27th and 28th are a week-end
    assert [(row["on"], row["asked"], row["kept"]) for row in kept] == [("2025-09-29", 16, 16), ("2025-09-30", 16, 0)]
    assert [row["subject"] for row in due(kitchen) if row["state"] == "missing"] == []
    later = [row["subject"] for row in due(kitchen, LOGI_TODAY="2025-10-09") if row["state"] == "missing"]
    assert later == ["2025-09", "2025-09-30"]  # September's meeting and the 30th; 1–8 October are off


@pytest.mark.seed("CAN-20")
def test_vegetables_are_washed_and_tableware_is_disinfected_and_kept_clean_at_each_meal(kitchen):
    wanted = {("lunch", "wash", None), ("lunch", "disinfect", None), ("lunch", "keep", None)}
    assert wanted <= set(gaps(kitchen))
    kitchen("canteen log wash --meal lunch --by 王修好 --note 三池分洗")
    assert kitchen("canteen log disinfect --meal lunch --by 王修好 --checker 钱样真", code=2).err.startswith("Disinfected by what")
    kitchen("canteen log 餐具消毒,餐具保洁 --meal 午餐 --method 蒸汽 --minutes 20 --celsius 100 --by 王修好 --checker 钱样真")
    assert not wanted & set(gaps(kitchen))
    found = rows(kitchen("canteen list --kind disinfect -f json"))
    assert [(r["method"], r["minutes"], r["celsius"], r["by"], r["checker"]) for r in found] == [
        ("蒸汽", 20, "100", "王修好", "钱样真")]  # fmt: skip


@pytest.mark.seed("CAN-06")
def test_cleaning_has_set_times_and_each_is_signed(kitchen):
    assert {("clean", "09:00"), ("clean", "13:30")} <= {(row[1], row[2]) for row in gaps(kitchen)}
    assert kitchen("canteen log clean --at 9:10 --by 周入库 --checker 周入库", code=4)
    kitchen("canteen log clean --at 9:10 --by 周入库 --checker 钱样真")
    kitchen("canteen log clean --at 15:00 --by 周入库 --checker 钱样真")  # an hour and a half late is not on time
    assert [row[2] for row in gaps(kitchen) if row[1] == "clean"] == ["13:30"]
    kitchen("policy set canteen.clean_times '[\"09:00\"]' --from 2025-09-30 --source 食堂会议")
    assert [row[2] for row in gaps(kitchen) if row[1] == "clean"] == []


@pytest.mark.seed("CAN-28")
def test_a_menu_is_planned_ahead_and_weighed_by_groups_of_food(kitchen):
    kitchen("canteen menu plan 2025-10-09 lunch 米饭=谷薯 青菜=蔬菜 --price 6")
    said = kitchen("canteen menu list --since 2025-10-09 -f json").json
    assert [(row["dish"], row["price"]) for row in said["rows"]] == [("米饭", "6.00"), ("青菜", "6.00")]
    assert said["notes"] == ["2025-10-09: 2 groups of food, 3 are wanted; not on the menu: fish, meat and eggs; milk and soya."]
    kitchen("canteen menu plan 2025-10-09 lunch 豆腐=豆")
    assert kitchen("canteen menu list --since 2025-10-09 -f json").json["notes"] == []
    assert "四季豆" in kitchen("canteen menu plan 2025-10-10 lunch 干煸四季豆").err
    # On the 8th the 9th has its menu; were it dropped, the list asks for it.
    eve = {"LOGI_TODAY": "2025-10-08"}
    assert [row for row in due(kitchen, **eve) if row["state"] == "soon"] == []
    kitchen("canteen menu drop 2025-10-09 lunch 米饭 青菜 豆腐 --reason 停电")
    assert [row["command"] for row in due(kitchen, **eve) if row["state"] == "soon"] == [
        "logi canteen menu plan 2025-10-09 lunch DISH"]  # fmt: skip
    assert rows(kitchen("canteen menu list --since 2025-10-09 --until 2025-10-09 -f json")) == []


def test_every_verb_is_undone_and_done_again(kitchen):
    for line, seen in (
        ("canteen staff renew 周入库 --examined 2025-09-29", "canteen staff list"),
        ("canteen morning --by 钱样真", "report morning-looks"),
        ("canteen menu plan 2025-09-30 lunch 米饭", "canteen menu list"),
        ("canteen serve lunch 8 --by 钱样真", "report canteen-meals"),
        ("canteen accompany lunch 陈巡安", "report canteen-meals"),
        ("canteen log oil --by 王修好 --vendor V06 --quantity 3", "canteen list"),
        ("canteen sample take lunch 米饭=130 --by 王修好", "canteen sample list"),
        ("canteen staff leave 周入库", "canteen staff list"),
        ("canteen close --on 2025-09-29", "report canteen-days"),
    ):  # fmt: skip
        before = kitchen(f"{seen} -f csv").out
        kitchen(line)
        after = kitchen(f"{seen} -f csv").out
        assert after != before, line
        kitchen("undo")
        assert kitchen(f"{seen} -f csv").out == before, line
        kitchen("redo")
        assert kitchen(f"{seen} -f csv").out == after, line
    assert kitchen("audit verify").code == 0


def test_the_months_pack_shows_the_canteens_days(kitchen):
    whole_day(kitchen, "2025-09-29")
    tables = kitchen("report month 2025-09 -f json").json["tables"]
    assert {"canteen.days", "canteen.meals"} <= {table["name"] for table in tables}
    assert [row["code"] for row in rows(kitchen("check routine -f json")) if row["code"].startswith("canteen")] == [
        "canteen-log", "canteen-morning", "canteen-sample"]  # fmt: skip
    assert kitchen("show LY-2025-0001").code == 0
    # The month's sheet: two looked at and fit, disinfected by steam for 20 minutes, a leader at table.
    assert kitchen("form canteen-month 2025-09 -f csv").out.splitlines()[1] == (
        "1,2025-09-29,lunch,2/2,,蒸汽,20,王修好,钱样真,812,陈巡安,")
