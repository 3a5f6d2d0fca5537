"""Answers every format must draw: Chinese beside Latin, figures, days, and texts that try to break out."""

from datetime import date

from logi.core.answers import Column, Confirmation, Fen, Milli, Pack, Table, Word

NASTY = [
    "[red]x[/]",
    "[/]",
    ":smile:",
    "=1+1",
    "+86 10",
    "-x",
    "@SUM(A1)",
    "＝1",
    "a|b",
    "a\\|b",
    "two\nlines",
    "tab\there",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "<r><t>raw</t></r>",
    "http://example.invalid/",
    "000123",
    "1E5",
    "3.10",
    "'quoted'",
    '"A4",纸',
    "&amp;",
    "👩‍🔬 老师",
    "_x001B_",
    "  blanks  ",
]

COLUMNS = (
    Column("code", "编码", "code"),
    Column("name", "名称"),
    Column("state", "状态", "word", words="probe.state"),
    Column("on", "日期", "day"),
    Column("count", "件数", "count"),
    Column("quantity", "数量", "quantity"),
    Column("value", "金额", "money", total=True),
    Column("rate", "完成率", "rate"),
)

ROWS = (
    {
        "code": "000123", "name": "A4复印纸（70克）", "state": "open", "on": date(2025, 9, 5), "count": 1200,
        "quantity": 12500, "value": 125050, "rate": 833,
    },
    {
        "code": "2019-0008-01", "name": "chalk", "state": "closed", "on": None, "count": 0, "quantity": -80000,
        "value": -5, "rate": 1000,
    },
    {"code": "H20", "name": "投影仪灯泡 lamp 龍", "value": 900_000_000_000_001, "rate": 0},
)  # fmt: skip


def stock() -> Table:
    """Three rows of every kind of column; 125050 - 5 + 900000000000001 = 900000000125046 fen."""
    return Table("stock_list", "库存一览", COLUMNS, ROWS, notes=["至 2025-09-30"])


def nasty() -> Table:
    """One row for each text that tries to break out of its cell."""
    columns = [Column("no", "序", "count"), Column("text", "内容"), Column("code", "编码", "code")]
    return Table("nasty", "杂项", columns, [{"no": n, "text": t, "code": t} for n, t in enumerate(NASTY)])


def long(rows: int) -> Table:
    """A table longer than Rich should draw."""
    columns = [Column("code", "编码", "code"), Column("name", "名称"), Column("value", "金额", "money", total=True)]
    made = [{"code": f"K{n:05d}", "name": "粉笔" * (n % 7) + "x" * (n % 3), "value": n * 101} for n in range(rows)]
    return Table("long", "长表", columns, made)


def pack() -> Pack:
    """A month's pack of two tables with one title."""
    other = Table("repairs", "库存一览", [Column("number", "单号", "code")], [])
    return Pack("month", "九月月报", "2025-09", "17-" + "ab" * 16, [stock(), other], notes=["三处待办"])


def issue() -> Confirmation:
    """An issue of 25 boxes worth 750.00, five left."""
    facts = {
        "item": "粉笔\x1b[2J", "quantity": Milli(25000), "value": Fen(75000), "left": Milli(5500),
        "on": date(2025, 9, 5), "state": Word.of("probe.state", "open"), "lines": 2, "lots": ["甲", "乙"], "lot": None,
    }  # fmt: skip
    return Confirmation("probe.out", "CK-202509-0001", facts=facts, warnings=["库存低于下限"], entry=17)
