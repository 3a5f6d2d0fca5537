"""The people around the canteen by command lines: duties, lessons, notices, surveys, equipment, rules, all in sum."""

import pytest

DAILY = "check run canteen-daily --place D101 --by 钱样真 --rest-ok --set core-temperature=76 --set fridge=4"
GOOD = " ".join(f"--set {item}=good" for item in ("manner", "speed", "hall", "quantity", "order", "waste"))


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def house(logi):
    """A canteen with a kitchen room, lunch, and one cook with a certificate."""
    with logi.once():
        logi("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30")
        logi("canteen open lunch --from 2025-09-29")
        logi("place add D101 食堂操作间 --kind canteen")
        logi("canteen staff add 王修好 --job 厨师 --examined 2025-08-20 --from 2025-09-01")
    return logi


def due(logi, key: str, **env) -> list[dict]:
    return [row for row in rows(logi("due --book canteen -f json", **env)) if key in row["command"]]


@pytest.mark.seed("CAN-01", "CAN-27")
def test_the_manager_answers_for_four_areas_and_poisoning_is_on_record_with_none_as_the_aim(house):
    waits = due(house, "duty set")
    assert [(row["state"], row["command"]) for row in waits] == [
        ("orphaned", f"logi canteen duty set {area} PERSON") for area in ("hygiene", "menu", "purchase", "storage")]  # fmt: skip
    for area in ("purchase", "menu", "storage", "hygiene"):
        house(f"canteen duty set {area} 钱样真")
    assert due(house, "duty set") == []
    assert {row["name"] for row in rows(house("canteen duty list -f json"))} == {"钱样真"}
    house("canteen duty set storage 周入库")  # another takes over; undone, the one before stands again
    house("undo")
    assert {row["name"] for row in rows(house("canteen duty list -f json"))} == {"钱样真"}
    house("person leave 钱样真 --on 2025-09-29")
    assert len(due(house, "duty set")) == 4

    def poisonings() -> tuple:
        row = next(r for r in rows(house("canteen summary --month 2025-09 -f json")) if r["matter"] == "poisonings")
        return row["done"], row["met"], row["note"]

    assert poisonings() == (0, "yes", "none")
    house("patrol accident add 学生呕吐 --kind food --injured 3 --by 周入库 --reported-to 县市监局 --on 2025-09-29")
    assert poisonings() == (1, "no", "SG-2025-0001")


@pytest.mark.seed("CAN-07")
def test_what_is_taught_is_held_against_what_the_daily_control_finds(house):
    house(f'{DAILY} --set "samples=fail 缺一份" --set "dress=fail 未戴口罩" --on 2025-09-26')
    house(f'{DAILY} --set "samples=fail 不足" --on 2025-09-28')
    [point] = due(house, "--item samples")
    assert (point["state"], point["subject"]) == ("missing", "samples")
    assert due(house, "--item dress") == []  # found once only
    house("canteen hold training 留样操作 --by 钱样真 --item samples --who 王修好 --minutes 40 --on 2025-09-29")
    assert due(house, "--item samples") == []
    house(f"{DAILY} --on 2025-09-30")
    found = {row["item"]: row for row in rows(house("report canteen-training --month 2025-09 -f json"))}
    assert {key: (r["trained_on"], r["before"], r["since"], r["state"]) for key, r in found.items()} == {
        "samples": ("2025-09-29", 2, 0, "better"), "dress": (None, 0, 1, "untaught")}  # fmt: skip
    # A term later (190 days after 29 September is 7 April) the cook is to be trained again.
    assert due(house, "--who S08", LOGI_TODAY="2026-04-07") == []
    assert len(due(house, "--who S08", LOGI_TODAY="2026-04-08")) == 1


@pytest.mark.seed("CAN-13", "CAN-35")
def test_inspections_are_a_series_with_follow_up_and_praise_or_blame_rests_on_them(house):
    house(f"check run canteen-service --place D101 --by 陈巡安 --on 2025-09-10 {GOOD} --set kitchen=good --set quality=good")
    house(f"check run canteen-service --place D101 --by 陈巡安 --on 2025-09-24 {GOOD} --set kitchen=poor --set quality=good")
    house("canteen notice praise 王修好 服务热情 --run JC-2025-0001 --on 2025-09-10")
    house("canteen notice criticism 周入库 操作间不洁 --run JC-2025-0002 --on 2025-09-25")
    house("canteen raise problem 操作间墙面油污 --run JC-2025-0002 --owner 周入库 --on 2025-09-25")
    series = rows(house("report canteen-supervision --month 2025-09 -f json"))
    # Kitchen and quality weigh 2, the other six 1: 10 in all, of which the kitchen's 2 are lost.
    assert [(r["number"], r["score"], r["failed"], r["answered"], r["notices"]) for r in series] == [
        ("JC-2025-0001", "100.0", 0, None, "TB-2025-0001"), ("JC-2025-0002", "80.0", 1, "0/1", "TB-2025-0002")]  # fmt: skip
    before = series[1]["open"]
    house("canteen answer ST-2025-0001 已彻底清洗 --by 周入库")
    after = rows(house("report canteen-supervision --month 2025-09 -f json"))[1]
    assert (after["answered"], after["open"]) == ("1/1", before - 1)
    assert house("canteen notice praise 王修好 好 -f json", code=4).json["key"] == "canteen.rests_on_nothing"
    house("undo TB-2025-0002")
    assert [row["kind"] for row in rows(house("report canteen-supervision --month 2025-09 -f json")) if row.get("kind")] == []
    assert rows(house("report canteen-supervision --month 2025-09 -f json"))[1]["notices"] is None


@pytest.mark.seed("CAN-04")
def test_work_is_measured_by_meals_and_labour_a_worker_and_rewards_are_noted(house):
    house("canteen staff add 周入库 --job 帮厨 --examined 2025-08-20 --from 2025-09-01")
    house("canteen serve lunch 800 --staff 40 --leader 陈巡安 --by 钱样真 --on 2025-09-29")
    house("canteen serve lunch 820 --staff 40 --leader 陈巡安 --by 钱样真")
    house("canteen book labour 5100 --on 2025-09-30")
    assert "meal money" in house("canteen notice reward 王修好 节约燃料 --amount 200").err
    said = house("report canteen-workers --month 2025-09 -f json").json
    assert [(r["name"], r["reward"], r["amount"], r["reasons"]) for r in said["rows"]] == [
        ("周入库", 0, "0.00", None), ("王修好", 1, "200.00", "节约燃料")]  # fmt: skip
    # 1,700 meals by two are 850 each; 5,100 yuan by two are 2,550, and 3.00 for each meal.
    assert said["notes"] == ["2 people, 1700 meals, 850 each; labour 5,100.00, 2,550.00 a worker, 3.00 a meal."]


@pytest.mark.seed("SVY-04")
def test_pupils_and_parents_are_asked_each_term_how_the_canteen_pleases(house):
    late = {"LOGI_TODAY": "2026-01-20"}
    assert [(row["state"], row["day"]) for row in due(house, "canteen survey", **late)] == [("soon", "2026-01-30")] * 2
    assert due(house, "canteen survey") == []  # the term is young
    house("canteen survey pupils --very 120 --satisfied 230 --fair 40 --poor 10", **late)
    assert house("canteen survey 家长 --very 60 --satisfied 90 --fair 40 --poor 10", **late).err == "Note: Fewer than 80% are satisfied.\n"
    found = rows(house("report canteen-satisfaction --month 2026-01 -f json", **late))
    # (120 + 230) / 400 and (60 + 90) / 200
    assert [(r["party"], r["valid"], r["rate"], r["met"]) for r in found] == [
        ("pupils", 400, "87.5", "yes"), ("parents", 200, "75.0", "no")]  # fmt: skip
    assert due(house, "canteen survey", **late) == []


@pytest.mark.seed("CAN-02", "CAN-11")
def test_equipment_is_held_against_the_standard_and_what_is_short_is_asked_for(house):
    house("asset add 消毒柜(双门) --cost 5200 --place D101 --on 2025-09-01")
    house("asset add 消毒柜 --cost 5200 --place A205 --on 2025-09-01")  # stands elsewhere
    house("policy set canteen.equipment '{\"消毒柜\": 2, \"留样柜\": 1}' --from 2025-09-01 --source 县局标准")
    short = {row["name"]: (row["wanted"], row["there"], row["gap"]) for row in rows(house("report canteen-equipment -f json"))}
    assert short == {"消毒柜": (2, 1, 1), "留样柜": (1, 0, 1)}
    lines = [row["command"] for row in due(house, "purchase request")]
    assert lines == ["logi purchase request 消毒柜 1@PRICE --by PERSON --for TEXT",
                     "logi purchase request 留样柜 1@PRICE --by PERSON --for TEXT"]  # fmt: skip
    line = lines[1].removeprefix("logi ").replace("PRICE", "3850").replace("PERSON", "周入库").replace("TEXT", "食堂硬件达标")
    made = house(f"{line} --department 食堂 -f json").json["number"]
    assert "留样柜" in house(f"show {made}").out
    house("asset add 冷藏留样柜 --cost 3850 --place D101")
    assert [row["command"] for row in due(house, "purchase request")] == lines[:1]


@pytest.mark.seed("STF-14")
def test_other_schools_visit_the_canteen_with_who_came_and_what_was_learnt(house):
    october = {"LOGI_TODAY": "2025-10-24"}
    house("month plan 2025-10 --draft -q", **october)

    def line() -> dict:
        return next(row for row in rows(house("month plan 2025-10 -f json", **october)) if "canteen" in row["title"])

    assert line()["state"] == "open"
    house("canteen hold visit 中心学校食堂参观 --by 钱样真 --school 第二小学=6 --school 示例幼儿园=4", **october)
    assert line()["state"] == "open"  # what was learnt is not said
    house("undo", **october)
    house("canteen hold visit 中心学校食堂参观 --by 钱样真 --school 第二小学=6 --school 示例幼儿园=4 --outcome 学习留样与分区", **october)
    assert line()["state"] == "done"


@pytest.mark.seed("CAN-33", "CAN-34")
def test_improvements_are_listed_and_the_work_of_a_period_is_summed_up(house):
    house("canteen raise improvement 添置保温餐车 --owner 钱样真 --due 2025-10-15 --on 2025-09-10")
    house("canteen raise improvement 增开四号窗口 --owner 周入库 --due 2025-09-26 --on 2025-09-10")
    found = rows(house("canteen matters --kind improvement -f json"))
    assert [(r["words"], r["owner"], r["due_on"], r["state"]) for r in found] == [
        ("添置保温餐车", "钱样真", "2025-10-15", "waiting"), ("增开四号窗口", "周入库", "2025-09-26", "late")]  # fmt: skip
    house("canteen answer ST-2025-0002 已开 --by 周入库")
    october = {"LOGI_TODAY": "2025-10-09"}
    assert [row["subject"] for row in due(house, "hold meeting", **october)] == ["2025-09"]
    house("canteen hold meeting 食品安全月调度 --by 钱样真 --who 王修好 --outcome 通报留样问题 --on 2025-09-29")
    assert due(house, "hold meeting", **october) == []
    house("canteen book meals 1000 --on 2025-09-30")
    house("canteen book food 990 --on 2025-09-30")
    said = {row["matter"]: row for row in rows(house("canteen summary --month 2025-09 -f json"))}
    assert (said["improvement"]["done"], said["improvement"]["of"], said["improvement"]["rate"]) == (1, 2, "50.0")
    assert (said["meeting"]["done"], said["money"]["rate"]) == (1, "1.0")
    # Two days cooked; on each the morning look, ten records of the lunch, three of the day and two cleanings: 16.
    assert (said["records"]["done"], said["records"]["of"]) == (0, 32)
    assert rows(house("report canteen-summary 2025-09 -f json")) == list(said.values())


@pytest.mark.seed("CAN-09", "CAN-10", "CAN-15")
def test_the_canteens_rules_have_versions_and_a_superior_rule_no_longer_in_force_is_seen(house):
    house("paper area set canteen --post 食堂管理员 --owner 钱样真")
    lacking = [row["command"] for row in rows(house("due --book paper -f json")) if "--area canteen" in row["command"]]
    assert lacking == ["logi paper add TITLE --kind regulation --area canteen --from DAY"]
    house("paper add 学校食堂与学生集体用餐卫生管理规定 --kind superior --no 教育部令14 --area canteen --on 2002-09-20")
    house("paper add 食堂操作规程 --kind regulation --area canteen --source 教育部令14 --from 2024-09-01")
    house("paper add 食品安全制度 --kind regulation --area canteen --from 2024-09-01")
    house("paper repeal 教育部令14 --on 2025-09-10 --reason 由45号令取代")
    assert not [row for row in rows(house("due --book paper -f json")) if "--area canteen" in row["command"]]
    [stale] = [row for row in rows(house("due --book paper -f json")) if "no longer stands" in row["text"]]
    assert "食堂操作规程" in stale["text"]
    states = {row["title"]: row["state"] for row in rows(house("paper list --area canteen -f json"))}
    assert states["学校食堂与学生集体用餐卫生管理规定"] == "repealed"
    draft = house("paper revise 食堂操作规程 -f json").json["number"]
    house(f"paper adopt {draft} --from 2025-09-15")
    stands = {(row["title"], row["version"]) for row in rows(house("report regulations 2025-09 -f json"))}
    assert stands == {("食堂操作规程", 2), ("食品安全制度", 1)}


@pytest.mark.seed("CAN-23")
def test_no_chemical_lies_where_food_is_kept(house):
    house("item add HX01 消毒剂 --unit 瓶 --chemical --place D101 -f json", code=4)
    house("item add HX01 消毒剂 --unit 瓶 --chemical --place F101")
    assert house("item edit 消毒剂 --place D101 -f json", code=4).json["key"] == "stock.chemical_by_food"
    assert house("stock in 消毒剂 5@9 --from V01 --place D101 -f json", code=4).json["key"] == "stock.chemical_by_food"
    house("stock in 消毒剂 5@9 --from V01 --place F101")
    # A room that becomes a kitchen with them in it is a finding of the list.
    house("place edit F101 --kind canteen", code=None)
    assert "消毒剂" in house("due --book stock").out


@pytest.mark.seed("CAN-29")
def test_september_tightens_food_hygiene_by_the_plan_and_by_what_is_due(house):
    house("month plan 2025-09 --draft -q")
    [line] = [row for row in rows(house("month plan 2025-09 -f json")) if "canteen" in row["title"]]
    assert (line["title"], line["due"]) == ("Check the canteen's routines and licences", "2025-09-15")
    asked = rows(house("due --book canteen -f json"))
    assert {"2025-09-29"} == {row["subject"] for row in asked if row["state"] == "missing"}  # its hygiene records
    assert {row["subject"] for row in asked if row["state"] == "orphaned"} == {"hygiene", "menu", "purchase", "storage"}


def test_every_verb_about_goods_money_and_people_is_undone_and_done_again(house):
    house("item add SP01 大米 --unit kg --class food")
    house("stock in 大米 100@4.6 --from V06 --made 2025-08-30 --on 2025-09-29")
    house("canteen raise opinion 多放蔬菜 --from 七年级1班 --owner 钱样真")
    for line, seen in (
        ("canteen inspect RK-2025-0001 --by 钱样真 --by 周入库 --certificate 检1 --licence JY1 --maker 甲", "report canteen-goods"),
        ("canteen discard 大米 2 --by 王修好 --reason 霉变", "report canteen-ledger"),
        ("canteen book meals 4500", "canteen cost"), ("canteen tour --by 钱样真 --problem 汤凉了", "canteen matters"),
        ("canteen answer ST-2025-0001 好 --by 钱样真", "canteen matters"), ("canteen duty set menu 钱样真", "canteen duty list"),
        ("canteen hold training 留样 --by 钱样真 --item samples --who 王修好", "report canteen-training"),
        ("canteen notice reward 王修好 节约", "report canteen-workers"),
        ("canteen survey pupils --very 1 --satisfied 1", "report canteen-satisfaction"),
    ):  # fmt: skip
        before = house(f"{seen} -f csv").out
        house(line)
        after = house(f"{seen} -f csv").out
        assert after != before, line
        house("undo")
        assert house(f"{seen} -f csv").out == before, line
        house("redo")
        assert house(f"{seen} -f csv").out == after, line
    assert house("audit verify").code == 0
