"""Instants are read by the school's own clock."""

import pytest

from logi.core import instants


@pytest.fixture(autouse=True)
def shanghai_again():
    yield
    instants.use("Asia/Shanghai")


@pytest.mark.parametrize(
    ("zone", "kept", "read"),
    [
        ("Asia/Shanghai", "2026-11-23T05:08:35.173901Z", "2026-11-23 13:08:35"),
        ("Asia/Shanghai", "2025-12-31T16:00:00Z", "2026-01-01 00:00:00"),
        ("Asia/Shanghai", "2025-12-31T18:00:00+02:00", "2026-01-01 00:00:00"),
        ("Asia/Urumqi", "2026-11-23T05:08:35Z", "2026-11-23 11:08:35"),
        ("Europe/Berlin", "2026-07-01T12:00:00Z", "2026-07-01 14:00:00"),
        ("Asia/Shanghai", "2026-11-23", "2026-11-23"), ("Asia/Shanghai", "nothing", "nothing"),
    ],
)  # fmt: skip
def test_an_instant_is_read_in_the_ledgers_zone(zone, kept, read):
    instants.use(zone)
    assert instants.local(kept) == read


def test_people_read_the_journal_by_their_clock_and_programs_in_utc(logi):
    logi("person add X1 某人")
    row = logi("audit log --limit 1 -f json").json["rows"][0]
    assert row["recorded_at"].endswith("Z")
    shown = logi("audit log --limit 1").out
    assert instants.local(row["recorded_at"]) in shown
    assert row["recorded_at"] not in shown


def test_what_no_format_is_written_as_is_refused_before_anything_is_written(logi):
    said = logi(f"person list -o {logi.folder}/people.docx", code=2)
    assert ".docx" in said.err
    assert not (logi.folder / "people.docx").exists()
    logi(f"person add X2 某人 -o {logi.folder}/done.docx", code=2)
    logi("person show X2", code=3)
    logi(f"person list -o {logi.folder}/people.docx -f text")
    logi(f"report month 2025-09 --only stock -o {logi.folder}/2025.09/")
    assert sorted(path.suffix for path in (logi.folder / "2025.09").iterdir()) == [".html", ".xlsx"]
