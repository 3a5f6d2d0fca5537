"""Files of which many or all rows are refused: what is said of a name is worked out once, and holds as long as it is true."""

import pytest

from logi.core.errors import NotFound
from logi.core.messages import use
from logi.core.unfound import MOST, Unfound
from logi.finding import find
from logi.importing.alike import folded
from logi.importing.findings import Finding
from logi.telling import draw_findings


@pytest.fixture
def e(ledger):
    """An entry as an import opens it."""
    with ledger.entry("import.people") as entry:
        ledger.exact, ledger.unfound = True, Unfound()
        yield entry
        ledger.exact, ledger.unfound = False, None


def person(e, text):
    return find(e, "school_person", text, what="person")


def add(e, code, name):
    return e.insert("school_person", code=code, name=name, folded=name, initials="", post="")


def refused(e, text):
    with pytest.raises(NotFound) as no:
        person(e, text)
    return no.value.facts


def test_a_name_nobody_bears_is_looked_for_once(e):
    add(e, "S1", "王五")
    asked = []
    first = refused(e, "王六")
    e.db.set_trace_callback(asked.append)
    again = refused(e, "王六")
    e.db.set_trace_callback(None)
    assert asked == []
    assert again == first
    assert again["near"] == ["王五"]


def test_who_is_entered_meanwhile_is_found(e):
    refused(e, "王六")
    add(e, "S2", "王六")
    assert person(e, "王六")["code"] == "S2"


def test_who_gets_a_name_or_loses_it_again_is_found_under_the_one_that_holds(e):
    row = add(e, "S3", "赵一")

    def renamed():
        with e.attempt():
            e.update("school_person", row, name="赵二", folded="赵二")
            refused(e, "赵一")
            person(e, "nobody")

    with pytest.raises(NotFound):
        renamed()
    assert person(e, "赵一")["code"] == "S3"
    refused(e, "赵二")


def test_who_is_near_a_name_is_told_as_it_is_now(e):
    assert refused(e, "钱三丰")["near"] == []
    add(e, "S4", "钱三")
    assert refused(e, "钱三丰")["near"] == ["钱三"]


def test_no_more_is_remembered_than_fits():
    unfound = Unfound()
    for n in range(MOST + 1):
        unfound.keep("school_person", (n,), "front.not_found", {})
    assert unfound.get("school_person", (0,)) is None
    assert unfound.get("school_person", (MOST,)) == ("front.not_found", {})


def test_outside_an_import_nothing_is_remembered(ledger):
    assert ledger.unfound is None


def findings(logi, line, code=5):
    return logi(f"{line} -f json", code=code).json["facts"]


def test_of_a_large_file_whose_rows_name_nobody_every_row_is_told(logi):
    head = "日期,物品编码,方向,数量,单价,部门,经手人,用途\n"
    long = "用" * 300  # few rows make a file large enough for two processes
    rows = [f"2025-09-01,NO{n % 7},入,1,2.00,,无此人,{long}" for n in range(1200)]
    path = logi.folder / "s.csv"
    path.write_text(head + "\n".join(rows) + "\n", "utf-8")
    assert path.stat().st_size > 1_000_000
    facts = findings(logi, f"import stock {path}")
    assert (facts["rows"], facts["bad"], facts["found"], facts["new"]) == (1200, 1200, 2400, 0)
    assert [row["line"] for row in facts["findings"][:4]] == [2, 2, 3, 3]
    assert {row["value"] for row in facts["findings"]} == {*(f"NO{n}" for n in range(7)), "无此人"}


def test_a_department_is_not_made_for_a_card_that_names_an_unknown_room(logi):
    path = logi.folder / "a.csv"
    path.write_text("name,cost,on,place,keeper,department\n桌,1500,2025-09-01,Z9,无此人,新部门\n椅,1500,2025-09-01,Z8,,新部门\n", "utf-8")
    told = [(row["line"], row["column"]) for row in findings(logi, f"import assets {path}")["findings"]]
    assert told == [(2, "place"), (2, "keeper"), (3, "place")]
    logi(f"import assets {path} --create places,people")
    assert "新部门" in logi("department list -f csv").out


# -- what people read of many alike ---------------------------------------------------------------------------


def told(rows):
    return [(row["line"], row["column"], row["value"]) for row in rows]


def of_kind(kind, line, column, value):
    one = Finding(line=line, column=column, value=value, problem=f"{value}: {kind}", remedy="Mend it.")
    one.kind = kind
    return one


def test_of_many_alike_the_first_few_are_shown_then_how_many_more_and_where():
    use("en")
    # 60 rows, lines 2 to 61: 管理园 in each but three, and one day that cannot be read
    who = [of_kind("unknown", line, "经手人", {10: "王一", 20: "王二", 30: "王三"}.get(line, "管理园")) for line in range(2, 62)]
    shown, notes = folded(sorted([*who, of_kind("day", 40, "日期", "9/31")], key=lambda row: row["line"]))
    assert told(shown) == [(2, "经手人", "管理园"), (10, "经手人", "王一"), (20, "经手人", "王二"), (40, "日期", "9/31")]
    assert notes == ["57 more in column “经手人” like line 2: lines 3–9, 11–19, 21–61. Values there: 王三."]


def test_alike_with_one_value_are_shown_by_the_first_three():
    use("en")
    shown, notes = folded([of_kind("total", line, "", "") for line in range(5, 45, 2)] + [of_kind("day", 99, "日期", "x")])
    assert [row["line"] for row in shown] == [5, 7, 9, 99]
    assert notes == ["17 more rows like line 5: lines 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, …."]


def test_what_fits_on_a_screen_is_told_one_by_one():
    rows = [of_kind("unknown", line, "经手人", "管理园") for line in range(2, 22)]
    assert folded(rows) == (rows, [])


def test_findings_without_a_kind_are_alike_when_they_say_the_same_of_other_values():
    rows = [{"line": n, "column": "数量", "value": f"a{n}", "problem": f"a{n} is no quantity", "remedy": "…"} for n in range(30)]
    assert [row["line"] for row in folded(rows)[0]] == [0, 1, 2]


@pytest.fixture
def many(logi):
    path = logi.folder / "p.csv"
    path.write_text("code,name,department\n" + "".join(f"T{n},,总务处\n" for n in range(200)), "utf-8")
    return path


def test_a_screen_gets_them_folded_and_a_script_gets_each(logi, many):
    said = logi(f"import people {many}", code=5)
    assert "197 more in column “name” like line 2: lines 5–201." in said.err
    assert len(said.err.splitlines()) < 12
    assert len(findings(logi, f"import people {many}")["findings"]) == 200


def test_further_findings_than_are_kept_are_said_to_be_counted():
    use("en")
    assert "100 further findings are only counted" in draw_findings([of_kind("a", 2, "x", "y")], 101)


# -- all rows bad ----------------------------------------------------------------------------------------------


def test_where_no_row_is_good_rejects_are_written_and_no_entry_is_made(logi, many):
    rejects, before = logi.folder / "bad.csv", logi("audit head").out
    done = logi(f"import people {many} --rejects {rejects} -f json", code=7).json
    assert (done["kind"], done["entry"], done["facts"]["new"], done["facts"]["bad"]) == ("done", None, 0, 200)
    assert rejects.read_bytes() == many.read_bytes()
    assert logi("audit head").out == before
    said = logi(f"import people {many} --rejects {rejects}", code=7)  # nothing was imported, so it may be tried again
    assert "none of the 200 rows" in said.out
    assert "bad.csv; mend them" in said.err


def test_a_dry_run_of_it_writes_no_file(logi, many):
    rejects = logi.folder / "bad.csv"
    logi(f"import people {many} --rejects {rejects} --dry-run", code=7)
    assert not rejects.exists()


def test_without_rejects_it_is_not_said_that_some_rows_could_be_taken(logi, many):
    assert "--rejects" not in logi(f"import people {many}", code=5).err
    many.write_text(many.read_text("utf-8") + "T999,好,总务处\n", "utf-8")
    assert "--rejects" in logi(f"import people {many}", code=5).err


def test_as_a_line_of_one_entry_it_may_come_again(logi, many):
    rejects = logi.folder / "bad.csv"
    lines = f"person add S77 甲\nimport people {many} --rejects {rejects}\n"
    logi("run - --one-entry", stdin=lines, code=7)
    assert rejects.exists()
    logi(f"import people {many} --rejects {rejects}", code=7)
