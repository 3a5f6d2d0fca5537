"""On a narrow screen what is due keeps its commands whole, ready to be copied."""

from datetime import date

from logi.core import messages
from logi.core.answers import Column, Table
from logi.core.text import width
from logi.formats import Style
from logi.formats.terminal import draw

COMMAND = "logi repair accept WX-202611-0001 --by S02"
DUE = Table(
    "due", "Due",
    (Column("state", "State"), Column("subject", "Number", "code"), Column("text", "What"), Column("day", "Day", "day"),
     Column("command", "Mend with"), Column("source", "Rule from")),
    [{"state": "soon", "subject": "WX-202611-0001", "day": date(2026, 11, 25), "command": COMMAND, "source": "REP-02 repair.object_days",
      "text": "WX-202611-0001 水龙头漏水，A101 一年级教室：2026-11-23 完工；李老师 尚未验收或退回，请尽快办理。"}],
)  # fmt: skip


def test_a_command_is_never_folded_where_a_table_does_not_fit():
    messages.use("en")
    lines = draw(DUE, Style("terminal", width=80, color=False)).splitlines()
    assert lines[1].split() == ["State", "Number", "Day"]
    assert lines[2].split() == ["soon", "WX-202611-0001", "2026-11-25"]
    assert lines[-1].strip() == f"→ {COMMAND}"
    assert all(width(line) <= 80 for line in lines)
    text = "".join(line.strip() for line in lines[3:-1])
    assert text.replace(" ", "") == f"{DUE.rows[0]['text']}·REP-02 repair.object_days".replace(" ", "")
    assert "WX-202611-0001 水" in lines[3]  # a number is not parted


def test_where_it_fits_a_table_stays_a_table():
    messages.use("en")
    lines = draw(DUE, Style("terminal", width=260, color=False)).splitlines()
    assert COMMAND in lines[-1]
    assert "REP-02" in lines[-1]
