"""The demo school: a year of real command lines, each one entry with its own day, hour and actor. Same bytes every time.

`data/demo/*.txt` hold the lines. `@ 2025-09-05 08:30 钱样真` sets day, hour and actor for what follows; `!4 …` is a line
that must be refused with that exit code (the planted refusals). Rounds that come every day are made by `rounds`; the
month plans are drafted on the first, and `ticks` makes of each drafted plan the lines that tick it off.
"""

import shlex
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from logi.core import messages
from logi.core.errors import LogiError
from logi.registry import room

if TYPE_CHECKING:
    from logi.context import Desk
    from logi.db import Ledger

SCHOOL = {"zh-Hans": "青禾镇示例中心学校"}
ZONE = timezone(timedelta(hours=8))
LEDGER_ID = "0000000000000000"
FIRST = datetime(2025, 8, 1, 8, 0, tzinfo=ZONE)
LAST = date(2026, 8, 31)
MISSED = {date(2025, 9, 17), date(2025, 9, 24)}  # the two September workdays without a round


BOARDING = ((date(2025, 9, 1), date(2026, 1, 29)), (date(2026, 2, 25), date(2026, 7, 9)))  # nights with pupils in the dormitory
CARERS = ("杨班一", "秦实妍", "朱图雅")  # evening care, in turn
ABSENT, NO_COUNT = date(2025, 10, 22), date(2025, 11, 12)  # a boy without leave; a night nobody counted
NO_ROUND = datetime(2025, 11, 12, 2, 5, tzinfo=ZONE)
LEFT_OPEN = {"2025-09": 1, "2025-11": 2, "2026-03": 1, "2026-05": 3, "2026-07": 2, "2026-08": 3}  # lines nobody finishes


class Step(NamedTuple):
    """One line of the script."""

    at: datetime
    order: int
    actor: str
    line: str
    code: int


def build(desk: "Desk", folder: Path) -> Path:
    """Build the demo ledger in a folder (`ledger.db`) and return its path."""
    from logi.confirming import finish
    from logi.context import Desk as Seat
    from logi.db import create
    from logi.journal import Who, set_setting
    from logi.lines import run_line
    from logi.opening import fill_new

    path = folder / "ledger.db"
    before = messages.language()
    messages.use("zh-Hans")

    def fill(ledger: "Ledger") -> None:
        _be(ledger, FIRST, "钱样真")
        with ledger.entry("init") as e:
            done = fill_new(e, school=SCHOOL["zh-Hans"], lang="zh-Hans", costing="fifo", threshold_rules="2022",
                            zone="Asia/Shanghai", ledger_id=LEDGER_ID)  # fmt: skip
            set_setting(e, "demo", "1")
            done.facts["path"] = "ledger.db"
            finish(e, done)
        steps = [*script(), *nights(books), *evenings(books), *handed_up(books)]
        heapify(steps)
        while steps:
            step = heappop(steps)
            _be(ledger, step.at, step.actor)
            env = {"LOGI_TODAY": step.at.date().isoformat(), "LOGI_NO_INPUT": "1"}
            seat = Seat({"quiet": True}, env)
            seat.adopt(ledger)
            code = 0
            try:
                run_line(seat, step.line)
            except LogiError as error:
                code = error.exit_code
                if code != step.code:
                    raise
            if code != step.code:
                raise RuntimeError(f"the demo expected {step.code}: {step.line}")
            if step.line.startswith("month plan "):
                for tick in ticks(ledger, step.line.split()[2]):
                    heappush(steps, tick)

    books = Path(tempfile.mkdtemp(prefix="logi-demo-"))
    try:
        create(path, fill, Who("钱样真", "demo", None, "demo"), today=FIRST.date())
    finally:
        messages.use(before)
        shutil.rmtree(books, ignore_errors=True)
    return path


def script() -> list[Step]:
    """The whole year in order of time."""
    return sorted([*written(), *rounds(), *drafts()])


def written() -> Iterator[Step]:
    """The lines of data/demo/*.txt."""
    from logi.core.datafiles import data_path

    order = 0
    for path in sorted(data_path("demo").glob("*.txt")):
        at, actor = FIRST, "钱样真"
        for text in path.read_text("utf-8").splitlines():
            line = text.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("@"):
                _, day, hour, actor = line.split(maxsplit=3)
                at = datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=ZONE)
                continue
            order += 1
            code = 0
            if line.startswith("!"):
                mark, _, line = line.partition(" ")
                code = int(mark[1:])
            yield Step(at, order, actor, line, code)


def rounds() -> Iterator[Step]:
    """Morning and evening rounds of every workday but the two missed ones, by the guards in turn."""
    from logi.core.holidays import shipped_calendar

    guards = ("陈巡安", "褚守门")
    for n, day in enumerate(shipped_calendar().workdays(date(2025, 9, 1), LAST)):
        if day in MISSED:
            continue
        for route, hour, minute in (("R1", 7, 5), ("R2", 17, 35)):
            at = datetime(day.year, day.month, day.day, hour, minute + n % 10, tzinfo=ZONE)
            guard = guards[n % 2]
            yield Step(at, 100_000, guard, f'patrol log {route} --by {guard} --at "{at:%Y-%m-%d %H:%M}"', 0)


def nights(folder: Path) -> Iterator[Step]:
    """The boarding nights of both terms, four rounds each, read week by week from the night book (one round is missing)."""
    for first, last in BOARDING:
        monday = first
        while monday <= last:
            following = min(monday + timedelta(days=7 - monday.weekday()), last + timedelta(days=1))
            rows = [f"R3,{at:%Y-%m-%d %H:%M},{'褚守门' if at.day % 2 else '陈巡安'}" for at in _night_rounds(monday, following)]
            book = folder / f"R3-{monday}.csv"
            book.write_text("\n".join(["路线,巡查时间,巡查人", *rows, ""]), "utf-8")
            at = datetime(following.year, following.month, following.day, 8, 20, tzinfo=ZONE)
            yield Step(at, 90_000, "陈巡安", f"import patrols {shlex.quote(str(book))}", 0)
            monday = following


def handed_up(folder: Path) -> Iterator[Step]:
    """What the schools below handed up of September, as files that are received."""
    import json

    from logi.core.datafiles import data_path

    bundles = room("rollup", "bundle")
    if bundles is None:
        return
    for one in json.loads((data_path("demo") / "handed_up.json").read_text("utf-8")):
        file = folder / f"{one['body']['unit']}.json"
        file.write_bytes(bundles.drawn(one["body"]))
        at = datetime.fromisoformat(one["at"]).replace(tzinfo=ZONE)
        yield Step(at, 95_000, "钱样真", f"rollup receive {shlex.quote(str(file))}", 0)


def evenings(folder: Path) -> Iterator[Step]:
    """Evening care planned month by month; it and the dormitory's count written down week by week, one night left out."""
    from logi.core.holidays import shipped_calendar

    calendar, day, last = shipped_calendar(), BOARDING[0][0], BOARDING[1][1]
    counts, cares, turn = ["日期,楼栋,清点人,未归"], ["日期,地点,看护人,人数"], 0
    for n in range((last - day).days + 1):
        day = BOARDING[0][0] + timedelta(days=n)
        if day.day == 1:
            turn, at = 0, datetime(day.year, day.month, 1, 16, 0, tzinfo=ZONE)
            yield Step(at, 80_000, "沈宿宁", f"dorm care plan {day:%Y-%m} B102 {' '.join(CARERS)}", 0)
        following = day + timedelta(days=1)
        if calendar.is_workday(following) and any(a <= following <= b + timedelta(days=1) for a, b in BOARDING):
            cares.append(f"{day},B102,{CARERS[turn % len(CARERS)]},{38 + n % 5}")
            counts += [f"{day},C,沈宿宁,{'示例丙' if day == ABSENT else ''}"] if day != NO_COUNT else []
            turn += 1
        if (day.weekday() == 6 or day == last) and len(cares) > 1:
            at = datetime(following.year, following.month, following.day, 8, 25, tzinfo=ZONE)
            for kind, lines in (("nights", counts), ("evenings", cares)):
                book = folder / f"{kind}-{day}.csv"
                book.write_text("\n".join([*lines, ""]), "utf-8")
                yield Step(at, 90_001, "沈宿宁", f"import {kind} {shlex.quote(str(book))}", 0)
                del lines[1:]


def _night_rounds(first: date, following: date) -> Iterator[datetime]:
    for n in range((following - first).days):
        evening = datetime.combine(first + timedelta(days=n), time(22, 5), ZONE)
        for hours in (0, 2, 4, 6):
            if (at := evening + timedelta(hours=hours)) != NO_ROUND:
                yield at


def drafts() -> Iterator[Step]:
    """Each month's plan, drafted on its first day, drawn up and signed; the vice-principal has not signed the last one."""
    for n in range(12):
        year, month = (2025, 9 + n) if n < 4 else (2026, n - 3)
        at = datetime(year, month, 1, 8, 0, tzinfo=ZONE)
        yield Step(at, 50_000, "钱样真", f"month plan {year}-{month:02d} --draft", 0)
        yield Step(at, 50_001, "钱样真", f"month submit {year}-{month:02d} --by 钱样真", 0)
        for who in ("钱样真", "冯演和") if n < 11 else ("钱样真",):
            line = f"approve YJH-{year}{month:02d}-01 --by {who} --no 月计划{year}-{month:02d}"
            yield Step(at, 50_002, who, line, 0)


def ticks(ledger: "Ledger", month: str) -> Iterator[Step]:
    """The lines that tick a drafted plan off on its due days; a few are left to be carried, one is dropped."""
    report = room("month", "report")
    if report is None:
        return
    rows = [row for row in report.plan(ledger, month).rows if row["state"] == "open"]
    left = rows[-LEFT_OPEN.get(month, 0) :] if LEFT_OPEN.get(month) else []
    for n, row in enumerate(rows):
        if row in left:
            continue
        due = row["due"] or date.fromisoformat(f"{month}-28")
        day = max(due, date.fromisoformat(f"{month}-02"))
        day = day if day.isoformat()[:7] == month else date.fromisoformat(f"{month}-28")
        line = f"month done {row['number']} --by {row['owner'] or '钱样真'} --on {day} --result 已完成"
        if month == "2025-12" and n == len(rows) - 2:
            line = f"month drop {row['number']} --reason 上级统一安排"
        at = datetime(day.year, day.month, day.day, 16, 30, tzinfo=ZONE)
        yield Step(at, 60_000 + n, "钱样真", line, 0)


def _be(ledger: "Ledger", at: datetime, actor: str) -> None:
    ledger._today = at.date()
    ledger.who = ledger.who._replace(actor=actor)
    instant = at.astimezone(UTC)
    ledger.clock = lambda: instant


