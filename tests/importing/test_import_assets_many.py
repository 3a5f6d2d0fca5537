"""Cards of a file are written many at once, and are the cards that `asset add` would have made one by one."""

import contextlib
import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi.books.asset.importing import post_many
from logi.importing.reading import open_source
from logi.importing.running import Options, run
from tests.importing.test_import_property import blank

TABLES = ("asset_card", "asset_move", "number_given")
CELLS = {
    "code": st.sampled_from(["", "", "B1", "b1", "B2", "总1", "2025-0002", "2024-0001", "C-01", "C"]), "name": st.sampled_from(["桌", "椅"]),
    "category": st.sampled_from(["", "A02010105", "A05010201", "Z9"]), "cost": st.sampled_from(["0", "1", "5000", "999.99", "x"]),
    "count": st.sampled_from(["1", "1", "3"]), "on": st.sampled_from(["2025-09-01", "2024-02-29", "2025-10-01"]),
    "keeper": st.sampled_from(["", "S1", "S2", "S9"]), "serial": st.sampled_from(["", "N1", "n1", "Ｎ1"]), "model": st.sampled_from(["", "X"]),
    "life_months": st.sampled_from(["", "12", "120"]), "ref": st.sampled_from(["", "R1", "R2"]),
    "place": st.sampled_from(["", "E101", "E101/柜2", "Q1"]), "department": st.sampled_from(["", "总务处", "新处"]),
    "booked": st.sampled_from(["", "2025-09-02", "2024-01-01"]), "standing": st.sampled_from(["", "在用", "闲置"]),
    "part_of": st.sampled_from(["", "", "", "B1"]), "quantity": st.sampled_from(["", "2", "0.001", "0"]),
    "buyer": st.sampled_from(["", "S1", "S2", "S9"]), "inspector": st.sampled_from(["", "S1", "李四"]),
    "value_type": st.sampled_from(["", "名义金额"]), "category_name": st.sampled_from(["", "台式计算机", "家具"]),
}  # fmt: skip
ROW = st.fixed_dictionaries(CELLS)
PLAIN = {"name": "桌", "category": "A02010105", "cost": "5000", "count": "1", "on": "2025-09-01", "keeper": "S1", "place": "E101"}
# Mostly plain rows, each with a few cells of its own.
ROWS = st.lists(st.tuples(st.sets(st.sampled_from(["code", "serial", "keeper", "ref", "on", *CELLS]), max_size=3), ROW),
                min_size=1, max_size=7)  # fmt: skip
COLUMNS = ("code", "count", "keeper", "serial", "model", "life_months", "ref", "place", "department", "booked", "standing", "part_of",
           "quantity", "buyer", "inspector", "value_type", "category_name")  # fmt: skip
ALWAYS = {"name", "cost", "on"}
NONE: frozenset[str] = frozenset()
CREATE = frozenset({"people", "departments"})


def cards(ledger) -> list[tuple]:
    skipped = {"entry"}
    return [
        tuple((key, row[key]) for key in row.keys() if key not in skipped)  # noqa: SIM118
        for table in TABLES for row in ledger.db.execute(f"SELECT * FROM {table} ORDER BY id")
    ]  # fmt: skip


def school():
    from datetime import date

    from logi.books.school.actions import add_person, add_place, leave_person

    ledger = blank()
    with ledger.entry("person.add") as e:
        add_person(e, "S1", "张三", department="总务处")
        add_person(e, "S2", "李四")
        leave_person(e, "S2", on=date(2025, 8, 1))
        add_place(e, "E101", "机房")
    return ledger


class Enough(Exception):
    """Ends an entry that was only looked at."""


def bring(ledger, table, create):
    """What an import of a table refuses, makes, warns of and writes; it is taken back."""
    from logi.commands.kinds import kind_named, makers

    paper = io.StringIO()
    csv.writer(paper).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(paper.getvalue(), "utf-8", newline="")
        source = open_source(str(path))
    ledger.exact = True
    with contextlib.closing(source), contextlib.suppress(Enough), ledger.entry("import.assets") as e:
        outcome = run(e, kind_named("assets"), source, {}, Options(create=create, makers=makers(create)))
        found = outcome.findings.sorted(), outcome.posted.new, outcome.made, list(e.warnings), cards(ledger)
        raise Enough
    return found


@pytest.fixture(scope="module")
def staffed():
    return school()


def brought_each_way(ledger, patch, rows, create):
    """What each way of posting makes of a table: one by one, at once, and at once with as little read ahead as can be."""
    from logi.books.asset import bulk, importing

    table = [list(rows[0]), *[list(row.values()) for row in rows]]
    found = []
    for way, least, chunk, first in ((None, 1000, 2000, 64), (post_many, 1000, 2000, 64), (post_many, 1, 2, 1), (post_many, 1, 3, 2)):
        for name, value in (("MANY", least), ("CHUNK", chunk), ("FIRST", first)):
            patch.setattr(bulk, name, value)
        patch.setattr(importing.KINDS["assets"], "many", way)
        found.append(bring(ledger, table, create))
    return found


@settings(max_examples=25)
@given(drawn=ROWS, coded=st.booleans(), without=st.sets(st.sampled_from(COLUMNS)), create=st.sampled_from([NONE, NONE, CREATE]))
def test_cards_written_many_at_once_are_those_written_one_by_one(monkeypatch, staffed, drawn, coded, without, create):
    rows = [{key: value if key in own else PLAIN.get(key, "") for key, value in row.items()} for own, row in drawn]
    for n, row in enumerate(rows):
        row["code"] = row["code"] or (f"P{n}" if coded else "")
    rows = [{key: value for key, value in row.items() if key in ALWAYS or key not in without} for row in rows]
    with monkeypatch.context() as patch:
        one_by_one, *others = brought_each_way(staffed, patch, rows, create)
    assert others == [one_by_one] * 3


@pytest.mark.parametrize("own", [
    [{"keeper": "S2"}, {"on": "2025-10-01"}, {"booked": "2024-01-01"}, {"life_months": "12"}, {"standing": "闲置"}],
    [{"code": "C", "count": "3"}, {"code": "c"}, {}, {"code": "C-01"}],
    [{"code": "2025-0001", "count": "3"}, {}, {}, {"code": ""}],  # a number whose stem is taken is passed over
    [{"code": "", "count": "3"}, {}, {}, {"code": "2025-0001"}],  # a number that was given is not a code
    [{"code": "", "ref": "R1"}, {"code": "", "ref": "R1"}, {}, {}, {"code": "", "ref": "R1"}],
    [{"code": "", "ref": "R1", "serial": "N1"}, {"code": "", "ref": "R1", "model": "X"}, {"serial": "n1"}, {"serial": "N1", "model": "x"}],
    [{"part_of": "P1"}, {}, {"part_of": "P9"}],
    [{"buyer": "S1", "inspector": "S2"}, {"buyer": "S2", "inspector": "李四"}, {"inspector": "S1"}, {"buyer": "S9"}],
    [{"cost": "100", "count": "2"}] * 5 + [{"value_type": "名义金额"}, {"cost": "0"}, {"quantity": "0.001"}, {"category": ""}],
])  # fmt: skip
def test_rows_that_depend_on_each_other_do_so_when_written_many_at_once(monkeypatch, staffed, own):
    blank = dict.fromkeys(CELLS, "")
    rows = [{**blank, **PLAIN, "code": f"P{n}", **cells} for n, cells in enumerate(own)]
    if not any("quantity" in cells for cells in own):
        for row in rows:
            del row["quantity"]
    one_by_one, *others = brought_each_way(staffed, monkeypatch, rows, NONE)
    assert others == [one_by_one] * 3


def test_undoing_a_large_file_takes_every_card_back_and_the_ledger_verifies(logi):
    rows = "".join(f"M{n:04d},桌,300,2025-09-01\n" for n in range(1200))
    path = logi.folder / "m.csv"
    path.write_text("code,name,cost,on\n" + rows, "utf-8")
    entry = logi(f"import assets {path} -f json").json["entry"]
    listed = logi("asset list -f csv").out
    assert len(listed.splitlines()) == 1201
    logi(f"undo {entry}")
    assert logi("asset list -f csv").out.count("M0") == 0
    logi("audit verify")
    logi("redo")
    assert logi("asset list -f csv").out == listed
    logi("audit verify")
    logi(f"undo {entry}")
    logi("audit verify")


def test_an_interrupted_import_leaves_nothing_behind(ledger, tmp_path):
    from logi.commands.kinds import kind_named
    from logi.importing.reading import open_source
    from logi.importing.running import Options, run
    from tests.importing.test_import_property import content

    before = content(ledger)
    path = tmp_path / "m.csv"
    path.write_text("code,name,cost,on\n" + "".join(f"M{n},桌,3000,2025-09-01\n" for n in range(3000)), "utf-8")

    def stop(rows: int) -> None:
        if rows >= 2000:  # the first chunk is written down by now
            raise KeyboardInterrupt

    source = open_source(str(path))
    with pytest.raises(KeyboardInterrupt), ledger.entry("import.assets") as e:
        run(e, kind_named("assets"), source, {}, Options(tick=stop))
    source.close()
    assert content(ledger) == before


def test_the_shipped_maps_take_the_headings_of_other_systems(logi):
    snipe = "Asset Tag,Asset Name,Manufacturer,Model No.,Serial,Purchase Date,Purchase Cost,Supplier,Order Number,Location,Checked Out To,Notes\n"
    snipe += "SN-1,Laptop,Acme,X1,PF123,2025-09-01,6350.00,,PO-7,E101,钱样真,ok\n"
    parts = "IPN,Name,Description,Units,Minimum Stock,Default Location\nR-10,Chalk,white,box,5,F101\n"
    for kind, name, text in (("assets", "snipeit", snipe), ("items", "inventree", parts)):
        path = logi.folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        assert logi(f"import {kind} {path} --map @{name} -f json").json["facts"]["new"] == 1
