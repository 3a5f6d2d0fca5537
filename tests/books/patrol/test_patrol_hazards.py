"""Hazards from finding to cancellation: the five things laid down, deadlines, a second person, the ledger of the month."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from logi.books.patrol import actions as rounds
from logi.books.patrol import checks, hazard_actions, hazard_report, report
from logi.books.patrol.hazard_actions import Care
from logi.books.school import actions as school
from logi.core.errors import Refused


def day(text: str) -> date:
    return date.fromisoformat(text)


def rows(said) -> list[dict]:
    return said.json["rows"]


def ledger_of(ledger, month: str) -> list[dict]:
    """The section of hazards in a month's pack."""
    return next(table.rows for table in report.pack(ledger, month) if table.name == "hazard.ledger")


@pytest.fixture
def staffed(ledger):
    """A ledger with a fixer, a bursar and a room."""
    with ledger.entry("person.add") as e:
        school.add_person(e, "S03", "钱样真")
        school.add_person(e, "S08", "王修好")
        school.add_place(e, "B203", "信息教室")
    return ledger


def opened(ledger, title: str, **more) -> str:
    with ledger.entry("hazard.open") as e:
        return str(hazard_actions.open_hazard(e, title, **more).number)


@pytest.mark.parametrize(
    ("level", "due"),
    # Policy hazard.due_days: 15, 7 and 1 days after 12 September 2025.
    [("general", "2025-09-27"), ("larger", "2025-09-19"), ("major", "2025-09-13")],
)
def test_the_deadline_follows_from_the_level(logi, level, due):
    said = logi(f"hazard open 插座松动 --place B203 --level {level} --on 2025-09-12 -f json").json
    assert said["number"] == "YH-2025-0001"
    assert said["facts"]["due"] == due


def test_a_level_changed_before_anybody_chose_a_deadline_moves_it(logi):
    logi("hazard open 插座松动 --place B203 --on 2025-09-12")
    assert logi("hazard assign YH-2025-0001 --level 较大 -f json").json["facts"]["due"] == "2025-09-19"
    logi("hazard assign YH-2025-0001 --due 2025-09-17")
    assert logi("hazard assign YH-2025-0001 --level major -f json").json["facts"]["due"] == "2025-09-17"


def test_a_deadline_beyond_the_policy_warns(logi):
    said = logi("hazard open 插座松动 --place B203 --on 2025-09-12 --due 2025-10-31 -f json").json
    assert len(said["warnings"]) == 1


@pytest.mark.seed("PAT-10")
def test_a_hazard_without_owner_measure_or_deadline_is_incomplete(logi):
    logi("hazard open 插座松动 --place B203")
    logi("hazard open 配电箱发热 --place F101 --level larger --owner 王修好 --measure 换线")
    lacking = {r["number"]: r["lacking"] for r in rows(logi("hazard list --incomplete --strict -f json", code=7))}
    assert lacking == {"YH-2025-0001": "owner; measure", "YH-2025-0002": "fund; plan"}
    asked = {r["subject"]: (r["state"], r["command"]) for r in rows(logi("due --book patrol -f json")) if "assign" in r["command"]}
    assert asked == {
        "YH-2025-0001": ("orphaned", "logi hazard assign YH-2025-0001 --owner PERSON --measure TEXT"),
        "YH-2025-0002": ("missing", "logi hazard assign YH-2025-0002 --fund MONEY --plan TEXT"),
    }
    logi("hazard assign YH-2025-0001 --owner 王修好 --measure 更换")
    logi("hazard assign YH-2025-0002 --fund 0 --plan 停电施工")
    assert rows(logi("hazard list --incomplete --strict -f json")) == []


@pytest.mark.seed("PAT-05")
def test_hazards_are_told_apart_as_water_theft_electric_and_others(logi):
    for title, kind in (("屋顶漏雨", "防水"), ("后窗无锁", "theft"), ("插座裸露", "触电"), ("坡道湿滑", "other")):
        logi(f"hazard open {title} --kind {kind} --place E101 --on 2025-09-15")
    kinds = {r["title"]: r["category"] for r in rows(logi("hazard list -f json"))}
    assert kinds == {"屋顶漏雨": "water", "后窗无锁": "theft", "插座裸露": "electric", "坡道湿滑": "other"}
    assert [r["title"] for r in rows(logi("hazard list --kind 电 -f json"))] == ["插座裸露"]
    logi("route add R1 晨巡 --from 2025-09-15")
    assert "4 (water 1; theft 1; electric 1; other 1)" in logi("patrol week 2025-W38").out


def test_the_fixer_cannot_cancel_his_own_fix_whatever_the_reason(logi):
    logi("hazard open 插座松动 --place B203")
    logi("hazard fix YH-2025-0001 --by 王修好")
    refused = logi("hazard verify YH-2025-0001 --by 王修好 --override 无人可验 -f json", code=4).json
    assert refused["key"] == "patrol.verifier_is_fixer"
    assert rows(logi("hazard list -f json"))[0]["state"] == "fixed"
    logi("hazard verify YH-2025-0001 --by 钱样真")
    assert rows(logi("hazard list -f json"))[0]["state"] == "verified"


def test_a_rejected_fix_opens_the_hazard_again(staffed):
    number = opened(staffed, "B203 插座松动", on=day("2025-09-12"))
    with staffed.entry("hazard.fix") as e:
        hazard_actions.fix(e, number, by="王修好", on=day("2025-09-20"))
    with staffed.entry("hazard.reject") as e:
        hazard_actions.reject(e, number, by="钱样真", reason="仍松动", on=day("2025-09-21"))
    [(row, state, _)] = hazard_report.as_of(staffed, day("2025-09-30"))
    assert (state, row["fixed_on"], row["fixed_by"]) == ("open", None, None)
    assert hazard_report.as_of(staffed, day("2025-09-20"))[0][1] == "fixed"  # as it stood that evening
    assert checks.verify(staffed.db) == []


def test_a_major_hazard_wants_interim_protection(logi):
    assert len(logi("hazard open 墙体开裂 --place B203 --level 重大 --kind 建筑 -f json").json["warnings"]) == 1
    assert len(logi("hazard fix YH-2025-0001 --by 王修好 -f json").json["warnings"]) == 1
    said = logi("hazard open 墙体开裂 --place B203 --level 重大 --interim 围挡并停用 -f json").json
    assert said["warnings"] == []
    assert logi("hazard fix YH-2025-0002 --by 王修好 -f json").json["warnings"] == []


def test_an_overdue_hazard_is_asked_for_until_it_is_fixed(logi):
    logi("hazard open 插座松动 --place B203 --on 2025-09-01 --owner 王修好 --measure 换")
    logi("hazard open 门轴松 --place B203 --on 2025-09-20 --owner 王修好 --measure 换")
    states = {r["subject"]: r["state"] for r in rows(logi("due --book patrol -f json"))}
    assert states == {"YH-2025-0001": "overdue", "YH-2025-0002": "soon"}  # 16 September, 5 October
    assert rows(logi("hazard list --overdue -f json"))[0]["days_late"] == 14
    logi("hazard extend YH-2025-0001 --to 2025-10-10 --reason 等配件")
    assert rows(logi("hazard list --overdue --strict -f json")) == []
    assert {r["state"] for r in rows(logi("due --book patrol --days 0 -f json"))} == set()
    logi("hazard fix YH-2025-0002 --by 王修好")
    [asked] = rows(logi("due --book patrol --days 0 -f json"))
    assert asked["command"] == "logi hazard verify YH-2025-0002 --by PERSON"


REFUSED = [
    ("hazard open", 2),
    ("hazard open 裂缝 --place Z999", 3),
    ("hazard open 裂缝 --level 特大", 2),
    ("hazard open 裂缝 --on 2025-10-01", 4),
    ("hazard open 裂缝 --due 2025-09-29", 4),
    ("hazard assign YH-2025-0001", 4),
    ("hazard assign YH-2025-0009 --owner 王修好", 3),
    ("hazard assign YH-2025-0001 --due 2025-12-31", 4),
    ("hazard assign YH-2025-0001 --due 2025-09-11", 4),
    ("hazard fix YH-2025-0001", 2),
    ("hazard fix YH-2025-0001 --by 无此人", 3),
    ("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-11", 4),
    ("hazard fix YH-2025-0002 --by 王修好", 4),
    ("hazard fix YH-2025-0003 --by 王修好", 4),
    ("hazard verify YH-2025-0001 --by 钱样真", 4),
    ("hazard verify YH-2025-0002 --by 王修好", 4),
    ("hazard verify YH-2025-0002 --by 王修好 --reject 不行", 4),
    ("hazard verify YH-2025-0002 --by 钱样真 --on 2025-09-19", 4),
    ("hazard verify YH-2025-0003 --by 钱样真", 4),
    ("hazard extend YH-2025-0001 --to 2025-10-10", 2),
    ("hazard extend YH-2025-0001 --to 2025-09-20 --reason 早", 4),
    ("hazard extend YH-2025-0002 --to 2025-10-20 --reason 晚", 4),
    ("hazard extend YH-2025-0003 --to 2025-10-20 --reason 晚", 4),
    ("hazard escalate YH-2025-0002 --organ 教育局", 4),
    ("hazard escalate YH-2025-0001", 2),
    ("hazard show YH-2025-0009", 3),
    ("hazard list --place Z999", 3),
    ("hazard list --state 无", 2),
]


def test_a_refused_hazard_line_writes_nothing(logi):
    for _ in range(3):
        logi("hazard open 插座松动 --place B203 --on 2025-09-12")
    logi("hazard fix YH-2025-0002 --by 王修好 --on 2025-09-20")
    logi("hazard fix YH-2025-0003 --by 王修好 --on 2025-09-20")
    logi("hazard verify YH-2025-0003 --by 钱样真 --on 2025-09-21")
    with closing(sqlite3.connect(logi.ledger)) as db:
        before = db.execute("SELECT count(*) FROM entry").fetchone()
        for line, code in REFUSED:
            logi(line, code=code)
            assert db.execute("SELECT count(*) FROM entry").fetchone() == before, line


def test_a_step_may_not_lie_before_the_one_it_follows(staffed):
    number = opened(staffed, "插座松动", on=day("2025-09-12"))
    with staffed.entry("hazard.fix") as e:
        hazard_actions.fix(e, number, by="王修好", on=day("2025-09-20"))
    with staffed.entry("hazard.reject") as e:
        hazard_actions.reject(e, number, by="钱样真", reason="仍松动", on=day("2025-09-22"))
    with pytest.raises(Refused, match="step_out_of_order"), staffed.entry("hazard.fix") as e:
        hazard_actions.fix(e, number, by="王修好", on=day("2025-09-21"))


def test_undoing_and_redoing_every_hazard_verb_restores_the_list(logi):
    def seen() -> tuple:
        shown = "\n".join(line for line in logi("hazard list").out.splitlines())
        steps = logi("report hazard-ledger 2025-09").out
        return shown, steps

    logi("hazard open 插座松动 --place B203 --on 2025-09-12 --by 陈巡安")
    for line in (
        "hazard open 墙皮脱落 --place A205 --level larger --kind building",
        "hazard assign YH-2025-0001 --owner 王修好 --measure 换 --fund 20 --level larger",
        "hazard extend YH-2025-0001 --to 2025-10-20 --reason 等配件",
        "hazard escalate YH-2025-0001 --organ 教育局 --on 2025-09-14",
        "hazard fix YH-2025-0001 --by 王修好 --on 2025-09-20",
        "hazard verify YH-2025-0001 --by 钱样真 --reject 仍松动 --on 2025-09-21",
        "hazard fix YH-2025-0001 --by 王修好 --on 2025-09-22",
        "hazard verify YH-2025-0001 --by 钱样真 --on 2025-09-23",
    ):
        before = seen()
        logi(line)
        after = seen()
        assert after != before, line
        logi("undo")
        assert seen() == before, line
        logi("redo")
        assert seen() == after, line


def test_the_months_ledger_has_the_carried_over_first_and_as_they_stood(staffed):
    staffed._today = day("2025-11-30")
    old = opened(staffed, "B203 插座松动", on=day("2025-09-12"), care=Care("王修好", "换", None, 2000))
    gone = opened(staffed, "B203 灯管脱落", on=day("2025-09-15"))
    new = opened(staffed, "B203 窗裂", on=day("2025-10-20"))
    for number, by, on in ((gone, "王修好", "2025-09-20"), (old, "王修好", "2025-10-25"), (new, "王修好", "2025-11-03")):
        with staffed.entry("hazard.fix") as e:
            hazard_actions.fix(e, number, by=by, on=day(on))
        with staffed.entry("hazard.verify") as e:
            hazard_actions.verify(e, number, by="钱样真", on=day(on))
    told = {
        month: [(r["number"], r["origin"], r["state"], r["fixed_on"]) for r in ledger_of(staffed, month)]
        for month in ("2025-09", "2025-10", "2025-11")
    }
    assert told["2025-09"] == [(old, "opened", "open", None), (gone, "opened", "verified", day("2025-09-20"))]
    assert told["2025-10"] == [(old, "carried", "verified", day("2025-10-25")), (new, "opened", "open", None)]
    assert told["2025-11"] == [(new, "carried", "verified", day("2025-11-03"))]
    # The first was due on 27 September: three days late at the month's end.
    [late, _] = ledger_of(staffed, "2025-09")
    assert (late["due_on"], late["days_late"]) == (day("2025-09-27"), 3)


def test_hazards_and_routes_are_found_and_shown_by_the_floor(logi):
    logi("route add R1 晨巡 --point 大门")
    logi("hazard open 插座松动 --place B203 --by 陈巡安")
    found = {(r["kind"], r["code"]) for r in rows(logi("find 插座 -f json"))}
    assert ("hazard", "YH-2025-0001") in found
    assert ("route", "R1") in {(r["kind"], r["code"]) for r in rows(logi("find cx -f json"))}
    assert "插座松动" in logi("show YH-2025-0001").out
    assert "大门" in logi("show R1").out
    assert report.show(_none(), "X") is None


def _none():
    from logi.db import in_memory
    from logi.journal import Who

    return in_memory(Who("t", "t", 0, "h"), today=day("2025-09-30"))


def test_verify_finds_a_state_that_its_steps_contradict(staffed):
    number = opened(staffed, "B203 插座松动")
    with staffed.entry("hazard.fix") as e:
        rounds.add_route(e, "R1", "晨巡")
        row = hazard_actions.known(e, number)
        e.update("patrol_hazard", row["id"], state="verified")
    assert len(checks.verify(staffed.db)) == 2  # cancelled without a step, and without a day of fixing


@pytest.mark.parametrize(
    ("text", "place", "spot", "rest"),
    [
        ("B203 插座松动", "B203", None, "插座松动"),
        ("B203/门后 插座松动", "B203", "门后", "插座松动"),
        ("B203插座松动", "B203", None, "插座松动"),
        ("B2031 插座松动", None, None, "B2031 插座松动"),
        ("信息教室 插座松动", "B203", None, "插座松动"),
        ("信息教室后门坏", "B203", None, "信息教室后门坏"),
        ("資訊 插座松动", None, None, "資訊 插座松动"),
        ("B203", "B203", None, "B203"),
    ],
)
def test_a_known_place_at_the_start_of_a_finding_is_its_place(staffed, text, place, spot, rest):
    with staffed.entry("hazard.open") as e:
        row, where, title = hazard_actions.place_in(e, text)
    assert (row["code"] if row else None, where, title) == (place, spot, rest)


def test_a_hazard_is_found_by_the_end_of_its_number_if_only_one_has_it(logi):
    logi("hazard open 线头外露 --place B203 --by 陈巡安 --on 2024-09-08")
    logi("hazard open 围墙开裂 --place E101 --by 陈巡安 --on 2025-09-08")
    assert "YH-2025-0001" in logi("hazard fix 2025-0001 --by 王修好 --on 2025-09-09").out
    said = logi("hazard show 0001", code=3).err
    assert "YH-2024-0001" in said
    assert "YH-2025-0001" in said
    assert logi("hazard verify 2025-0001 --by 陈巡安 --on 2025-09-10 --exact", code=3).err
    assert logi("hazard fix 0009 --by 王修好", code=3).err


@pytest.mark.parametrize("words", ["王修好", "--owner 王修好", "--to 王修好"])
def test_who_removes_a_hazard_is_named_as_who_mends_a_repair(logi, words):
    logi("hazard open 插座松动 --place B203")
    logi(f"hazard assign YH-2025-0001 {words}")
    assert logi("hazard list -f json").json["rows"][0]["owner"] == "王修好"
    logi('repair open 漏水 --place A205 --by 杨班一')
    assert logi(f"repair assign WX-202509-0001 {words} -f json").json["facts"]["worker"] == "王修好"
    assert "name one" in logi("hazard assign YH-2025-0001 王修好 --owner 钱样真", code=2).err
