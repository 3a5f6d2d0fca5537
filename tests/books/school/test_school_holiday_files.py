"""Files of holidays: what is read, and every finding a bad one gets."""

import json
from datetime import date

import pytest

from logi.books.school.holiday_files import read_days
from logi.core.errors import BadData

CN = {
    "year": 2026,
    "papers": ["https://example.invalid/notice-2026"],
    "days": [
        {"name": "元旦", "date": "2026-01-04", "isOffDay": False},
        {"name": "元旦", "date": "2026-01-01", "isOffDay": True},
    ],
}


def days(data: bytes | str) -> list[tuple[str, str, str]]:
    read = read_days(data if isinstance(data, bytes) else data.encode(), "days.csv")
    return [(row.day.isoformat(), row.kind, row.name) for row in read]


def findings(data: str) -> list[tuple[int, str, str]]:
    with pytest.raises(BadData) as refused:
        read_days(data.encode(), "days.csv")
    return [(f["line"], f["column"], f["value"]) for f in refused.value.findings]


def test_the_json_of_holiday_cn_is_read_with_its_paper_as_source():
    read = read_days(json.dumps(CN).encode(), "2026.json")
    assert [tuple(row) for row in read] == [
        (date(2026, 1, 1), "off", "元旦", "https://example.invalid/notice-2026"),
        (date(2026, 1, 4), "makeup", "元旦", "https://example.invalid/notice-2026"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_every_usual_encoding_with_every_line_end(encoding, newline):
    text = newline.join(["日期,类型,名称", "2027/1/1,放假,元旦", "2027年1月3日,补班,元旦", ""])
    assert days(text.encode(encoding)) == [("2027-01-01", "off", "元旦"), ("2027-01-03", "makeup", "元旦")]


def test_traditional_headers_tabs_and_foreign_columns_are_taken():
    assert days("節日\t備註\t日期\t類型\n春節\t-\t2027-02-06\t放假\n") == [("2027-02-06", "off", "春節")]


def test_a_list_of_objects_is_read_too():
    assert days('[{"day":"2027-01-01","kind":"off","name":"元旦"}]') == [("2027-01-01", "off", "元旦")]


def test_all_findings_come_at_once_with_the_line_of_the_file():
    text = "日期,类型,名称\n\n9-30,放假,国庆\n2027-02-30,放假,春节\n2027-05-01,也许,\n2027-01-01,off,元旦\n2027-01-01,off,元旦\n"
    assert findings(text) == [
        (3, "day", "9-30"), (4, "day", "2027-02-30"), (5, "kind", "也许"), (5, "name", ""), (7, "day", "2027-01-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "school.file_columns"), (b"day,name\n", "school.file_columns"), (b"day,kind,name\n", "school.file_empty"),
        (b"{", "school.file_not_json"), (b'{"year":2027}', "school.file_no_days"), (b"[1]", "school.file_no_days"),
        (b"[]", "school.file_empty"), (b'day,kind,name\n"x"y,off,z\n', "school.file_not_csv"),
        (b"\xff\xfe\x00", "school.file_unreadable"), (b"\x80\xff", "school.file_unreadable"),
        (b"x" * 4_000_001, "school.file_large"), (b"[" * 100_000, "school.file_not_json"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(data, key):
    with pytest.raises(BadData) as refused:
        read_days(data, "x")
    assert refused.value.key == key
