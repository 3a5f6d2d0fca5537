"""Runs of facts taken back, doctored by somebody who seals the chain anew: found, or refused in a sentence, and at once."""

import json
import shutil
import sqlite3
from typing import Any

import pytest

from logi.verify import verify
from tests.trust.test_trust_doctoring import rechained

HEAD = "日期,物品编码,方向,数量,单价,部门,经手人,凭证号,保质期至,用途\n"
DEEP = "[" * 100_000 + "]" * 100_000
FAR = 1 << 70  # no row of SQLite bears such an id

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def undone(logi):
    """Thirty receipts imported and taken back: the newest entry says so in one change of facts and one of state."""
    (logi.folder / "m.csv").write_text(HEAD + "".join(f"2025-09-01,A,入,{n},1.00,,S06,R{n},,\n" for n in range(1, 31)), "utf-8")
    with logi.once():
        logi("item add A 粉笔 --unit 盒")
        logi(f"import stock {logi.folder / 'm.csv'}")
        logi("undo --no-input")
    return logi


def doctored(logi, kind: str, place: int, value: Any) -> int:
    """Give one word of the change another value and seal the chain anew; the entry."""
    db = sqlite3.connect(logi.ledger, isolation_level=None)
    db.execute("BEGIN")
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry_part'").fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    part, seq, body = db.execute("SELECT id, seq, body FROM entry_part WHERE instr(body, ?)", (f'["{kind}",',)).fetchone()
    changes = json.loads(body)
    for change in changes:
        if change[0] == kind:
            change[place] = value
    text = json.dumps(changes, ensure_ascii=False, separators=(",", ":")).replace('"deep"', DEEP)
    db.execute("UPDATE entry_part SET body = ? WHERE id = ?", (text, part))
    for _, sql in guards:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()
    rechained(logi.ledger, seq)
    return int(seq)


@pytest.mark.parametrize(("kind", "place", "value"), [
    ("V", 1, 5), ("V", 2, FAR), ("V", 2, 5), ("V", 3, -FAR), ("V", 3, True), ("V", 3, 2), ("V", 4, 10**15), ("V", 4, 29), ("V", 5, ["sign"]),
    ("V", 5, ["nobody"]), ("V", 6, {"entry": 3}), ("V", 6, None), ("W", 1, 5), ("W", 1, "nobody"), ("W", 2, -FAR), ("W", 3, 10**15), ("W", 3, 29),
    ("W", 4, {"void": [0, 9]}), ("W", 4, None), ("V", 5, "deep"), ("W", 4, "deep"),
])  # fmt: skip
def test_a_run_that_says_otherwise_is_a_finding_and_looking_back_a_refusal(undone, kind, place, value):
    seq = doctored(undone, kind, place, value)
    about = {finding.entry for finding in verify(undone.ledger).findings}
    assert about & {seq, seq - 1, None}  # a row that is not told of any more bears what the import said
    assert undone("audit verify", code=7).err == ""
    assert undone(f"stock list --known {seq - 1}", code=None).code in (0, 6)
    journal = undone.folder / "journal.jsonl"
    undone(f"export journal -o {journal}")
    shutil.move(undone.ledger, undone.folder / "old.db")
    undone("init --school 测试学校 --lang en --costing fifo --yes")
    whole = (kind, place) in (("W", 3), ("W", 4)) and value in (29, {"void": [0, 9]})  # another past, but one that there can be
    assert undone(f"import journal {journal}", code=None).code in ((0,) if whole else (4, 5))
