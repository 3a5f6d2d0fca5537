"""Rows drawn at random, good and bad ones, for every kind: as a file and as typed lines they leave equal ledgers, or are refused both."""

import csv
import io
import shlex
import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Terminal
from tests.importing.test_import_typed import rows_of

PHASES = (Phase.explicit, Phase.generate)  # what fails is shown as it was drawn: making it smaller would take minutes
Row = dict[str, str]
DAYS = [f"2025-09-{day:02d}" for day in (1, 5, 5, 12, 29)]
NOBODY, NOWHERE = "没有的人", "Z999"
PEOPLE, PLACES = ["S03", "S15", "王修好", NOBODY], ["A205", "E101/窗边", "总务办公室", NOWHERE]


def line(command: str, *words: str, **options: str | None) -> str:
    """A command line of words and the options that have a value."""
    named = [f"--{name.rstrip('_').replace('_', '-')} {shlex.quote(value)}" for name, value in options.items() if value]
    return " ".join([command, *map(shlex.quote, words), *named])


def person(row: Row) -> list[str]:
    return [line("person add", row["code"], row["name"], department=row["department"], post=row["post"], phone=row["phone"])]


def place(row: Row) -> list[str]:
    return [line("place add", row["code"], row["name"], kind=row["kind"], keeper=row["keeper"], parent=row["parent"])]


def vendor(row: Row) -> list[str]:
    return [line("vendor add", row["code"], row["name"], **{"class": row["class"]}, tendered_from=row["tendered_from"],
                 tendered_to=row["tendered_to"], contact=row["contact"], note=row["note"])]  # fmt: skip


def item(row: Row) -> list[str]:
    flags = " --chemical" if row["chemical"] else ""
    return [line("stock item add", row["code"], row["name"], unit=row["unit"], **{"class": row["class"]}, min=row["min"], max=row["max"],
                 pack=row["packs"], place=row["place"]) + flags]  # fmt: skip


def asset(row: Row) -> list[str]:
    return [line("asset add", row["name"], cost=row["cost"], code=row["code"], category=row["category"], count=row["count"], on=row["on"],
                 place=row["place"], keeper=row["keeper"], serial=row["serial"], booked=row["booked"])]  # fmt: skip


def move(row: Row) -> list[str]:
    if row["direction"] == "in":
        return [line("stock in", row["item"], row["quantity"] + row["unit"], price=row["price"], keeper=row["keeper"] or row["person"], on=row["on"],
                     lot=row["lot"])]  # fmt: skip
    if row["direction"] == "out":
        return [line("stock out", row["item"], row["quantity"] + row["unit"], to=row["department"], by=row["person"], on=row["on"],
                     for_=row["purpose"], lot=row["lot"])]  # fmt: skip
    return [line("stock adjust", row["item"], row["quantity"] + row["unit"], reason=row["purpose"], price=row["price"], lot=row["lot"],
                 on=row["on"])]  # fmt: skip


def route(row: Row) -> list[str]:
    return [line("route add", row["code"], row["name"], frequency=row["frequency"], from_=row["from"], area=row["area"], keeper=row["keeper"])]


def round_(row: Row) -> list[str]:
    finding = f"{row['place']} {row['finding']}" if row["place"] and row["finding"] else row["finding"]
    return [line("patrol log", row["route"], by=row["by"], at=row["at"], finding=finding, kind=row["kind"] if finding else None,
                 weather=row["weather"], note=row["note"])]  # fmt: skip


def plan(row: Row) -> list[str]:
    return [line("month add", row["month"], row["title"], owner=row["owner"], due=row["due"], priority=row["priority"], helpers=row["helpers"])]


def repair(row: Row) -> list[str]:
    lines = [line("repair open", row["title"], place=row["place"], by=row["reporter"], kind=row["kind"], on=row["opened_on"],
                  phone=row["phone"], note=row["note"])]  # fmt: skip
    if row["closed_on"]:
        lines.append(line("repair close", "{number}", by=row["worker"], cost=row["cost"], on=row["closed_on"]))
    return lines


def of(**fields: list[str]) -> Any:
    return st.lists(st.fixed_dictionaries({key: st.sampled_from(values) for key, values in fields.items()}), min_size=1, max_size=5)


# kind -> rows, how one is typed, the column of its day (rows are posted by day)
KINDS: dict[str, tuple[Any, Any, str]] = {
    "departments": (of(code=["BM7", "BM8", "BM9"], name=["甲处", "乙处", "丙处"]),
                    lambda row: [line("department add", row["code"], row["name"])], ""),
    "terms": (of(code=["2025-2026-1", "2025-2026-2", "nonsense"], name=["一", "二"], starts=["2025-09-01", "2026-02-20"],
                 ends=["2026-01-30", "2026-07-05"]),
              lambda row: [line("term add", row["code"], row["name"], starts=row["starts"], ends=row["ends"])], ""),
    "people": (of(code=["P1", "P2", "P3"], name=["张三", "李四"], department=["", "总务处"], post=["", "电工"], phone=["", "138"]), person, ""),
    "places": (of(code=["X1", "X2", "A/B"], name=["甲室", "乙室"], kind=["", "classroom"], keeper=["", *PEOPLE], parent=["", "E101"]), place, ""),
    "vendors": (of(code=["V7", "V8", "V9"], name=["甲店", "乙店"], **{"class": ["", "文具"]}, tendered_from=["", "2025-01-01"],
                   tendered_to=["", "2024-12-31", "2025-12-31"], contact=["", "某"], note=["", "好"]), vendor, ""),
    "categories": (of(code=["A02019999", "A02029999", "QQ"], name=["甲类", "乙类"], life_months=["", "24", "120"], method=["", "straight"]),
                   lambda row: [line("category add", row["code"], row["name"], life_months=row["life_months"], method=row["method"])], ""),
    "items": (of(code=["FB", "ZZ"], name=["粉笔", "纸"], unit=["盒", "包"], **{"class": ["", "office"]}, min=["", "5"], max=["", "3", "9.5"],
                 packs=["", "箱=10", "盒=2"], place=["", "F101", NOWHERE], chemical=["", "yes"]), item, ""),
    "assets": (of(code=["ZC1", "ZC2", ""], name=["桌", "椅"], cost=["1200", "0.5", "4800.50"], category=["", "A02010105"], count=["1", "3"],
                  on=DAYS, place=["", *PLACES], keeper=["", *PEOPLE], serial=["", "SN1"], booked=["", "2025-09-20"]), asset, "on"),
    "stock": (of(on=DAYS, direction=["in", "in", "out", "adjust"], item=["粉笔盒装", "I1"], quantity=["1", "2.5", "30"], unit=["", "箱"],
                 price=["1.50", "33.33"], department=["总务处"], person=["S15", NOBODY], keeper=["", "S06"], lot=["", "L1"],
                 purpose=["月考", "破损"]), move, "on"),
    "routes": (of(code=["R8", "R9"], name=["早巡", "晚巡"], frequency=["workday", "daily"], **{"from": DAYS}, area=["", "dorm"],
                  keeper=["", *PEOPLE]), route, ""),
    "patrols": (of(route=["R1", "R7"], at=[f"{day} 07:10" for day in DAYS], by=["S09", "S15"], finding=["", "插座松动", "窗坏"],
                   place=["", "A205", "E101/窗边"], kind=["electric", "other"], weather=["", "雨"], note=["", "门锁"]), round_, "at"),
    "plan": (of(month=["2025-09", "2025-10"], title=["大扫除", "查灯", "盘点"], owner=["", *PEOPLE], due=["", "2025-09-20"],
                priority=["", "high"], helpers=["", "各班"]), plan, ""),
    "repairs": (of(title=["漏水", "灯坏"], place=PLACES, opened_on=DAYS, reporter=["S15", NOBODY], kind=["water", "electric"],
                   closed_on=["", "2025-09-12", "2025-09-29"], worker=["S08"], cost=["", "85"], phone=["", "139"], note=["", "急"]), repair,
                "opened_on"),
    "pupils": (of(code=["20250001", "20250002"], name=["王小明", "李小红"], **{"class": ["", "七年级1班"]}),
               lambda row: [line("opening pupil add", row["code"], row["name"], **{"class": row["class"]})], ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def stage(tmp_path_factory, furnished):
    """A ledger with an item and a route, in a folder for all the examples."""
    made = Terminal(tmp_path_factory.mktemp("typed"))
    shutil.copy(furnished, made.ledger)
    made.env["LOGI_EXACT"] = "1"
    for one in ("department add BM1 总务处", "department add BM2 七年级1班", "stock item add I1 粉笔盒装 --unit 盒 --pack 箱=10",
                "stock in I1 50 --price 2 --on 2025-09-01", "route add R1 早巡 --from 2025-09-01"):  # fmt: skip
        made(one)
    shutil.copy(made.ledger, made.folder / "before.db")
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_random_rows_typed_and_imported_leave_equal_ledgers_or_are_refused_both(stage, kind):
    drawn, typed, day = KINDS[kind]

    @settings(max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(rows=drawn)
    def holds(rows: list[Row]) -> None:
        if kind in ("patrols", "plan"):  # rows of one round join it, and a line that is there answers for its row
            keys = ("route", "at", "by") if kind == "patrols" else ("month", "title")
            rows = list({tuple(row[key] for key in keys): row for row in rows}.values())
        if kind == "routes":  # a later row of the same code changes the route
            rows = list({row["code"]: row for row in rows}.values())
        shutil.copy(stage.folder / "before.db", stage.ledger)
        refused = False
        for row in sorted(rows, key=lambda row: row[day]) if day else rows:
            number = ""
            for one in typed(row):
                said = stage(one.replace("{number}", number) + " -f json", code=None)
                refused = refused or said.code != 0
                number = said.json.get("number") or ""
            if refused:
                break
        by_lines = rows_of(stage)
        shutil.copy(stage.folder / "before.db", stage.ledger)
        before = rows_of(stage)
        paper = io.StringIO()
        writer = csv.DictWriter(paper, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        (stage.folder / "t.csv").write_text(paper.getvalue(), "utf-8")
        said = stage(f"import {kind} {stage.folder}/t.csv", code=5 if refused else 0)
        now = rows_of(stage)
        wanted = before if refused else by_lines
        assert {table: now[table] for table in now if now[table] != wanted[table]} == {
            table: wanted[table] for table in now if now[table] != wanted[table]}, said.err  # fmt: skip

    holds()
