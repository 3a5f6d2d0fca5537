"""Bundles by command lines: schools hand closed months up, the central school adds them up, the county those of its hubs."""

import json
import shutil
from pathlib import Path

import pytest

from logi.books.rollup import bundle
from tests.conftest import Terminal

TODAY = {"LOGI_TODAY": "2025-10-05"}


def rows(said) -> list[dict]:
    return said.json["rows"]


class School:
    """A ledger of its own beside the first one."""

    fresh: Path

    def __init__(self, logi, code: str) -> None:
        self.logi, self.code = logi, code
        self.ledger, self.file = logi.folder / f"{code}.db", logi.folder / f"{code}.json"

    def __call__(self, line: str, **more):
        return self.logi(line, LOGI_LEDGER=str(self.ledger), **{**TODAY, **more})

    def begin(self, level: str = "school", more: str = "") -> "School":
        shutil.copy(School.fresh, self.ledger)
        self(f"unit add {self.code} 校{self.code} --level {level} --own --from 2025-08-01 {more}")
        self("item add A4 A4纸 --unit 包")
        return self

    def month(self, month: str, packs: int) -> "School":
        self(f"stock in A4 {packs} --price 2.5 --on {month}-05")
        self(f"month close {month}")
        return self

    def submit(self, month: str = "2025-08", more: str = "", code: int = 0):
        return self(f"rollup submit {month} -o {self.file} {more}", code=code)

    def receive(self, other: "School", more: str = "", code: int = 0):
        return self(f"rollup receive {other.file} {more}", code=code)


@pytest.fixture(scope="module")
def begun(tmp_path_factory, furnished):
    """A hub in the country with its own closed August, two schools below it that handed August up, one that did not."""
    School.fresh, folder = furnished, tmp_path_factory.mktemp("gathered")
    first = Terminal(folder)
    hub, two, town = (School(first, code) for code in ("QH01", "QH02", "CG01"))
    hub.begin("hub", "--area rural --pupils 400")
    hub("unit add QH02 二小 --level school --parent QH01 --area rural --pupils 200 --reports 2025-08 --from 2025-08-01")
    hub("unit add CG01 城关小学 --level school --parent QH01 --area urban --pupils 800 --reports 2025-08 --from 2025-08-01")
    hub("unit add QH03 三小 --level school --parent QH01 --area rural --pupils 50 --reports 2025-09 --from 2025-08-01")
    two.begin(more="--pupils 200").month("2025-08", 40)
    town.begin(more="--pupils 800").month("2025-08", 400)
    hub.month("2025-08", 100)
    for school in (two, town):
        school.submit()
        hub.receive(school)
    return folder


@pytest.fixture
def gathered(begun, blank):
    """The three ledgers and the files they handed up, in this test's own folder."""
    shutil.copytree(begun, blank.folder, dirs_exist_ok=True)
    return tuple(School(blank, code) for code in ("QH01", "QH02", "CG01"))


@pytest.mark.seed("ROL-09")
def test_a_parents_figure_is_the_sum_of_its_schools_and_town_is_held_against_country_per_head(gathered):
    hub, _, _ = gathered
    month = {row["code"]: row for row in rows(hub("rollup month 2025-08 -f json"))}
    # 100, 40 and 400 packs at 2.50.
    assert {code: row["stock_value"] for code, row in month.items()} == {
        "QH01": "1350.00", "QH02": "100.00", "CG01": "1000.00", "QH03": None}  # fmt: skip
    assert (month["QH01"]["pupils"], month["QH01"]["schools"]) == (1450, 3)
    total = {row["figure"]: row for row in rows(hub("rollup figures 2025-08 -f json"))}
    assert (total["stock.in"]["amount"], total["stock.items"]["quantity"], total["stock.items"]["schools"]) == ("1350.00", "3", 3)
    compare = {row["figure"]: row for row in rows(hub("rollup compare 2025-08 -f json"))}
    # Town 1,000.00 ÷ 800 = 1.25; country (250 + 100) ÷ 600 = 0.5833; all 1,350 ÷ 1,400 = 0.9643 (QH03 told nothing);
    # country to town 0.58333 ÷ 1.25 = 46.7 %.
    value = compare["stock.value"]
    assert [value[key] for key in ("urban", "rural", "all", "ratio")] == ["1.25", "0.58", "0.96", "46.7"]
    # Two months: what came in is added up, what is left is the last month's.
    hub.month("2025-09", 60)
    both = {row["figure"]: row["amount"] for row in rows(hub("rollup figures --since 2025-08-01 --until 2025-09-30 --unit QH01 -f json"))}
    assert (both["stock.in"], both["stock.value"]) == ("1500.00", "1500.00")  # 400.00 of the hub now, 1,100 of the others
    names = [table["name"] for table in hub("report month 2025-08 --only rollup -f json").json["tables"]]
    assert names == ["rollup.month", "rollup.compare"]
    assert rows(hub("report rollup-month --since 2025-08-01 --until 2025-08-31 -f json"))[0]["stock_value"] == "1350.00"


def test_who_has_not_told_is_listed_and_due_with_the_line_that_mends_it(gathered):
    hub, two, _ = gathered
    late = [(row["month"], row["code"], row["due"], row["state"]) for row in rows(hub("rollup late -f json"))]
    assert late == [("2025-09", code, "2025-10-10", "waiting") for code in ("CG01", "QH02", "QH03")]
    assert not any("has not told" in row["text"] for row in rows(hub("due --book rollup --days 3 -f json")))
    due = [row for row in rows(hub("due --book rollup -f json", LOGI_TODAY="2025-10-11")) if "has not told" in row["text"]]
    assert {(row["state"], row["subject"], row["command"]) for row in due} == {
        ("overdue", code, "logi rollup receive FILE") for code in ("CG01", "QH02", "QH03")}  # fmt: skip
    # The school itself is told once it says from which month on it reports.
    two("unit edit QH02 --reports 2025-08")
    two("month close 2025-09")
    [own] = [row for row in rows(two("due --book rollup -f json")) if "not handed up" in row["text"]]
    assert (own["state"], own["subject"], own["command"]) == ("soon", "2025-09", "logi rollup submit 2025-09 -o FILE")


def test_a_bundle_is_the_same_bytes_again_and_a_changed_month_needs_a_correction(gathered):
    hub, two, _ = gathered
    first = two.file.read_bytes()
    entries = len(rows(two("audit log -f json --limit 99")))
    two.submit()
    assert (two.file.read_bytes(), len(rows(two("audit log -f json --limit 99")))) == (first, entries)
    body = json.loads(first)["body"]
    assert (body["unit"], body["month"], body["units"][0]["pupils"]) == ("QH02", "2025-08", 200)
    # The head in the bundle is one that the school's ledger still bears.
    two(f"audit verify --expect {body['entry']}-{body['head'][:32]}")
    assert two("rollup submit 2025-08").out.encode() == first  # without -o it goes to standard output
    two("unit heads QH02 210 --from 2025-09-15")  # counted later: August is what it was
    two.submit()
    assert two.file.read_bytes() == first
    two("month reopen 2025-08 --reason 漏记")
    two.submit(code=4)
    two("stock in A4 4 --price 2.5 --on 2025-08-06")
    two("month close 2025-08")
    two.submit(code=4)
    two.submit(more="--correct", code=2)
    two.submit(more="--correct --reason 漏记一张 --dry-run")
    assert two.file.read_bytes() == first
    two.submit(more="--correct --reason 漏记一张")
    hub.receive(two)
    month = {row["code"]: row["stock_value"] for row in rows(hub("rollup month 2025-08 -f json"))}
    assert (month["QH02"], month["QH01"]) == ("110.00", "1360.00")
    assert [row["state"] for row in rows(hub("rollup list --unit QH02 -f json"))] == ["corrected", "stands"]
    hub("undo HZ-202508-0001", code=4)
    hub("undo HZ-202508-0003")
    assert {row["code"]: row["stock_value"] for row in rows(hub("rollup month 2025-08 -f json"))}["QH02"] == "100.00"
    hub("redo")
    hub("audit verify")
    two("audit verify")


def test_what_is_no_bundle_or_was_touched_or_does_not_fit_is_refused(gathered):
    hub, two, town = gathered
    hub.receive(two, code=4)  # the same twice
    sealed = json.loads(two.file.read_text("utf-8"))
    figures = sealed["body"]["units"][0]["figures"]
    figures[0]["value"] += 1
    touched = School(hub.logi, "touched")
    touched.file.write_text(json.dumps(sealed), "utf-8")
    hub.receive(touched, code=5)
    def changed(**more) -> School:
        body = {**json.loads(town.file.read_text("utf-8"))["body"], **more}
        touched.file.write_bytes(bundle.drawn(body))
        return touched

    hub.receive(changed(head="0" * 64), code=4)  # another August without a correction
    hub.receive(changed(month="2025-10", head="1" * 64), code=4)  # a month that is not over
    hub.receive(changed(month="2025-9"), code=5)
    hub.receive(changed(unit="XX"), code=5)  # the sender is not the first unit told of
    hub.receive(changed(units=[]), code=5)
    hub.receive(changed(corrects="0" * 64, reason="更正"), code=4)  # corrects another one
    hub.receive(changed(month="2025-09", corrects="0" * 64, reason="更正"), code=4)  # corrects nothing
    hub.receive(changed(month="2025-09", ledger="another"), code=4)  # from another ledger
    hub.receive(changed(month="2025-09", ledger="another"), "--override 换了新账本")
    hub("undo")
    hub.receive(changed(month="2025-09", head="2" * 64), code=4)  # the same entry has another hash: a forked ledger
    for text in ("", "[]", '{"kind": "logi-rollup", "version": 2, "body": {}}', '{"kind": "logi-rollup", "version": 1, "body": 1.5}',
                 "[" * 100_000):  # fmt: skip
        touched.file.write_text(text, "utf-8")
        hub.receive(touched, code=5)
    hub.receive(School(hub.logi, "nowhere"), code=3)
    # A right seal over a wrong content: looked through as if it had been typed.
    unit = json.loads(town.file.read_text("utf-8"))["body"]["units"][0]
    figure = unit["figures"][0]
    for more in (
        {"reason": {"a": 1}}, {"reason": "无更正"}, {"month": "0000-01"}, {"name": "\x1b]0;x\x07"}, {"name": "x\u202ey"},
        {"corrects": "0" * 64, "reason": "长" * 301}, {"units": [{**unit, "area": {"x": 1}}]}, {"units": [{**unit, "parent": ["X"]}]},
        {"units": [{**unit, "pupils": 2**62}]}, {"units": [unit, {**unit, "code": " Z 1"}]},
        {"units": [{**unit, "figures": [{**figure, "kind": "count"}]}]}, {"units": [{**unit, "figures": [{**figure, "value": 2**62}]}]},
        {"units": [{**unit, "figures": [{**figure, "standing": not figure["standing"]}]}]},
    ):  # fmt: skip
        hub.receive(changed(**{"month": "2025-09", "head": "3" * 64, **more}), code=5)
    hub.receive(changed(month="9999-12"), code=5)
    assert len(rows(hub("rollup list -f json"))) == 2


def test_a_county_gathers_hubs_that_gathered_schools_and_counts_no_school_twice(gathered):
    hub, two, _ = gathered
    county = School(hub.logi, "X01").begin("county")
    county("unit add QH01 中心校 --level hub --parent X01 --area rural --from 2025-08-01")
    hub.submit()
    county.receive(hub, code=3)  # QH02, CG01 are not known there
    county.receive(hub, "--create")
    month = {row["code"]: row for row in rows(county("rollup month 2025-08 -f json"))}
    assert {code: row["stock_value"] for code, row in month.items()} == {
        "X01": "1350.00", "QH01": "1350.00", "QH02": "100.00", "CG01": "1000.00"}  # fmt: skip
    assert (month["X01"]["pupils"], month["CG01"]["pupils"]) == (1400, 800)
    county.receive(two, code=4)  # it came with the hub's already
    # A school corrects: the hub's month has changed, and goes up as a correction.
    two("month reopen 2025-08 --reason 漏记")
    two("stock in A4 4 --price 2.5 --on 2025-08-06")
    two("month close 2025-08")
    two.submit(more="--correct --reason 漏记")
    hub.receive(two)
    hub.submit(code=4)
    hub.submit(more="--correct --reason 二小更正")
    county.receive(hub)
    assert {row["code"]: row["stock_value"] for row in rows(county("rollup month 2025-08 -f json"))}["X01"] == "1360.00"


def test_every_book_that_has_figures_hands_them_up(logi):
    for line in (
        "unit add QH01 本校 --level school --own --from 2025-08-01", "item add A4 A4纸 --unit 包", "stock in A4 50 --price 2.5 --on 2025-09-03",
        "stock out A4 10 --to 教务处 --by S15 --on 2025-09-05", "asset add 课桌 --cost 200 --count 3 --on 2025-09-01 --place A205 --keeper S15",
        "asset damage 2025-0001-01 --by 杨班一 --on 2025-09-10", 'repair open "灯不亮" --place A205 --by 杨班一 --kind electric --on 2025-09-08',
        "repair close WX-202509-0001 --by 王修好 --cost 85 --cause wear --on 2025-09-09",
        'repair open "漏水" --place A205 --by 杨班一 --kind water --on 2025-09-20',
        "hazard open 插座松动 --place A205 --by 陈巡安 --category electric --level general --on 2025-09-12 --due 2025-09-20",
        "meter add E-01 总表 --kind power --place E101 --reading 1000 --from 2025-08-31 --reader 王修好",
        "meter price set power 0.5 --source 合同 --from 2025-01-01", "meter read E-01 1100 --on 2025-09-30",
        "canteen open lunch --from 2025-09-15", "canteen serve lunch 300 --staff 20 --on 2025-09-15 --by 钱样真", "money receive 公用经费 5000 --on 2025-09-02",
    ):  # fmt: skip
        logi(line)
    logi("month close 2025-09 --override 测试", LOGI_TODAY="2025-10-05")
    body = json.loads(logi("rollup submit 2025-09", LOGI_TODAY="2025-10-05").out)["body"]
    found = {one["name"]: one["value"] for one in body["units"][0]["figures"]}
    assert {name: found[name] for name in ("stock.in", "stock.out", "stock.value")} == {
        "stock.in": 12500, "stock.out": 2500, "stock.value": 10000}  # fmt: skip
    assert [found[f"repair.{one}"] for one in ("opened", "closed", "cost", "open")] == [2, 1, 8500, 2]  # closed is not yet accepted
    assert [found[f"asset.{one}"] for one in ("value", "added", "disposed", "damages")] == [60000, 60000, 0, 1]
    assert [found[f"patrol.{one}"] for one in ("found", "mended", "open", "late")] == [1, 0, 1, 1]
    assert (found["meter.power"], found["meter.cost"]) == (100_000, 5000)
    assert (found["canteen.days"], found["canteen.portions"]) == (1, 320)
    assert (found["money.in"], found["money.left"]) == (500_000, 500_000)


def test_a_month_before_a_school_was_registered_is_not_lost(begun, gathered, furnished):
    _, two, _ = gathered
    late = School(two.logi, "QH09")
    shutil.copy(furnished, late.ledger)
    late("unit add QH09 新中心校 --level hub --own --area rural")  # registered in October
    late("unit add QH02 二小 --level school --parent QH09 --area rural")
    late.receive(two)
    month = {row["code"]: row for row in rows(late("rollup month 2025-08 -f json"))}
    assert [(row["stock_value"], row["pupils"]) for row in month.values()] == [("100.00", 200), ("100.00", 200)]
    late("unit edit QH02 --reports 2025-08")
    assert [row["month"] for row in rows(late("rollup late -f json"))] == ["2025-09"]
    late("unit edit QH02 --reports -")
    assert rows(late("rollup late -f json")) == []
    late("month close 2025-08")
    body = json.loads(late("rollup submit 2025-08").out)["body"]
    assert [one["code"] for one in body["units"]] == ["QH09", "QH02"]
