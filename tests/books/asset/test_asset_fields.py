"""Fields of the school's own on cards: declared, checked, shown, listed, carried out and in by files."""

from datetime import date

import pytest

from logi.books.asset import actions, checks, fields, report, sheets, store
from logi.core.errors import NotFound, Refused, Usage
from logi.undo import redo, undo

TODAY = date(2025, 9, 30)
COMPUTER, DESK = "A02010108", "A05010203"


def do(ledger, act, *args, **more):
    with ledger.entry(f"asset.{act.__name__}") as e:
        e.override = more.pop("override", None)
        done = act(e, *args, **more)
        done.warnings, done.entry = [key for key, _ in e.warnings], e.n
    return done


@pytest.fixture
def declared(ledger):
    do(ledger, fields.declare, "cpu", "处理器", category="A0201")
    do(ledger, fields.declare, "net", "网络", category="A0201", kind="choice", choices=["有线", "无线"])
    for kind in ("number", "money", "day", "yes-no"):
        do(ledger, fields.declare, f"f-{kind}", f"栏{kind}", kind=kind)
    return ledger


def add(ledger, code, category=COMPUTER, given=(), **more):
    return do(ledger, actions.add, "电脑", 500000, category=category, code=code, on=TODAY, fields=given, **more)


def values(ledger, code):
    return {one.code: value for one, value in fields.of_card(ledger.db, store.card(ledger, code)["id"])}


def test_a_field_keeps_what_its_kind_takes(declared):
    add(declared, "P", given=[("cpu", "i5"), ("网络", "無線"), ("f-number", "1,250.50"), ("f-money", "¥12.5"),
                              ("f-day", "2025年9月1日"), ("f-yes-no", "是")])  # fmt: skip
    assert values(declared, "P") == {
        "cpu": "i5", "net": "无线", "f-number": 1_250_500, "f-money": 1250, "f-day": date(2025, 9, 1), "f-yes-no": "yes",
    }  # fmt: skip
    assert fields.told(declared.db, 1) == "cpu=i5；net=无线；f-number=1250.5；f-money=12.50；f-day=2025-09-01；f-yes-no=yes"
    face = {row["field"]: row["value"] for row in sheets.show(declared, "P")[0].rows}
    assert (face["处理器"], face["栏money"], face["栏yes-no"]) == ("i5", "12.50", "yes")


@pytest.mark.parametrize(
    ("given", "error", "key"),
    [
        (("net", "wifi"), Usage, "field_bad"), (("f-number", "many"), Usage, "field_bad"), (("f-money", "1.234"), Usage, "field_bad"),
        (("f-day", "24.9.1"), Usage, "field_bad"), (("f-yes-no", "maybe"), Usage, "field_bad"), (("cpu", "a；b"), Usage, "field_sign"),
        (("gpu", "x"), NotFound, "no_field"),
    ],
)  # fmt: skip
def test_what_a_field_does_not_take_is_refused(declared, given, error, key):
    with pytest.raises(error, match=rf"asset\.{key}"):
        add(declared, "P", given=[given])
    assert store.named_cards(declared.db) == []


def test_a_field_belongs_to_its_categories(declared):
    with pytest.raises(Refused, match=r"asset\.field_elsewhere"):
        add(declared, "P", DESK, [("cpu", "i5")])
    add(declared, "P", DESK, [("f-number", "3")])


def test_what_is_required_must_stand(declared):
    add(declared, "OLD")
    changed = do(declared, fields.change, "cpu", required=True)
    assert changed.warnings == ["asset.field_lacking"]
    [due] = [one for one in checks.due(declared, 30) if one.rule == "asset.rule.field"]
    assert due.command == "logi asset edit OLD --set cpu=VALUE"
    with pytest.raises(Refused, match=r"asset\.field_missing") as refused:
        add(declared, "P")
    assert refused.value.facts["override"]
    assert "front.overridden" in add(declared, "P1", override="铭牌看不清").warnings
    add(declared, "P2", given=[("cpu", "i7")])
    with pytest.raises(Refused, match=r"asset\.field_missing"):
        do(declared, actions.edit, ["P2"], fields=[("cpu", "")])
    add(declared, "P3", DESK)
    with pytest.raises(Refused, match=r"asset\.field_missing"):
        do(declared, actions.edit, ["P3"], category=COMPUTER)
    do(declared, actions.edit, ["P3"], category=COMPUTER, fields=[("cpu", "i3")])


def test_values_are_changed_cleared_and_taken_back(declared):
    add(declared, "P", given=[("cpu", "i5"), ("f-number", "1")])
    done = do(declared, actions.edit, ["P"], fields=[("cpu", "i7"), ("f-number", "")])
    assert values(declared, "P") == {"cpu": "i7"}
    with declared.entry("undo") as e:
        undo(e, [done.entry])
    assert values(declared, "P") == {"cpu": "i5", "f-number": 1000}
    with declared.entry("redo") as e:
        redo(e, done.entry, actor="")
    assert values(declared, "P") == {"cpu": "i7"}


def test_a_part_that_is_split_off_bears_the_fields_of_the_whole(declared):
    add(declared, "Y", DESK, [("f-number", "7")], quantity_milli=10_000)
    do(declared, actions.split, "Y", 4000)
    assert values(declared, "Y-01") == {"f-number": 7000}


def test_declarations_that_clash_are_refused(declared):
    for code, name in (("cpu", "另一"), ("x", "处理器"), ("CPU", "另一")):
        with pytest.raises(Refused, match=r"asset\.field_taken"):
            do(declared, fields.declare, code, name)
    for code in ("brand", "code", "a=b"):
        with pytest.raises(Refused, match=r"asset\.field_reserved"):
            do(declared, fields.declare, code, "某")
    with pytest.raises(Usage, match=r"asset\.field_choices"):
        do(declared, fields.declare, "k", "某", kind="choice")
    add(declared, "P", given=[("net", "有线")])
    with pytest.raises(Refused, match=r"asset\.field_choice_used"):
        do(declared, fields.change, "net", choices=["无线"])
    with pytest.raises(Refused, match=r"asset\.field_in_use"):
        do(declared, fields.drop, "net")
    do(declared, fields.drop, "cpu")
    assert "cpu" not in {row["field"] for row in fields.listing(declared.db).rows}


def test_the_register_shows_fields_where_columns_name_them(declared):
    add(declared, "P", given=[("cpu", "i5"), ("f-money", "12")], brand="某牌")
    table = report.listing(declared)
    assert "cpu" not in {column.key for column in table.columns}
    assert {"cpu", "f-money", "brand", "serial", "acquired_on"} <= {column.key for column in table.more}
    assert (table.rows[0]["cpu"], table.rows[0]["f-money"], table.rows[0]["brand"]) == ("i5", 1200, "某牌")


def test_fields_go_out_and_come_in_with_the_cards(logi):
    logi("asset field add cpu 处理器 --category A0201 --required")
    logi("asset field add 端口 端口数 --kind number")
    logi("asset add 电脑 --category A02010108 --cost 5000 --code P1 --on 2025-09-30 --set 处理器=i5 --set 端口=4")
    logi("asset add 桌 --category A05010203 --cost 1200 --code P2 --on 2025-09-30")
    listed = logi("asset list --columns code,cpu,端口数 --sort code -f csv").out
    assert listed.splitlines()[1:] == ["P1,i5,4", "P2,,"]
    path = logi.folder / "a.csv"
    logi(f"export assets -o {path}")
    logi("undo P2")
    logi("undo P1")
    assert logi("asset list -f json").json["rows"] == []
    logi(f"import assets {path}")
    assert logi("asset list --columns code,cpu,端口数 --sort code -f csv").out == listed
    path.write_text(path.read_text("utf-8-sig").replace("i5", "i9"), "utf-8")
    assert logi(f"import assets {path} -f json").json["facts"]["changed"] == 1
    assert "i9" in logi("show P1").out
    path.write_text("code,name,cost,on,category\nP3,电脑,5000,2025-09-30,A02010108\n", "utf-8")
    assert "处理器" in logi(f"import assets {path}", code=5).out + logi(f"import assets {path}", code=5).err
