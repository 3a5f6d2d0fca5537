"""How much paper costs: seconds of this process's own time, whatever else the machine does."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from logi.core import messages
from logi.core.answers import Column, Table
from logi.formats import draw_bytes
from logi.forms.labels import Label, draw, papers


def ledger_of(lines: int) -> Table:
    """A page of the material ledger, as long as wanted."""
    kinds = (("on", "day"), ("number", "code"), ("text", "text"), ("in", "quantity"), ("in_value", "money"), ("out", "quantity"),
             ("out_value", "money"), ("left", "quantity"), ("price", "money"), ("value", "money"))  # fmt: skip
    rows = [
        {"on": date(2025, 1, 1) + timedelta(days=n % 365), "number": f"CK-2025-{n:04d}", "text": f"教务处 领用 {n}",
         "in": n * 1000, "in_value": n * 350, "out": n * 500, "out_value": n * 175, "left": n * 500, "price": 350, "value": n * 175}
        for n in range(lines)
    ]  # fmt: skip
    return Table("stock.ledger", "材料明细账", [Column(key, key, kind) for key, kind in kinds], rows)


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def test_ten_thousand_ledger_lines_become_a_workbook_in_two_seconds():
    table = ledger_of(10_000)
    assert min(seconds(lambda: draw_bytes(table, "xlsx")) for _ in range(2)) <= 2.0


def test_two_thousand_ledger_lines_become_a_pdf_in_three_seconds():
    """A fifth of what docs/pack.md tells of ten thousand lines (15 s)."""
    pytest.importorskip("typst", reason="NO PDF IS TIMED: the extra [pdf] is not installed")
    assert min(seconds(lambda: draw_bytes(ledger_of(2_000), "pdf")) for _ in range(2)) <= 3.0


def test_five_hundred_labels_are_drawn_in_five_seconds():
    pytest.importorskip("typst", reason="NO LABEL IS TIMED: the extra [pdf] is not installed")
    messages.use("zh-Hans")
    labels = [Label(f"2025-0001-{n:03d}", "课桌椅", "B203 信息教室", "青禾镇示例中心学校") for n in range(500)]
    assert seconds(lambda: draw(labels, papers()["a4-21"], "pdf")) <= 5.0
