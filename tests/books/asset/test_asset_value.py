"""What cards are worth after changes: value and life from then on, splitting and merging by value, sets and their parts."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi.books.asset import actions, auditing, checks, correcting, custody, renewing, report, rules, store, valuing
from logi.books.school import actions as school
from logi.core.errors import Refused, Usage
from logi.rewinding import rewound
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
PC, DESK = "A02010105", "A05010203"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        done = act(e, *args, **more)
        done.warnings = [key for key, _ in e.warnings]
        done.entry = e.n
    return done


@pytest.fixture
def stocked(ledger):
    with ledger.entry("person.add") as e:
        for code, name in (("S03", "钱样真"), ("S15", "杨班一"), ("S08", "王修好")):
            school.add_person(e, code, name)
        for code, name in (("A205", "四年级教室"), ("B203", "信息教室")):
            school.add_place(e, code, name)
    return ledger


def net(ledger, code, to):
    [row] = report.depreciation(ledger, to, [code]).rows
    return row["cost"], row["life_months"], row["months"], row["accumulated"], row["net"]


# What Tryton 8.2 (trytond_account_asset: linear, monthly, residual 0, from the first of the month of addition to the
# last day of the last month) posts: (value, first month, life, [(months taken, accumulated)]). Its conventions differ
# where a first month is begun in its middle (it then takes the days' share), and it rounds half a fen to even.
TRYTON = (
    ("4800.00", (2025, 9), 72, [(1, "66.67"), (4, "266.68"), (30, "2000.10"), (71, "4733.57"), (72, "4800.00")]),
    ("15600.00", (2019, 8), 60, [(1, "260.00"), (59, "15340.00"), (60, "15600.00")]),
    ("10000.01", (2025, 1), 36, [(1, "277.78"), (12, "3333.36"), (35, "9722.30"), (36, "10000.01")]),
    ("99.99", (2024, 2), 7, [(1, "14.28"), (2, "28.56"), (6, "85.68"), (7, "99.99")]),
    ("23500.00", (2022, 8), 60, [(38, "14883.46"), (59, "23108.53"), (60, "23500.00")]),
)


@pytest.mark.parametrize(("value", "first", "life", "posted"), TRYTON)
def test_depreciation_agrees_with_tryton(value, first, life, posted):
    cost = int(Decimal(value) * 100)
    for months, accumulated in posted:
        at = first[0] * 12 + first[1] - 1 + months - 1
        found = rules.depreciation(cost, life, date(*first, 18), date(at // 12, at % 12 + 1, 1))
        assert (found.months, found.accumulated_fen) == (months, int(Decimal(accumulated) * 100))


def test_going_on_from_a_changed_value_agrees_with_tryton():
    # 4,800.00 from 2025-09 over 72 months; after 12 months (800.04) worth 6,000.00 over 96: 84 months left.
    # Tryton 8.2, value 6000, 800.04 depreciated, 2026-09-01 to 2033-08-31: 861.94, 923.84, … 5,937.74, 6,000.00.
    basis = rules.Basis(2026 * 12 + 8, 600000, 96, 12, 80004)
    for months, accumulated in ((1, 86194), (2, 92384), (83, 593774), (84, 600000)):
        at = basis.month + months - 1
        assert rules.written(basis, date(at // 12, at % 12 + 1, 28)).accumulated_fen == accumulated


def another_hand(changes: dict[int, tuple[int, int]], months: int) -> list[int]:
    """The rule text read by another hand: month by month in Decimal yuan, the rate anew at every change."""
    posted: list[Decimal] = []
    value, life = Decimal(0), 0
    for month in range(months):
        if month in changes:
            value, life = Decimal(changes[month][0]) / 100, changes[month][1]
            left = life - month
            rate = ((value - sum(posted)) / left).quantize(Decimal("0.01"), ROUND_HALF_UP) if left > 0 else Decimal(0)
        rest = value - sum(posted)
        posted.append(rest if month == life - 1 else min(rate, rest) if month < life else Decimal(0))
    return [int(sum(posted[: n + 1]) * 100) for n in range(months)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_changes_from_then_on_are_what_posting_every_month_gives(data):
    changes = {0: (data.draw(st.integers(10**4, 10**8)), data.draw(st.integers(24, 120)))}
    basis, bases = rules.Basis(2025 * 12, *changes[0]), []
    bases.append(basis)
    for month in sorted(data.draw(st.sets(st.integers(1, 23), max_size=3))):
        before = rules.written(bases[-1], _day(month - 1))
        cost = data.draw(st.integers(before.accumulated_fen, 2 * 10**8))
        life = data.draw(st.integers(24, 150))  # no life ends before the last change
        changes[month] = (cost, life)
        bases.append(rules.Basis(2025 * 12 + month, cost, life, before.months, before.accumulated_fen))
    expected = another_hand(changes, 160)
    for month, accumulated in enumerate(expected):
        current = [one for one in bases if one.month <= 2025 * 12 + month][-1]
        assert rules.written(current, _day(month)).accumulated_fen == accumulated, (changes, month)


def _day(month):
    return date(2025 + month // 12, month % 12 + 1, 28)


def test_a_longer_life_holds_from_the_month_of_the_change(stocked):
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2024, 9, 18), code="T")
    # 2024-09 … 2025-08 are 12 months: 12 x 66.67 = 800.04; from September (4,800.00 - 800.04) / (96 - 12) = 47.62
    do(stocked, actions.edit, ["T"], life_months=96, on=date(2025, 9, 10))
    assert net(stocked, "T", date(2025, 8, 31)) == (480000, 72, 12, 80004, 399996)
    assert net(stocked, "T", date(2025, 9, 9)) == (480000, 72, 13, 86671, 393329)  # as it stood before the change
    assert net(stocked, "T", date(2025, 9, 30)) == (480000, 96, 13, 84766, 395234)
    assert net(stocked, "T", date(2025, 12, 31)) == (480000, 96, 16, 99052, 380948)
    assert net(stocked, "T", date(2032, 8, 31)) == (480000, 96, 96, 480000, 0)  # the remainder in the 96th month


def test_another_value_holds_from_then_on_and_is_a_posting(stocked):
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2024, 9, 18), code="T", place="A205")
    done = do(stocked, valuing.revalue, "T", 600000, on=date(2025, 9, 10), note="加装内存")
    # (6,000.00 - 800.04) / (72 - 12) = 86.67
    assert (done.facts["accumulated"], done.facts["monthly"]) == (80004, 8667)
    assert net(stocked, "T", date(2025, 8, 31)) == (480000, 72, 12, 80004, 399996)
    assert net(stocked, "T", TODAY) == (600000, 72, 13, 88671, 511329)
    [line] = report.audit(stocked, date(2025, 9, 1), TODAY).rows
    assert (line["opening"], line["added"], line["closing"], line["check"]) == (480000, 120000, 600000, 0)
    do(stocked, valuing.revalue, "T", 90000, on=date(2025, 9, 20), note="毁损减值")
    # the same month once more: (900.00 - 800.04) / 60 = 1.67
    assert net(stocked, "T", TODAY) == (90000, 72, 13, 80171, 9829)
    # + 1,200.00 - 5,100.00 in the month
    [line] = report.audit(stocked, date(2025, 9, 1), TODAY).rows
    assert (line["opening"], line["added"], line["reduced"], line["closing"], line["check"]) == (480000, 120000, 510000, 90000, 0)


@pytest.mark.parametrize(
    ("amount", "more", "key"),
    [
        (480000, {}, "same_value"), (0, {}, "cost_zero"), (80000, {}, "value_below_written"),
        (600000, {"life_months": 12}, "life_taken"), (600000, {"on": date(2024, 9, 17)}, "before_booked"),
        (600000, {"on": date(2025, 10, 1)}, "day_in_future"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(stocked, amount, more, key):
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2024, 9, 18), code="T")
    with pytest.raises(Refused, match=key):
        do(stocked, valuing.revalue, "T", amount, note="?", **more)
    assert net(stocked, "T", TODAY)[0] == 480000


def test_what_is_past_its_life_grows_only_with_a_new_life(stocked):
    do(stocked, actions.add, "电视机", 156000, category="A02091001", on=date(2019, 8, 20), code="TV")
    with pytest.raises(Refused, match=r"asset\.life_taken"):
        do(stocked, valuing.revalue, "TV", 200000, note="大修")
    do(stocked, valuing.revalue, "TV", 200000, life_months=72, note="大修")
    # 60 months taken; (2,000.00 - 1,560.00) / 12 = 36.67
    assert net(stocked, "TV", TODAY) == (200000, 72, 61, 159667, 40333)


def test_a_life_shorter_than_what_was_taken_is_refused(stocked):
    do(stocked, actions.add, "甲", 480000, category="A02091001", on=date(2019, 11, 1), life_months=120, code="T")
    with pytest.raises(Refused, match=r"asset\.life_taken"):
        do(stocked, actions.edit, ["T"], life_months=60)  # 70 months are taken by August 2025
    do(stocked, actions.edit, ["T"], life_months=72)


def test_a_changed_card_is_not_corrected_behind_its_changes(stocked):
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2024, 9, 18), code="T")
    do(stocked, actions.edit, ["T"], life_months=96)
    with stocked.entry("correct") as e, pytest.raises(Refused, match=r"asset\.correct_late"):
        correcting.correct(e, "T", line=None, qty=None, price=500000, reason="?")


def test_what_is_not_written_down_stays_so_after_a_change(stocked):
    do(stocked, actions.add, "图书", 100000, category="A04", on=date(2024, 9, 18), code="B")
    do(stocked, valuing.revalue, "B", 120000, note="?")
    assert net(stocked, "B", date(2026, 12, 31))[3:] == (0, 120000)


def test_the_parts_of_a_split_card_carry_all_that_was_written_down(stocked):
    do(stocked, actions.add, "课桌椅", 19999, category=DESK, quantity_milli=7000, on=date(2024, 9, 18), code="D", place="A205")
    whole = net(stocked, "D", date(2025, 8, 31))
    do(stocked, actions.split, "D", 3000)
    after = [net(stocked, code, TODAY) for code in ("D", "D-01")]
    # 1,399.93 over 60 months: 23.33 a month, 12 months 279.96; 3/7 of it 119.98, 4/7 159.98
    assert whole[3] == 27996
    assert [one[0] for one in after] == [79996, 59997]
    done = [store.facts(stocked.db, "asset_basis", card_id=row["id"])[0]["accumulated_fen"] for row in store.cards(stocked, ["D", "D-01"])]
    assert done == [15998, 11998]
    # and one month more: (799.96 - 159.98) / 48 = 13.33, (599.97 - 119.98) / 48 = 10.00
    assert [one[3] for one in after] == [15998 + 1333, 11998 + 1000]


@pytest.mark.seed("AST-14")
def test_what_was_split_is_merged_again_by_quantity_and_value(stocked):
    do(stocked, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=60000, on=date(2024, 9, 1), code="D", place="A205")
    do(stocked, actions.transfer, ["D"], "B203", quantity_milli=6000, on=date(2025, 9, 2))
    with pytest.raises(Refused, match=r"asset\.merge_differs") as said:
        do(stocked, valuing.merge, ["D", "D-01"])
    assert said.value.facts["differs"] == ["place"]
    do(stocked, actions.transfer, ["D-01"], "A205", on=date(2025, 9, 3))
    done = do(stocked, valuing.merge, ["D", "D-01"])
    assert (done.facts["quantity"], done.facts["total"]) == (60000, 1188000)
    [row] = report.listing(stocked).rows
    assert (row["code"], row["quantity"], row["cost"]) == ("D", 60000, 1188000)
    assert [
        row["code"] for row in report.listing(rewound(stocked, known=None, at=date(2025, 9, 2))).rows
    ] == ["D", "D-01"]
    assert net(stocked, "D", TODAY)[3] == 13 * 19800  # 11,880.00 / 60 = 198.00 a month
    with pytest.raises(Refused, match=r"asset\.gone"):
        do(stocked, actions.assign, ["D-01"], "S03")
    assert checks.verify(stocked.db) == []
    [line] = report.audit(stocked, date(2025, 9, 1), TODAY).rows
    assert (line["added"], line["reduced"], line["closing"], line["check"]) == (0, 0, 1188000, 0)


def test_only_alike_cards_are_merged_and_at_least_two(stocked):
    do(stocked, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=10000, on=date(2024, 9, 1), code="D")
    do(stocked, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=10000, on=date(2025, 9, 1), code="E")
    with pytest.raises(Usage, match=r"asset\.merge_two"):
        do(stocked, valuing.merge, ["D"])
    with pytest.raises(Refused, match=r"asset\.merge_differs"):
        do(stocked, valuing.merge, ["D", "E"])  # one is a year older


def test_a_set_has_parts_that_are_named_when_they_stay_behind(stocked):
    do(stocked, actions.add, "计算机", 480000, category=PC, code="T", place="A205", on=date(2025, 9, 1))
    do(stocked, actions.add, "显示器", 120000, category=PC, code="M", place="A205", on=date(2025, 9, 1))
    do(stocked, actions.add, "音箱", 100000, category=PC, code="S", place="A205", on=date(2025, 9, 1))
    do(stocked, valuing.part, ["M", "S"], "T")
    assert do(stocked, actions.transfer, ["T", "M", "S"], "B203").warnings == []
    assert do(stocked, actions.transfer, ["T"], "A205").warnings == ["asset.parts_stay"]
    for codes, of, key in ((["T"], "M", "part_of_part"), (["T"], "T", "part_of_part"), (["T"], None, "no_part")):
        with pytest.raises(Refused, match=f"asset.{key}"):
            do(stocked, valuing.part, codes, of)
    faces = {row["field"]: row["value"] for row in report.show(stocked, "T")[0].rows}
    assert faces["Parts"] == "M,S"
    do(stocked, valuing.part, ["S"], None)
    assert {row["field"]: row["value"] for row in report.show(stocked, "T")[0].rows}["Parts"] == "M"


def test_the_condition_of_what_comes_back_stands_on_the_card(stocked):
    do(stocked, actions.add, "计算机", 480000, category=PC, code="T", on=date(2025, 9, 1))
    do(stocked, custody.lend, ["T"], "S08", date(2025, 10, 10))
    do(stocked, custody.bring_back, ["T"], "worn")
    assert {row["field"]: row["value"] for row in report.show(stocked, "T")[0].rows}["Condition"] == "worn"


@pytest.mark.parametrize("policy", ["off", "memo", "book"])
def test_depreciation_goes_into_the_pack_as_the_policy_says(stocked, policy):
    from logi.books.asset import closing

    with stocked.entry("policy.set") as e:
        school.set_policy(e, "asset.depreciation", policy, from_day=date(2025, 1, 1), source="校务会", reason=None)
    do(stocked, actions.add, "计算机", 480000, category=PC, on=date(2025, 8, 18), code="T")
    found = renewing.month_depreciation(stocked, "2025-09")
    if policy == "off":
        assert found is None
        assert "asset.month-depreciation" not in {table.name for table in report.pack(stocked, "2025-09")}
        assert "written" not in {c.key for c in report.quarterly(stocked, date(2025, 7, 1), TODAY).columns}
    else:
        [row] = found.rows
        assert (row["cost"], row["written"], row["accumulated"], row["net"]) == (480000, 6667, 13334, 466666)
        [row] = report.quarterly(stocked, date(2025, 7, 1), TODAY).rows
        assert (row["opening"], row["added"], row["closing"], row["written"], row["net"]) == (0, 480000, 480000, 13334, 466666)
    with stocked.entry("month.close") as e:
        closing.close(e, "2025-09")
    [kept] = store.closings(stocked.db, "2025-09")
    assert kept["accumulated_fen"] == (13334 if policy == "book" else None)


@pytest.mark.parametrize("verb", ["life", "revalue", "split", "merge", "part", "idle"])
def test_a_change_is_taken_back_and_done_again(stocked, verb):
    first = date(2024, 9, 1)
    do(stocked, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=60000, on=first, code="D")
    do(stocked, actions.add, "课桌椅", 19800, category=DESK, quantity_milli=20000, on=first, code="E")
    acts = {
        "life": (actions.edit, (["D"],), {"life_months": 96}), "revalue": (valuing.revalue, ("D", 900000), {"note": "减值"}),
        "split": (actions.split, ("D", 10000), {}), "merge": (valuing.merge, (["D", "E"],), {}),
        "part": (valuing.part, (["E"], "D"), {}), "idle": (actions.edit, (["D"],), {"status": "idle"}),
    }  # fmt: skip

    def now():
        lines = [tuple(row.items()) for row in report.listing(stocked).rows]
        return lines, [tuple(row.items()) for row in report.depreciation(stocked, date(2026, 12, 31)).rows], auditing.figures(stocked.db, first, TODAY)

    before = now()
    act, args, more = acts[verb]
    done = do(stocked, act, *args, **more)
    after = now()
    with stocked.entry("undo") as e:
        undo(e, [done.entry])
    assert now() == before
    with stocked.entry("redo") as e:
        redo(e, done.entry, actor="tester")
    assert now() == after
    assert checks.verify(stocked.db) == []
