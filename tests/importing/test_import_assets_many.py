"""Cards of a file are written many at once, and are the cards that `asset add` would have made one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.test_import_property import blank, take

TABLES = ("asset_card", "asset_move", "number_given")
ROW = st.fixed_dictionaries({
    "code": st.sampled_from(["", "", "B1", "b1", "B2", "2025-0002", "2024-0001", "C-01", "C"]), "name": st.sampled_from(["桌", "椅"]),
    "category": st.sampled_from(["", "A02010105", "A05010201", "Z9"]), "cost": st.sampled_from(["0", "1", "5000", "999.99", "x"]),
    "count": st.sampled_from(["1", "1", "3"]), "on": st.sampled_from(["2025-09-01", "2024-02-29", "2025-10-01"]),
    "keeper": st.sampled_from(["", "S1", "S2", "S9"]), "serial": st.sampled_from(["", "N1", "n1"]), "model": st.sampled_from(["", "X"]),
    "life_months": st.sampled_from(["", "12", "120"]), "ref": st.sampled_from(["", "R1", "R2"]),
})  # fmt: skip


def cards(ledger) -> list[tuple]:
    skipped = {"entry"}
    return [
        tuple((key, row[key]) for key in row.keys() if key not in skipped)  # noqa: SIM118
        for table in TABLES for row in ledger.db.execute(f"SELECT * FROM {table} ORDER BY id")
    ]  # fmt: skip


def school():
    from datetime import date

    from logi.books.school.actions import add_person, leave_person

    ledger = blank()
    with ledger.entry("person.add") as e:
        add_person(e, "S1", "张三", department="总务处")
        add_person(e, "S2", "李四")
        leave_person(e, "S2", on=date(2025, 8, 1))
    return ledger


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_cards_written_many_at_once_are_those_written_one_by_one(rows):
    from logi.books.asset import bulk, importing
    from logi.core.errors import BadData
    from logi.importing.running import each

    table = [list(rows[0]), *[list(row.values()) for row in rows]]
    one_by_one, at_once, read_first = school(), school(), school()
    said = []
    kept, many = importing.KINDS["assets"].post, bulk.MANY
    for ledger, post, least in ((one_by_one, each(importing.take), many), (at_once, kept, many), (read_first, kept, 1)):
        importing.KINDS["assets"].post, bulk.MANY = post, least
        try:
            take(ledger, "assets", table)
            said.append(None)
        except BadData as error:
            said.append(error.findings)
        finally:
            importing.KINDS["assets"].post, bulk.MANY = kept, many
    assert said[0] == said[1] == said[2]
    assert cards(one_by_one) == cards(at_once) == cards(read_first)


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
    import pytest

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
