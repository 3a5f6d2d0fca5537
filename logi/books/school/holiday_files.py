"""Reads a file of days off and make-up workdays: CSV or JSON of our own, or the JSON of holiday-cn."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict

from logi.core.errors import BadData, BadValue
from logi.core.folding import fold
from logi.core.messages import say, title
from logi.core.text import clean, cut

LARGEST = 4_000_000  # bytes; twenty years of holidays are a hundredth of it

# Headers by their folded form (simplified, lower case, no blanks).
HEADERS = {
    **dict.fromkeys(("day", "date", "日期", "日子", "日"), "day"),
    **dict.fromkeys(("kind", "type", "isoffday", "类型", "类别", "性质", "安排", "是否放假"), "kind"),
    **dict.fromkeys(("name", "holiday", "名称", "节日", "节假日", "说明"), "name"),
}
KINDS = {
    **dict.fromkeys(("off", "holiday", "true", "1", "是", "放假", "休", "休息", "休假", "节假日"), "off"),
    **dict.fromkeys(("makeup", "make-up", "work", "workday", "false", "0", "否", "班", "上班", "补班", "调班",
                     "调休上班", "调休上班日", "补班日"), "makeup"),
}  # fmt: skip


class DayRow(NamedTuple):
    """One day of a file."""

    day: date
    kind: str
    name: str
    source: str


class Finding(TypedDict):
    """What is wrong in a file, and how to mend it."""

    line: int
    column: str
    value: str
    problem: str
    remedy: str


def read_days(data: bytes, file: str) -> list[DayRow]:
    """The days of a file, or BadData (5) with everything that is wrong with it."""
    if len(data) > LARGEST:
        raise BadData("school.file_large", file=file, limit=LARGEST // 1_000_000)
    text = _decoded(data, file)
    source, rows = (_json_rows if text.lstrip()[:1] in ("{", "[") else _csv_rows)(text, file)
    found: list[DayRow] = []
    findings: list[Finding] = []
    seen: dict[date, int] = {}
    for line, row in rows:
        read = _row(line, row, source, findings)
        if read is None:
            continue
        if read.day in seen:
            findings.append(_finding(line, "day", read.day.isoformat(), "day_twice", first=seen[read.day]))
            continue
        seen[read.day] = line
        found.append(read)
    if findings:
        raise BadData("school.file_bad", findings, file=file, count=len(findings))
    if not found:
        raise BadData("school.file_empty", file=file)
    return sorted(found)


def _decoded(data: bytes, file: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadData("school.file_unreadable", file=file)


def _csv_rows(text: str, file: str) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    import csv
    import io

    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True)
    try:
        header = [HEADERS.get(fold(cell), "") for cell in next(reader, [])]
        _has_all(header, file)
        return file, [
            (reader.line_num, dict(zip(header, cells, strict=False)))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise BadData("school.file_not_csv", file=file, line=reader.line_num, problem=str(error)) from None


def _json_rows(text: str, file: str) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """The source it names and its rows; the "line" of a JSON file is the number of the day in it."""
    import json

    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise BadData("school.file_not_json", file=file) from None
    source = file
    if isinstance(given, dict):
        papers = given.get("papers")
        if isinstance(papers, list) and papers:
            source = cut(papers[0], 200)
        given = given.get("days")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise BadData("school.file_no_days", file=file)
    rows = [(number, dict(_keyed(one))) for number, one in enumerate(given, 1)]
    if rows:
        _has_all([key for _, row in rows for key in row], file)
    return source, rows


def _keyed(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in one.items():
        known = HEADERS.get(fold(str(key)))
        if known:
            yield known, str(value).lower() if isinstance(value, bool) else str(value)


def _has_all(columns: list[str], file: str) -> None:
    missing = [key for key in ("day", "kind", "name") if key not in columns]
    if missing:
        raise BadData("school.file_columns", file=file, missing=missing)


def _row(line: int, row: Mapping[str, str], source: str, findings: list[Finding]) -> DayRow | None:
    before = len(findings)
    day = _day(line, row.get("day", ""), findings)
    typed = row.get("kind", "")
    kind = KINDS.get(fold(typed))
    if kind is None:
        findings.append(_finding(line, "kind", typed, "kind"))
    try:
        name = clean(row.get("name", ""))
    except BadValue as error:
        name = ""
        findings.append(Finding(line=line, column="name", value=cut(row.get("name", "")),
                                problem=say(error.key, **error.facts), remedy=say("school.remedy.name")))  # fmt: skip
    else:
        if not name:
            findings.append(_finding(line, "name", "", "name"))
    if len(findings) > before or day is None or kind is None:
        return None
    return DayRow(day, kind, name, source)


def _day(line: int, typed: str, findings: list[Finding]) -> date | None:
    """A day of a file bears its year: `9-30` or `today` would mean another day every time it is read."""
    from logi.core.days import parse_day

    if not re.match(r"[0-9]{4}", typed.strip()):
        findings.append(_finding(line, "day", typed, "day"))
        return None
    try:
        return parse_day(typed.strip(), today=None)
    except BadValue as error:
        findings.append(Finding(line=line, column="day", value=cut(typed), problem=say(error.key, **error.facts),
                                remedy=say("school.remedy.day")))  # fmt: skip
        return None


def _finding(line: int, column: str, value: str, wrong: str, **facts: Any) -> Finding:
    known = [f"{key} {title('school.day', key)}" for key in ("off", "makeup")]
    return Finding(line=line, column=column, value=cut(value), problem=say(f"school.problem.{wrong}", **facts),
                   remedy=say(f"school.remedy.{wrong}", known=known))  # fmt: skip
