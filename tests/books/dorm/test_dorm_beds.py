"""Beds by command lines: floors of one sex, one pupil a bed, moves by day, both lists of beds alike; undone and redone."""

import sqlite3
from contextlib import closing


def rows(said) -> list[dict]:
    return said.json["rows"]


def due(logi, rule: str = "", **env) -> list[dict]:
    return [row for row in rows(logi("due --book dorm --days 0 -f json", **env)) if rule in row["text"]]


def beds(logi, **env) -> dict[str, str]:
    return {row["name"]: f"{row['room']}/{row['bed']}" for row in rows(logi("dorm list -f json", **env))}


def test_a_bed_is_one_pupils_a_floor_is_of_one_sex_and_a_room_has_so_many_beds(dorm):
    logi = dorm
    for line in ("dorm in X4 C101/1 --sex boys", "dorm in X4 C101 --sex boys", "dorm in X4 C101/3 --sex boys",
                 "dorm in X4 C201/2 --sex boys", "dorm change X3 C102/1", "dorm in X1 C102/1", "dorm room edit C101 --beds 1",
                 "dorm room close C201 --reason 维修", "dorm floor set C 2 boys"):  # fmt: skip
        logi(line, code=4)
    logi("dorm in X4 C102/1", code=2)  # boy or girl is not said
    assert beds(logi) == {"甲某": "C101/1", "乙某": "C101/2", "丙某": "C201/1"}
    vacancies = {row["room"]: row["free"] for row in rows(logi("dorm room list -f json"))}
    assert vacancies == {"C101": 0, "C102": 2, "C201": 1}
    whole = logi("dorm building list -f json").json
    assert (whole["totals"]["beds"], whole["totals"]["taken"], whole["totals"]["used"]) == (6, 3, "50.0")
    tags = logi("form bed-tags C101 -f json").json["tables"][1]["rows"]
    assert [(row["bed"], row["name"], row["class"]) for row in tags] == [(1, "甲某", "七年级1班"), (2, "乙某", "七年级1班")]


def test_moves_have_their_days_and_the_opening_knows_the_same_bed(dorm):
    logi = dorm
    logi("dorm change X1 C102/2 --on 2025-09-23 --reason 调整")
    logi("dorm out X2 --on 2025-09-25")
    logi("dorm in X4 C101/1 --sex boys --on 2025-09-23")  # free from that very night on
    assert {row["code"]: (row["room"], row["bed"]) for row in rows(logi("opening pupil list -f json"))} == {
        "X1": ("C102", 2), "X2": (None, None), "X3": ("C201", 1), "X4": ("C101", 1)}  # fmt: skip
    sheets = logi("form dorm-roster 2025-09-22 -f json").json
    assert "乙某" in str(sheets)
    assert "丁某" not in str(sheets)  # a past night's roster is that night's
    logi("dorm change X1 C101/2 --on 2025-09-24", code=4)  # 乙某's until the 25th
    logi("dorm change X1 C101/2 --on 2025-09-25")
    logi("dorm change X1 C102/1 --on 2025-10-09", code=4)  # the future
    assert due(logi, "opening's list") == []
    logi("opening pupil place X3 --bed C101/2", code=4)
    logi("opening pupil leave X3 --on 2025-09-28")
    [left] = due(logi, "left the school")
    assert left["command"] == "logi dorm out X3 --on 2025-09-28"
    logi(left["command"].removeprefix("logi "))
    assert due(logi, "丙某") == []
    assert logi("audit verify").code == 0


def test_both_lists_of_beds_are_held_against_each_other(dorm):
    logi = dorm
    logi("opening pupil add X5 戊某 --bed C102/2")
    logi("dorm in X4 C102/2 --sex boys", code=4)  # told to 戊某 at the opening
    [line] = due(logi, "told C102, bed 2")
    assert line["command"] == "logi dorm in X5 --sex boys"
    logi(line["command"].removeprefix("logi "))
    logi("opening pupil place X5 --bed C102/1")  # by the other door
    [line] = due(logi, "opening's list")
    assert line["command"] == "logi dorm change X5 C102/1"
    logi(line["command"].removeprefix("logi "))
    assert due(logi, "戊某") == []
    assert beds(logi)["戊某"] == "C102/1"


def test_doing_undoing_and_redoing_keeps_every_bed_one_pupils(dorm):
    logi = dorm
    before = beds(logi)
    for line in ("dorm in X4 C102/1 --sex boys", "dorm change X2 C102/2", "dorm out X1", "dorm floor set C 3 boys",
                 "dorm building add D 新楼", "dorm room edit C101 --beds 4"):  # fmt: skip
        logi(line)
        after = logi("dorm building list").out
        logi("undo")
        assert beds(logi) == before
        logi("redo")
        assert logi("dorm building list").out == after
        logi("undo")
    logi("dorm in X4 C102/2 --sex boys")
    logi("dorm swap X4 X1 --on 2025-09-30")
    assert {row["code"]: (row["room"], row["bed"]) for row in rows(logi("opening pupil list -f json"))}["X4"] == ("C101", 1)
    swapped = beds(logi)
    assert (swapped["甲某"], swapped["丁某"]) == ("C102/2", "C101/1")
    for line in ("dorm swap X1 X3", "dorm swap X1 X2 --on 2025-09-29"):  # a girl; not yet in that bed
        logi(line, code=4)
    logi("undo")
    logi("redo")
    assert beds(logi) == swapped
    logi("undo")
    logi("undo")
    assert beds(logi) == before
    logi("dorm out X1")
    freed = logi("audit log -f json --limit 1").json["rows"][0]["entry"]
    logi("dorm in X4 C101/1 --sex boys")
    logi(f"undo {freed}", code=4)  # 甲某's bed is 丁某's by now
    logi("dorm in X4 C102/1 --sex boys --dry-run", code=4)
    assert logi("audit verify").code == 0
    with closing(sqlite3.connect(logi.ledger)) as db:
        assert db.execute("SELECT count(*) FROM dorm_stay WHERE void = 0 AND until_day IS NULL").fetchone() == (3,)


def test_rooms_are_taken_from_a_file_with_their_building_and_floors(dorm, monkeypatch):
    logi = dorm
    monkeypatch.chdir(logi.folder)
    logi("place add D101 新楼101 --kind dorm")
    logi("export bedrooms -o rooms.csv")
    assert " 0 new, 0 changed, 3 already there" in logi("import bedrooms rooms.csv --dry-run").out
    (logi.folder / "new.csv").write_text("楼栋,楼名,楼层,性别,寝室,床位数\nD,新公寓,1楼,女,D101,6\nC,,1,男,C102,4\n", "utf-8")
    assert "1 new, 1 changed" in logi("import bedrooms new.csv").out
    assert {row["room"]: (row["building"], row["sex"], row["beds"]) for row in rows(logi("dorm room list -f json"))} == {
        "C101": ("C", "boys", 2), "C102": ("C", "boys", 4), "C201": ("C", "girls", 2), "D101": ("D", "girls", 6)}  # fmt: skip
    (logi.folder / "bad.csv").write_text("楼栋,楼层,性别,寝室,床位数\nC,1,女,C101,2\nD,1,女,C201,2\nC,1,男,C101,1\n", "utf-8")
    assert len(logi("import bedrooms bad.csv -f json", code=5).json["facts"]["findings"]) == 3


def test_nights_and_evenings_are_taken_from_files_and_given_back(dorm, monkeypatch):
    logi = dorm
    monkeypatch.chdir(logi.folder)
    (logi.folder / "nights.csv").write_text(
        "日期,楼栋,楼层,清点人,未归\n2025-09-22,C,,沈宿宁,\n2025-09-21,C,1楼,沈宿宁,甲某、乙某\n", "utf-8")  # fmt: skip
    (logi.folder / "evenings.csv").write_text("日期,地点,看护人,人数\n2025-09-22,B203,沈宿宁,40\n", "utf-8")
    for kind in ("nights", "evenings"):
        assert "already there, 0 bad" in logi(f"import {kind} {kind}.csv").out
        logi(f"export {kind} -o {kind}-2.csv")
        assert " 0 new" in logi(f"import {kind} {kind}-2.csv --dry-run").out
    assert [row["name"] for row in rows(logi("dorm absences -f json"))] == ["甲某", "乙某"]
    (logi.folder / "nights.csv").write_text("日期,楼栋,清点人,未归\n2025-09-22,C,沈宿宁,丙某\n2025-09-23,D,沈宿宁,\n", "utf-8")
    assert len(logi("import nights nights.csv -f json", code=5).json["facts"]["findings"]) == 2
    (logi.folder / "evenings.csv").write_text("日期,地点,看护人,人数\n2025-09-22,B203,沈宿宁,41\n", "utf-8")
    logi("import evenings evenings.csv", code=5)


def test_a_class_list_is_imported_with_its_beds_and_given_back(dorm, monkeypatch):
    logi = dorm
    monkeypatch.chdir(logi.folder)
    head = "学号,姓名,班级,性别,寝室,床号,入住日期\n"
    (logi.folder / "bad.csv").write_text(
        head + "X6,己某,七年级1班,女,C102,1,2025-09-02\nX4,丁某,,男,C101,1,2025-09-02\nX1,王某,,男,C101,1,\n"
        "X7,庚某,,男,C102,9,2025-09-02\nX3,丙某,,男,C102,1,2025-09-02\n", "utf-8")  # fmt: skip
    found = logi("import beds bad.csv -f json", code=5).json["facts"]["findings"]
    assert [(one["line"], one["column"]) for one in found] == [(2, "姓名"), (3, "寝室"), (4, "学号"), (5, "寝室"), (6, "姓名")]
    (logi.folder / "good.csv").write_text(
        head + "X6,己某,七年级2班,女,C201,2号,2025-09-02\nX4,丁某,七年级2班,男,C102,,2025-09-02\nX2,乙某,,男,C102,2,2025-09-24\n"
        "X1,甲某,七年级1班,男,C101,1,\n", "utf-8")  # fmt: skip
    said = logi("import beds good.csv --create departments")
    assert "2 new, 1 changed, 1 already there" in said.out
    assert beds(logi) == {"甲某": "C101/1", "丁某": "C102/1", "乙某": "C102/2", "丙某": "C201/1", "己某": "C201/2"}
    logi("export beds -o beds.csv")
    again = logi("import beds beds.csv --dry-run")
    assert "0 new, 0 changed, 5 already there" in again.out
    logi("undo")
    assert beds(logi) == {"甲某": "C101/1", "乙某": "C101/2", "丙某": "C201/1"}
