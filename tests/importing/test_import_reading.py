"""Bytes become rows: encodings, separators, quotes, line ends, and what cannot be read is said in one sentence."""

import io
import sys
from pathlib import Path

import pytest

from logi.core.errors import BadData, BadValue, NotFound, Unavailable, Usage
from logi.importing import reading, surveying
from logi.importing.encodings import guess
from logi.importing.kinds import Col, Kind, code, day, instant, month, text
from logi.importing.reading import open_source
from logi.importing.rereading import opened

PEOPLE = Kind("people", (Col("code", code, words=("工號",)), Col("name", text, required=True, words=("姓名",)),
                         Col("post", text, words=("崗位",))), take=lambda e, row, options: "new")  # fmt: skip
CHINESE = "工号,姓名,岗位\nS1,张晓明,仓库保管员\nS2,李玉兰,水电维修工\n"


def read(path: Path, content: bytes, **options: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    path.write_bytes(content)
    source = open_source(str(path), **options)
    try:
        _, rows = opened(PEOPLE, source, {})
        return [(line, list(cells)) for line, cells in rows], [key for key, _ in source.notes]
    finally:
        source.close()


EXPECTED = [(2, ["S1", "张晓明", "仓库保管员"]), (3, ["S2", "李玉兰", "水电维修工"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_simplified_chinese_is_read_in_the_encodings_schools_have(tmp_path, encoding):
    rows, notes = read(tmp_path / "a.csv", CHINESE.encode(encoding))
    assert rows == EXPECTED
    assert ("importing.assumed_encoding" in notes) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize("options", [{}, {"encoding": "gb18030"}])
def test_the_mark_of_utf_8_before_a_text_that_is_none_is_passed_over(tmp_path, options):
    assert read(tmp_path / "a.csv", b"\xef\xbb\xbf" + CHINESE.encode("gbk"), **options)[0] == EXPECTED


def test_big5_is_told_from_gb18030(tmp_path):
    content = "工號,姓名,崗位\nS1,張曉明,倉庫保管員\n".encode("big5")
    content.decode("gb18030", "replace")  # it also decodes as GB18030, into nonsense
    rows, notes = read(tmp_path / "a.csv", content)
    assert rows == [(2, ["S1", "張曉明", "倉庫保管員"])]
    assert notes == ["importing.assumed_encoding"]


@pytest.mark.parametrize("words", ["多媒体教室投影仪", "粉笔盒", "电风扇维修", "学生课桌椅"])
def test_short_simplified_words_are_gb18030(words):
    assert guess(words.encode("gbk")) == "gb18030"


@pytest.mark.parametrize("words", ["多媒體教室投影機", "學生課桌椅", "電風扇維修", "圖書館閱覽室"])
def test_short_traditional_words_in_big5_are_big5(words):
    assert guess(words.encode("big5")) == "big5hkscs"


def test_encoding_option_overrides_what_is_recognised(tmp_path):
    rows, notes = read(tmp_path / "a.csv", CHINESE.encode("gbk"), encoding="gbk")
    assert (rows, notes) == (EXPECTED, [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_line_ends_and_separators_are_recognised(tmp_path, end, separator):
    content = CHINESE.replace(",", separator).replace("\n", end)
    assert read(tmp_path / "a.csv", content.encode())[0] == EXPECTED


def test_lines_are_counted_as_in_the_file_also_after_quoted_line_breaks(tmp_path):
    rows, _ = read(tmp_path / "a.csv", b'code,name\nA,"two\nlines"\nB,one\n')
    assert rows == [(2, ["A", "two\nlines"]), (4, ["B", "one"])]


def test_title_rows_above_the_header_are_skipped_and_told(tmp_path):
    content = "某某学校教职工名册,,\n2025年9月,,\n" + CHINESE
    rows, notes = read(tmp_path / "a.csv", content.encode())
    assert rows == [(line + 2, cells) for line, cells in EXPECTED]
    assert notes == ["importing.skipped_titles"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "importing.empty_file"),
        (b"\xef\xbb\xbf", "importing.empty_file"),
        (b"\n\n", "importing.empty_file"),
        (b'code,name\nA,"open\nB,y\n', "importing.open_quote"),
        (b'code,name\nA,"x"y\n', "importing.stray_quote"),
        (b"code,name\nA,a\0b\n", "importing.nul"),
        ("code,name\n".encode("utf-16-be"), "importing.nul"),
        ("code,name\nA,黑板\n".encode() + "B,粉笔\n".encode("gbk"), "importing.broken_utf8"),
        (b"code,name\nA,\xed\xa0\xbd\xed\xb2\xa9\n", "importing.broken_utf8"),
        (b"code,name\nA," + b"x" * 140_000 + b"\n", "importing.long_field"),
        (b"PK\x03\x04 not text", "importing.not_csv"),
        (b"<html><table><tr><td>code</td></tr></table></html>", "importing.not_csv"),
        ("code，name\nA，b\n".encode(), "importing.missing_columns"),
        (b"A,b,c\n", "importing.missing_columns"),
        (b"code,name,NAME\nA,b,c\n", "importing.two_alike"),
        (",".join(f"c{n}" for n in range(600)).encode() + b",name\n", "importing.too_many_columns"),
    ],
)
def test_what_cannot_be_read_is_one_clear_refusal(tmp_path, content, key):
    with pytest.raises(BadData) as refused:
        read(tmp_path / "a.csv", content)
    assert refused.value.key == key


@pytest.mark.parametrize("encoding", ["rot13", "base64", "hex", "idna", "punycode", "undefined", "unicode_escape", "nope", "a\0b"])
def test_what_is_no_encoding_of_texts_is_a_wrong_option(tmp_path, encoding):
    with pytest.raises(Usage) as refused:
        read(tmp_path / "a.csv", CHINESE.encode(), encoding=encoding)
    assert refused.value.key == "importing.bad_encoding"


def test_a_sheet_of_what_has_none_is_a_wrong_option(tmp_path):
    with pytest.raises(Usage) as refused:
        read(tmp_path / "a.csv", CHINESE.encode(), sheet="表")
    assert refused.value.key == "importing.sheet_of_none"


@pytest.mark.parametrize(
    ("parse", "cell", "key"),
    [
        (day, "45901", "importing.bare_number"), (day, "9月1日", "importing.day_without_year"), (day, "今天", "importing.day_without_year"),
        (day, "22日", "importing.day_without_year"), (day, "二〇二五年九月一日", "importing.not_a_day"), (day, "合计", "importing.not_a_day"),
        (month, "2025年", "importing.not_a_month"), (instant, "2025-09-01 下午", "importing.not_an_instant"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_day_in_a_file_can_be_done_in_a_file(parse, cell, key):
    with pytest.raises(BadValue) as refused:
        parse(cell)
    assert refused.value.key == key


def test_a_missing_file_a_folder_and_a_wrong_option_are_told_apart(tmp_path):
    with pytest.raises(NotFound):
        open_source(str(tmp_path / "none.csv"))
    with pytest.raises(Unavailable):
        open_source(str(tmp_path))
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(Usage):
        open_source(str(tmp_path / "a.csv"), encoding="klingon")
    with pytest.raises(Usage):
        open_source(str(tmp_path / "a.csv"), format="doc")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CHINESE)
    source = open_source(str(path))
    path.write_text(CHINESE + "S3,王五,\n")
    with pytest.raises(BadData) as refused:
        source.unchanged()
    assert refused.value.key == "importing.file_changed"


def json_rows(tmp_path: Path, content: str | bytes, name: str = "a.json") -> list[tuple[int, list[str]]]:
    return read(tmp_path / name, content.encode() if isinstance(content, str) else content)[0]


def test_json_arrays_and_lines_and_wrapped_rows_are_read(tmp_path):
    array = '[\n{"code": "A", "name": "x"},\n{"name": "y", "post": null, "code": 7}\n]'
    assert json_rows(tmp_path, array) == [(2, ["A", "x", ""]), (3, ["7", "y", ""])]
    lines = '{"code": "A", "name": "x"}\n\n{"code": "B", "name": "y"}\n'
    assert json_rows(tmp_path, lines, "a.jsonl") == [(1, ["A", "x"]), (3, ["B", "y"])]
    assert json_rows(tmp_path, lines) == [(1, ["A", "x"]), (3, ["B", "y"])]
    assert json_rows(tmp_path, '{"rows": [{"code": "A", "name": "x"}]}') == [(1, ["A", "x"])]


def test_json_numbers_stay_the_text_they_were(tmp_path):
    assert json_rows(tmp_path, '[{"name": 12345678901234567.89, "code": 100000000000000000001}]') == [
        (1, ["12345678901234567.89", "100000000000000000001"])
    ]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('[{"name": NaN}]', "importing.json_constant"),
        ('[{"name": "a", "name": "b"}]', "importing.json_doubled"),
        ("[" * 100_000, "importing.json_deep"),
        ('[{"name": "a"}, {"na', "importing.json_cut"),
        ('[{"name": "a"} {"name": "b"}]', "importing.json_bad"),
        ('[{"name": "a"}] x', "importing.json_bad"),
        ("[1, 2]", "importing.json_not_object"),
        ('[{"name": "a", "__proto__": 1}]', "importing.json_machine_key"),
        ('[{"name": "粉笔"}]'.encode("gbk"), "importing.json_not_utf8"),
    ],
)
def test_bad_json_is_one_clear_refusal(tmp_path, content, key):
    with pytest.raises(BadData) as refused:
        json_rows(tmp_path, content)
    assert refused.value.key == key


def test_json_lines_are_read_one_by_one_and_keys_may_come_later(tmp_path):
    text = '\ufeff{"name": "甲"}\r\n\r\n{"code": 7, "name": "乙"}\r\n'
    path = tmp_path / "a.jsonl"
    path.write_bytes(text.encode())
    source = open_source(str(path))
    plan, rows = opened(PEOPLE, source, {})
    assert plan.headings == ("name", "code")
    first = next(rows)
    assert not source.file.closed
    assert [first, *rows] == [(1, ["甲", ""]), (3, ["乙", "7"])]
    source.close()
    spread = '{"name":\n "甲"}\n{"name": "乙"}\n'  # an object over two lines is still one
    assert json_rows(tmp_path, spread, "b.jsonl") == [(1, ["甲"]), (3, ["乙"])]


@pytest.mark.parametrize("most", [10, 10**9], ids=["on disk", "in memory"])
def test_standard_input_is_read_whole_wherever_it_is_held(monkeypatch, most):
    content = b"code,name\n" + b"A1,chalk\n" * 500
    monkeypatch.setattr(reading, "IN_MEMORY", most)
    monkeypatch.setattr(reading, "BLOCK", 100)
    monkeypatch.setattr(surveying, "BLOCK", 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    source = open_source("-")
    assert (source.size, source.file.read()) == (len(content), content)
    assert isinstance(source.file, io.BytesIO) is (most > 10)
    source.close()
