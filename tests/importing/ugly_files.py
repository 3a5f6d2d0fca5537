"""Ugly files as schools really send them, each made here with what must become of it.

An expectation is a list of (code, name, pieces, cost in fen, day) that comes in, a set of (line, column) of findings,
or the key of the one sentence that refuses the whole file.
"""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Case = tuple[str, bytes, Any]
HEAD = ("code", "name", "count", "cost", "on")
GOOD = ("B1", "投影机", "2", "1500.00", "2025-09-01")
TAKEN = [("B1", "投影机", 2, 150_000, "2025-09-01")]
FILES = Path(__file__).with_name("files")


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, sep: str = ",", end: str = "\r\n") -> str:
    """Rows as CSV text; cells that need quotes get them."""
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (sep, '"', "\n", "\r")) else text

    return "".join(sep.join(map(cell, row)) + end for row in (head, *rows))


def row(**other: str) -> tuple[str, ...]:
    """The good row with some cells otherwise."""
    return tuple(other.get(key, cell) for key, cell in zip(HEAD, GOOD, strict=True))


def taken(**other: Any) -> list[tuple[Any, ...]]:
    """What the good row with some cells otherwise becomes."""
    return [tuple(other.get(key, cell) for key, cell in zip(HEAD, TAKEN[0], strict=True))]


def encodings() -> Iterator[Case]:
    """One table in every encoding and with every mark."""
    plain, many = table(GOOD), table(*[row(code=f"B{n}", name="课桌椅投影机") for n in range(40)])
    later = [(f"B{n}", "课桌椅投影机", 2, 150_000, "2025-09-01") for n in range(40)]
    for name in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-32"):
        yield f"encoding {name}.csv", plain.encode(name), TAKEN
    yield "rare characters in gb18030.csv", table(row(name="㐀𠮷野家的投影机设备")).encode("gb18030"), taken(name="㐀𠮷野家的投影机设备")
    yield "big5.csv", table(row(name="課桌椅與投影機")).encode("big5"), taken(name="課桌椅與投影機")
    for name in ("utf-16-le", "utf-16-be"):
        yield f"{name} without a mark.csv", plain.encode(name), "importing.unmarked"
    yield "half a character of utf-16.csv", plain.encode("utf-16") + b"A", "importing.undecodable"
    yield "utf-8 cut inside a character.csv", many.encode() + b"B99,\xe7\x89,1,1500,2025-09-01\r\n", "importing.broken_utf8"
    yield "gbk behind utf-8.csv", many.encode() + "B99,黑板,1,1500,2025-09-01\r\n".encode("gbk"), "importing.broken_utf8"
    yield "utf-8 behind gbk.csv", many.encode("gbk") + "B99,黑板,1,1500,2025-09-01\r\n".encode(), "importing.mixed"
    yield "gbk all through.csv", many.encode("gbk"), later
    yield "surrogates in utf-8.csv", table().encode() + b"B1,\xed\xa0\xbd\xed\xb2\xa9,1,1500,2025-09-01\r\n", "importing.broken_utf8"
    yield "nothing.csv", b"", "importing.empty_file"
    yield "a mark and nothing.csv", b"\xef\xbb\xbf", "importing.empty_file"
    yield "headings alone.csv", table().encode(), "importing.no_rows"


def structures() -> Iterator[Case]:
    """Rows, separators, quotes and headings gone wrong."""
    line = ",".join(GOOD)
    head = ",".join(HEAD) + "\r\n"
    for name, end in (("lf", "\n"), ("cr", "\r"), ("crlf", "\r\n")):
        yield f"line ends {name}.csv", table(GOOD, end=end).encode(), TAKEN
    for name, sep in (("semicolons", ";"), ("tabs", "\t")):
        yield f"{name}.csv", table(GOOD, sep=sep).encode(), TAKEN
    yield "wide commas.csv", table(GOOD).replace(",", "，").encode(), "importing.missing_columns"
    yield "a nul.csv", (head + "B1,a\0b,1,1500,2025-09-01\r\n").encode(), "importing.nul"
    yield "nuls at the end.csv", table(GOOD).encode() + bytes(600), "importing.nul"
    yield "short row.csv", (head + "B1,x,1\r\n").encode(), {(2, "")}
    yield "long row.csv", (head + line + ",more,more\r\n").encode(), {(2, "")}
    yield "a quote never closed.csv", (head + 'B1,"open,1,1500,2025-09-01\r\n' + line + "\r\n").encode(), "importing.open_quote"
    yield "a quote inside.csv", (head + '''B1,5"硬盘,2,1500.00,2025-09-01\r\n''').encode(), taken(name='5"硬盘')
    yield "words behind a quote.csv", (head + 'B1,"x"y,2,1500.00,2025-09-01\r\n').encode(), "importing.stray_quote"
    yield "two lines in a cell.csv", table(row(name="两行\n名称")).encode(), {(2, "name")}
    yield "a heading twice.csv", table((*GOOD, "9"), head=(*HEAD, "cost")).encode(), "importing.two_alike"
    yield "a heading that is code.csv", table((*GOOD, "x"), head=(*HEAD, 'x"); DROP TABLE asset_card; --')).encode(), TAKEN
    yield "careless headings.csv", table(GOOD, head=(" Code ", "NAME", "Count", "Cost ", "ON")).encode(), TAKEN
    yield "headings with stars and units.csv", table(GOOD, head=("资产编号", "资产名称*", "数量", "原值（元）", "取得日期：")).encode(), TAKEN
    yield "no headings.csv", table(head=GOOD).encode(), "importing.missing_columns"
    yield "blank lines.csv", (head + "\r\n" + line + "\r\n,,,,\r\n  ,,,,\r\n\r\n").encode(), TAKEN
    yield "a sum line.csv", table(GOOD, ("合计", "", "2", "3000.00", "")).encode(), {(3, "")}
    yield "titles above.csv", ("某校资产表,,,,\r\n填表人：,,,,\r\n" + table(GOOD)).encode(), TAKEN
    yield "a workbook called csv.csv", b"PK\x03\x04" + bytes(range(256)), "importing.not_csv"
    yield "a page called csv.csv", b"<!DOCTYPE html><table><tr><td>code", "importing.not_csv"
    yield "a very long cell.csv", table(row(name="长" * 140_000)).encode(), "importing.long_field"
    yield "a very long line.csv", (head + "B1,").encode() + b"x," * 5_000_000, "importing.long_line"
    yield "too many columns.csv", (",".join(f"c{n}" for n in range(600)) + "\n").encode(), "importing.too_many_columns"
    yield "a code twice.csv", table(GOOD, row(name="另一")).encode(), {(3, "code")}
    yield "a code twice in other letters.csv", table(row(code="é1"), row(code="e\u03011"), row(code="É1")).encode(), {(3, "code"), (4, "code")}


MONEY = {  # a card's cost stands in figures: cost -> fen, or None for a finding
    "1500": 150_000, "1500.5": 150_050, "1,500.50": 150_050, "¥1500.00": 150_000, "１５００": 150_000,
    "90000000000.00": 9_000_000_000_000, "1500.00元": 150_000, "1，500.00": 150_000,
    **dict.fromkeys((
        "NaN", "inf", "1e3", "1E+05", "0x10", "1_500", "٣", "15.005", "1,50.0", "1.2.3", "", " ", "--5", "(5.00)", "5-", "–5", "-1500",
        "1" * 400, "1" * 5000, "9223372036854775808", "92233720368547758.08", "0." + "1" * 9000, "1e999999999", "=1+1", "#DIV/0!",
        "#N/A", "TRUE", "None", "null", "+1500", "壹仟伍佰元整", "15\u200b00", "\u202e0051", "150O", "l500", "一千五百"), None),
}  # fmt: skip
COUNTS = {"1": 1, "２": 2, "３００": 300,
          **dict.fromkeys(("1.5", "-1", "0", "1e2", "", "1 0 0", "9" * 30, "NaN", "½", "²", "Ⅳ", "〇", "两", "2台x"), None)}  # fmt: skip
DAYS = {
    "2024-02-29": "2024-02-29", "2000-02-29": "2000-02-29", "2025/9/1": "2025-09-01", "2025.9.1": "2025-09-01", "2025年9月1日": "2025-09-01",
    "20250901": "2025-09-01", "2025-09-01 00:00:00": "2025-09-01", "２０２５-09-01": "2025-09-01",
    "2025-09-01 08:30:15": "2025-09-01", "2025/9/1 8:30": "2025-09-01",
    **dict.fromkeys((
        "2023-02-29", "2100-02-29", "1900-02-29", "10000-01-01", "0000-00-00", "2025-13-01", "2025-00-10", "2025-02-30", "2025-01-32",
        "01/02/2025", "9-1", "24.9.1", "113年9月1日", "45901", "1", "12", "Mon", "Jan", "today", "今天", "-3d", "now", "2025-W01-1", "2025-001",
        "-2025-01-02", "1e10", "2025-1-2-3", "2025-01-02T23:30:00-12:00", "2025-01-02 25:00", "2025-01-02 8", "8:30", "2026-01-01", "", "a" * 9000, "1 " * 5000), None),
}  # fmt: skip


def values() -> Iterator[Case]:
    """Amounts, counts and days that are good, and such that must not be guessed at; the good row beside them stays out too."""
    for column, known in (("cost", MONEY), ("count", COUNTS), ("on", DAYS)):
        for n, (text, value) in enumerate(known.items()):
            other = row(code="B2", **{column: text})
            wanted = {(3, column)} if value is None else [*TAKEN, *taken(code="B2", **{column: value})]
            yield f"{column} {n}.csv", table(GOOD, other).encode(), wanted


TEXTS = (  # that must come in and go out as they are, whatever they would be elsewhere
    "[bold red]红[/bold red]", "[/] 关闭", "路径\\", ":warning:", "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "＝1+1", '",=1+1,"',
    "000123", "123456789012345678", "11010119900307123X", "1E5", "3-4", "MAR1", "TRUE", "10%", "'; DROP TABLE asset_card; --", '" OR 1=1 --',
    "%", "_", "NEAR(\"a", "[a-z]*?", "--help", "-", "@/etc/passwd", "<script>alert(1)</script>", "&lt;b&gt;", "{{7*7}}", "{0.__class__} %s",
    "#read(\"/etc/passwd\")", "\\input{/etc/passwd}", "**粗** `code`", "| a | b |", "$(id) `id` ; id", "../../../etc/passwd", "javascript:alert(1)",
    "户戶戸", "𠮷𡈽", "👨\u200d👩\u200d👧", "مرحبا", "Аpple", "ＡＢＣabc", "😀", "null", "None",
)  # fmt: skip
CONTROLS = ("\x1b[2J", "\x1b[31m红\x1b[0m", "\x1b]0;x\x07", "\x9b31m", "\x07", "a\x08b", "a\x0bb", "a\x7fb", "真\r假", "a\x85b", "\ufffe", "   ",
            "\u200b", "x" * 10_000)  # fmt: skip


def texts() -> Iterator[Case]:
    """Names that are commands to some other program, and signs that no name holds."""
    rows = [row(code=f"T{n}", name=text) for n, text in enumerate(TEXTS)]
    yield "hostile names.csv", table(*rows).encode(), [(f"T{n}", text, 2, 150_000, "2025-09-01") for n, text in enumerate(TEXTS)]
    for n, text in enumerate(CONTROLS):
        yield f"control {n}.csv", table(GOOD, row(code="B2", name=text)).encode("utf-8", "surrogatepass"), {(3, "name")}


def jsons() -> Iterator[Case]:
    """JSON and JSON Lines: what Python's own reader would let through."""
    good: dict[str, Any] = dict(zip(HEAD, GOOD, strict=True))

    def one(**other: Any) -> bytes:
        return json.dumps([{**good, **other}], ensure_ascii=False).encode()

    yield "good.json", one(), TAKEN
    yield "numbers.json", one(count=2, cost=1500.0), TAKEN
    yield "a mark.json", b"\xef\xbb\xbf" + one(), TAKEN
    yield "wrapped.json", json.dumps({"rows": [good]}).encode(), TAKEN
    yield "lines.jsonl", (json.dumps(good) + "\n\n" + json.dumps({**good, "code": "B2"}) + "\n").encode(), [*TAKEN, *taken(code="B2")]
    yield "a number kept to its digit.json", one(cost=0).replace(b": 0", b": 12345678901234567.89"), {(1, "cost")}
    yield "not a number.json", one(cost=float("nan")), "importing.json_constant"
    yield "true.json", one(count=True), {(1, "count")}
    yield "nested.json", one(code={"$gt": ""}, name=["x"]), {(1, "code"), (1, "name")}
    yield "null.json", one(cost=None), {(1, "cost")}
    yield "huge exponent.json", one(count=0).replace(b": 0", b": 1e400"), {(1, "count")}
    yield "a key twice.json", one().replace(b'"count"', b'"cost"'), "importing.json_doubled"
    yield "deep.json", b"[" * 100_000, "importing.json_deep"
    yield "half a pair.json", one(name="?").replace(b"?", rb"\ud83d"), {(1, "name")}
    yield "an escaped nul.json", one(name="?").replace(b"?", rb"a\u0000b"), {(1, "name")}
    yield "cut.json", json.dumps([good] * 50).encode()[:-30], "importing.json_cut"
    yield "cut.jsonl", (json.dumps(good) + "\n" + json.dumps(good)[:-9]).encode(), "importing.json_cut"
    yield "machine keys.json", one(__proto__=1), "importing.json_machine_key"
    yield "not utf-8.json", one().decode().encode("gbk"), "importing.json_not_utf8"
    yield "no objects.json", b"[1, 2]", "importing.json_not_object"


# -- workbooks --------------------------------------------------------------------------------------------------

XLSX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}  # fmt: skip
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(parts: dict[str, str | bytes], *, twice: str = "") -> bytes:
    """A ZIP of parts, `mimetype` first and unpacked as ODS wants it."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name, content in parts.items():
            pack.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
        if twice:
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pack.writestr(twice, parts[twice])
    return paper.getvalue()


def xlsx(*rows: str, before: str = "", size: str = "", extra: dict[str, str | bytes] | None = None, twice: str = "") -> bytes:
    """A workbook around rows of XML."""
    sheet = f'<?xml version="1.0"?>{before}<worksheet {MAIN}>{size}<sheetData>{"".join(rows)}</sheetData></worksheet>'
    return packed({**XLSX, "xl/worksheets/sheet1.xml": sheet, **(extra or {})}, twice=twice)


def cells(*texts: str, about: str = "") -> str:
    """A row of an XLSX sheet; what begins with < is a cell's own XML."""
    made = (text if text.startswith("<c") else f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row{about}>{''.join(made)}</row>"


ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(*rows: str, before: str = "", locked: bool = False) -> bytes:
    """An ODS workbook around rows of XML."""
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{ODF}office:1.0" xmlns:table="{ODF}table:1.0" '
        f'xmlns:text="{ODF}text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    lock = "<manifest:encryption-data/>" if locked else ""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
                f'manifest:media-type="{kind}"/>{lock}</manifest:manifest>')  # fmt: skip
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*texts: str, times: int = 1, wide: int = 1) -> str:
    """A row of an ODS sheet, itself and its cells as often as told."""
    repeated = f' table:number-columns-repeated="{wide}"' if wide > 1 else ""
    made = "".join(f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f'<table:table-row table:number-rows-repeated="{times}">{made}</table:table-row>'


def lying(content: bytes, part: bytes, size: int) -> bytes:
    """A ZIP whose directory gives a part another size than it has."""
    made = bytearray(content)
    for sign, length, name, at in ((b"PK\x01\x02", 28, 46, 24), (b"PK\x03\x04", 26, 30, 22)):
        place = made.find(sign)
        while place >= 0:
            if made[place + name : place + name + struct.unpack_from("<H", made, place + length)[0]] == part:
                struct.pack_into("<I", made, place + at, size)
            place = made.find(sign, place + 4)
    return bytes(made)


def number(text: str) -> str:
    """A cell of XLSX with a number."""
    return f"<c><v>{text}</v></c>"


BLANK = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"


def workbooks() -> Iterator[Case]:
    """XLSX, ODS and XLS: odd cells, bombs, locks, cuts and disguises."""
    head, good = cells(*HEAD), cells(*GOOD)
    book, odf = xlsx(head, good), ods(ods_row(*HEAD), ods_row(*GOOD))
    yield "good.xlsx", book, TAKEN
    yield "good.ods", odf, TAKEN
    yield "numbers.xlsx", xlsx(head, cells("B1", "投影机", number("2"), number("1500.4999999999998"), GOOD[4])), taken(cost=150_050)
    yield "a reckoned formula.xlsx", xlsx(head, cells(*GOOD[:2], "<c><f>1+1</f><v>2</v></c>", *GOOD[3:])), TAKEN
    yield "a formula never reckoned.xlsx", xlsx(head, cells(*GOOD[:3], "<c><f>1+1</f></c>", GOOD[4])), {(2, "cost")}
    yield "an error.xlsx", xlsx(head, cells(*GOOD[:3], '<c t="e"><v>#REF!</v></c>', GOOD[4])), {(2, "cost")}
    yield "a truth value.xlsx", xlsx(head, cells(*GOOD[:2], '<c t="b"><v>1</v></c>', *GOOD[3:])), {(2, "count")}
    yield "a rounded code.xlsx", xlsx(head, cells(number("637702000000000123"), *GOOD[1:])), {(2, "code")}
    yield "a bare serial.xlsx", xlsx(head, cells(*GOOD[:4], number("45901"))), {(2, "on")}
    yield "titles.xlsx", xlsx(cells("某校"), cells("填表说明"), head, good), TAKEN
    yield "a hidden row.xlsx", xlsx(head, good, cells("B2", *GOOD[1:], about=' hidden="1"')), [*TAKEN, *taken(code="B2")]
    yield "a lie about its size.xlsx", xlsx(head, good, size='<dimension ref="A1:XFD1048576"/>'), TAKEN
    yield "a climbing name.xlsx", xlsx(head, good, extra={"../../../tmp/evil.txt": "x"}), TAKEN
    yield "an archive inside.xlsx", xlsx(head, good, extra={"xl/embeddings/a.zip": packed({"a": bytes(900_000)})}), TAKEN
    ten = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    yield "a billion laughs.xlsx", xlsx(head, cells("&j;", *GOOD[1:]), before=f'<!DOCTYPE x [<!ENTITY a "ha">{ten}]>'), "importing.doctype"
    yield "a file from outside.xlsx", xlsx(head, before='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "importing.doctype"
    yield "a doctype.ods", ods(ods_row(*HEAD), before='<!DOCTYPE x [<!ENTITY a "b">]>'), "importing.doctype"
    yield "blanks without end.xlsx", xlsx(head, good, " " * 30_000_000), "importing.bomb"
    yield "blanks without end.ods", ods(ods_row(*HEAD), ods_row(*GOOD), " " * 30_000_000), "importing.bomb"
    yield "rows without end.xlsx", xlsx(head, "<row><c><v>1</v></c></row>" * 200_000), "importing.bomb"
    yield "a directory that lies.xlsx", lying(xlsx(head, good, " " * 3_000_000), b"xl/worksheets/sheet1.xml", 900), "importing.torn_workbook"
    yield "a far cell.xlsx", xlsx(head, good, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "importing.far_cell"
    yield "a million rows in one.ods", ods(ods_row(*HEAD), ods_row("x", times=1_000_000, wide=16_384)), "importing.far_cell"
    yield "blanks to the last row.ods", ods(ods_row(*HEAD), ods_row(*GOOD), BLANK), TAKEN
    yield "a part twice.xlsx", xlsx(head, good, twice="xl/worksheets/sheet1.xml"), "importing.strange_workbook"
    flagged = bytearray(book)
    flagged[flagged.find(b"PK\x01\x02") + 8] |= 1
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "locked in its parts.xlsx", bytes(flagged), "importing.encrypted"
    yield "locked.xlsx", ole + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "importing.encrypted"
    yield "locked.ods", ods(ods_row(*HEAD), locked=True), "importing.encrypted"
    for name, content in (("xlsx", book), ("ods", odf), ("xls", (FILES / "good.xls").read_bytes()[:3000]), ("xls", ole + bytes(2000))):
        yield f"cut {len(content)}.{name}", content[:-60], "importing.torn_workbook"
    yield "empty.xlsx", b"", "importing.empty_file"
    yield "words.xlsx", b"hello", "importing.not_a_workbook"
    for name, content in (("xls", book), ("ods", book), ("xlsx", odf), ("xls", odf)):
        yield f"another one's suffix {len(content)}.{name}", content, TAKEN
    yield "xlsx without a suffix", book, TAKEN
    yield "xlsx called csv.csv", book, "importing.not_csv"
    yield "an archive called xlsx.xlsx", packed({"资产.xlsx": book}), "importing.archive"
    yield "an archive called csv.csv", packed({"a.csv": table(GOOD)}), "importing.not_csv"
    yield "gzip.csv", gzip.compress(table(GOOD).encode()), "importing.archive"
    yield "rar.xls", b"Rar!\x1a\x07\0" + bytes(60), "importing.archive"
    yield "words of a letter.xlsx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "importing.not_a_workbook"
    yield from disguised()


def disguised() -> Iterator[Case]:
    """What other systems call .xls, and what is no table at all."""
    page = "<html><head><meta charset=gbk></head><table><tr><td>code</td></tr></table></html>"
    yield "page.xls", page.encode("gbk"), "importing.html_sheet"
    yield "page in utf-16.xls", page.encode("utf-16"), "importing.html_sheet"
    yield "page behind a remark.xls", b"<!-- made by a system -->" + page.encode(), "importing.html_sheet"
    yield "page saved by mail.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + page.encode(), "importing.html_sheet"
    office = "urn:schemas-microsoft-com:office:spreadsheet"
    yield "xml of 2003.xls", f'<?xml version="1.0"?><Workbook xmlns="{office}"><Worksheet/></Workbook>'.encode(), "importing.xml_sheet"
    yield "csv.xls", table(GOOD).encode(), "importing.text_sheet"
    yield "tabs in gbk.xls", table(GOOD, sep="\t").encode("gbk"), "importing.text_sheet"
    yield "csv.xlsx", table(GOOD).encode(), "importing.text_sheet"
    yield "pdf.csv", b"%PDF-1.7\n1 0 obj\n", "importing.no_table"
    yield "pdf.xlsx", b"%PDF-1.7\n", "importing.no_table"
    yield "photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "importing.no_table"
    yield "database.csv", b"SQLite format 3\0" + bytes(84), "importing.no_table"


CASES: tuple[Case, ...] = (*encodings(), *structures(), *values(), *texts(), *jsons(), *workbooks())
