"""For every kind: the same rows, once as a file and once as typed lines, leave equal ledgers; any table comes in whole or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logi.commands.kinds import kind_named, kinds
from logi.core.errors import BadData, Refused
from tests.importing.test_import_property import CELLS, content, fresh, take

STORE = ("stock item add FB 粉笔 --unit 盒", "stock in FB 50 --price 4.20 --on 2025-09-01")
# kind -> lines first, the file, the same typed; numbers given to documents are the same because the order is
SAME = {
    "departments": ((), "code,name\nJW,教务处\n", ("department add JW 教务处",)),
    "terms": ((), "code,name,starts,ends\n2025-2026-1,第一学期,2025-09-01,2026-01-30\n",
              ("term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30",)),
    "people": ((), "code,name,department,post,phone\nP1,张三,总务处,保管员,13800000000\nP2,李四,,,\n",
               ("person add P1 张三 --department 总务处 --post 保管员 --phone 13800000000", "person add P2 李四")),
    "places": ((), "code,name,kind,keeper,parent\nX101,一班,classroom,S15,X\nX,X楼,building,,\n",
               ("place add X X楼 --kind building", "place add X101 一班 --kind classroom --keeper S15 --parent X")),
    "vendors": ((), "code,name,class,tendered_from,tendered_to,phone\nV9,某店,办公用品,2025-01-01,2025-12-31,123\n",
                ("vendor add V9 某店 --class 办公用品 --tendered-from 2025-01-01 --tendered-to 2025-12-31 --phone 123",)),
    "categories": ((), "code,name,life_months,method\nA02019999,别的设备,120,straight\n",
                   ("category add A02019999 别的设备 --life-months 120 --method straight",)),
    "items": ((), "code,name,unit,spec,class,min,max,shelf_life_days,chemical,计价方法\n"
              "FB,粉笔,盒,无尘,办公用品,10,99.5,365,,\nJJ,酒精,瓶,,,,,,是,移动加权平均法\n",
              ("stock item add FB 粉笔 --unit 盒 --spec 无尘 --class office --min 10 --max 99.5 --shelf-life-days 365",
               "stock item add JJ 酒精 --unit 瓶 --chemical --costing moving-average")),
    "assets": ((), "name,category,cost,count,on,place,keeper,vendor,invoice\n计算机,A02010105,\"4,800.00\",3,2025-09-18,B203,S03,V06,F1\n"
               "讲台,,¥1200.5,1,2025年9月20日,A205,,,\n",
               ("asset add 计算机 --category A02010105 --cost 4800 --count 3 --on 2025-09-18 --place B203 --keeper S03 --vendor V06 --invoice F1",
                "asset add 讲台 --cost 1200.50 --on 2025-09-20 --place A205")),
    "stock": (STORE, "on,direction,item,quantity,price,department,person,vendor,purpose,invoice\n2025-09-05,出,FB,5,,总务处,S15,,月考,\n"
              "2025-09-02,入,FB,10,壹拾元整,,S06,V01,,F9\n2025-09-06,退库,FB,2,,总务处,S15,,多领,\n2025-09-07,调整,FB,-1,,,,,破损,\n",
              ("stock in FB 10 --price 10 --keeper S06 --from V01 --invoice F9 --on 2025-09-02",
               "stock out FB 5 --to 总务处 --by S15 --for 月考 --on 2025-09-05",
               "stock return CK-2025-0001 FB 2 --by S15 --reason 多领 --on 2025-09-06",
               "stock adjust FB -1 --reason 破损 --on 2025-09-07")),
    "repairs": ((), "title,place,opened_on,reporter,kind,urgency,closed_on,worker,cost,cause,accepted_on\n"
                "漏水,A205/窗边,2025-09-02,S15,水,急,2025-09-03,S08,85.00,自然,2025-09-04\n灯坏,E101,2025-09-05,S03,电,,,,,,\n",
                ("repair open 漏水 --place A205/窗边 --by S15 --kind water --urgency high --on 2025-09-02",
                 "repair close WX-202509-0001 --by S08 --cost 85 --cause wear --on 2025-09-03",
                 "repair accept WX-202509-0001 --by S15 --on 2025-09-04", "repair open 灯坏 --place E101 --by S03 --kind electric --on 2025-09-05")),
    "routes": ((), "code,name,frequency,from,keeper\nR1,早巡,workday,2025-09-01,S09\nR1,早巡,daily,2025-09-15,\n",
               ("route add R1 早巡 --frequency workday --from 2025-09-01 --keeper S09", "route edit R1 --frequency daily --from 2025-09-15")),
    "patrols": (("route add R1 早巡 --frequency workday --from 2025-09-01",),
                "route,at,by,finding,place,kind\nR1,2025-09-16 07:10,S09,插座松动,A205,\nR1,2025-09-15 07:05,S09,,,\n",
                ('patrol log R1 --by S09 --at "2025-09-15 07:05"', 'patrol log R1 --by S09 --at "2025-09-16 07:10" --finding "A205 插座松动"')),
    "plan": ((), "month,title,owner,due,standard\n2025-09,大扫除,S03,2025-09-05,无死角\n2025年9月,查灯,,,\n",
             ("month add 2025-09 大扫除 --owner S03 --due 2025-09-05 --standard 无死角", "month add 2025-09 查灯")),
    "pupils": ((), "code,name,class\n20250001,王小明,七年级1班\n", ("opening pupil add 20250001 王小明 --class 七年级1班",)),
    "counts": ((*STORE, "stock count start"), "item,quantity\nFB,48\n", ("stock count enter FB 48",)),
}  # fmt: skip


def rows_of(logi) -> dict[str, list[tuple]]:
    """Everything the books hold, but for which entry wrote it."""
    import sqlite3

    db = sqlite3.connect(logi.ledger)
    db.row_factory = sqlite3.Row
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%\\_%' ESCAPE '\\'")]
    skipped = {"entry", "ref"}  # a file's own numbers are kept as ref
    found = {}
    for table in tables:
        if table.startswith(("entry", "import", "sqlite", "_")):
            continue
        keys = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in skipped]
        found[table] = sorted(map(repr, (tuple(row[key] for key in keys) for row in db.execute(f"SELECT * FROM {table}"))))
    db.close()
    return found


def test_the_kinds_of_the_contract_are_held_against_typed_lines():
    assert {name for name, _ in kinds()} >= {*SAME, "journal"}


@pytest.mark.parametrize("kind", SAME)
def test_rows_of_a_file_and_typed_lines_leave_equal_ledgers(logi, kind):
    import shutil

    before, text, typed = SAME[kind]
    for line in before:
        logi(line)
    shutil.copy(logi.ledger, logi.folder / "other.db")
    (logi.folder / "t.csv").write_text(text, "utf-8")
    logi(f"import {kind} {logi.folder}/t.csv --create departments")
    imported = rows_of(logi)
    logi.ledger = logi.folder / "other.db"
    logi.env["LOGI_LEDGER"] = str(logi.ledger)
    for line in typed:
        logi(line)
    now = rows_of(logi)
    assert {table: rows for table, rows in imported.items() if rows != now[table]} == {
        table: now[table] for table, rows in imported.items() if rows != now[table]
    }


@pytest.mark.parametrize("kind", [name for name, _ in kinds() if name not in ("journal", "people")])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_table_of_any_kind_comes_in_whole_or_changes_nothing(kind, data):
    ledger = fresh()
    columns = [col.key for col in kind_named(kind).columns if col.required] or ["asset", "item", "quantity"]
    more = [col.key for col in kind_named(kind).columns if col.key not in columns]
    optional = data.draw(st.lists(st.sampled_from(more), max_size=3, unique=True)) if more else []
    header = data.draw(st.permutations([*columns, *optional]))
    known = st.one_of(CELLS, st.sampled_from([*(col.example for col in kind_named(kind).columns if col.example), "A", "2025-09-01", "S1"]))
    rows = data.draw(st.lists(st.lists(known, min_size=len(header), max_size=len(header)), max_size=4))
    before = content(ledger)
    try:
        outcome = take(ledger, kind, [list(header), *rows])
    except (BadData, Refused):
        assert content(ledger) == before
    else:
        assert outcome.rows == outcome.posted.new + outcome.posted.changed + outcome.posted.same
