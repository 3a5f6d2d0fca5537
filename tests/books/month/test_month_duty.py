"""Duty rosters by command: drafted by the count, published, swapped with both names, written up; every refusal."""

from datetime import date

import pytest

from logi.books.month import checks, duty, duty_report, store

DAYS = [f"2026-05-0{n}" for n in range(1, 6)]


@pytest.fixture
def staff(logi):
    """The terminal with a vice-principal and a guard beside the people of the house; it is the 25th of April 2026."""
    logi("person add S02 冯演和 --post 分管副校长 --phone 13900000002")
    logi("person add S10 褚守门 --post 门卫 --phone 13900000010")
    logi.env["LOGI_TODAY"] = "2026-04-25"
    return logi


def rows(logi, what):
    return logi(f"month duty show {what} -f json").json["rows"]


@pytest.mark.seed("PLN-10")
def test_the_may_day_roster_is_fair_whole_and_printed_in_the_forms_columns(staff):
    done = staff("month duty draft --holiday labour --people S06,S07,S08,S17 --exclude 吴资明:2026-05-01..2026-05-02 -f json").json
    assert done["number"] == "ZB-2026-0001"
    table = staff("month duty show ZB-2026-0001 -f json").json
    assert [c["key"] for c in table["columns"]] == ["on", "weekday", "mark", "leader", "all", "gate", "phone", "note"]
    assert [row["on"] for row in table["rows"]] == DAYS
    assert all(row["mark"] == "Labour Day" and row["gate"] == "褚守门" for row in table["rows"])
    assert {row["weekday"] for row in table["rows"][:1]} == {"fri"}  # 1 May 2026
    people = [row["all"].split("、") for row in table["rows"]]
    assert not any("吴资明" in names for names in people[:2])
    counts = {name: sum(name in names for names in people) for name in ("周入库", "吴资明", "王修好", "秦实妍")}
    assert sum(counts.values()) == 10  # two on each of five days
    assert max(counts.values()) - min(counts.values()) <= 1
    # Leaders by post, in the order of codes: 冯演和 (S02) and 钱样真 (S03) in turn.
    assert [row["leader"] for row in table["rows"]] == ["冯演和", "钱样真", "冯演和", "钱样真", "冯演和"]
    assert "13900000002" in table["rows"][0]["phone"]
    assert any("110 / 119 / 120" in note for note in table["notes"])


@pytest.mark.seed("PLN-11", "PLN-20")
def test_a_vacation_has_a_roster_between_the_terms(staff):
    staff("term add 2025-2026-2 第二学期 --starts 2026-02-25 --ends 2026-07-10")
    staff("term add 2026-2027-1 第一学期 --starts 2026-09-01 --ends 2027-01-29")
    staff("month duty draft --holiday summer --year 2026")
    days = rows(staff, "ZB-2026-0001")
    assert (days[0]["on"], days[-1]["on"], len(days)) == ("2026-07-11", "2026-08-31", 52)  # 21 days of July and 31
    assert all(row["leader"] and row["all"] for row in days)
    names = [row["all"] for row in days]  # no statutory holiday in it: one person a day
    counts = [names.count(name) for name in dict.fromkeys(names)]
    assert max(counts) - min(counts) <= 1


@pytest.mark.seed("PLN-12")
def test_teachers_day_is_a_workday_with_gate_duty_and_the_autumn_holidays_have_theirs(staff):
    staff.env["LOGI_TODAY"] = "2025-09-01"
    staff("month plan 2025-09 --draft")
    staff("month duty draft --holiday teachers --gate 褚守门")
    [day] = rows(staff, "2025-09-10")
    assert (day["mark"], day["gate"], day["all"]) == (None, "褚守门", None)
    staff("month duty draft --holiday national")
    assert len(rows(staff, "ZB-2025-0002")) == 8  # the Mid-Autumn lies in the same break

    def proved():
        [line] = [r for r in staff("month plan 2025-09 --full -f json").json["rows"] if r["evidence"] == "roster-autumn"]
        return line["degree"], line["state"], line["late"]

    assert proved() == ("0.0", "open", None)
    staff("month duty publish ZB-2025-0001")
    assert proved() == ("33.3", "open", None)  # one of the three holidays
    staff("month duty publish ZB-2025-0002 --place 公告栏")
    assert proved() == ("100.0", "done", None)


def test_no_day_gets_two_rosters_until_the_first_is_undone(staff):
    staff("month duty draft --holiday labour")
    refused = staff("month duty draft --from 2026-05-05 --to 2026-05-06", code=4)
    assert "ZB-2026-0001" in refused.err
    undone = staff("undo ZB-2026-0001 -f json").json["entry"]
    staff("month duty draft --from 2026-05-05 --to 2026-05-06")
    assert [row["number"] for row in staff("month duty list -f json").json["rows"]] == ["ZB-2026-0002"]
    taken = staff(f"redo {undone}", code=4)
    assert "taken" in taken.err or "since" in taken.err


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("month duty draft", 2, "one of them"),
        ("month duty draft --holiday labour --month 2026-05", 2, "one of them"),
        ("month duty draft --from 2026-05-01", 2, "one of them"),
        ("month duty draft --holiday labour --shifts day", 4, "nobody is on from 20:00 to 08:00"),
        ("month duty draft --holiday labour --each 1", 4, "at least 2 people"),
        ("month duty draft --holiday labour --people S06", 4, "Too few people are free on 2026-05-01"),
        ("month duty draft --holiday labour --leaders S02 --exclude 冯演和:2026-05-03", 4, "No leader is free on 2026-05-03"),
        ("month duty draft --holiday labour --exclude 冯演和:2026-05-03..2026-05-01", 2, "names no days"),
        ("month duty draft --holiday winter", 3, "both terms"),
        ("month duty draft --holiday labour --year 2031", 3, "logi holiday add"),
        ("month duty draft --from 2026-05-01 --to 2026-05-05 --only workday", 4, "No day"),
        ("month duty draft --holiday labour --shifts dusk", 2, "morning"),
        ("month duty show ZB-2026-0009", 3, "month duty list"),
        ("month duty swap 2026-05-01 S06 S07 --reason 事", 3, "No roster has 2026-05-01"),
        ("month duty log 2026-04-24 --by S06", 3, "No roster has 2026-04-24"),
        ("month duty publish ZB-2026-0009", 3, "month duty list"),
        ("month duty list -f ics", 2, "cannot be a calendar"),
    ],
)
def test_what_is_refused_before_there_is_a_roster(staff, line, code, says):
    said = staff(line, code=code)
    assert says in said.err
    assert staff("month duty list -f json").json["rows"] == []


def test_a_gap_may_be_overridden_with_a_reason_that_is_recorded(staff):
    done = staff("month duty draft --holiday labour --shifts day --override 夜间由辖区派出所巡逻 -f json").json
    assert any("夜间由辖区派出所巡逻" in warning for warning in done["warnings"])


@pytest.fixture
def may(staff):
    """The May Day roster with two people a day out of four: S06 S07, S08 S17, and so on."""
    staff("month duty draft --holiday labour --people S06,S07,S08,S17 --leaders S02,S03 --gate S10")
    return staff


def test_a_draft_is_set_by_hand_and_a_person_is_never_there_twice(may):
    assert rows(may, "2026-05-01")[0]["all"] == "周入库、吴资明"
    may("month duty set 2026-05-01 --people 秦实妍,吴资明 --note 校门装修")
    [day] = rows(may, "2026-05-01")
    assert (day["all"], day["note"]) == ("吴资明、秦实妍", "校门装修")
    assert "twice at once" in may("month duty set 2026-05-01 --leader 吴资明", code=4).err
    assert "at least 2 people" in may("month duty set 2026-05-01 --people 吴资明", code=4).err
    assert "Nothing to change" in may("month duty set 2026-05-01", code=4).err
    may("undo")
    assert rows(may, "2026-05-01")[0]["all"] == "周入库、吴资明"
    may("redo")
    assert rows(may, "2026-05-01")[0]["all"] == "吴资明、秦实妍"


def test_a_published_roster_changes_only_by_swaps_with_both_names_and_a_reason(may):
    may("month duty publish ZB-2026-0001 --place 公告栏")
    assert "swap" in may("month duty set 2026-05-01 --people S08,S17", code=4).err
    assert "already" in may("month duty publish ZB-2026-0001", code=4).err
    done = may("month duty swap 2026-05-01 周入库 秦实妍 --back 2026-05-02 --reason 家中有事 -f json").json
    assert {done["facts"][key] for key in ("from", "to")} == {"周入库", "秦实妍"}
    assert rows(may, "2026-05-01")[0]["all"] == "秦实妍、吴资明"
    assert rows(may, "2026-05-02")[0]["all"] == "王修好、周入库"
    said = may("show ZB-2026-0001").out
    assert "家中有事" in said
    assert "not on duty" in may("month duty swap 2026-05-01 周入库 王修好 --reason x", code=4).err
    assert "twice at once" in may("month duty swap 2026-05-01 秦实妍 吴资明 --reason x", code=4).err
    assert "themselves" in may("month duty swap 2026-05-01 秦实妍 秦实妍 --reason x", code=4).err
    assert "--reason" in may("month duty swap 2026-05-01 秦实妍 王修好", code=2).err
    may("undo")
    assert rows(may, "2026-05-01")[0]["all"] == "周入库、吴资明"


def test_two_days_running_are_warned_of(may):
    done = may("month duty swap 2026-05-02 王修好 周入库 --reason 家中有事")
    assert "two days running: 周入库 2026-05-02" in done.err


def test_an_uneven_roster_is_warned_of(staff):
    said = staff("month duty draft --holiday labour --people S06,S07,S08 --exclude S08:2026-05-01..2026-05-04")
    assert "uneven, between 1 and 5" in said.err  # S06 on all but one of them, S08 on the 5th alone: 1 + 9 = 4 + 5


def test_actual_attendance_is_written_up_once_a_shift(may):
    may("month duty publish ZB-2026-0001")
    may.env["LOGI_TODAY"] = "2026-05-03"
    said = may("month duty log 2026-05-01 --by 吴资明 --absent 周入库 --stand-in 王修好 --weather 晴 --note 巡查三次 --taken-by 秦实妍")
    assert "absent without a swap: 周入库" in said.err
    [log] = may("month duty show 2026-05-01 --log -f json").json["rows"]
    assert (log["present"], log["absent"], log["stand-in"]) == ("冯演和、吴资明、褚守门", "周入库", "王修好")
    assert (log["weather"], log["note"], log["taken_by"]) == ("晴", "巡查三次", "秦实妍")
    assert "already" in may("month duty log 2026-05-01 --by 吴资明", code=4).err
    assert "written up already" in may("month duty swap 2026-05-01 周入库 秦实妍 --reason x", code=4).err
    assert "not on duty" in may("month duty log 2026-05-02 --by 王修好 --absent 吴资明", code=4).err
    assert "at once" in may("month duty log 2026-05-02 --by 王修好 --absent 王修好", code=4).err
    assert "after today" in may("month duty log 2026-05-04 --by 周入库", code=4).err
    counts = {row["name"]: row for row in may("report duty-counts --month 2026-05 -f json").json["rows"]}
    assert (counts["周入库"]["duties"], counts["周入库"]["absent"], counts["王修好"]["stand-in"]) == (3, 1, 1)


def test_a_day_of_three_shifts_is_logged_shift_by_shift(staff):
    staff("month duty draft --from 2026-04-24 --to 2026-04-24 --shifts 早班,中班,晚班 --people S06,S07,S08 --leaders S02")
    assert [c["key"] for c in staff("month duty show 2026-04-24 -f json").json["columns"]][4:7] == ["morning", "middle", "late"]
    assert "--shift" in staff("month duty log 2026-04-24 --by S06", code=2).err
    staff("month duty log 2026-04-24 --by S06 --shift 早班")
    assert "no shift" in staff("month duty log 2026-04-24 --by S06 --shift night", code=4).err
    logged = [row["logged"] for row in staff("month duty show 2026-04-24 --log -f json").json["rows"]]
    assert logged == ["yes", "no", "no"]


def test_a_roster_may_need_the_vice_principals_signature(may):
    may("policy set duty.approval_required true --from 2026-01-01 --source 校务会决定")
    assert "logi approve ZB-2026-0001" in may("month duty publish ZB-2026-0001", code=4).err
    may("approve ZB-2026-0001 --by 冯演和 --no 值1")
    assert "swap" in may("month duty set 2026-05-01 --people S08,S17", code=4).err
    may("month duty publish ZB-2026-0001")
    assert "published" in may("month duty list").out


def test_a_rejected_roster_is_not_published(may):
    may("approve ZB-2026-0001 --by 冯演和 --no 值1 --reject 人员不妥")
    may("month duty publish ZB-2026-0001", code=4)


def test_who_has_left_is_not_drafted_and_stops_a_publication(may):
    may("person leave 秦实妍 --on 2026-04-25")
    refused = may("month duty publish ZB-2026-0001", code=4)
    assert "秦实妍" in refused.err
    may("month duty set 2026-05-02 --people S06,S08")
    may("month duty set 2026-05-04 --people S06,S08")
    assert "left" in may("month duty set 2026-05-04 --gate 秦实妍", code=4).err
    may("month duty publish ZB-2026-0001")


def due(logi, source):
    return [(row["state"], row["day"]) for row in logi("due --book month -f json").json["rows"] if row["source"] == source]


def test_a_holiday_without_a_roster_and_a_duty_without_a_log_are_due(staff):
    qingming = ("missing", "2026-04-04")  # not so long ago
    assert due(staff, "PLN-10") == [qingming, ("missing", "2026-05-01")]  # within the policy's seven days
    staff.env["LOGI_TODAY"] = "2026-04-20"
    assert due(staff, "PLN-10") == [qingming, ("soon", "2026-05-01")]
    staff("month duty draft --holiday labour --people S06,S07,S08,S17")
    assert due(staff, "PLN-10") == [qingming]
    assert due(staff, "policy duty.roster_days") == [("soon", "2026-05-01")]
    staff("month duty publish ZB-2026-0001")
    staff.env["LOGI_TODAY"] = "2026-05-03"
    assert due(staff, "PLN-12") == [("missing", "2026-05-01"), ("missing", "2026-05-02")]
    staff("month duty log 2026-05-01 --by S06")
    assert due(staff, "PLN-12") == [("missing", "2026-05-02")]
    missing = staff("report duty-missing --month 2026-05 -f json").json["rows"]
    assert [(row["what"], row["on"]) for row in missing] == [("log", "2026-05-02")]


def test_a_closed_months_duty_stays_as_it_is(staff):
    staff.env["LOGI_TODAY"] = "2025-10-01"
    staff("month duty draft --from 2025-09-20 --to 2025-09-21 --people S06,S07")
    staff("month close 2025-08")
    staff("month close 2025-09")
    assert "2025-09" in staff("month duty swap 2025-09-20 S06 S08 --reason x", code=4).err
    staff("month duty log 2025-09-20 --by S06", code=4)
    staff("month duty draft --from 2025-09-27 --to 2025-09-28", code=4)
    staff("undo ZB-2025-0001", code=4)


def test_the_calendar_the_find_and_the_pack_know_the_roster(may):
    may("month duty publish ZB-2026-0001")
    assert "duty:冯演和" in may("month calendar 2026-05").out
    days = may("month calendar 2026-05 --list -f json").json["rows"]
    assert days[0]["duty"] == "冯演和、周入库、吴资明、褚守门"
    assert [row["code"] for row in may("find Labour -f json").json["rows"] if row["code"].startswith("ZB")] == ["ZB-2026-0001"]
    names = [table["name"] for table in may("report month 2026-05 --only month -f json", LOGI_TODAY="2026-06-01").json["tables"]]
    assert {"month.duty", "month.duty.log", "month.duty-counts"} <= set(names)


def test_drafting_undoing_and_redoing_restore_every_list(ledger):
    with ledger.entry("person.add") as e:
        for n in range(1, 5):
            e.insert("school_person", code=f"P{n}", name=f"人{n}", folded=f"人{n}", initials=f"r{n}")
    from logi import undo

    with ledger.entry("month.duty.draft") as e:
        duty.draft(e, date(2025, 10, 1), date(2025, 10, 2), "国庆", leaders=["P1"], people=["P2", "P3", "P4"])
        seq = e.n
    before = [tuple(row) for row in store.duties(ledger.db)]
    assert len(before) == 6  # a leader and two people on two days
    assert [tuple(row)[4:] for row in store.duties(ledger.db, person_id=before[0][6])]
    with ledger.entry("undo") as e:
        undo.undo(e, [seq])
    assert store.duties(ledger.db) == []
    assert duty_report.rosters(ledger, None, None).rows == ()
    with ledger.entry("redo") as e:
        undo.redo(e, seq, actor="tester")
    keep = [(r["on_day"], r["shift"], r["role"], r["code"]) for r in store.duties(ledger.db)]
    assert len(keep) == 6
    assert checks.verify(ledger.db) == []


# -- who cannot serve --------------------------------------------------------------------------------


def test_who_is_registered_as_away_is_not_drafted_set_swapped_in_or_published(staff):
    staff("month duty away 秦实妍 --from 2026-05-01 --to 2026-05-03 --reason 进修")
    staff("month duty draft --holiday labour --people S06,S07,S08,S17 --leaders S03,S09")
    on = {row["on"] for row in rows(staff, "ZB-2026-0001") if "秦实妍" in row["all"]}
    assert on == {"2026-05-04", "2026-05-05"}
    assert "进修" in staff("month duty set 2026-05-02 --people 秦实妍,周入库", code=4).err
    said = staff("month duty away 周入库 --from 2026-05-05 --reason 家事")
    working = [row["on"] for row in rows(staff, "ZB-2026-0001") if "周入库" in row["all"]]
    assert ("2026-05-05" in working) == ("2026-05-05" in said.err)
    if "2026-05-05" not in working:
        staff("month duty set 2026-05-05 --people 周入库,王修好", code=4)
        staff("undo")
        staff("month duty set 2026-05-05 --people 周入库,王修好")
        staff("month duty away 周入库 --from 2026-05-05 --reason 家事")
    assert "家事" in staff("month duty publish ZB-2026-0001", code=4).err
    staff("month duty set 2026-05-05 --people 王修好,吴资明")
    staff("month duty publish ZB-2026-0001")
    giver = next(row["all"].split("、")[0] for row in rows(staff, "ZB-2026-0001") if row["on"] == "2026-05-01")
    assert "进修" in staff(f"month duty swap 2026-05-01 {giver} 秦实妍 --reason 换", code=4).err
    assert [row["name"] for row in staff("month duty aways -f json").json["rows"]] == ["秦实妍", "周入库"]
    assert staff("month duty aways --month 2026-06 -f json").json["rows"] == []


def test_a_fixed_order_goes_on_where_the_roster_before_ended(staff):
    staff("month duty draft --from 2026-05-06 --to 2026-05-08 --people 王修好,周入库 --each 1 --order fixed")
    staff("month duty draft --from 2026-05-09 --to 2026-05-11 --people 王修好,周入库 --each 1 --order fixed")
    names = [row["all"] for number in ("ZB-2026-0001", "ZB-2026-0002") for row in rows(staff, number)]
    assert names == ["王修好", "周入库"] * 3
