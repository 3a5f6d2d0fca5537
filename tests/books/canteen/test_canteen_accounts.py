"""The canteen's goods, account and answers by command lines."""

import pytest


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def store(logi):
    """Rice in the storeroom, bought and inspected by nobody yet; lunch is cooked since the 29th."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("canteen open lunch --from 2025-09-29")
        logi("vendor edit V06 --licence JY001 --licence-to 2028-06-30")
        logi("item add SP01 大米 --unit kg --class food")
        logi("item add BG01 粉笔 --unit 盒")
        logi("stock in 大米 100@4.6 --from V06 --on 2025-09-29 --buyer 吴资明 --expires 2026-02-28")
    return logi


INSPECT = "canteen inspect RK-2025-0001 --by 钱样真 --by 周入库 --certificate 检0929 --maker 示例米业 --made 2025-08-30"


def records(logi, day: str, **env) -> list[str]:
    return [row["record"] for row in rows(logi(f"canteen day {day} -f json", **env))]


@pytest.mark.seed("CAN-19")
def test_food_is_looked_at_by_two_with_its_papers_when_it_arrives(store):
    assert "goods" in records(store, "2025-09-29")
    for line, key in (
        ("canteen inspect RK-2025-0001 --by 钱样真 --by 钱样真 --certificate 检1 --maker 甲 --made 2025-08-30", "too_few_inspectors"),
        ("canteen inspect RK-2025-0001 --by 钱样真 --by 吴资明 --certificate 检1 --maker 甲 --made 2025-08-30", "buyer_inspects"),
        ("canteen inspect RK-2025-0001 --by 钱样真 --by 周入库 --certificate 检1 --maker 甲", "three_no"),
    ):
        assert store(f"{line} -f json", code=4).json["key"] == f"canteen.{key}"
    store(INSPECT)
    assert "goods" not in records(store, "2025-09-29")
    assert store(f"{INSPECT} -f json", code=4).json["key"] == "canteen.inspected_already"
    [row] = rows(store("report canteen-goods --month 2025-09 -f json"))
    assert (row["licence"], row["certificate"], row["maker"], row["made_on"], row["inspectors"], row["state"]) == (
        "JY001", "检0929", "示例米业", "2025-08-30", "钱样真、周入库", "looked")  # fmt: skip
    # A slip whose goods were looked at is not taken back beneath it.
    assert store("undo 20 -f json", code=4).json["key"] == "front.undo_depends"
    # Past its last day it is not let in.
    store("stock in 大米 5@4.6 --from V06 --made 2025-01-01 --expires 2025-09-29 --on 2025-09-29")
    late = store(INSPECT.replace("0001", "0002") + " -f json", code=4).json
    assert late["key"] == "canteen.past_its_day"


@pytest.mark.seed("CAN-08")
def test_each_step_from_purchase_to_washing_leaves_a_record(store):
    assert set(records(store, "2025-09-29")) == {
        "goods",  # purchase
        "storage", "fridge",  # storage
        "wash", "apart",  # preparation
        "cook", "cover",  # cooking
        "samples",  # sample
        "served", "leader",  # serving
        "disinfect", "keep", "clean",  # washing
        "menu", "morning", "tour",
    }  # fmt: skip
    store(INSPECT + " --on 2025-09-29")
    store("canteen log storage --by 钱样真 --on 2025-09-29")
    store("canteen log wash,apart,cover,keep --meal lunch --by 王修好 --on 2025-09-29")
    store("canteen log cook --meal lunch --celsius 75 --by 王修好 --on 2025-09-29")
    store("canteen sample take lunch 米饭=130 --by 王修好 --on 2025-09-29")
    store("canteen serve lunch 812 --leader 陈巡安 --by 钱样真 --on 2025-09-29")
    store("canteen log disinfect --meal lunch --method 蒸汽 --by 王修好 --checker 钱样真 --on 2025-09-29")
    assert set(records(store, "2025-09-29")) == {"fridge", "clean", "menu", "morning", "tour"}
    made = rows(store("report canteen-records --month 2025-09 -f json"))
    assert {row["step"] for row in made} == {"storage", "wash", "apart", "cover", "keep", "cook", "disinfect"}
    assert {row["by"] for row in made} == {"钱样真", "王修好"}


@pytest.mark.seed("CAN-24")
def test_cooked_food_is_covered_raw_is_apart_and_what_is_spoiled_is_written_off(store):
    assert {"cover", "apart"} <= set(records(store, "2025-09-30"))
    store("canteen log cover,apart --meal lunch --by 王修好")
    assert not {"cover", "apart"} & set(records(store, "2025-09-30"))
    assert store("canteen discard 粉笔 1 --by 王修好 --reason 受潮 -f json", code=4).json["key"] == "canteen.not_food"
    done = store("canteen discard 大米 2.5 --by 王修好 --reason 霉变 -f json").json
    assert (done["number"], done["facts"]["value"]) == ("TZ-2025-0001", "11.50")  # 2.5 kg at 4.60
    held = {row["code"]: row["quantity"] for row in rows(store("stock list -f json"))}
    assert held["SP01"] == "97.5"
    [line] = [row for row in rows(store("report canteen-ledger --month 2025-09 -f json")) if row["matter"] == "spoiled"]
    assert (line["what"], line["quantity"], line["outlay"]) == ("大米：霉变（王修好）", "2.5", "11.50")
    store("undo")
    assert [row for row in rows(store("report canteen-ledger --month 2025-09 -f json")) if row["matter"] == "spoiled"] == []


@pytest.mark.seed("CAN-21")
def test_money_goods_in_and_out_and_samples_stand_in_one_ledger(store):
    store("stock out 大米 60 --to 食堂 --by 王修好 --on 2025-09-30")
    store("canteen book meals 4500 --voucher 记-21 --on 2025-09-30")
    store("canteen book fuel 900 --voucher 记-22 --on 2025-09-30")
    store("canteen sample take lunch 米饭=130 --by 王修好 --on 2025-09-30")
    said = store("report canteen-ledger --month 2025-09 -f json").json
    assert [(row["matter"], row["quantity"], row["income"], row["outlay"]) for row in said["rows"]] == [
        ("goods-in", "100", None, None), ("goods-out", "60", None, "276.00"), ("income", None, "4500.00", None),
        ("outlay", None, None, "900.00"), ("sample", "130", None, None)]  # fmt: skip
    assert (said["totals"]["income"], said["totals"]["outlay"]) == ("4500.00", "1176.00")
    store("undo 23")
    assert store("report canteen-ledger --month 2025-09 -f json").json["totals"]["outlay"] == "276.00"


@pytest.mark.seed("CAN-16")
def test_a_meal_is_costed_by_head_by_persons_day_and_by_day(store):
    store("stock out 大米 60 --to 食堂 --by 王修好 --on 2025-09-29")
    store("stock return CK-2025-0001 大米 10 --on 2025-09-30")
    for line in ("meals 4500", "subsidy 500", "food 2000", "fuel 600", "labour 1500", "other-cost 100"):
        store(f"canteen book {line} --on 2025-09-30")
    store("canteen serve lunch 300 --staff 20 --leader 陈巡安 --by 钱样真 --on 2025-09-29")
    store("canteen serve lunch 310 --staff 20 --leader 陈巡安 --by 钱样真")
    store("canteen serve dinner 100 --leader 陈巡安 --by 钱样真")
    [row] = rows(store("canteen cost --month 2025-09 -f json"))
    # 50 kg of rice at 4.60 are 230.00; with 2,000, 600, 1,500 and 100 the month cost 4,430.00 of 5,000.00.
    assert (row["stock_food"], row["cost"], row["left"], row["margin"]) == ("230.00", "4430.00", "570.00", "11.4")
    # 320 + 330 + 100 meals; 320 people on the 29th and 330 on the 30th; two days.
    assert (row["portions"], row["person_days"], row["days"]) == (750, 650, 2)
    # 4430/750 = 5.9067, 4430/650 = 6.8154, 4430/2
    assert (row["per_portion"], row["per_person_day"], row["per_day"]) == ("5.91", "6.82", "2215.00")


@pytest.mark.seed("CAN-17")
def test_a_month_outside_the_band_is_warned_of_on_either_side(store):
    october = {"LOGI_TODAY": "2025-11-05"}

    def margin() -> list[str]:
        found = rows(store("due --book canteen -f json", **october))
        return [row["text"] for row in found if row["command"].startswith("logi canteen cost")]

    # The demo school's October: 205,430.00 in, 203,880.00 out; 1,550 / 205,430 = 0.75 %.
    store("canteen book meals 205430 --on 2025-10-31", **october)
    store("canteen book food 203880 --on 2025-10-31", **october)
    assert margin() == []
    assert rows(store("canteen cost --month 2025-10 -f json", **october))[0]["state"] == "within"
    store("canteen book subsidy 10000 --on 2025-10-31", **october)  # 11,550 / 215,430 = 5.36 %
    assert margin() == ["2025-10: 5.4% of the canteen's income is left, more than 3%. Give it back to the meals."]
    store("canteen book labour 20000 --on 2025-10-31", **october)  # -8,450 / 215,430 = -3.92 %
    assert margin() == ["2025-10: -3.9% of the canteen's income is left; the loss is more than 3%."]
    store("policy set canteen.margin_percent 4 --from 2025-10-01 --source 县局通知", **october)
    assert margin() == []
    printed = store("form canteen-accounts 2025-10 -f csv", **october).out
    assert "203880.00" in printed


@pytest.mark.seed("CAN-18")
def test_the_head_goes_round_daily_and_answers_what_turns_up_at_meals(store):
    assert "tour" in records(store, "2025-09-29")
    done = store("canteen tour --by 钱样真 --meal lunch --at 11:50 --problem 三号窗口排队过长 --problem 汤凉了 --on 2025-09-29 -f json").json
    assert done["numbers"] == ["ST-2025-0001", "ST-2025-0002"]
    assert "tour" not in records(store, "2025-09-29")
    # Five workdays on from 29 September: the 30th, then (1–8 October off) the 9th, 10th, 11th (made up) and 13th.
    waits = [row for row in rows(store("due --book canteen -f json")) if row["subject"].startswith("ST-")]
    assert [(row["subject"], row["state"], row["day"]) for row in waits] == [
        ("ST-2025-0001", "soon", "2025-10-13"), ("ST-2025-0002", "soon", "2025-10-13")]  # fmt: skip
    assert waits[0]["command"] == "logi canteen answer ST-2025-0001 TEXT --by S03"
    store("canteen answer ST-2025-0001 增开一个窗口 --by 钱样真")
    found = {row["number"]: row["state"] for row in rows(store("canteen matters --kind problem -f json"))}
    assert found == {"ST-2025-0001": "answered", "ST-2025-0002": "waiting"}
    late = {"LOGI_TODAY": "2025-10-14"}
    assert [row["number"] for row in rows(store("canteen matters --open -f json", **late)) if row["state"] == "late"] == [
        "ST-2025-0002"]  # fmt: skip
    store("undo")
    assert {row["state"] for row in rows(store("canteen matters -f json"))} == {"waiting"}
    assert rows(store("find 排队 -f json"))[0]["code"] == "ST-2025-0001"


@pytest.mark.seed("CAN-26")
def test_a_weeks_menu_is_balanced_and_changed_by_what_classes_say(store):
    for day in ("2025-10-09", "2025-10-10"):
        store(f"canteen menu plan {day} lunch 米饭=谷薯 红烧肉=肉")
    notes = store("canteen menu list --week 2025-W41 -f json").json["notes"]
    assert [note[:10] for note in notes] == ["2025-10-09", "2025-10-10"]  # cereals and meat are two groups of the three wanted
    store("canteen raise opinion 希望多一点蔬菜 --from 七年级1班 --owner 钱样真")
    store("canteen menu plan 2025-10-09 lunch 蒜蓉菜心=蔬菜 --answers ST-2025-0001")
    [opinion] = rows(store("canteen matters -f json"))
    assert (opinion["source"], opinion["answer"], opinion["state"]) == ("七年级1班", "2025-10-09 蒜蓉菜心", "answered")
    menu = store("canteen menu list --week 2025-W41 -f json").json
    assert [row["note"] for row in menu["rows"] if row["dish"] == "蒜蓉菜心"] == ["ST-2025-0001"]
    assert [note[:10] for note in menu["notes"]] == ["2025-10-10"]
    assert store("canteen menu plan 2025-10-10 lunch 菜心 --answers ST-2025-0001 -f json", code=4).json["key"] == \
        "canteen.answered_already"  # fmt: skip
    store("undo")  # the dish goes, and the opinion waits again
    assert [row["state"] for row in rows(store("canteen matters -f json"))] == ["waiting"]


def test_samples_from_before_an_accident_with_food_are_held(store):
    store("canteen sample take lunch 米饭=130 --by 王修好 --at 11:20 --on 2025-09-25")
    store("hazard list")
    store("patrol accident add 学生呕吐 --kind food --injured 3 --by 钱样真 --reported-to 县市监局 --on 2025-09-26")
    held = store("canteen sample throw LY-2025-0001 --by 王修好 --at 12:00 -f json", code=4).json
    assert (held["key"], held["facts"]["accident"]) == ("canteen.held", "SG-2025-0001")
    store("canteen sample throw LY-2025-0001 --by 王修好 --at 12:00 --override 市监局已取样")
    assert store("audit verify").code == 0
