"""Every fan and air-conditioner on the register is checked by itself, and what is wrong becomes its own slip (REP-05)."""

import pytest

from logi.books.check import checks, evidence

ADD = "asset add {} --cost {} --on 2025-09-01 --place {} --code {}"


def rows(said) -> list[dict]:
    return said.json["rows"]


@pytest.fixture
def cooled(logi):
    """Three air-conditioners and two ceiling fans, and a desk that is neither."""
    with logi.once():
        logi(ADD.format("空调机 --category A02061804 --count 3", 2680, "B203", "2025-0001"))
        logi(ADD.format("吊扇 --count 2", 1180, "A205", "2025-0002"))
        logi(ADD.format("办公桌", 1050, "A205", "2025-0003"))
    return logi


def states(logi) -> dict[str, tuple[str, str | None]]:
    return {r["asset"]: (r["state"], r["opened"]) for r in rows(logi("check assets --month 2025-09 -f json"))}


@pytest.mark.seed("REP-05")
def test_every_fan_and_air_conditioner_is_checked_and_its_faults_become_repairs(cooled):
    assert set(states(cooled)) == {"2025-0001-01", "2025-0001-02", "2025-0001-03", "2025-0002-01", "2025-0002-02"}
    cooled('check run appliances --place B203 --by 陈巡安 --rest-ok --set "2025-0001-02:running=fail 不制冷"')
    assert states(cooled)["2025-0001-02"] == ("faulty", "WX-202509-0001")
    assert states(cooled)["2025-0002-01"] == ("unchecked", None)
    [slip] = rows(cooled("repair list -f json"))
    assert (slip["place"], slip["kind"]) == ("B203", "electric")
    card = cooled("repair show 0001 -f json").json["tables"][0]["rows"]
    assert {r["field"]: r["value"] for r in card}["Asset"] == "2025-0001-02"
    assert "Checked 3 of 5; faulty 1, of these mended 0." in cooled("check assets --month 2025-09").out
    cooled("check run appliances --asset 2025-0002-01..02 --by 陈巡安 --rest-ok")
    cooled("repair close 0001 --by 王修好")
    assert states(cooled)["2025-0001-02"][0] == "faulty"  # the reporter has not accepted it yet
    cooled("repair accept 0001 --by 陈巡安")
    assert "Checked 5 of 5; faulty 1, of these mended 1." in cooled("check assets --month 2025-09").out


@pytest.mark.seed("REP-05")
def test_the_degree_of_completion_is_proved_by_the_runs(cooled):
    from logi.books.month import proving
    from logi.db import open_ledger
    from logi.journal import Who

    def proof(name: str) -> tuple[int, int]:
        ledger = open_ledger(cooled.ledger, Who("t", "t", 0, "t"), today=None)
        try:
            return proving.known()[name](ledger, "2025-09")[:2]
        finally:
            ledger.db.close()

    assert (proof("check-appliances"), proof("appliances-mended")) == ((0, 5), (0, 5))
    cooled('check run appliances --everywhere --by 陈巡安 --rest-ok --set "2025-0002-01:wiring=fail 线皮破"')
    assert (proof("check-appliances"), proof("appliances-mended")) == ((5, 5), (4, 5))


def test_a_fault_that_is_still_open_is_linked_wherever_the_asset_stands_now(cooled):
    line = 'check run appliances --asset 2025-0001-01 --by 陈巡安 --rest-ok --set "running=fail" --on {}'
    cooled(line.format("2025-09-20"))
    cooled("asset transfer 2025-0001-01 --place A205 --on 2025-09-25")
    cooled(line.format("2025-09-26"))
    assert len(rows(cooled("repair list -f json"))) == 1


def test_an_asset_that_was_disposed_of_is_no_longer_asked_for(cooled):
    from logi.books.check import lists, store
    from logi.db import open_ledger
    from logi.journal import Who

    ledger = open_ledger(cooled.ledger, Who("t", "t", 0, "t"), today=None)
    try:
        with ledger.entry("asset.test") as e:
            row = ledger.db.execute("SELECT id FROM asset_card WHERE code = '2025-0001-03'").fetchone()
            e.update("asset_card", row[0], status="disposed", gone_on="2025-09-15")
        from datetime import date

        things = lists.known("appliances").things
        assert len(store.things(ledger.db, things, date(2025, 9, 14))) == 5
        assert len(store.things(ledger.db, things, date(2025, 9, 15))) == 4
    finally:
        ledger.db.close()


def test_a_list_for_assets_in_use_is_run_only_when_every_one_was_looked_at(cooled):
    may = {"LOGI_TODAY": "2026-05-20"}
    cooled("check use appliances --owner 王修好 --from 2026-05-01", **may)
    cooled("check run appliances --place B203 --by 陈巡安 --rest-ok", **may)
    [waits] = rows(cooled("check missed appliances --month 2026-05 -f json", LOGI_TODAY="2026-06-01"))
    assert (waits["state"], waits["due"]) == ("missed", "2026-05-29")  # the last workday of May
    cooled("check run appliances --place A205 --by 陈巡安 --rest-ok", **may)
    assert rows(cooled("check missed appliances --month 2026-05 -f json", LOGI_TODAY="2026-06-01")) == []


@pytest.mark.parametrize(("line", "code", "said"), [
    ("check run appliances --by 陈巡安 --rest-ok", 2, "--everywhere"),
    ("check run appliances --by 陈巡安 --rest-ok --place E101", 2, "stands in E101"),
    ("check run appliances --by 陈巡安 --rest-ok --everywhere --place B203", 2, "exclude each other"),
    ("check run fire-round --by 陈巡安 --rest-ok --asset 2025-0001-01", 2, "--asset"),
    ("check run appliances --by 陈巡安 --rest-ok --asset 2099-0001", 3, "2099-0001"),
    ("check assets fire-round", 2, "appliances"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_way_out(cooled, line, code, said):
    assert said in cooled(line, code=code).err


def test_an_asset_of_another_kind_is_run_with_a_warning(cooled):
    assert "2025-0003" in cooled("check run appliances --asset 2025-0003 --by 陈巡安 --rest-ok").out


def test_nothing_on_the_register_is_said_so(logi):
    assert "asset add" in logi("check run appliances --everywhere --by 陈巡安 --rest-ok", code=2).err


def test_undo_takes_the_runs_and_the_slip_and_redo_brings_them_back(cooled):
    before = states(cooled)
    cooled("check run appliances --everywhere --by 陈巡安 --rest-ok --set 2025-0002-01:wiring=fail")
    after = states(cooled)
    cooled("undo")
    assert states(cooled) == before
    cooled("redo")
    assert states(cooled) == after
    assert cooled("audit verify").code == 0


def test_a_run_on_a_list_in_use_proves_the_plan_line_of_its_month(ledger):
    ledger.db.execute("PRAGMA query_only=OFF")
    assert evidence.RULES["check-safety-self"](ledger, "2025-09") == (0, 1, [])
    assert evidence.RULES["checks-run"](ledger, "2025-09") == (0, 0, [])
    assert checks.verify(ledger.db) == []


def test_the_months_pack_shows_only_the_assets_that_were_not_in_order(cooled):
    cooled("check run appliances --everywhere --by 陈巡安 --rest-ok --set 2025-0002-01:running=fail")
    (table,) = [t for t in cooled("report month 2025-09 -f json").json["tables"] if t["name"] == "check.results"]
    assert [r["failed"] for r in table["rows"]] == [1]
    assert table["notes"] == ["Assets checked one by one and in order, not shown here: 4."]
    assert table["totals"]["score"] == "97.5"  # four of 100 and one of 87.5: all five count
