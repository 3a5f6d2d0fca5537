"""Pupils' insurance by command lines: the drive and its window, nobody left out, what classes were told, cases."""

import pytest

NOVEMBER = {"LOGI_TODAY": "2025-11-10"}


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, **env) -> list[tuple[str, str]]:
    return [(r["state"], r["text"]) for r in rows(logi("due --book money --days 0 -f json", **env))]


@pytest.fixture
def school(logi):
    for code, name, home in (("X001", "王小明", "七年级1班"), ("X002", "李小红", "七年级1班"), ("X003", "张小强", "七年级2班")):
        logi(f"opening pupil add {code} {name} --class {home} -q")
    return logi


@pytest.mark.seed("INS-03")
def test_the_drive_runs_in_its_window_which_the_school_may_set(school):
    done = school("insurance open 2026 --standard 400 -f json", **NOVEMBER).json["facts"]
    assert (done["from_day"], done["to_day"], done["pupils"]) == ("2025-11-01", "2025-12-31", 3)
    assert school("insurance mark X001 --status paid --on 2025-11-05 -f json", **NOVEMBER).json["warnings"] == []
    late = school("insurance mark X002 --status paid -f json", LOGI_TODAY="2026-01-02").json["warnings"]
    assert late == ["2026-01-02 is outside the drive, 2025-11-01 to 2025-12-31."]
    assert due(school, LOGI_TODAY="2025-10-31") == []  # before the window nothing is asked
    assert next(iter(due(school, LOGI_TODAY="2026-01-01")))[0] == "overdue"
    school('policy set money.insurance_window \'{"from": "10-01", "to": "11-30"}\' --from 2025-09-01 --source 医保局 -q')
    assert school("insurance open 2027 --standard 420 -f json", **NOVEMBER).json["facts"]["to_day"] == "2026-11-30"


@pytest.mark.seed("INS-04")
def test_the_drive_closes_only_when_nobody_is_left_out(school):
    school("insurance open 2026 --standard 400 -q", **NOVEMBER)
    school("insurance mark X001 X002 --status paid -q", **NOVEMBER)

    def refused() -> str:
        return school("insurance close -f json", code=4, **NOVEMBER).json["key"]

    assert refused() == "money.pending"  # 张小强 stands nowhere
    school("insurance mark X002 --status pending -q", **NOVEMBER)
    assert [r["code"] for r in rows(school("insurance uninsured -f json", **NOVEMBER))] == ["X002", "X003"]
    school("insurance mark X002 --status elsewhere --doc 外省参保证 -q", **NOVEMBER)
    assert school("insurance mark X003 --status refused -f json", code=4, **NOVEMBER).json["key"] == "money.refused_unsigned"
    school("insurance mark X003 --status refused --doc 声明1号 -q", **NOVEMBER)
    assert refused() == "money.refusing"  # not paid, not elsewhere, not exempt
    school("opening pupil add X004 新同学 -q", **NOVEMBER)
    assert refused() == "money.pending"  # who comes during the drive belongs to it
    school("opening pupil leave X004 -q", **NOVEMBER)
    school("insurance mark X003 --status exempt --doc 低保证 -q", **NOVEMBER)
    assert school("insurance close -f json", **NOVEMBER).json["facts"]["insured"] == 3
    assert school("insurance mark X003 --status paid -f json", code=4, **NOVEMBER).json["key"] == "money.drive_closed"
    school("undo -q", **NOVEMBER)
    school("insurance mark X003 --status paid -q", **NOVEMBER)
    [one, two] = rows(school("report insurance-classes --month 2025-11 -f json", **NOVEMBER))
    assert (one["pupils"], one["covered"], one["elsewhere"], one["rate"]) == (2, 1, 1, "100.0")
    assert (two["covered"], two["pending"], two["rate"]) == (1, 0, "100.0")
    school("audit verify", **NOVEMBER)


@pytest.mark.seed("INS-01")
def test_new_and_uninsured_pupils_are_known_and_their_classes_told(school):
    school("insurance open 2025 --standard 380 --from 2025-01-01 --to 2025-02-28 -q")
    school("insurance mark X001 X003 --status paid --on 2025-02-10 -q")
    school("insurance open 2026 --standard 400 -q", **NOVEMBER)
    school("insurance mark X001 --status paid -q", **NOVEMBER)
    found = {r["code"]: r["newcomer"] for r in rows(school("insurance uninsured -f json", **NOVEMBER))}
    assert found == {"X002": "yes", "X003": None}  # X003 was insured last year
    untold = [text for state, text in due(school, **NOVEMBER) if state == "missing"]
    assert untold == ["Insurance of 2026: not told yet: 七年级1班; 七年级2班"]
    school("insurance tell 七年级1班 --by 杨班一 --what 主题班会 -q", **NOVEMBER)
    assert [text for state, text in due(school, **NOVEMBER) if state == "missing"] == ["Insurance of 2026: not told yet: 七年级2班"]
    [told] = rows(school("report insurance-told --month 2025-11 -f json", **NOVEMBER))
    assert (told["on"], told["school_class"], told["what"], told["by"]) == ("2025-11-10", "七年级1班", "主题班会", "杨班一")
    assert rows(school("insurance uninsured --class 七年级2班 -f json", **NOVEMBER))[0]["told_on"] is None
    assert "未参保名单" in school("参保 未参保", LOGI_LANG="zh-Hans", **NOVEMBER).out


@pytest.mark.seed("INS-02")
def test_a_case_is_followed_from_the_accident_to_the_money(school):
    school("insurance case add X001 操场摔伤 --on 2025-09-08 --place 操场 --hospital 县医院 -q")
    assert due(school, LOGI_TODAY="2025-09-23") == []  # 15 days
    [(state, text)] = due(school, LOGI_TODAY="2025-09-24")
    assert (state, text) == ("overdue", "LP-2025-0001 王小明: nothing done for 16 days (more than 15).")
    school("insurance case papers LP-2025-0001 病历 费用发票 费用清单 --on 2025-09-10 -q")
    said = school("insurance case submit LP-2025-0001 --insurer 示例保险 --amount 860 -f json", code=4).json
    assert (said["key"], said["facts"]["missing"]) == ("money.papers_missing", ["身份证复印件"])
    school("insurance case papers LP-2025-0001 身份证复印件 --on 2025-09-11 -q")
    school("insurance case settle LP-2025-0001 640", code=4)
    school("insurance case submit LP-2025-0001 --insurer 示例保险 --amount 860 --on 2025-09-12 -q")
    before = school("insurance case list -f json").out
    done = school("insurance case settle LP-2025-0001 640 --on 2025-09-28 -f json").json
    assert done["facts"]["days"] == 20
    [row] = rows(school("report insurance-cases --month 2025-09 -f json"))
    assert (row["pupil"], row["asked"], row["value"], row["case_state"], row["idle"]) == ("王小明", "860.00", "640.00", "settled", None)
    school("undo -q")
    assert school("insurance case list -f json").out == before
    school("redo -q")
    assert "640.00" in school("show LP-2025-0001").out


def test_a_class_is_marked_as_far_as_it_is_pending(school):
    school("insurance open 2026 --standard 400 -q", **NOVEMBER)
    school("insurance mark X002 --status elsewhere --doc 外省 -q", **NOVEMBER)
    school("insurance mark --class 七年级1班 --status paid -q", **NOVEMBER)
    found = [(r["covered"], r["elsewhere"], r["pending"]) for r in rows(school("insurance list -f json", **NOVEMBER))]
    assert found == [(1, 1, 0), (0, 0, 1)]  # who is insured elsewhere stays so
    school("insurance mark --class 七年级1班 --status paid", code=4, **NOVEMBER)
    school("insurance mark --status paid", code=2, **NOVEMBER)


def test_the_drive_closes_after_the_last_was_marked_and_nobody_is_marked_the_same_twice(school):
    school("insurance open 2026 --standard 400 -q", **NOVEMBER)
    school("insurance mark --class 七年级1班 --class 七年级2班 --status paid --on 2025-11-09 -q", **NOVEMBER)
    same = school("insurance mark X001 --status paid -f json", code=4, **NOVEMBER).json
    assert (same["key"], same["facts"]["names"]) == ("money.cover_same", ["王小明"])
    for day in ("2025-10-31", "2025-11-08"):
        assert school(f"insurance close --on {day} -f json", code=4, **NOVEMBER).json["key"] == "money.drive_days"
    school("insurance close --on 2025-11-09 -q", **NOVEMBER)


def test_a_case_asks_the_insurer_for_something(school):
    school("insurance case add X001 摔伤 --on 2025-09-08 -q")
    school("insurance case papers LP-2025-0001 病历 费用发票 费用清单 身份证复印件 -q")
    school("insurance case submit LP-2025-0001 --insurer 示例保险 --amount 0", code=2)
