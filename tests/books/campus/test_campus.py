"""The campus by command lines: plan, schemes, projects from request to settlement, standards, the beautiful campus."""

import pytest

OCTOBER, YEAR_END = {"LOGI_TODAY": "2025-10-31"}, {"LOGI_TODAY": "2026-01-05"}


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, **env) -> list[tuple]:
    found = rows(logi("due --book campus --days 0 -f json", **env))
    return [(row["state"], row["subject"], row["command"]) for row in found]


def add(logi, name: str, kind: str, budget: str, rest: str = "", **env) -> str:
    line = f"campus project add {name} --kind {kind} --budget {budget} --starts 2025-10-08 --ends 2025-10-25 --owner 钱样真 {rest}"
    return logi(f"{line} -f json", **env).json["number"]


def build(logi, number: str, *, level: str = "principal", result: str = "2025-10-25") -> None:
    """Approved, begun, finished, inspected and signed."""
    logi(f"approve {number} --by 秦实妍 --no 批{number[-1]} --level {level}")
    for line in (
        f"campus project start {number} --on 2025-10-08", f"campus project finish {number} --on 2025-10-24",
        f"campus project inspect {number} --result pass --inspector 钱样真 --inspector 秦实妍 --on {result}",
    ):  # fmt: skip
        said = logi(f"{line} -f json", **OCTOBER).json
    [accepted] = said["numbers"]
    logi(f"approve {accepted} --by 钱样真 --no 验1 --level bursar --on {result}", **OCTOBER)
    logi(f"approve {accepted} --by 陈巡安 --no 验1 --level vice_principal --on {result}", **OCTOBER)


@pytest.mark.seed("ENV-04")
def test_the_master_plan_has_items_with_phase_and_state_and_is_carried_out_step_by_step(logi):
    plan = "--source 校园整体规划2025"
    logi(f"campus plan add G1 文化长廊 --phase 1 --aim feature --goal 2025-12-31 --owner 钱样真 --budget 60000 {plan}")
    logi(f"campus plan add G2 生态操场 --phase 二期 --aim environment --goal 2027-08-31 {plan}")
    number = add(logi, "长廊墙面", "culture", "48000", "--plan G1")
    assert [(row["code"], row["phase"], row["aim"], row["state"]) for row in rows(logi("campus plan list -f json"))] == [
        ("G1", 1, "feature", "prepared"), ("G2", 2, "environment", "planned")]  # fmt: skip
    assert ("orphaned", "G2", "logi campus plan edit G2 --owner PERSON") in due(logi)
    build(logi, number)
    [one] = rows(logi("campus plan list --phase 1 -f json", **OCTOBER))
    assert (one["state"], one["progress"], one["budget"]) == ("running", "100.0", "60000.00")
    late = [line for line in due(logi, **YEAR_END) if line[1] == "G1"]
    assert late == [("overdue", "G1", "logi campus plan done G1 --outcome TEXT")]
    logi("campus plan done G1 --outcome 建成开放 --on 2026-01-05", **YEAR_END)
    assert [line for line in due(logi, **YEAR_END) if line[1] == "G1"] == []
    said = logi("report campus-plan 2026-01 -f json", **YEAR_END).json
    assert said["notes"] == ["Items that stand: 1 of 2."]
    assert [row["state"] for row in rows(logi("campus plan list --state done -f json", **YEAR_END))] == ["done"]
    form = logi("form plan-items", LOGI_LANG="zh-Hans", **YEAR_END).out
    assert "校园规划项目表" in form
    assert "创办特色" in form


@pytest.mark.seed("ENV-01")
def test_the_three_are_listed_with_budget_and_progress_and_a_project_goes_through_every_step(logi):
    green = add(logi, "前院绿化", "green", "9000")
    culture = add(logi, "长廊墙面", "culture", "30000", "--vendor V06 --contract HT-07 --agreed 28000")
    logi("campus project start 1", code=3)
    assert "is not approved yet by: vice-principal" in logi(f"campus project start {green}", code=4).err
    logi(f"approve {green} --by 秦实妍 --no 批1 --level vice_principal")
    logi(f"campus project start {green} --on 2025-10-08", **OCTOBER)
    logi(f"campus project log {green} 20 --on 2025-10-12", **OCTOBER)
    # 9,000 at 20 % and 30,000 at nothing: 1,800 of 39,000.
    three = logi("campus three -f json", **OCTOBER).json
    assert [(row["kind"], row["projects"], row["budget"], row["progress"]) for row in three["rows"]] == [
        ("green", 1, "9000.00", "20.0"), ("culture", 1, "30000.00", "0.0"), ("beauty", 0, "0.00", None)]  # fmt: skip
    assert three["totals"]["progress"] == "4.6"
    assert three["notes"] == ["Nothing of beauty yet."]
    # Past its end, nobody says a word; not begun, not approved: each with the line that mends it.
    assert [(state, number, command) for state, number, command in due(logi, **OCTOBER)] == [
        ("overdue", culture, f"logi approve {culture} --no DOCNO"),
        ("overdue", green, f"logi campus project finish {green}")]  # fmt: skip
    assert "work does not go back" in logi(f"campus project log {green} 10", code=4, **OCTOBER).err
    logi(f"campus project log {green} 30 --on 2025-10-10", code=4, **OCTOBER)  # more than was logged two days later
    build(logi, culture)
    assert ("overdue", culture, f"logi campus project settle {culture} MONEY --doc DOCNO") in due(logi, **YEAR_END)
    assert "by more than 10 %" in logi(f"campus project settle {culture} 33000.01 --doc 结1", code=4, **OCTOBER).err
    logi(f"campus project settle {culture} 28500 --doc 结1", **OCTOBER)
    [line] = rows(logi("campus project list --state settled -f json", **OCTOBER))
    assert (line["settled"], line["difference"], line["vendor"]) == ("28500.00", "-1500.00", "示例科技有限公司")
    assert [row["number"] for row in rows(logi("campus project list --kind 绿化 -f json", **OCTOBER))] == [green]
    names = {table["name"]: len(table["rows"]) for table in logi("report month 2025-10 -f json", **OCTOBER).json["tables"]}
    assert (names["campus.projects"], names["campus.three"]) == (2, 3)
    # The projects of September knew nothing of October.
    assert rows(logi("report campus-projects 2025-09 -f json", **OCTOBER)) == []


@pytest.mark.seed("ENV-02")
def test_a_scheme_for_weak_schools_builds_all_three_and_what_it_leaves_out_is_due(logi):
    logi("campus scheme add BG 薄弱学校改造 --doc 教体〔2025〕11号 --first 2025 --last 2026 --fund 300000 --weak")
    logi("campus scheme add QT 维修专项 --doc 教体〔2025〕12号 --first 2025")
    assert [line[1] for line in due(logi)] == ["BG", "BG", "BG"]
    for kind in ("green", "culture"):
        add(logi, f"改造{kind}", kind, "50000", "--scheme BG --fund special")
    [bg, qt] = rows(logi("campus scheme list -f json"))
    assert (bg["projects"], bg["budget"], bg["three"], bg["lacking"]) == (2, "100000.00", "green、culture", "beauty")
    assert (qt["projects"], qt["lacking"]) == (0, None)
    lacking = [line for line in due(logi) if line[1] == "BG"]
    command = "logi campus project add NAME --kind beauty --scheme BG --budget MONEY --starts DAY --ends DAY"
    assert lacking == [("missing", "BG", command)]
    number = add(logi, "改造美化", "beauty", "60000", "--scheme BG")
    assert [line for line in due(logi) if line[1] == "BG"] == []
    assert [row["budget"] for row in rows(logi("campus three --scheme BG -f json"))] == ["50000.00", "50000.00", "60000.00"]
    # Sixty thousand go to the principal and the school meeting; a refusal stops the project.
    logi(f"approve {number} --by 秦实妍 --no 批1 --level principal")
    logi(f"approve {number} --by 钱样真 --no 会2 --level school_meeting --reject 资金不足")
    assert [row["number"] for row in rows(logi("campus project list --state stopped -f json"))] == [number]
    assert [line[2] for line in due(logi) if line[1] == "BG"] == [command]


@pytest.mark.seed("ENV-03")
def test_what_falls_short_of_the_beautiful_campus_is_made_good_and_then_it_is_accepted(logi):
    run = "check run campus-beauty --by 钱样真 --rest-ok --sign leader=陈巡安"
    logi(f'{run} --set "facades=fail 南围墙脱皮" --set "walls=fail 楼道无主题" --set parking=na')
    # Weights: 5 of 2 and 9 of 1 are 19; without parking 18; 14 of them are good: 77.8 %.
    said = logi("campus beauty -f json").json
    states = {row["id"]: row["state"] for row in said["rows"]}
    assert (states["facades"], states["walls"], states["parking"], states["motto"]) == ("short", "short", "na", "met")
    assert "77.8 %" in said["notes"][0]
    assert [line[1] for line in due(logi)] == ["facades", "walls"]
    wall, hall = add(logi, "围墙粉刷", "beauty", "5000", "--shortfall facades"), add(logi, "楼道", "culture", "3000", "--shortfall walls")
    assert [line for line in due(logi) if line[0] == "missing"] == []  # somebody is at work on both
    assert {row["state"] for row in rows(logi("campus beauty --short -f json"))} == {"works"}
    build(logi, wall, level="vice_principal")
    assert "still short: walls" in logi("campus apply --inspector 钱样真", code=4, **OCTOBER).err
    build(logi, hall, level="vice_principal")
    given = logi("campus apply --inspector 钱样真 --inspector 秦实妍 -f json", **OCTOBER).json
    assert (given["facts"]["run"], given["facts"]["score"]) == ("JC-2025-0001", "100.0")
    assert "waits for its signatures" in logi("campus apply --inspector 钱样真", code=4, **OCTOBER).err
    logi(f"approve {given['number']} --by 秦实妍 --no 校1 --level principal", **OCTOBER)
    logi(f"approve {given['number']} --by 教体局 --no 教体验〔2025〕3号 --level education_bureau", **OCTOBER)
    notes = logi("campus beauty -f json", **OCTOBER).json["notes"]
    assert "was accepted under" in logi("campus apply --inspector 钱样真", code=4, **OCTOBER).err
    assert notes[1] == f"{given['number']} (check JC-2025-0001): accepted, 2025-10-31."
    assert logi("audit verify", **OCTOBER).code == 0


@pytest.mark.seed("ENV-05")
def test_facilities_are_held_against_the_standard_of_equipment_and_the_gap_is_told_with_its_rooms(logi):
    logi("money school add QH01 测试学校 --heads 812 --own")
    logi("place add A206 五年级教室 --kind classroom")
    for line in ("一体机 --cost 18000 --count 2 --place A205", "笔记本计算机 --cost 5000 --count 3 --place B203",
                 "计算机 --cost 4000 --quantity 30 --place B203"):  # fmt: skip
        logi(f"asset add {line} --on 2025-09-25")
    source = "--source 某省办学条件标准 --from 2025-09-01"
    logi(f"campus standard set YT 多媒体一体机 --per class --quantity 1 --match 一体机,电子白板 --price 18000 {source}")
    logi(f"campus standard set DN 学生用计算机 --per pupil --quantity 0.1 --match 计算机 --price 4000 {source}")
    logi(f"campus standard set JF 机房 --per school --quantity 2 --match 计算机 {source}")
    gaps = {row["code"]: row for row in rows(logi("campus gaps -f json"))}
    # Two stand in A205 and none in A206: one of them does not help the other room.
    assert [gaps["YT"][key] for key in ("base", "wanted", "there", "short", "rooms", "value")] == [2, 2, 1, 1, "A206", "18000.00"]
    # A tenth for each of 812 pupils is 81.2, rounded up 82; 33 are there, 49 lack at 4,000 each.
    assert [gaps["DN"][key] for key in ("base", "wanted", "there", "short", "value")] == [812, 82, 33, 49, "196000.00"]
    assert gaps["JF"]["state"] == "met"
    assert [line[2] for line in due(logi)] == [
        "logi purchase request 学生用计算机 49@PRICE --by PERSON --for TEXT",
        "logi purchase request 多媒体一体机 1@PRICE --by PERSON --for TEXT"]  # fmt: skip
    # A newer standard takes the older one's place from its day.
    logi("campus standard set YT 多媒体一体机 --per class --quantity 1 --match 一体机 --source 新标准 --from 2025-10-01", **OCTOBER)
    assert [row["source"] for row in rows(logi("campus gaps -f json", **OCTOBER)) if row["code"] == "YT"] == ["新标准"]
    assert [row["source"] for row in rows(logi("campus gaps -f json")) if row["code"] == "YT"] == ["某省办学条件标准"]
    form = logi("form standard-gaps", LOGI_LANG="zh-Hans").out
    assert "标准配置差距表" in form
    assert "196,000.00" in form
    out = logi.folder / "standards.csv"
    logi(f"export standards -o {out}", **OCTOBER)
    assert logi(f"import standards {out} --dry-run -f json", **OCTOBER).json["facts"]["same"] == 4
    out.write_text("编号,配置项目,配置单位,数量,资产名称,依据\nTY,篮球架,每校,4,篮球架,某标准\nXX,某物,每屋,1,某物,某标准\n", "utf-8")
    assert [one["line"] for one in logi(f"import standards {out} -f json", code=5).json["facts"]["findings"]] == [3]


def test_tiers_that_nobody_could_sign_by_are_refused_where_they_are_set(logi):
    for value, said in (
        ('[{"max_fen":100}]', "names no levels"), ('[{"levels":["校长"]}]', "cannot be its levels"), ("[]", "nobody would be asked"),
        ('[{"levels":["principal"]},{"max_fen":100,"levels":["bursar"]}]', "the last tier, and it alone"),
        ('[{"levels":[]}]', "the last tier"), ('[{"max_fen":100,"levels":["bursar"]}]', "the last tier"),
        ('[{"max_fen":9,"levels":["bursar"]},{"max_fen":9,"levels":["bursar"]},{"levels":["principal"]}]', "rising order"),
    ):  # fmt: skip
        assert said in logi(f"policy set campus.project_levels '{value}' --from 2025-09-01 --source 本校", code=2).err
    logi("policy set campus.beauty_levels '[]' --from 2025-09-01 --source 本校", code=2)
    small = '[{"max_fen":10000,"levels":[]},{"levels":["principal"]}]'
    logi(f"policy set campus.project_levels '{small}' --from 2025-09-01 --source 本校")
    assert rows(logi("campus project list -f json")) == []
    number = add(logi, "小项", "other", "100")  # nobody is asked: it is approved as it is made out
    assert [row["state"] for row in rows(logi("campus project list -f json"))] == ["approved"]
    logi(f"campus project start {number} --on 2025-09-30")
    # What happened in a month that is closed is not taken back.
    logi("month close 2025-09", LOGI_TODAY="2025-10-05")
    assert "2025-09" in logi(f"undo {number}", code=4, LOGI_TODAY="2025-10-05").err


def test_every_verb_of_the_campus_is_undone_and_redone(logi):
    logi("campus plan add G0 旧项目 --phase 1 --aim norm --goal 2026-12-31 --source 规划 --owner 钱样真")
    logi("campus standard set S0 某物 --per school --quantity 1 --match 某物 --source 某标准")
    lists = ("campus plan list", "campus project list", "campus scheme list", "campus gaps")
    lines = (
        "campus plan add G1 长廊 --phase 1 --aim feature --goal 2026-12-31 --source 规划",
        "campus plan edit G1 --owner 钱样真 --phase 2", "campus plan done G1 --outcome 建成", "campus plan drop G0 --reason 不做",
        "campus scheme add BG 改造 --doc 某号 --first 2025 --weak",
        "campus project add 长廊 --kind culture --budget 9000 --starts 2025-09-30 --ends 2025-10-30 --scheme BG",
        "campus project edit GC-2025-0001 --owner 钱样真 --vendor V06",
        "approve GC-2025-0001 --by 秦实妍 --no 批1", "campus project start GC-2025-0001",
        "campus project log GC-2025-0001 50", "campus project finish GC-2025-0001",
        "campus project inspect GC-2025-0001 --result pass --inspector 钱样真 --inspector 秦实妍",
        "approve GY-2025-0001 --by 钱样真 --no 验1 --level bursar", "approve GY-2025-0001 --by 秦实妍 --no 验1 --level vice_principal",
        "campus project settle GC-2025-0001 8800 --doc 结1",
        "campus project add 某项 --kind other --budget 900 --starts 2025-09-30 --ends 2025-10-30",
        "campus project stop GC-2025-0002 --reason 不做",
        "campus standard set S1 又一物 --per school --quantity 1 --match 又一物 --source 某标准",
        "campus standard drop S0 --reason 废止",
    )  # fmt: skip
    before = [logi(f"{one} -f csv").out for one in lists]
    for line in lines:
        logi(line)
    after = [logi(f"{one} -f csv").out for one in lists]
    assert after[0] != before[0]
    for _ in lines:
        logi("undo")
    assert [logi(f"{one} -f csv").out for one in lists] == before
    for _ in lines:
        logi("redo")
    assert [logi(f"{one} -f csv").out for one in lists] == after
    assert logi("audit verify").code == 0
    shown = logi("show GC-2025-0001").out
    assert "GY-2025-0001" in shown
    assert [row["code"] for row in rows(logi("find 长廊 -f json"))] == ["GC-2025-0001", "G1"]
    form = logi("form works-acceptance GY-2025-0001", LOGI_LANG="zh-Hans").out
    assert "暑期工程验收单" in form
    assert "钱样真  2025-09-30  验1" in form
