"""Special rooms and their log of use; the four classes of facilities with their plans and records."""

from datetime import date

import pytest

from logi.books.asset import actions, checks, facilities, report, rooms
from logi.books.repair import actions as repairs
from logi.books.repair import maintain_actions
from logi.books.school import actions as school
from logi.books.school import calendar_actions
from logi.core.errors import Refused
from logi.undo import undo

TODAY = date(2025, 9, 30)
SEPTEMBER = (date(2025, 9, 1), TODAY)


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        done = act(e, *args, **more)
        done.entry = e.n
        done.warnings = [key for key, _ in e.warnings]
    return done


@pytest.fixture
def wing(ledger):
    """A music room, a laboratory nobody keeps, a reading room nobody uses, a classroom."""
    with ledger.entry("person.add") as e:
        for code, name in (("S15", "杨班一"), ("S17", "秦实妍"), ("S08", "王修好")):
            school.add_person(e, code, name)
        school.add_place(e, "B301", "音乐教室", kind="special", keeper="S15")
        school.add_place(e, "B201", "物理实验室", kind="lab")
        school.add_place(e, "B102", "阅览室", kind="library", keeper="S17")
        school.add_place(e, "A205", "四年级教室", kind="classroom", keeper="S15")
        calendar_actions.add_term(e, "2025-2026-1", "秋季学期", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23))
    return ledger


@pytest.mark.seed("AST-08")
def test_each_special_room_shows_how_much_of_a_month_it_was_used(wing):
    for day, periods in ((2, 3), (3, 2), (3, 1), (30, 2)):
        do(wing, rooms.use, "B301", "S15", periods=periods, school_class="七年级1班", on=date(2025, 9, day))
    do(wing, rooms.use, "B201", "S17", periods=7, on=date(2025, 9, 9))
    table = rooms.room_use(wing, *SEPTEMBER)
    figures = {r["place"]: (r["uses"], r["periods"], r["days_used"], r["last_on"], r["use_rate"]) for r in table.rows}
    # 23 school days (22 weekdays and the make-up Sunday, the 28th) of 7 periods are 161: 8 are 5.0 %, 7 are 4.3 %
    assert figures == {
        "B102": (0, 0, 0, None, 0), "B201": (1, 7, 1, date(2025, 9, 9), 43), "B301": (4, 8, 3, date(2025, 9, 30), 50),
    }  # fmt: skip
    assert [r["periods"] for r in rooms.use_log(wing, *SEPTEMBER).rows] == [3, 2, 1, 7, 2]
    assert "B201" in table.notes[1]  # a special room without a keeper is named
    assert [t.name for t in report.pack(wing, "2025-09")][-1] == "asset.room-use"


def test_only_special_rooms_have_a_log_and_a_day_has_so_many_periods(wing):
    with pytest.raises(Refused, match=r"asset\.no_function_room"):
        do(wing, rooms.use, "A205", "S15")
    do(wing, rooms.use, "B301", "S15", periods=5)
    with pytest.raises(Refused, match=r"asset\.day_full"):
        do(wing, rooms.use, "B301", "S17", periods=3)
    done = do(wing, rooms.use, "B301", "S17", periods=2)
    with wing.entry("undo") as e:
        undo(e, [done.entry])
    assert rooms.room_use(wing, *SEPTEMBER).rows[2]["periods"] == 5
    assert do(wing, rooms.use, "B301", "S17", on=date(2025, 9, 27)).warnings == ["asset.used_on_day_off"]  # a Saturday


@pytest.mark.parametrize(
    ("name", "category", "kind"),
    [
        ("教学、实验用桌", "A05010203", "teaching"), ("台式计算机", "A02010105", "teaching"), ("篮球架", "A02", "sports"),
        ("塑胶跑道", "A01", "sports"), ("壁挂机", "A02061804", "electrical"), ("监控系统", "A02", "electrical"),
        ("热水鍋爐", "A02", "living"), ("双层床", "A05010103", "living"), ("校车(19座)", "A02", "other"), ("办公椅", None, "other"),
    ],
)  # fmt: skip
def test_a_things_class_goes_by_its_name_then_by_its_category(ledger, name, category, kind):
    from logi.books.asset import school as of_school

    signs = of_school.policy(ledger, "asset.facility_classes", TODAY)
    assert facilities.class_of(name, category, signs) == kind


@pytest.mark.seed("AST-26")
def test_every_class_of_facilities_shows_its_plan_and_what_was_done(wing):
    more = {"on": date(2025, 9, 1), "place": "A205", "keeper": "S15"}
    do(wing, actions.add, "课桌椅", 19800, category="A05010203", quantity_milli=45000, code="D", **more)
    do(wing, actions.add, "篮球架", 310000, category="A02", count=4, code="Q", **more)
    do(wing, actions.add, "空调机", 268000, category="A02061804", count=2, code="K", **more)
    do(wing, actions.add, "饮水机", 326000, category="A02", code="Y", **more)
    assert [d for d in checks.due(wing, 30) if d.source == "AST-26"] == []  # no plans are kept here at all yet
    plan = {"place": "A205", "by": "S15", "worker": "S08", "starts": date(2025, 9, 1)}
    for code, name, asset in (("BY1", "篮球架紧固", "Q"), ("BY2", "空调清洗", None), ("BY3", "饮水机换芯", "Y")):
        do(wing, maintain_actions.add, code, name, every="1m", asset=asset, **plan)
    [due] = [d for d in checks.due(wing, 30) if d.source == "AST-26"]
    assert (due.rule, due.subject) == ("asset.rule.no_plan", "teaching")
    ran = do(wing, maintain_actions.run, ["BY1"])
    do(wing, repairs.close, ran.numbers[0], by="S08", cost=0, cause="wear")
    mend = do(wing, repairs.open, "不制冷", place="A205", by="S15", kind="equipment", asset="K-02")
    do(wing, repairs.close, mend.number, by="S08", cost=6000, cause="wear")
    table = facilities.facilities(wing, *SEPTEMBER)
    rows = {r["facility"]: (r["cards"], r["plans"], r["unplanned"], r["maintained"], r["repairs"], r["repair_cost"]) for r in table.rows}
    assert rows == {
        "teaching": (1, 0, 1, 0, 0, 0), "sports": (4, 1, 0, 1, 0, 0), "electrical": (2, 1, 0, 0, 1, 6000),
        "living": (1, 1, 0, 0, 0, 0),
    }  # fmt: skip
    sports = next(r for r in table.rows if r["facility"] == "sports")
    assert sports["last_done"] == TODAY
    assert len(table.notes) == 1  # teaching facilities have no plan yet
