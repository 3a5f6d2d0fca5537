"""`logi repair …` as typed: words, exit codes, what scripts lean on."""

import pytest

OPEN = "repair open 漏水 --place A205 --by 杨班一 --kind water --on 2025-09-08"


def key(said):
    return said.json["key"]


def test_the_contracts_lines_work_as_typed(logi):
    done = logi('repair open "漏水" --place A205 --by 杨班一 --kind water --urgency high -f json').json
    assert (done["action"], done["number"]) == ("repair.open", "WX-202509-0001")
    logi("repair close WX-202509-0001 --by 王修好 --cost 85 --cause wear")
    logi("repair accept WX-202509-0001 --by 杨班一")
    (row,) = logi("repair list -f json").json["rows"]
    assert {k: row[k] for k in ("number", "title", "place", "state", "opened_on")} == {
        "number": "WX-202509-0001", "title": "漏水", "place": "A205", "state": "accepted", "opened_on": "2025-09-30",
    }  # fmt: skip


@pytest.mark.parametrize("line", ["bx A205 漏水 --by 杨班一", 'bx "A205 漏水" --by 杨班一', "报修 a205/水池 漏水 --by 杨班一",
                                  "bx 漏水 --地点 A205 --经手人 杨班一"])  # fmt: skip
def test_a_known_place_opens_the_title(logi, line):
    logi(line)
    (row,) = logi("repair list -f json").json["rows"]
    assert (row["title"], row["place"]) == ("漏水", "A205")


def test_a_part_of_a_places_name_in_the_title_stays_in_the_title(logi):
    said = logi("repair open 教室 灯坏了 --by 杨班一 -f json", code=2)
    assert key(said) == "front.missing"
    logi("repair open 教室 灯坏了 --place A205 --by 杨班一")
    assert logi("repair list -f json").json["rows"][0]["title"] == "教室 灯坏了"


@pytest.mark.parametrize(("line", "missing"), [
    ("repair open", ["TITLE", "--place", "--by"]), ("repair open 漏水", ["--place", "--by"]), ("repair open A205", ["TITLE", "--by"]),
])  # fmt: skip
def test_all_that_is_missing_is_named_at_once(logi, line, missing):
    said = logi(f"{line} -f json", code=2).json
    assert (said["key"], said["facts"]["missing"]) == ("front.missing", missing)


def test_kinds_may_be_typed_in_either_script_under_any_language(logi):
    typed = {"水": "water", "电": "electric", "電": "electric", "木": "wood", "瓦": "masonry", "门窗": "door-window",
             "門窗": "door-window", "设备": "equipment", "設備": "equipment", "其他": "other"}  # fmt: skip
    for n, kind in enumerate(typed):
        logi(f"repair open 坏了 --place A205 --by 杨班一 --kind {kind}", LOGI_LANG=("en", "zh-Hans", "zh-Hant")[n % 3])
    assert [row["kind"] for row in logi("repair list -f json").json["rows"]] == list(typed.values())


REFUSALS = [
    ("repair assign WX-202509-0001", 2, "repair.nobody_named"),
    ("repair assign WX-202509-0001 王修好 --to 秦实妍", 2, "repair.two_workers"),
    ("repair assign WX-202509-0009 王修好", 3, "repair.no_order"),
    ("repair assign WX-202509-0001 王修好 --on 2025-09-01", 4, "repair.out_of_order"),
    ("repair log WX-202509-0001 --by 王修好", 2, "repair.nothing_logged"),
    ("repair log WX-202509-0001 看过", 4, "repair.not_assigned"),
    ("repair close WX-202509-0001", 4, "repair.not_assigned"),
    ("repair close WX-202509-0001 --by 王修好 --on 2025-09-05", 4, "repair.closed_before_opened"),
    ("repair close WX-202509-0001 --by 王修好 --cause 雷击", 2, "front.bad_value"),
    ("repair close WX-202509-0001 --by 王修好 --cost 1.234", 2, "front.bad_value"),
    ("repair accept WX-202509-0001 --by 杨班一", 4, "repair.not_closed"),
    ("repair reject WX-202509-0001 --by 杨班一 --reason x", 4, "repair.not_closed"),
    ("repair reject WX-202509-0001 --by 杨班一", 2, "front.missing"),
    ("repair accept WX-202509-0001", 2, "front.missing"),
    ("repair defer WX-202509-0001", 2, "front.missing"),
    ("repair defer WX-202509-0001 --reason x --until 2025-09-01", 4, "repair.deferred_back"),
    ("repair deputy WX-202509-0001 秦实妍 --by 吴资明", 4, "repair.only_reporter_names"),
    ("repair compensate WX-202509-0001 --amount 5", 4, "repair.not_human"),
    ("repair open 坏了 --place A205 --by 杨班一 --on 2025-10-01", 4, "front.day_in_future"),
    ("repair open 坏了 --place Z999 --by 杨班一", 3, "front.not_found"),
    ("repair list --kind 煤气", 2, "front.bad_value"),
    ("repair show 0099", 3, "repair.no_order"),
]
CLOSED_REFUSALS = [
    ("repair close WX-202509-0001 --by 王修好", "repair.already_closed"),
    ("repair defer WX-202509-0001 --reason x", "repair.already_closed"),
    ("repair accept WX-202509-0001 --by 王修好", "repair.own_job"),
    ("repair accept WX-202509-0001 --by 王修好 --override 没人", "repair.own_job"),
    ("repair reject WX-202509-0001 --by 王修好 --reason x", "repair.own_job"),
    ("repair accept WX-202509-0001 --by 秦实妍", "repair.not_the_reporter"),
    ("repair accept WX-202509-0001 --by 秦实妍 --override 没人", "repair.not_the_reporter"),
    ("repair accept WX-202509-0001 --by 杨班一 --on 2025-09-08", "repair.accepted_before_closed"),
    ("repair deputy WX-202509-0001 王修好 --by 杨班一", "repair.own_job"),
    ("repair compensate WX-202509-0001 --amount 0", "repair.waived_without_reason"),
]


def test_every_refusal_has_its_exit_code_and_writes_nothing(logi):
    logi(OPEN)
    before = logi("repair show 0001 -f json").out
    for line, code, reason in REFUSALS:
        said = logi(f"{line} -f json", code=code)
        assert key(said) == reason, line
    assert logi("repair show 0001 -f json").out == before


def test_a_finished_job_refuses_all_but_its_reporter(logi):
    logi(OPEN)
    logi("repair close 0001 --by 王修好 --cause 人为 --on 2025-09-09")
    for line, reason in CLOSED_REFUSALS:
        assert key(logi(f"{line} -f json", code=4)) == reason, line
    logi("repair accept 0001 --by 杨班一 --score 6", code=2)
    logi("repair accept 0001 --by 杨班一 --score 5 --on 2025-09-09")
    assert key(logi("repair accept 0001 --by 杨班一 -f json", code=4)) == "repair.already_accepted"


def test_a_deferred_job_is_taken_up_again_by_assigning_it(logi):
    logi(OPEN)
    logi("repair defer 0001 --reason 等暑假 --on 2025-09-09")
    assert key(logi("repair defer 0001 --reason 再等 -f json", code=4)) == "repair.already_deferred"
    logi("repair assign 0001 --维修人 王修好 --on 2025-09-10")
    assert logi("repair list --state 维修中 -f json", LOGI_LANG="zh-Hans").json["rows"][0]["worker"] == "王修好"


def test_a_dry_run_and_a_repeated_key_write_nothing(logi):
    logi(f"{OPEN} --dry-run")
    assert logi("repair list -f json").json["rows"] == []
    first = logi(f"{OPEN} --key k1 -f json").json
    assert logi(f"{OPEN} --key k1 -f json").json["number"] == first["number"]
    assert len(logi("repair list -f json").json["rows"]) == 1


def test_a_costly_job_is_due_until_its_approval_is_recorded(logi):
    logi(OPEN)
    said = logi("repair close 0001 --by 王修好 --cost 1200 --on 2025-09-09 -f json").json
    assert len(said["warnings"]) == 1
    assert '"repair.approval_above_fen"' in logi("due --book repair -f json").out
    logi("approve WX-202509-0001 --by 钱样真 --no 校务会3")
    assert '"repair.approval_above_fen"' not in logi("due --book repair -f json").out


def test_undo_and_redo_by_number_bring_a_slip_back(logi):
    logi(OPEN)
    logi("repair close 0001 --by 王修好 --on 2025-09-09")
    before = logi("repair list -f json").out
    logi("undo WX-202509-0001")
    assert logi("repair list -f json").json["rows"][0]["state"] == "open"
    logi("redo")
    assert logi("repair list -f json").out == before


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_every_answer_is_drawn_in_every_language(logi, lang):
    logi(OPEN)
    for line in ("repair list", "repair show 0001", "repair stats --month 2025-09", "due --book repair", "report summer",
                 "report repair.by-place", "report pending", "report human-caused", "report open-by-age"):  # fmt: skip
        out = logi(line, LOGI_LANG=lang).out
        assert out
        assert "repair.col" not in out


def test_times_of_day_are_typed_with_or_without_their_day(logi):
    logi("repair open A205 漏水 --by 杨班一 --urgency high --at '2025-09-26 16:30'")
    said = logi("repair show 0001 -f json").json
    told = {row["field"]: row["value"] for row in said["tables"][0]["rows"]}
    # two working hours after half past four on a Friday end at half past eight on the make-up Sunday
    assert (told["Opened"], told["To assign by"]) == ("2025-09-26 16:30", "2025-09-28 08:30")
    logi("repair assign 0001 王修好 --on 2025-09-26 --at 16:50")
    logi("repair close 0001 --by 王修好 --at 9:00 --on 2025-09-28")
    logi("repair accept 0001 --by 杨班一 --on 2025-09-28 --at 8:59", code=4)
    logi("repair reject 0001 --by 杨班一 --reason 漏 --on 2025-09-28 --at 8:59", code=4)
    assert key(logi("repair accept 0001 --by 杨班一 --at '2025-09-28 10:00' --on 2025-09-29 -f json", code=2)) == "repair.two_days"
    assert key(logi("repair accept 0001 --by 杨班一 --at 24:10 -f json", code=2)) == "front.bad_value"
    assert logi("repair stats -f json").json["totals"]["in_time"] == "100.0"


def test_parts_and_invoices_are_refused_and_taken_as_typed(logi):
    logi("stock item add WX003 水龙头 --unit 个")
    logi("stock in 水龙头 5 --price 12.50")
    logi("repair open A205 漏水 --by 杨班一")
    logi("repair assign 0001 --vendor V06")
    assert key(logi("repair log 0001 --part '水龙头 1' -f json", code=2)) == "repair.parts_to_whom"
    assert key(logi("repair log 0001 --cost 60 -f json", code=4)) == "repair.invoice_missing"
    assert key(logi("repair log 0001 --by 王修好 --part '水龙头 6' -f json", code=4)) == "stock.short"
    assert key(logi("repair log 0001 --by 王修好 --part '水龙头 1@3' -f json", code=2)) == "repair.part_price"
    logi("repair log 0001 --by 王修好 --part '龙骨 1'", code=3)
    logi("repair log 0001 --cost 60 --override 发票后补")
    done = logi("报修单 完工 0001 --经手人 王修好 --配件 '水龙头 2' -f json", LOGI_LANG="zh-Hans").json
    assert (done["numbers"], done["facts"]["parts_cost"], done["facts"]["cost"]) == (
        ["WX-202509-0001", "CK-2025-0001"], "25.00", "85.00",
    )  # fmt: skip
    assert "--by" in logi("repair stats --by mood", code=2).err


@pytest.mark.parametrize("group", ["kind", "place", "asset", "worker", "维修人"])
def test_figures_are_grouped_as_asked(logi, group):
    logi("repair open A205 漏水 --by 杨班一 --asset 2023-0003")
    assert logi(f"repair stats --by {group} -f json").json["rows"][0]["opened"] == 1


def test_reported_up_late_and_named_earlier_the_slip_shows_the_later_day(logi) -> None:
    """Two reports upward, the earlier one recorded last: the row follows the days, as its steps do."""
    logi("repair open 漏水 --place A205 --by S15 --on 2025-09-01")
    logi("repair escalate WX-202509-0001 --to 教育局 --reason 修不了 --on 2025-09-20")
    logi("repair escalate WX-202509-0001 --to 镇政府 --reason 先报过 --on 2025-09-10")
    logi("audit verify")
    shown = logi("repair show WX-202509-0001 -f csv").out
    assert "Reported up,2025-09-20\nReported to,教育局" in shown.replace("\r", "")
    logi("undo 17")
    logi("audit verify")
