"""Scans: referred to by their hash, copied beside the ledger when asked, missed when they change."""

import hashlib
import stat
from pathlib import Path

import pytest


@pytest.fixture
def proposal(logi) -> str:
    """A document that waits for approvals: a projector to be scrapped."""
    logi("asset add 投影仪 --code T1 --category A02010108 --cost 5000 --on 2015-01-05 --place B203")
    return str(logi("asset propose T1 --how scrap --reason past-life --appraiser S03,S17,S08 -f json").json["number"])


@pytest.fixture
def scan(logi) -> Path:
    path = logi.folder / "会议记录.PDF"
    path.write_bytes("%PDF 签字".encode())
    return path


def test_a_scan_is_kept_under_its_hash(logi, proposal: str, scan: Path) -> None:
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    logi(f"approve {proposal} --no 1 --scan {scan} --dry-run --attach")
    assert not (logi.folder / "attachments").exists()
    logi(f"approve {proposal} --no 1 --scan {scan} --attach")
    kept = logi.folder / "attachments" / digest[:2] / f"{digest}.pdf"
    assert kept.read_bytes() == scan.read_bytes()
    assert [stat.S_IMODE(one.stat().st_mode) for one in (kept, kept.parent, kept.parent.parent)] == [0o600, 0o700, 0o700]
    assert sorted(one.name for one in kept.parent.iterdir()) == [kept.name]
    logi("doctor --strict", code=None)
    assert "not what was attached" not in logi("doctor").out
    kept.write_bytes(b"another paper")
    assert "not what was attached" in logi("doctor").out
    logi("doctor --strict", code=7)


def test_without_being_asked_nothing_is_copied_and_a_refusal_copies_nothing(logi, proposal: str, scan: Path) -> None:
    logi(f"approve {proposal} --no 1 --attach", code=2)
    logi(f"approve {proposal} --no 1 --level nobody --scan {scan} --attach", code=4)
    logi(f"approve {proposal} --no 1 --scan {scan}")
    assert not (logi.folder / "attachments").exists()


def test_where_it_cannot_be_copied_the_approval_stands_and_says_so(logi, proposal: str, scan: Path) -> None:
    (logi.folder / "attachments").write_text("a file in the folder's place")
    assert "was not copied" in logi(f"approve {proposal} --no 1 --scan {scan} --attach").err
    logi("audit verify")
