"""Copies: whole and verified or not there at all; put back with the present ledger set aside, never lost."""

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logi import backup, journal
from logi.backup import Keep, parse_keep, superfluous
from logi.core.errors import BadValue, Busy, Refused, Unavailable
from logi.db import create, open_ledger
from logi.journal import Who, set_setting
from logi.verify import verify
from tests.trust import tormenting as torment

WHO = Who("tester", "tester", 0, "here")
NOW = datetime(2025, 9, 30, 12, 0, tzinfo=UTC)


def contents(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def spoil(path: Path) -> None:
    """Change a row behind logi's back, the guards put back afterwards."""
    db = sqlite3.connect(path)
    sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'guard_school_person_bu'").fetchone()[0]
    db.execute("DROP TRIGGER guard_school_person_bu")
    db.execute("UPDATE school_person SET post = '校长' WHERE code = 'S03'")
    db.execute(sql)
    db.commit()
    db.close()


# -- backup -----------------------------------------------------------------------------------------


def test_a_copy_is_whole_private_and_receipted(logi) -> None:
    said = logi(f"backup {logi.folder}/copy/one.db -f json").json
    copy = logi.folder / "copy" / "one.db"
    assert said["facts"]["sha256"] == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert said["facts"]["head"] == logi("audit head -f json").json["rows"][0]["head"]
    assert said["facts"]["entries"] == 14
    assert said["entry"] is None  # a copy is no entry
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert contents(copy) == contents(logi.ledger)
    assert [one.name for one in copy.parent.iterdir()] == ["one.db"]
    assert logi(f"--ledger {copy} audit verify").code == 0


def test_a_copy_is_never_written_over_anything(logi) -> None:
    copy = logi.folder / "one.db"
    copy.write_text("mine")
    assert "already there" in logi(f"backup {copy}", code=4).err
    assert "already there" in logi(f"backup {copy} --dry-run", code=4).err
    assert copy.read_text() == "mine"
    link = logi.folder / "link.db"
    link.symlink_to(logi.folder / "nowhere.db")
    logi(f"backup {link}", code=4)
    assert not (logi.folder / "nowhere.db").exists()
    assert not list(logi.folder.glob(".*.partial"))


def test_a_ledger_that_is_not_sound_gives_no_copy(logi) -> None:
    spoil(logi.ledger)
    said = logi(f"backup {logi.folder}/one.db", code=7)
    assert "No copy was kept" in said.err
    assert "post is 校长" in said.out
    assert not (logi.folder / "one.db").exists()
    assert not list(logi.folder.glob(".*.partial"))


def test_without_a_place_the_copy_lies_beside_the_ledger_and_says_so(logi) -> None:
    said = logi("backup -f json").json
    assert Path(said["facts"]["path"]).parent == logi.folder / "ledger.db.backups"
    assert "same disk" in said["warnings"][0]


@pytest.mark.parametrize(("line", "code"), [
    ("backup a.db --to b", 2), ("backup a.db --keep 7d", 2), ("backup --to b --keep 7", 2), ("backup --to b --keep ''", 2),
    ("backup --to b --keep 0d", 2), ("backup - --dry-run", 6), ("backup /proc/nothing/a.db", 6), ("backup a b", 2),
    ("restore", 2), ("restore nothing.db", 6), ("restore nothing.db --yes", 6), ("restore /tmp --yes", 6),
])  # fmt: skip
def test_every_refusal_has_its_code(logi, line: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(logi.folder)
    if line.startswith("restore nothing.db") and "--yes" not in line:
        code = 2  # the present ledger would be set aside: that needs --yes where nobody can be asked
    said = logi(line, code=code)
    assert said.err.strip()
    assert sorted(one.name for one in logi.folder.iterdir() if one.suffix == ".db") == ["ledger.db"]


def test_a_dry_run_shows_the_name_and_writes_nothing(logi) -> None:
    said = logi(f"backup --to {logi.folder}/copies --keep 7d --dry-run -f json").json
    assert said["dry_run"] is True
    assert not (logi.folder / "copies").exists()


def test_a_copy_streams_to_a_program_byte_for_byte(logi) -> None:
    ran = subprocess.run([sys.executable, "-m", "logi", "backup", "-"], env=logi.env, capture_output=True, check=True)
    copy = logi.folder / "streamed.db"
    copy.write_bytes(ran.stdout)
    assert hashlib.sha256(ran.stdout).hexdigest() in ran.stderr.decode()
    assert verify(copy).clean
    assert contents(copy) == contents(logi.ledger)
    assert not list(logi.folder.glob(".*.partial"))


def test_a_copy_taken_while_another_writes_is_of_one_moment(logi) -> None:
    ledger = open_ledger(logi.ledger, WHO, wait=5)
    other = open_ledger(logi.ledger, WHO, wait=5)
    with other.entry("config.set") as e:
        set_setting(e, "x", "y")
        copy = backup.backup(ledger, logi.folder / "one.db")  # the open entry is not in it
    assert copy.entries == 14
    assert verify(copy.path).clean
    assert journal.head(other.db).seq == 15
    ledger.close()
    other.close()


# -- thinning ---------------------------------------------------------------------------------------


def at(*days: float) -> list[tuple[Path, datetime]]:
    return [(Path(f"{day}"), NOW - timedelta(days=day)) for day in days]


def test_thinning_keeps_the_newest_of_each_day_week_and_month_within_reach() -> None:
    # 30 September 2025 is a Tuesday. 0 and 0.1 share a day. 3, 6.9 and 8 share the week before; the first two stay as
    # days, 8 is neither the newest of its week nor of a day within seven. 40 and 41 share August; 500 is out of reach.
    copies = at(0, 0.1, 1, 3, 6.9, 8, 15, 40, 41, 70, 500)
    gone = {str(path) for path in superfluous(copies, parse_keep("7d,4w,12m"), NOW)}
    assert gone == {"0.1", "8", "41", "500"}
    # One day, then: the newest, and within one day back the newest of each day.
    assert {str(p) for p in superfluous(copies, parse_keep("1d"), NOW)} == {"0.1", "3", "6.9", "8", "15", "40", "41", "70", "500"}


def test_the_newest_copy_is_never_thinned_however_old() -> None:
    copies = at(900, 901)
    assert [str(p) for p in superfluous(copies, parse_keep("1d"), NOW)] == ["901"]


def test_many_new_copies_cannot_push_a_good_old_one_out() -> None:
    flood = [(Path(f"f{n}"), NOW - timedelta(minutes=n)) for n in range(100)]
    gone = superfluous([*flood, *at(20, 200)], parse_keep("7d,4w,12m"), NOW)
    assert {Path("20"), Path("200")}.isdisjoint(gone)


def test_a_copy_from_the_future_is_left_alone() -> None:
    assert Path("-2") not in superfluous(at(-2, -1, 0), parse_keep("1d"), NOW)


@pytest.mark.parametrize("text", ["", "7", "d", "7x", "7d,,4w", "7d;4w", "-1d", "0w", "７d", "99999d"])
def test_a_rule_that_says_nothing_clear_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_keep(text)


def test_a_rule_is_read_with_the_commas_of_an_input_method() -> None:
    assert parse_keep("7d，4w, 12m") == [Keep(7, "d"), Keep(4, "w"), Keep(12, "m")]


def test_only_copies_of_this_ledger_are_thinned(logi) -> None:
    folder = logi.folder / "copies"
    said = logi(f"backup --to {folder} -f json").json
    made = Path(said["facts"]["path"])
    old = made.with_name(made.name.replace(made.name.split("-")[2], "20200101T000000Z"))
    other = made.with_name(made.name.replace(made.name.split("-")[1], "ffffffff").replace("2026", "2020"))
    for path in (old, other, folder / "letter.txt", folder / "ledger-.db"):
        path.write_bytes(made.read_bytes())
    said = logi(f"backup --to {folder} --keep 7d --dry-run -f json").json
    assert old.exists()
    assert old.name in said["facts"]["removed"]
    said = logi(f"backup --to {folder} --keep 7d -f json").json
    assert sorted(said["facts"]["removed"]) == sorted([old.name, made.name])  # of one day the newest stays
    assert Path(said["facts"]["path"]).exists()
    assert not old.exists()
    assert {"letter.txt", "ledger-.db"} <= {one.name for one in folder.iterdir()}


# -- the automatic copy ---------------------------------------------------------------------------------


def test_automatic_copies_lie_beside_the_ledger_and_five_are_kept(logi) -> None:
    ledger = open_ledger(logi.ledger, WHO, wait=5)
    ticks = iter(range(100))
    ledger.clock = lambda: NOW + timedelta(seconds=next(ticks))
    (logi.folder / "ledger.db.backups").mkdir()
    mine = logi.folder / "ledger.db.backups" / "mine.db"
    mine.write_text("mine")
    made = [backup.auto_backup(ledger, "import") for _ in range(7)]
    assert [path for path in made if path.exists()] == made[2:]
    assert mine.exists()
    assert verify(made[-1]).head == journal.head(ledger.db)
    ledger.close()


# -- restore --------------------------------------------------------------------------------------------


def test_a_copy_under_a_new_name_is_the_ledger_it_was(logi) -> None:
    copy, new = logi.folder / "one.db", logi.folder / "new" / "ledger.db"
    logi(f"backup {copy}")
    said = logi(f"--ledger {new} restore {copy} -f json").json
    assert said["action"] == "restore"
    assert (said["facts"]["older"], said["facts"]["set_aside"]) == (None, None)
    assert contents(new) == contents(logi.ledger)
    assert logi(f"--ledger {new} audit head -f json").json == logi("audit head -f json").json
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    logi(f"--ledger {new} person add S90 新人")
    logi(f"--ledger {new} audit verify")


def test_the_present_ledger_is_set_aside_and_the_copys_age_is_said(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    logi("person add S90 后来")
    logi("person add S91 再后来")
    logi(f"restore {copy}", code=2)
    present = contents(logi.ledger)
    said = logi(f"restore {copy} --yes -f json").json
    assert said["facts"]["older"] == 2
    assert "Entries it lacks: 2" in " ".join(said["warnings"])
    aside = Path(said["facts"]["set_aside"])
    assert contents(aside) == present
    assert contents(logi.ledger) == contents(copy)
    logi("audit verify")
    said = logi(f"restore {aside} --yes -f json").json  # and back again
    assert said["facts"]["older"] == -2
    assert contents(logi.ledger) == present


def test_another_past_is_announced(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    fork = logi.folder / "fork.db"
    logi(f"--ledger {fork} restore {copy}")
    logi("person add S90 这里")
    logi(f"--ledger {fork} person add S91 那里")
    said = logi(f"restore {fork} --yes -f json").json
    assert said["facts"]["parted"] is True
    assert "different pasts" in " ".join(said["warnings"])


def test_an_unsound_copy_is_not_put_back(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    spoil(copy)
    before = contents(logi.ledger)
    assert "does not pass verification" in logi(f"restore {copy} --yes", code=7).err
    assert "does not pass verification" in logi(f"restore {copy} --yes --dry-run", code=7).err
    assert contents(logi.ledger) == before
    assert not list(logi.folder.glob("*set-aside*"))
    copy.write_bytes(copy.read_bytes()[:50_000])
    assert logi(f"restore {copy} --yes", code=None).code in (6, 7)
    copy.write_text("a letter")
    logi(f"restore {copy} --yes", code=6)
    assert contents(logi.ledger) == before
    assert not list(logi.folder.glob(".*.partial*"))


def test_the_present_ledger_is_not_its_own_copy(logi) -> None:
    link = logi.folder / "link.db"
    link.symlink_to(logi.ledger)
    for path in (logi.ledger, link):
        assert "the present ledger itself" in logi(f"restore {path} --yes", code=4).err


def test_a_ruined_ledger_is_set_aside_with_its_journal(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    logi.ledger.write_bytes(b"ruin" * 1000)
    Path(f"{logi.ledger}-journal").write_bytes(b"its last pages")
    said = logi(f"restore {copy} --yes -f json").json
    aside = Path(said["facts"]["set_aside"])
    assert aside.read_bytes() == b"ruin" * 1000
    assert Path(f"{aside}-journal").read_bytes() == b"its last pages"
    logi("audit verify")


def test_a_journal_left_by_a_lost_ledger_never_meets_a_new_one(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    lost = logi.folder / "lost.db"
    Path(f"{lost}-journal").write_bytes(b"old pages")
    assert "left over" in logi(f"--ledger {lost} init --school x --yes", code=4).err
    logi(f"--ledger {lost} restore {copy}")
    assert not Path(f"{lost}-journal").exists()
    logi(f"--ledger {lost} audit verify")


def test_a_dry_restore_only_looks(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    logi("person add S90 后来")
    before = contents(logi.ledger)
    assert logi(f"restore {copy} --dry-run -f json").json["dry_run"] is True
    assert contents(logi.ledger) == before


def test_nobody_writes_into_the_ledger_that_was_set_aside(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    waiting = open_ledger(logi.ledger, WHO, wait=5)
    logi(f"restore {copy} --yes")
    with pytest.raises(Unavailable) as refused, waiting.entry("config.set") as e:
        set_setting(e, "x", "y")
    assert refused.value.key == "front.ledger_replaced"
    waiting.close()


def test_a_ledger_in_use_is_not_set_aside(logi) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    busy = open_ledger(logi.ledger, WHO, wait=5)
    with busy.entry("config.set") as e:
        set_setting(e, "x", "y")
        with pytest.raises(Busy):
            backup.restore(copy, logi.ledger, now=NOW, wait=0.1)
    busy.close()
    logi("audit verify")


def test_when_the_new_file_cannot_be_named_the_old_ledger_is_back(logi, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = logi.folder / "one.db"
    logi(f"backup {copy}")
    before = contents(logi.ledger)

    def full(partial: Path, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "place", full)
    with pytest.raises(Unavailable):
        backup.restore(copy, logi.ledger, now=NOW)
    assert contents(logi.ledger) == before
    assert not list(logi.folder.glob("*set-aside*"))
    assert not list(logi.folder.glob(".*.partial*"))


def test_round_trips_keep_the_head(tmp_path: Path, base: Path) -> None:
    rounds(tmp_path, base, 4)


@pytest.mark.torment
def test_a_hundred_round_trips(tmp_path: Path, base: Path) -> None:
    rounds(tmp_path, base, torment.count(3, 100))


def rounds(tmp_path: Path, base: Path, count: int) -> None:
    here = base
    head = verify(base).head
    for n in range(count):
        ledger = open_ledger(here, WHO)
        copy = backup.backup(ledger, tmp_path / f"copy{n}.db")
        ledger.close()
        there = tmp_path / f"ledger{n}.db"
        backup.restore(copy.path, there, now=NOW)
        assert verify(there).head == copy.head == head
        here = there


# -- making a file ----------------------------------------------------------------------------------------


def test_a_making_cut_off_after_the_naming_heals_itself(logi) -> None:
    second = logi.ledger.with_name(f".{logi.ledger.name}.999999.partial")
    os.link(logi.ledger, second)
    logi("person list")
    assert not second.exists()


def test_a_hard_link_of_another_name_is_refused(logi) -> None:
    os.link(logi.ledger, logi.folder / "twin.db")
    assert "second name" in logi("person list", code=6).err


def test_a_place_without_links_still_gets_whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick knows no hard links."""

    def no_links(*names: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "ledger.db"
    create(path, lambda ledger: None, WHO)
    with pytest.raises(Refused):
        create(path, lambda ledger: None, WHO)
    assert [one.name for one in tmp_path.iterdir()] == ["ledger.db"]


@pytest.mark.parametrize("line", ["backup copy.db -f nonsense", "backup copy.db -f xlsx", "backup copy.db --header no", "--ledger new.db init --school x --yes -f no",
                                  "--ledger new.db restore {ledger} --yes -f no", "backup copy.db -o {ledger}"])  # fmt: skip
def test_what_could_not_be_answered_is_refused_before_anything_is_made(logi, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(logi.folder)
    before = sorted(logi.folder.iterdir())
    said = logi(line.format(ledger=logi.ledger), code=None)
    assert said.code in (2, 4), said.err
    assert sorted(logi.folder.iterdir()) == before


def test_a_copy_in_a_new_folder_is_private(logi) -> None:
    logi(f"backup {logi.folder / 'a' / 'b' / 'copy.db'}")
    assert [stat.S_IMODE((logi.folder / one).stat().st_mode) for one in ("a", "a/b", "a/b/copy.db")] == [0o700, 0o700, 0o600]
