"""A list at a terminal: asked item by item, and of every failure what shall become of it, all in one entry."""

import sys

import pexpect


def talk(logi, words: list[str], answers: list[tuple[str, str]]) -> None:
    """Run a line at a terminal; each question that is expected gets its answer."""
    child = pexpect.spawn(
        sys.executable, ["-m", "logi", *words], env={**logi.env, "TERM": "dumb"}, encoding="utf-8", timeout=30,
        dimensions=(40, 200),
    )  # fmt: skip
    for asked, typed in answers:
        child.expect_exact(asked)
        child.sendline(typed)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before


def results(logi) -> list[dict]:
    return logi("check results -f json").json["rows"]


def entries(logi) -> int:
    return len(logi("audit log -f json").json["rows"])


NIGHT = ["check", "run", "night-rooms", "--by", "陈巡安", "--place", "B203"]


def test_a_terminal_asks_item_by_item(logi):
    talk(logi, [*NIGHT, "--set", "water=ok"], [
        ("1/4 The door", ""), ("2/4 The windows", "?"), ("2/4 The windows", "maybe"), ("2/4 The windows", "<"),
        ("1/4 The door", ""), ("2/4 The windows", "ok"), ("3/4 No light", ""), ("4/4 Air", "fail 空调未关"),
        ("what becomes of it", ""), ("power=fail 空调未关", ""),
    ])  # fmt: skip
    [run] = results(logi)
    assert (run["failed"], run["score"], run["opened"]) == (1, "80.0", "YH-2025-0001")  # as the list says: a hazard


def test_every_failure_offers_a_repair_a_hazard_or_neither_in_the_same_entry(logi):
    before = entries(logi)
    talk(logi, NIGHT, [
        ("1/5 The door", "fail 锁坏"), ("what becomes of it", "?"), ("what becomes of it", "r"),
        ("2/5 The windows", "fail"), ("what becomes of it", "s"),
        ("3/5 No light", "fail"), ("what becomes of it", "none"),
        ("4/5 Air", "fail 空调未关"), ("what becomes of it", "hazard"),
        ("5/5", ""), ("--repair doors", ""),
    ])  # fmt: skip
    assert entries(logi) == before + 1
    [run] = results(logi)
    assert (run["failed"], run["opened"]) == (4, "WX-202509-0001 YH-2025-0001")
    outcomes = {r["item"]: r["outcome"] for r in logi(f"check show {run['number']} -f json").json["tables"][1]["rows"]}
    assert outcomes == {"doors": "open", "windows": "on-the-spot", "lights": "noted", "power": "open", "water": None}


def test_a_number_outside_its_limits_is_a_failure_that_is_asked_about(logi):
    talk(logi, ["check", "run", "aircon", "--by", "陈巡安", "--place", "B203"], [
        ("1/2", "24"), ("what becomes of it", "r"), ("2/2", ""), ("--repair cooling", "")])  # fmt: skip
    assert results(logi)[0]["opened"] == "WX-202509-0001"


def test_of_assets_it_is_asked_first_whether_all_of_one_is_in_order(logi):
    logi("asset add 空调机 --category A02061804 --cost 2680 --count 2 --on 2025-09-01 --place B203 --code 2025-0001")
    talk(logi, ["check", "run", "appliances", "--by", "陈巡安", "--place", "B203"], [
        ("2025-0001-01 空调机", ""), ("2025-0001-02 空调机", "n"),
        *[(f"2025-0001-02 {n}/6", "fail 异响" if n == 4 else "") if n <= 4 else (f"2025-0001-02 {n}/6", "") for n in (1, 2, 3, 4)],
        ("what becomes of it", ""), ("2025-0001-02 5/6", ""), ("2025-0001-02 6/6", ""),
    ])  # fmt: skip
    assert [(r["place"][:12], r["failed"], r["opened"]) for r in results(logi)] == [
        ("2025-0001-01", 0, None), ("2025-0001-02", 1, "WX-202509-0001")]  # fmt: skip
