"""Lists in use: what is expected is computed from the calendar, and somebody answers for it."""

import sqlite3
from contextlib import closing

import pytest

TERM = "term add 2025-2026-1 第一学期 --starts 2025-09-01 --ends 2026-01-30"


def rows(said) -> list[dict]:
    return said.json["rows"]


def entries(logi) -> int:
    with closing(sqlite3.connect(logi.ledger)) as db:
        return db.execute("SELECT max(seq) FROM entry").fetchone()[0]


def test_nothing_is_expected_before_a_list_is_in_use(logi):
    assert rows(logi("check missed --strict -f json")) == []
    assert rows(logi("due --book check -f json")) == []


@pytest.mark.seed("PAT-14")
def test_a_kindergarten_week_without_its_check_is_missed(logi):
    logi("place add QH04 幼儿园 --kind other --keeper 钱样真")
    logi("check use kindergarten-week --place QH04 --from 2025-09-08")
    logi("check run kindergarten-week --place QH04 --by 钱样真 --rest-ok --on 2025-09-17 --sign leader=吴资明")
    missed = rows(logi("check missed --strict -f json", code=7))
    # W37 ended on Friday the 12th, W38 was checked on the 17th, W39 ended on the worked Sunday 28; W40 is due today.
    assert [(r["due"], r["state"]) for r in missed] == [
        ("2025-09-12", "missed"), ("2025-09-28", "missed"), ("2025-09-30", "today"),
    ]  # fmt: skip
    [due] = [r for r in rows(logi("due --book check -f json")) if r["state"] == "missing"]
    assert due["command"] == "logi check run kindergarten-week --place QH04 --by S03 --on 2025-09-12"
    assert "not run 2 times" in due["text"]


@pytest.mark.seed("PAT-15")
def test_the_daily_kindergarten_check_is_asked_for_on_school_days_and_its_problems_are_followed(logi):
    logi(TERM)
    logi("check use kindergarten-day --from 2025-09-24 --owner 钱样真")
    for day in ("2025-09-24", "2025-09-25", "2025-09-28", "2025-09-30"):
        logi(f"check run kindergarten-day --by 钱样真 --rest-ok --on {day}")
    missed = rows(logi("check missed -f json"))
    # School days from the 24th: 24 25 26, Sunday 28, 29, 30.
    assert [r["due"] for r in missed] == ["2025-09-26", "2025-09-29"]
    logi('check run kindergarten-day --by 钱样真 --rest-ok --on 2025-09-29 --set "power=fail 插座无盖"')
    assert [(r["opened"], r["outcome"]) for r in rows(logi("report check-problems 2025-09 -f json"))] == [("YH-2025-0001", "open")]
    logi("hazard fix YH-2025-0001 --by 王修好 --on 2025-09-29")
    logi("hazard verify YH-2025-0001 --by 钱样真 --on 2025-09-30")
    assert [r["outcome"] for r in rows(logi("report check-problems 2025-09 -f json"))] == ["closed"]


def test_without_a_term_the_report_says_why_nothing_is_due(logi):
    logi("check use kindergarten-day --from 2025-09-01 --owner 钱样真")
    assert "No term is entered" in logi("check missed").out


def test_a_list_in_use_everywhere_is_answered_by_a_run_anywhere(logi):
    logi("check use fire-round --from 2025-09-29 --owner 陈巡安")
    logi("check run fire-round --place A205 --by 陈巡安 --rest-ok --on 2025-09-29")
    assert [r["due"] for r in rows(logi("check missed -f json"))] == ["2025-09-30"]
    [line] = rows(logi("check list --in-use -f json"))
    assert (line["code"], line["in_use"], line["last_on"], line["next_due"]) == ("fire-round", 1, "2025-09-29", "2025-09-30")


def test_a_frequency_comes_from_its_policy_and_may_change_from_a_day_on(logi):
    logi("policy set fire.inspection quarterly --from 2025-01-01 --source 本校规定")
    logi("check use fire-month --from 2025-06-01 --owner 陈巡安")
    # The quarters that end on 30 June (within the use) and 30 September.
    since = "--since 2025-06-01 --until 2025-09-30"
    assert [r["due"] for r in rows(logi(f"check missed {since} -f json"))] == ["2025-06-30", "2025-09-30"]
    logi("check use fire-month --from 2025-08-01 --frequency monthly")
    assert [r["due"] for r in rows(logi(f"check missed {since} -f json"))] == ["2025-06-30", "2025-08-29", "2025-09-30"]


def test_a_list_stopped_is_no_longer_expected(logi):
    logi("check use fire-round --from 2025-09-26 --owner 陈巡安")
    logi("check use fire-round --until 2025-09-27")
    assert [r["due"] for r in rows(logi("check missed -f json"))] == ["2025-09-26", "2025-09-27"]
    assert rows(logi("check list --in-use -f json")) == []
    logi("check use fire-round --from 2025-09-27", code=4)
    logi("check use fire-round --from 2025-09-30")
    assert [r["due"] for r in rows(logi("check missed -f json"))] == ["2025-09-26", "2025-09-27", "2025-09-30"]


def test_a_season_is_asked_for_only_in_its_months(logi):
    logi("check use boiler --from 2025-09-01 --owner 王修好")
    assert rows(logi("check missed -f json", LOGI_TODAY="2025-10-31")) == []
    assert len(rows(logi("check missed -f json", LOGI_TODAY="2025-11-03"))) == 3


def test_a_yearly_list_is_due_in_its_month(logi):
    logi("check use safety-self --from 2025-09-01 --owner 陈巡安")
    assert rows(logi("check missed -f json", LOGI_TODAY="2026-04-29")) == []
    [line] = rows(logi("check list --in-use -f json"))
    assert line["next_due"] == "2026-04-30"
    assert [r["due"] for r in rows(logi("check missed --strict -f json", LOGI_TODAY="2026-05-06", code=7))] == ["2026-04-30"]


@pytest.mark.seed("GRN-07")
def test_every_place_of_the_zones_has_one_person_or_is_listed(logi):
    logi("place add P02 绿化带 --kind outdoor")
    logi("place add P03 后操场 --kind outdoor")
    logi("check use hygiene-zones --place P02 --owner 秦实妍 --from 2025-09-29")
    lines = rows(logi("due --book check -f json"))
    orphaned = [r["subject"] for r in lines if r["state"] == "orphaned"]
    assert orphaned == ["P03"]  # A205 has a keeper, P02 its owner; E101, B203 and F101 are of no kind yet
    logi("check use hygiene-zones --place P03 --owner 吴资明")
    assert not [r for r in rows(logi("due --book check -f json")) if r["state"] == "orphaned"]
    logi("check use hygiene-zones --place P02 --owner 吴资明")
    names = [(r["place"], r["owner"]) for r in logi("check show hygiene-zones -f json").json["tables"][1]["rows"]]
    assert names == [("P02 绿化带", "秦实妍"), ("P02 绿化带", "吴资明"), ("P03 后操场", "吴资明")]
    choices = " ".join(f"--set {item}=good" for item in ("floor", "walls", "things", "waste"))
    logi(f"check run hygiene-zones --place P02 --by 钱样真 {choices} --set drains=fair")
    logi(f"check run hygiene-zones --place P03 --by 钱样真 {choices} --set drains=good")
    ranked = [(r["rank"], r["place"], r["owner"], r["score"]) for r in rows(logi("check ranking hygiene-zones -f json"))]
    # P02: (2+1+1+1 whole and 0.6 of one) of 6 = 93.33 %.
    assert ranked == [(1, "P03", "吴资明", "100.0"), (2, "P02", "吴资明", "93.3")]


def test_an_owner_who_left_answers_for_nothing(logi):
    logi("check use fire-round --owner 秦实妍")
    assert not [r for r in rows(logi("due --book check -f json")) if r["state"] == "orphaned"]
    logi("person leave 秦实妍 --on 2025-09-30")
    [line] = [r for r in rows(logi("due --book check -f json")) if r["state"] == "orphaned"]
    assert line["command"] == "logi check use fire-round --owner PERSON"


@pytest.mark.parametrize(("line", "code"), [
    ("check use fire-round", 4),
    ("check use fire-round --owner 陈巡安", 4),
    ("check use fire-round --until 2025-08-31", 4),
    ("check use fire-round --from 2025-09-10 --until 2025-09-09", 4),
    ("check use fire-round --frequency hourly", 2),
    ("check use fire-round --owner 无此人", 3),
    ("check use dorm-eight", 2),
    ("check use facilities --place A205/后门", 2),
    ("check use nolist", 3),
])  # fmt: skip
def test_a_refused_use_writes_nothing(logi, line, code):
    logi("check use fire-round --from 2025-09-01 --owner 陈巡安")
    before = entries(logi)
    logi(line, code=code)
    assert entries(logi) == before


def test_uses_are_undone_and_done_again(logi):
    empty = logi("check list -f json").json
    logi("check use fire-round --from 2025-09-01 --owner 陈巡安")
    first = logi("check show fire-round -f json").json["tables"]
    logi("check use fire-round --from 2025-09-20 --frequency weekly")
    second = logi("check show fire-round -f json").json["tables"]
    logi("undo")
    assert logi("check show fire-round -f json").json["tables"] == first
    logi("redo")
    assert logi("check show fire-round -f json").json["tables"] == second
    logi("undo")
    logi("undo")
    assert logi("check list -f json").json == empty
    logi("audit verify")
